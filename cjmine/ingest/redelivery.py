"""Records that a system delivers more than once: one copy is kept, the others are counted.

A format says which records are the same (DELIVERY) and which copy is the newest (VERSION), and of a
table what its source declares. Copies may lie in one file or in several: daily and intraday tables,
a mail in a mailbox and in a trace, a contact record written again after each update. The key names
its format or its source, so no two kinds meet. Records without one are no copies.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cjmine.ingest.pieces import Spill
from cjmine.ingest.source_read import SourceRead
from cjmine.loaders.batch import DELIVERY, NO_ID, VERSION, first_of_records


def without_redelivered(reads: Sequence[SourceRead], spill: Spill | None) -> None:
    """Keep the newest copy of each record; of equally new ones the first. Counts as duplicate."""
    several = [read for read in reads if read.has(DELIVERY)]
    if several:
        _thin(several)
    if spill is None:
        return
    for read in several:
        parts = (piece.split(spill.events, (DELIVERY, VERSION)) for piece in read.pieces)
        read.pieces = [part for split in parts for part in split]
        for piece in read.pieces:
            spill.take(piece)


def _thin(reads: Sequence[SourceRead]) -> None:
    pieces = [(read, piece, piece.firsts()) for read in reads for piece in read.pieces]
    first = np.concatenate([flags for _, _, flags in pieces])
    delivery = np.concatenate([piece.column(DELIVERY) for _, piece, _ in pieces])[first]
    version = np.concatenate([piece.column(VERSION) for _, piece, _ in pieces])[first]
    newest = np.lexsort((np.arange(len(delivery)), -version, delivery))
    kept = np.zeros(len(delivery), bool)
    kept[newest] = first_of_records(delivery[newest])
    kept |= delivery == NO_ID
    events_kept = kept[np.cumsum(first) - 1]
    begin = 0
    for read, piece, flags in pieces:
        read.without_id += int(np.count_nonzero(piece.column(DELIVERY)[flags] == NO_ID))
        mine = events_kept[begin : begin + len(flags)]
        begin += len(flags)
        if not mine.all():
            read.duplicate += int((flags & ~mine).sum())
            piece.keep(mine)
