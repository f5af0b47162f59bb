"""Load: exports in, a pseudonymised event log out, every record accounted for.

A log is made chunk by chunk from pieces of what was read; a log in memory is one chunk.
"""

from __future__ import annotations

from cjmine.errors import Code
from cjmine.eventlog.build import build_log
from cjmine.eventlog.log import About, Cases
from cjmine.ingest.account import check_events, counts_of
from cjmine.ingest.chunks import Chunks, latest_times
from cjmine.ingest.gather import Gathered, decide, read_all
from cjmine.ingest.inputs import Inputs
from cjmine.ingest.linking import link
from cjmine.ingest.load_notes import load_notes
from cjmine.ingest.loaded import Loaded, RejectedRecord
from cjmine.ingest.nameless import nameless
from cjmine.ingest.nobody import big_identifiers
from cjmine.ingest.pieces import Spill
from cjmine.ingest.reject_budget import RejectBudget
from cjmine.ingest.source_read import held
from cjmine.ingest.zones import zone_of
from cjmine.privacy.kept_values import check_kept, identifiers_among
from cjmine.privacy.pseudonyms import Key
from cjmine.progress import Phase, Progress, ProgressEvent, no_progress
from cjmine.sources import Rows

_ABOUT_THE_RUN = (Code.SNIFFED, Code.CONFIG_USED, Code.COLUMNS_DROPPED, Code.THROW_AWAY_KEY)


def load(
    inputs: Inputs,
    key: Key,
    budget: RejectBudget = RejectBudget(),
    zone_required: bool = False,
    progress: Progress = no_progress,
) -> Loaded:
    """Read all sources into one event log in memory; as `load_chunks`, in one chunk."""
    found = load_chunks(inputs, key, budget, zone_required, progress)
    progress(ProgressEvent(Phase.BUILD))
    log = build_log(found.columns(found.pieces), found.about)
    return Loaded(log, found.rejects, found.notes, found.files, found.left)


def load_chunks(
    inputs: Inputs,
    key: Key,
    budget: RejectBudget = RejectBudget(),
    zone_required: bool = False,
    progress: Progress = no_progress,
    spill: Spill | None = None,
) -> Chunks:
    """Read all sources, and decide all that concerns more than one event.

    `zone_required` refuses times without an offset where no zone is declared; otherwise they are
    read as UTC with a note. `progress` is called for every batch and phase. With `spill` a load
    holds about as many events in memory as that says, the others lie as numbers in its folder.

    Raises
    ------
    DataError
        L120 with the rejected records where there are more than the budget covers; L111, L123
        for undeclared zones; L121 where nothing was left to load.
    PrivacyError
        P104 where labels look like personal data, P105 where two identifiers got one token, P106
        where customer numbers or kept values are citizen service numbers or bank accounts, P107
        where a kept value equals an identifier.
    """
    found = read_all(inputs, key, budget, zone_required, progress, spill)
    decide(found, spill)
    return chunks_of(found, key, progress)


def chunks_of(gathered: Gathered, key: Key, progress: Progress) -> Chunks:
    """Find the customers of what was gathered, and say all that is known about it.

    Raises the privacy errors and L121 of `load_chunks`.
    """
    inputs = gathered.inputs
    table, vocabularies, reads = gathered.table, gathered.vocabularies, gathered.reads
    table.civil_numbers.refuse()
    kept = (value for vocabulary in vocabularies.values() for value in vocabulary.codes)
    identifiers = identifiers_among(kept, table.identifiers())
    short = [
        note
        for column, vocabulary in vocabularies.items()
        for note in check_kept(column, vocabulary.codes, identifiers)
    ]
    progress(ProgressEvent(Phase.LINK))
    linked = link(inputs, table, reads, gathered.stated)
    customers = held(reads, table.count)
    counts = counts_of(inputs, reads, linked)
    notes = [*inputs.notes, *load_notes(inputs, reads, linked)]
    notes += [*big_identifiers(customers, gathered.events), *short]
    about = About(
        cases=Cases.GIVEN if gathered.given else Cases.CUSTOMER,
        sources=counts,
        key_id=None if key.thrown_away else key.id,
        notes=tuple(note for note in notes if note.code not in _ABOUT_THE_RUN),
        zone=zone_of(inputs.sources),
        nameless=nameless(reads, vocabularies, gathered.settled_activities),
        columns=gathered.columns,
        registered=gathered.stated.registered(linked, customers),
    )
    check_events(inputs, counts, reads)
    table.made.assert_injective()
    table.forget()
    pairs = zip(inputs.sources, reads, strict=True)
    rejects = tuple(
        RejectedRecord(one.source.label, reject) for one, read in pairs for reject in read.rejects
    )
    origins = [one.source.origin for one in inputs.sources]
    return Chunks(
        about,
        gathered.events,
        rejects,
        tuple(notes),
        tuple(one.path for one in origins if not isinstance(one, Rows)),
        inputs.left,
        latest_times(inputs.sources, reads),
        () if linked is None else (*gathered.stated.evidence, *linked.exported),
        table.made,
        {name: tuple(vocabulary.codes) for name, vocabulary in vocabularies.items()},
        tuple(piece for read in reads for piece in read.pieces),
        customers,
    )
