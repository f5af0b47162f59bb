"""Records that a system delivers more than once: one copy is kept, the others are counted.

A format says which records are the same (DELIVERY) and which copy is the newest (VERSION). Copies
may lie in one file or in several: daily and intraday tables, a mail in a mailbox and in a trace, a
contact record written again after each update. The key names its format, so no two kinds meet.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cjmine.ingest.reading import SourceRead
from cjmine.loaders.batch import first_of_records


def without_redelivered(reads: Sequence[SourceRead]) -> None:
    """Keep the newest copy of each record; of equally new ones the first. Counts as duplicate."""
    several = [read for read in reads if read.delivery]
    if several:
        _thin(several)


def _thin(reads: Sequence[SourceRead]) -> None:
    firsts = [
        np.concatenate(read.first) if read.first else np.ones(read.events, bool) for read in reads
    ]
    first = np.concatenate(firsts)
    delivery = np.concatenate([part for read in reads for part in read.delivery])[first]
    version = np.concatenate([part for read in reads for part in read.version])[first]
    newest = np.lexsort((np.arange(len(delivery)), -version, delivery))
    kept = np.zeros(len(delivery), bool)
    kept[newest] = first_of_records(delivery[newest])
    events_kept = kept[np.cumsum(first) - 1]
    begin = 0
    for read, flags in zip(reads, firsts, strict=True):
        mine = events_kept[begin : begin + len(flags)]
        begin += len(flags)
        if not mine.all():
            read.duplicate += int((flags & ~mine).sum())
            read.keep(mine)
