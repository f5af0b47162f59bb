"""Hostile files: how each ends, how long that takes, and the most memory that it took.

python benchmarks/hostile.py
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from hostile_inputs import HOSTILE, prepared
from test_hostile_inputs import limited


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
            began = time.perf_counter()
            status, _, megabytes = limited(here, typed)
            took = time.perf_counter() - began
        ended = one.code or "read"
        assert status == one.status, f"{one.name} ended with {status}"
        print(f"| {one.name} | {size} | {ended} | {took:.1f} | {megabytes} |", flush=True)


if __name__ == "__main__":
    main()
