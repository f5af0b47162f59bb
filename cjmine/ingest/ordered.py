"""A load as one log in its order, part by part: memory follows the part, whatever the log.

What was read is in the order of reading. So it is dealt out first: the events of each range of
customers go into files of their own, in the order of reading, and each range is sorted alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from cjmine.eventlog.build import build_log
from cjmine.eventlog.folder.prefixes import PREFIXES, prefixes
from cjmine.eventlog.folder.run_file import groups_for
from cjmine.eventlog.folder.source_order import ORDER, numbered_sources
from cjmine.eventlog.log import CASE, CUSTOMER, TIME, Cases, EventLog
from cjmine.eventlog.parts import ROW_GROUP, customers_in_order, cuts
from cjmine.ingest.chunks import CHUNK, Chunks, in_chunks, values_of
from cjmine.ingest.pieces import Array, Piece, Spill
from cjmine.ingest.source_read import SourceRead


def parts_in_order(
    chunks: Chunks, repeats: bool, spill: Spill, events: int = ROW_GROUP
) -> tuple[Iterator[EventLog], bool]:
    """The log in parts of about so many events, and whether each is of whole customers.

    `repeats`: every case is its customer, or there are no cases.
    A log of given cases that are not their customers is sorted in memory. The pieces of `chunks`
    are dealt out once: they are gone then.
    """
    number = -(-chunks.events // events)
    if number > 1 and repeats:
        return _dealt_out(chunks, spill, _ranges(chunks, number)), True
    log = build_log(chunks.columns(chunks.pieces), chunks.about)
    is_cut = customers_in_order(log)
    bounds = cuts(log, number) if is_cut else [*range(0, log.events, events), log.events]
    return (log.rows(first, last) for first, last in pairwise(bounds)), is_cut


def runs_of(chunks: Chunks, spill: Spill) -> Iterator[tuple[Iterator[EventLog], int]]:
    """The runs of a log folder that the events of a load make, each in parts, and its events.

    A load of more than a chunk is one run, in parts of whole intervals of prefixes; where customers
    are not the cases, each chunk is a run of its own.
    """
    if chunks.events <= CHUNK or not chunks.repeats_cases:
        for log in chunks.logs():
            yield iter((log,)), log.events
        return
    wanted = -(-chunks.events // ROW_GROUP)
    number = min(1 << (wanted - 1).bit_length(), groups_for(chunks.events))
    found = np.concatenate([prefixes(part) for part in chunks.tokens.parts])
    ranges = (found // (PREFIXES // number)).astype(np.uint16)
    yield _dealt_out(chunks, spill, ranges), chunks.events


def numbered(
    chunks: Chunks, reads: Sequence[SourceRead], first: int, settled: Collection[int]
) -> Iterator[tuple[bool, Chunks]]:
    """The events of settled sources and those of others, with the numbers of their sources.

    The sources are numbered from `first` on; `settled` are places among them.
    """
    names = {**chunks.labels, ORDER: numbered_sources(first, len(reads))}
    for is_settled in (True, False):
        pieces: list[Piece] = []
        for place, read in enumerate(reads):
            for piece in read.pieces if (place in settled) is is_settled else ():
                piece.put(ORDER, np.broadcast_to(np.int32(place), piece.events))
                pieces.append(piece)
        events = sum(piece.events for piece in pieces)
        if events:
            yield is_settled, replace(chunks, labels=names, pieces=tuple(pieces), events=events)


def _ranges(chunks: Chunks, number: int) -> Array:
    """The number of the range of each code: ranges are of about as many events each."""
    ranks = chunks.tokens.ranks()
    by_rank = np.zeros(len(ranks), np.int64)
    by_rank[ranks] = chunks.held
    ends = np.cumsum(by_rank)
    starts = np.append(0, ends[by_rank > 0])
    wanted = np.arange(1, number) * chunks.events // number
    bounds = np.unique(starts[np.searchsorted(starts, wanted)])
    bounds = bounds[bounds < chunks.events]
    ranges = np.searchsorted(bounds, ends - by_rank, side="right").astype(np.uint16)
    found: Array = ranges[ranks]
    return found


def _dealt_out(chunks: Chunks, spill: Spill, ranges: Array) -> Iterator[EventLog]:
    names = [CUSTOMER, TIME, *chunks.labels]
    files = [
        {name: spill.folder / f"range-{number:05}-{place:02}" for place, name in enumerate(names)}
        for number in range(int(ranges.max()) + 1)
    ]
    kinds: dict[str, np.dtype[np.generic]] = {}
    for pieces in in_chunks(chunks.pieces, CHUNK):
        mine = ranges[values_of(pieces, CUSTOMER)]
        order = np.argsort(mine, kind="stable")
        bounds = np.searchsorted(mine[order], np.arange(len(files) + 1))
        with spill.writing():
            for name in names:
                values = values_of(pieces, name)[order]
                kinds[name] = values.dtype
                for number, (first, last) in enumerate(pairwise(bounds.tolist())):
                    _append(files[number][name], values[first:last])
        for piece in pieces:
            piece.drop()
    for columns in files:
        found = {name: np.fromfile(file, kinds[name]) for name, file in columns.items()}
        for file in columns.values():
            file.unlink()
        if chunks.about.cases is Cases.GIVEN:
            found[CASE] = found[CUSTOMER]
        yield build_log(chunks.columns([Piece(found)]), chunks.about)


def _append(file: Path, values: Array) -> None:
    with file.open("ab") as handle:
        handle.write(values.tobytes())
