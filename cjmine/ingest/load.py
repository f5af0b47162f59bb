"""Load: exports in, one pseudonymised event log out, every record accounted for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cjmine.columns import labels, numbers
from cjmine.errors import Code, DataError, Place, Problem, listed
from cjmine.eventlog import log as schema
from cjmine.eventlog.build import build_log
from cjmine.eventlog.log import About, Cases, SourceCount
from cjmine.ingest.inputs import Inputs
from cjmine.ingest.linking import Linking, Stated, link, table_evidence
from cjmine.ingest.load_notes import load_notes
from cjmine.ingest.loaded import Loaded, RejectedRecord
from cjmine.ingest.nameless import nameless
from cjmine.ingest.nobody import big_identifiers, without_nobody
from cjmine.ingest.read_ahead import read_ahead
from cjmine.ingest.read_progress import read_progress
from cjmine.ingest.reading import SourceRead, Vocabulary, read_source
from cjmine.ingest.redelivery import without_redelivered
from cjmine.ingest.reject_budget import RejectBudget
from cjmine.ingest.source_columns import source_columns
from cjmine.ingest.zones import check_zones, in_file_order, zone_of
from cjmine.loaders.batch import Reject
from cjmine.loaders.sniff import Sniffed
from cjmine.privacy.kept_values import check_kept, folded
from cjmine.privacy.pseudonymise import NOBODY, TokenTable
from cjmine.privacy.pseudonyms import Key
from cjmine.progress import Phase, Progress, ProgressEvent, no_progress
from cjmine.sources import File, Frame

Ints = npt.NDArray[np.int32]
SHOWN_REJECTS = 20
# What is wrong with all files alike, or with the machine: leaving one out would not help.
_OF_ALL = (Code.ZONE_UNDECLARED, Code.OUT_OF_MEMORY)


@dataclass(frozen=True, slots=True)
class Gathered:
    """All sources, read to their end: codes instead of identifiers, and what tables state.

    `inputs` are those that could be read.
    """

    inputs: Inputs
    table: TokenTable
    vocabularies: dict[str, Vocabulary]
    reads: tuple[SourceRead, ...]
    stated: Stated
    given: bool


def gather(
    inputs: Inputs,
    key: Key,
    budget: RejectBudget,
    zone_required: bool,
    progress: Progress,
) -> Gathered:
    """Read all sources; the first part of `load`, which says what it raises."""
    table = TokenTable(key)
    vocabularies: dict[str, Vocabulary] = {schema.ACTIVITY: Vocabulary()}
    stated = table_evidence(inputs, table)
    reporting = read_progress(inputs.sources, progress)
    found: list[SourceRead] = []
    odd: dict[int, DataError] = {}
    with closing(read_ahead(inputs.sources)) as batches:
        for place, (one, given, on_batch) in enumerate(
            zip(inputs.sources, batches, reporting, strict=True)
        ):
            try:
                found.append(read_source(one, given, table, vocabularies, zone_required, on_batch))
            except DataError as error:
                is_file = isinstance(one.source.origin, File)
                may_be_left = is_file and one.source.path in inputs.may_be_left
                if not may_be_left or error.code in _OF_ALL:
                    raise
                odd[place] = error
    if odd and not found:
        raise odd[0]
    inputs = inputs.without(set(odd), [one for error in odd.values() for one in error.problems])
    reads = tuple(found)
    _check_rejects(inputs.sources, reads, budget)
    in_file_order(inputs.sources, reads)
    without_redelivered(reads)
    without_nobody(inputs.sources, reads, table, vocabularies)
    check_zones(inputs.sources, reads)
    given_case = inputs.sources[0].source.roles.case is not None
    if given_case:
        _name_customers(reads, len(table.tokens()))
    return Gathered(inputs, table, vocabularies, reads, stated, given_case)


def load(
    inputs: Inputs,
    key: Key,
    budget: RejectBudget = RejectBudget(),
    zone_required: bool = False,
    progress: Progress = no_progress,
) -> Loaded:
    """Read all sources into one event log.

    `zone_required` refuses times without an offset where no zone is declared; otherwise they are
    read as UTC with a note. `progress` is called for every batch and phase.

    Raises
    ------
    DataError
        L120 with the rejected records where there are more than the budget covers; L111, L123
        for undeclared zones; L121 where nothing was left to load.
    PrivacyError
        P104 where labels look like personal data, P106 where customer numbers or kept values are
        citizen service numbers or bank accounts, P107 where a kept value equals an identifier.
    """
    gathered = gather(inputs, key, budget, zone_required, progress)
    inputs = gathered.inputs
    table, vocabularies, reads = gathered.table, gathered.vocabularies, gathered.reads
    given = gathered.given
    table.civil_numbers.refuse()
    identifiers = folded(table.identifiers())
    short = [
        note
        for column, vocabulary in vocabularies.items()
        for note in check_kept(column, vocabulary.codes, identifiers)
    ]
    pool = ThreadPoolExecutor(1)
    injective = pool.submit(table.assert_injective)
    progress(ProgressEvent(Phase.LINK))
    linked = link(inputs, table, reads, gathered.stated)
    counts = _counts(inputs, reads, linked)
    owners = [part for read in reads for part in read.customer] if linked is None else linked.owners
    notes = [*inputs.notes, *load_notes(inputs, reads, linked)]
    notes += [*big_identifiers(_joined(owners)), *short]
    about = About(
        cases=Cases.GIVEN if given else Cases.CUSTOMER,
        sources=counts,
        key_id=None if key.thrown_away else key.id,
        notes=tuple(note for note in notes if note.code not in _ABOUT_THE_RUN),
        zone=zone_of(inputs.sources),
        nameless=nameless(reads, vocabularies),
        columns=source_columns(inputs),
        registered=gathered.stated.registered(linked, owners),
    )
    if not sum(one.events for one in reads):
        raise DataError(
            Problem(
                Code.NO_EVENTS,
                "no record became an event",
                Place(inputs.sources[0].source.label),
                cause=_went(counts, reads),
                remedy="cjmine sniff FILE says how a file is read",
            ),
            *_kinds_of_rejects(inputs.sources, reads),
        )
    progress(ProgressEvent(Phase.BUILD))
    log = build_log(_columns(reads, table, vocabularies, linked, given), about)
    injective.result()
    pairs = zip(inputs.sources, reads, strict=True)
    rejects = tuple(
        RejectedRecord(one.source.label, reject) for one, read in pairs for reject in read.rejects
    )
    origins = [one.source.origin for one in inputs.sources]
    files = tuple(one.path for one in origins if not isinstance(one, Frame))
    return Loaded(log, rejects, tuple(notes), files, inputs.left)


_ABOUT_THE_RUN = (Code.SNIFFED, Code.CONFIG_USED, Code.COLUMNS_DROPPED, Code.THROW_AWAY_KEY)


def _columns(
    reads: Sequence[SourceRead],
    table: TokenTable,
    vocabularies: dict[str, Vocabulary],
    linked: Linking | None,
    given: bool,
) -> dict[str, pa.Array]:
    tokens = table.tokens()
    columns: dict[str, pa.Array] = {}

    def coded(codes: Ints) -> pa.DictionaryArray:
        return pa.DictionaryArray.from_arrays(numbers(codes, codes < 0), tokens)

    case = _joined(part for read in reads for part in read.case)
    customer = _joined(part for read in reads for part in read.customer)
    if linked is not None:
        customer = _joined(linked.owners)
    if given:
        columns[schema.CASE] = coded(case)
    columns[schema.CUSTOMER] = coded(customer)
    columns[schema.TIME] = numbers(np.concatenate([part for read in reads for part in read.time]))
    for name, vocabulary in vocabularies.items():
        if name == schema.ACTIVITY:
            codes = _joined(part for read in reads for part in read.activity)
        else:
            codes = _joined(
                part
                for read in reads
                for part in read.others.get(name, [np.full(read.events, NOBODY, np.int32)])
            )
        columns[name] = labels(codes, list(vocabulary.codes))
    return columns


def _name_customers(reads: Sequence[SourceRead], codes: int) -> None:
    """Say of whom each event with a case is: its customer, else its case's, else the case."""
    case = _joined(part for read in reads for part in read.case)
    customer = _joined(part for read in reads for part in read.customer)
    named = np.flatnonzero(customer >= 0)[::-1]
    first = np.arange(codes, dtype=np.int32)
    first[case[named]] = customer[named]
    filled = np.where(customer < 0, first[case], customer)
    ends = np.cumsum([read.events for read in reads])
    for read, part in zip(reads, np.split(filled, ends[:-1]), strict=True):
        read.customer = [part]


