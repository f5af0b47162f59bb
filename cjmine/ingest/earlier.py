"""Earlier deliveries and a new one together, as if all had been read at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from cjmine.eventlog.folder.manifest import Manifest, activities_of
from cjmine.ingest.gather import Gathered
from cjmine.ingest.kept_delivery import KeptDelivery
from cjmine.ingest.kept_source import KeptSource
from cjmine.ingest.kept_tables import read_tables
from cjmine.ingest.pieces import Spill
from cjmine.ingest.settled import Codes, Counts, InRuns, held_in_runs
from cjmine.ingest.source_read import SourceRead, Vocabulary
from cjmine.loaders.batch import ACTIVITY
from cjmine.loaders.sniff import Sniffed
from cjmine.log_folders import KEPT

_NOTHING = np.zeros(0, np.int32), np.zeros(0, np.int64)


def with_earlier(
    found: Gathered,
    folder: Path,
    label: str,
    manifest: Manifest,
    deliveries: Sequence[KeptDelivery],
    spill: Spill,
) -> Gathered:
    """A new delivery behind the earlier ones of a log, in their order, in codes of one table.

    Events that are settled stay in their runs. What customer tables stated last holds where the new
    delivery brings none. Raises DataError L122 where a file cannot be read.
    """
    runs = tuple(run for run in manifest.runs if run.settled)
    held = held_in_runs(folder, label, runs, found.table)
    sources: list[Sniffed] = []
    reads: list[SourceRead] = []
    order: dict[str, Vocabulary] = {}
    for kept in deliveries:
        accounts = [
            _account(one, held.get(len(reads) + place, _NOTHING))
            for place, one in enumerate(kept.sources)
        ]
        for place, piece in kept.pieces(found.table, found.vocabularies):
            accounts[place].pieces.append(piece)
            spill.take(piece)
        for read in accounts:
            for name in _labels(read, found.vocabularies):
                order[name] = found.vocabularies.setdefault(name, Vocabulary())
        sources += [one.sniffed() for one in kept.sources]
        reads += accounts
    settled = activities_of(runs)
    for name in settled:
        found.vocabularies[ACTIVITY].code(name)
    stated, inputs = found.stated, found.inputs
    tables = [one.tables for one in manifest.deliveries if one.tables is not None]
    if tables and not inputs.customers:
        stated, customers = read_tables(folder / KEPT / tables[-1], label, found.table)
        inputs = replace(inputs, customers=customers)
    moved = tuple((copy, same + len(sources)) for copy, same in inputs.copies)
    return replace(
        found,
        inputs=replace(inputs, sources=(*sources, *inputs.sources), copies=moved),
        vocabularies={**order, **found.vocabularies},
        reads=(*reads, *found.reads),
        stated=stated,
        settled_activities=settled,
    )


def _labels(read: SourceRead, vocabularies: dict[str, Vocabulary]) -> tuple[str, ...]:
    """The columns of labels that a source has."""
    if read.in_runs is not None:
        return read.in_runs.account.labels
    names = dict.fromkeys(name for piece in read.pieces for name in piece.names)
    return tuple(name for name in names if name in vocabularies)


def _account(one: KeptSource, held: tuple[Codes, Counts]) -> SourceRead:
    read = one.account()
    if one.settled is not None:
        read.in_runs = InRuns(one.settled, *held)
    return read
