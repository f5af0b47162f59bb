"""Reading all sources of a load to their end, and deciding what only all records together say."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

import numpy as np

from cjmine.errors import Code, DataError
from cjmine.eventlog.source_columns import SourceColumns
from cjmine.ingest.account import check_rejects
from cjmine.ingest.inputs import Inputs
from cjmine.ingest.linking import Stated, table_evidence
from cjmine.ingest.nobody import without_nobody
from cjmine.ingest.pieces import Spill
from cjmine.ingest.read_ahead import read_ahead
from cjmine.ingest.read_progress import read_progress
from cjmine.ingest.reading import read_source
from cjmine.ingest.redelivery import without_redelivered
from cjmine.ingest.reject_budget import RejectBudget
from cjmine.ingest.source_columns import source_columns
from cjmine.ingest.source_read import SourceRead, Vocabulary
from cjmine.ingest.zones import check_zones, in_file_order
from cjmine.loaders.batch import ACTIVITY, CASE, CUSTOMER
from cjmine.privacy.pseudonymise import TokenTable
from cjmine.privacy.pseudonyms import Key
from cjmine.progress import Progress
from cjmine.sources import File

# What is wrong with all files alike, or with the machine: leaving one out would not help.
_OF_ALL = (Code.ZONE_UNDECLARED, Code.OUT_OF_MEMORY)


@dataclass(frozen=True, slots=True)
class Gathered:
    """All sources, read to their end: codes instead of identifiers, and what tables state.

    `inputs` are those that could be read, `columns` what is kept and dropped of each.
    `settled_activities` are the touchpoints of events that earlier deliveries left in runs.
    """

    inputs: Inputs
    table: TokenTable
    vocabularies: dict[str, Vocabulary]
    reads: tuple[SourceRead, ...]
    stated: Stated
    columns: tuple[SourceColumns, ...]
    settled_activities: tuple[str, ...] = ()

    @property
    def events(self) -> int:
        """How many events were read."""
        return sum(read.events for read in self.reads)

    @property
    def given(self) -> bool:
        """Whether the events came with cases."""
        return self.inputs.sources[0].source.roles.case is not None


def read_all(
    inputs: Inputs,
    key: Key,
    budget: RejectBudget,
    zone_required: bool,
    progress: Progress,
    spill: Spill | None = None,
) -> Gathered:
    """Read all sources to their end; nothing is decided yet that records of others can change.

    The first part of `load`, which says what it raises; `decide` is the second.
    With `spill` the pieces of what was read lie in its folder, but for those of the last events.
    """
    table = TokenTable(key)
    vocabularies: dict[str, Vocabulary] = {ACTIVITY: Vocabulary()}
    stated = table_evidence(inputs, table)
    reporting = read_progress(inputs.sources, progress)
    found: list[SourceRead] = []
    odd: dict[int, DataError] = {}
    with closing(read_ahead(inputs.sources)) as batches:
        for place, (one, given, on_batch) in enumerate(
            zip(inputs.sources, batches, reporting, strict=True)
        ):
            try:
                read = read_source(one, given, table, vocabularies, zone_required, on_batch, spill)
                found.append(read)
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
    check_rejects(inputs.sources, reads, budget)
    in_file_order(inputs.sources, reads)
    check_zones(inputs.sources, reads)
    return Gathered(inputs, table, vocabularies, reads, stated, source_columns(inputs))


def decide(found: Gathered, spill: Spill | None = None) -> None:
    """Leave out copies and customers that are none, and name the customers of cases."""
    without_redelivered(found.reads, spill)
    without_nobody(found.inputs.sources, found.reads, found.table, found.vocabularies)
    if found.given:
        _name_customers(found.reads, found.table.count)


def _name_customers(reads: Sequence[SourceRead], codes: int) -> None:
    """Say of whom each event with a case is: its customer, else its case's, else the case."""
    owner = np.arange(codes, dtype=np.int32)
    is_named = np.zeros(codes, bool)
    for read in reads:
        for case, customer in zip(read.column(CASE), read.column(CUSTOMER), strict=True):
            named = np.flatnonzero((customer >= 0) & ~is_named[case])[::-1]
            owner[case[named]] = customer[named]
            is_named[case[named]] = True
    for read in reads:
        for piece in read.pieces:
            customer = piece.column(CUSTOMER)
            piece.put(CUSTOMER, np.where(customer < 0, owner[piece.column(CASE)], customer))