def _joined(parts: Iterable[Ints]) -> Ints:
    every = list(parts)
    return np.concatenate(every) if every else np.zeros(0, np.int32)


def _counts(
    inputs: Inputs, reads: Sequence[SourceRead], linked: Linking | None
) -> tuple[SourceCount, ...]:
    counts = [
        SourceCount(
            one.source.label,
            one.source.format,
            read.read,
            read.loaded,
            read.rejected,
            read.duplicate,
            sum(read.filtered.values()),
            None if linked is None else linked.unlinked(place),
            read.events if read.first else None,
        )
        for place, (one, read) in enumerate(zip(inputs.sources, reads, strict=True))
    ]
    counts += [
        SourceCount(
            copy.source.label, copy.source.format, reads[same].read, 0, 0, reads[same].read, 0
        )
        for copy, same in inputs.copies
    ]
    return tuple(counts)


def _went(counts: Sequence[SourceCount], reads: Sequence[SourceRead]) -> str:
    """Where the records went, if none became an event."""
    parts = {"rejected": sum(one.rejected for one in reads)}
    for read in reads:
        for reason, records in read.filtered.items():
            parts[reason.value] = parts.get(reason.value, 0) + records
    where = listed(f"{name} {records:,}" for name, records in parts.items() if records)
    return f"{sum(count.read for count in counts):,} records were read" + (
        f": {where}" if where else ""
    )


