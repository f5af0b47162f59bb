"""How far reading is: of each source, and of all of them by their bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from cjmine.loaders.sniff import Sniffed
from cjmine.progress import Phase, Progress, ProgressEvent

OnBatch = Callable[[int, float | None], None]


@dataclass(slots=True)
class _Source:
    """All files of one source: a folder of mails is one source, and has one bar."""

    label: str
    files: int = 0
    size: int = 0
    read: int = 0
    events: int = 0


def read_progress(sources: Sequence[Sniffed], progress: Progress) -> Iterator[OnBatch]:
    """For each file in turn, the function to call with its events and the share read so far.

    Files of one source are reported as one.
    """
    sizes = [one.source.origin.size for one in sources]
    known: dict[tuple[str, str], _Source] = {}
    for one, size in zip(sources, sizes, strict=True):
        group = known.setdefault((one.source.name, one.source.format), _Source(one.source.label))
        group.files += 1
        group.size += size
        if group.files > 1:
            group.label = f"{one.source.name} ({group.files:,} files)"
    before = 0
    for one, size in zip(sources, sizes, strict=True):
        group = known[one.source.name, one.source.format]
        file = _File(group, size, before, sum(sizes), progress)
        file(0, None)
        yield file
        group.read += size
        group.events += file.events
        before += size


class _File:
    """Reports the progress of one file to its source."""

    def __init__(
        self, group: _Source, size: int, before: int, every: int, progress: Progress
    ) -> None:
        self._group, self._size, self._progress = group, size, progress
        self._before, self._every = before, every
        self.events = 0

    def __call__(self, events: int, share: float | None) -> None:
        self.events = events
        group, read = self._group, self._size * (share or 0.0)
        of_all = self._before + read
        whole = of_all / self._every if self._every and of_all else None
        part = share if group.files == 1 else (group.read + read) / max(group.size, 1)
        self._progress(ProgressEvent(Phase.READ, group.label, group.events + events, part, whole))
