"""Whether the process may have the memory that reading logs takes, asked before anything is read.

Libraries that get no memory for a thread or a buffer end the process without a word. The limit is
about address space, of which threads and buffers reserve far more than they use.
"""

from __future__ import annotations

import sys

from cjmine.errors import out_of_memory

LEAST_SPACE = 1536 << 20  # bytes


def check_memory() -> None:
    """Raises DataError L127 where the address space of the process is limited to too little."""
    if sys.platform == "win32":
        return
    import resource

    for limit in (resource.RLIMIT_AS, resource.RLIMIT_DATA):
        allowed, _ = resource.getrlimit(limit)
        if allowed != resource.RLIM_INFINITY and allowed < LEAST_SPACE:
            raise out_of_memory(
                f"the process may have {allowed >> 20:,} MB of address space (ulimit), and"
                f" reading logs takes {LEAST_SPACE >> 20:,} MB at least"
            )