def _kinds_of_rejects(sources: Sequence[Sniffed], reads: Sequence[SourceRead]) -> list[Problem]:
    """The first record that was rejected for each reason."""
    found: dict[str, Problem] = {}
    for one, part in zip(sources, reads, strict=True):
        for reject in part.rejects:
            found.setdefault(reject.reason, _rejected(one, reject))
    return list(found.values())[:SHOWN_REJECTS]


def _rejected(one: Sniffed, reject: Reject) -> Problem:
    place = Place(one.source.label, reject.line, reject.column, reject.record)
    return Problem(reject.code, reject.reason, place)


def _check_rejects(
    sources: Sequence[Sniffed], reads: Sequence[SourceRead], budget: RejectBudget
) -> None:
    rejected, read = sum(one.rejected for one in reads), sum(one.read for one in reads)
    if budget.covers(rejected, read):
        return
    problems = [
        _rejected(one, reject)
        for one, part in zip(sources, reads, strict=True)
        for reject in part.rejects[:SHOWN_REJECTS]
    ][:SHOWN_REJECTS]
    files = [one.source.label for one, part in zip(sources, reads, strict=True) if part.rejected]
    summary = Problem(
        Code.REJECTS_OVER_BUDGET,
        f"{rejected:,} of {read:,} records cannot be events; {budget} are allowed",
        Place(files[0] if len(files) == 1 else None),
        remedy=f"mend the export, or go on without them: --max-rejects {rejected}",
    )
    raise DataError(summary, *problems)
