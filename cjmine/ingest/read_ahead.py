"""The batches of several sources in their order; small files are read by two threads, a few ahead.

Parsing needs no Python, so that it goes on while the batches of another file are worked on.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from cjmine.ingest.prefetch import prefetch
from cjmine.loaders.batch import RawBatch
from cjmine.loaders.connections import is_small
from cjmine.loaders.sniff import Sniffed
from cjmine.loaders.together import in_groups, look_ahead
from cjmine.sources import File

_AHEAD = 3  # groups of files
Batches = Generator[RawBatch, None, None]
Read = list[RawBatch] | Exception


def read_ahead(sources: Sequence[Sniffed]) -> Generator[Batches, None, None]:
    """For each source its batches. What reading raises is raised where its batches are asked for.

    Leaving early stops reading.
    """
    pool = ThreadPoolExecutor(2)
    groups = in_groups(sources)
    group_of = {place: number for number, group in enumerate(groups) for place in group}
    begun: dict[int, Future[dict[int, Read]]] = {}
    ahead = 0
    try:
        for place, one in enumerate(sources):
            number = group_of[place]
            while ahead < min(number + _AHEAD, len(groups)):
                if _is_small(sources[groups[ahead][0]]):
                    members = {member: sources[member] for member in groups[ahead]}
                    begun[ahead] = pool.submit(_whole, members)
                ahead += 1
            yield _done(begun[number], place) if number in begun else prefetch(one.read())
            if place == groups[number][-1]:
                begun.pop(number, None)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _is_small(one: Sniffed) -> bool:
    return isinstance(one.source.origin, File) and is_small(one.source.path)


def _whole(group: dict[int, Sniffed]) -> dict[int, Read]:
    look_ahead(list(group.values()))
    return {place: _read(one) for place, one in group.items()}


def _read(one: Sniffed) -> Read:
    try:
        return list(one.read())
    except Exception as error:  # it is raised where the batches are asked for
        return error


def _done(future: Future[dict[int, Read]], place: int) -> Batches:
    found = future.result().pop(place)
    if isinstance(found, Exception):
        raise found
    yield from found
