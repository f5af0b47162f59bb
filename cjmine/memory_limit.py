"""How much memory this process may have, and the error where that is not enough."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from cjmine.errors import Code, DataError, Problem

_UNLIMITED = 1 << 60  # bytes; control groups without a limit say a number beyond
_GROUPS = Path("/sys/fs/cgroup")
_MEMBERSHIP = Path("/proc/self/cgroup")


class SetBy(StrEnum):
    """What sets a limit, in the words in which it is shown."""

    GROUP = "its control group"
    ULIMIT = "ulimit"
    MACHINE = "the machine"


_MORE = {
    SetBy.GROUP: "raise the limit of the control group or the container",
    SetBy.ULIMIT: "raise the limit: ulimit -v",
    SetBy.MACHINE: "take a machine with more memory",
}


@dataclass(frozen=True, slots=True)
class MemoryLimit:
    """The least of the limits that there are, in bytes; `group` is the folder of a control group.

    >>> str(MemoryLimit(2_000_000_000, SetBy.GROUP))
    '2.0 GB (its control group)'
    """

    bytes: int
    set_by: SetBy
    group: Path | None = None

    def __str__(self) -> str:
        return f"{self.bytes / 1e9:.1f} GB ({self.set_by})"

    def used(self) -> int | None:
        """The bytes that all processes of the control group hold and cannot give back."""
        if self.group is None:
            return None
        try:
            rows = (self.group / "memory.stat").read_text().split("\n")
        except OSError:
            return None
        found = dict(row.split(" ", 1) for row in rows if " " in row)
        held = found.get("anon", found.get("total_rss"))
        return None if held is None else int(held)


def memory_limit() -> MemoryLimit:
    """The least of the limits of this process; what the machine has where there is no other."""
    return min(_limits(), key=lambda one: one.bytes)


def out_of_memory(asked: str = "") -> DataError:
    """The error L127, with the limit; `asked` is what needed more.

    >>> out_of_memory().code.value
    'L127'
    """
    limit = memory_limit()
    may = f"this process may have {limit}"
    return DataError(
        Problem(
            Code.OUT_OF_MEMORY,
            "there is not enough memory for this log",
            cause=f"{asked}; {may}" if asked else may,
            remedy="load the exports into a log folder (-o log/), which is read in parts;"
            f" --jobs 1 holds one part at a time; else {_MORE[limit.set_by]}",
        )
    )


def too_little_memory(allowed: int, least: int) -> DataError:
    """The error L127 of a process that may have too little for any log; both in bytes.

    >>> too_little_memory(1 << 30, 1 << 31).problems[0].remedy
    'raise the limit: ulimit -v 2097152, or more'
    """
    return DataError(
        Problem(
            Code.OUT_OF_MEMORY,
            "there is not enough memory for any log",
            cause=f"the process may have {allowed >> 20:,} MB of address space (ulimit), and"
            f" reading logs takes {least >> 20:,} MB at least",
            remedy=f"raise the limit: ulimit -v {least >> 10}, or more",
        )
    )


def _limits() -> Iterator[MemoryLimit]:
    yield MemoryLimit(_machine(), SetBy.MACHINE)
    if sys.platform == "win32":
        return
    import resource

    for kind in (resource.RLIMIT_AS, resource.RLIMIT_DATA):
        allowed, _ = resource.getrlimit(kind)
        if allowed != resource.RLIM_INFINITY:
            yield MemoryLimit(allowed, SetBy.ULIMIT)
    for group in _groups():
        for name in ("memory.max", "memory.limit_in_bytes"):
            written = _read(group / name)
            if written.isdecimal() and int(written) < _UNLIMITED:
                yield MemoryLimit(int(written), SetBy.GROUP, group)


def _machine() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return _UNLIMITED


def _groups() -> Iterator[Path]:
    """The memory control groups of this process, the innermost first, and those around it."""
    for row in _read(_MEMBERSHIP).split("\n"):
        number, _, rest = row.partition(":")
        controllers, _, path = rest.partition(":")
        if number == "0" and not controllers:
            roots = [_GROUPS, _GROUPS / "unified"]
        elif "memory" in controllers.split(","):
            roots = [_GROUPS / "memory"]
        else:
            continue
        for root in roots:
            here = root / path.lstrip("/")
            for group in (here, *here.parents):
                if group == root.parent:
                    break
                yield group


def _read(file: Path) -> str:
    try:
        return file.read_text().strip()
    except OSError:
        return ""
