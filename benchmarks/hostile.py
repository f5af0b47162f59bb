"""Hostile files: how each ends, its seconds of processor time, and the most memory it took.

python benchmarks/hostile.py
"""

from __future__ import annotations

import resource
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from hostile_inputs import HOSTILE, prepared
from test_hostile_inputs import limited


def _used() -> float:
    """Seconds of processor time of the processes that have ended; others do not weigh on it."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Run every file in a process of its own, and print a Markdown table."""
    print("| file | bytes | ends with | seconds | MB |\n| --- | ---: | --- | ---: | ---: |")
    for one in HOSTILE:
        with tempfile.TemporaryDirectory() as folder:
            here = Path(folder, "here")
            here.mkdir()
            typed = prepared(here, one)
            file = here / f"hostile{one.suffix}"
            size = f"{file.stat().st_size:,}" if file.is_file() else ""
            began = _used()
            status, _, megabytes = limited(here, typed)
            took = _used() - began
        ended = one.code or "read"
        assert status == one.status, f"{one.name} ended with {status}"
        print(f"| {one.name} | {size} | {ended} | {took:.1f} | {megabytes} |", flush=True)


if __name__ == "__main__":
    main()
