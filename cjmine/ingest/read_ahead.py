"""The batches of several sources in their order; small files are read by two threads, a few ahead.

Parsing needs no Python, so that it goes on while the batches of another file are worked on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from cjmine.ingest.prefetch import prefetch
from cjmine.loaders.batch import RawBatch
from cjmine.loaders.connections import is_small
from cjmine.loaders.sniff import Sniffed
from cjmine.sources import File

_AHEAD = 4
Batches = Generator[RawBatch, None, None]


def read_ahead(
    sources: Sequence[Sniffed],
) -> Generator[Batches, None, None]:
    """For each source its batches. What reading raises is raised where its batches are asked for.

    Leaving early stops reading.
    """
    pool = ThreadPoolExecutor(2)
    pending: deque[tuple[Sniffed, Future[list[RawBatch]] | None]] = deque()
    rest = iter(sources)
    try:
        while True:
            while len(pending) < _AHEAD and (one := next(rest, None)) is not None:
                small = isinstance(one.source.origin, File) and is_small(one.source.path)
                pending.append((one, pool.submit(_whole, one) if small else None))
            if not pending:
                return
            one, future = pending.popleft()
            yield prefetch(one.read()) if future is None else _done(future)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _whole(one: Sniffed) -> list[RawBatch]:
    return list(one.read())


def _done(future: Future[list[RawBatch]]) -> Batches:
    yield from future.result()
