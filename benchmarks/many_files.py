"""What a file costs: 509 small files beside the same lines in one file.

    python benchmarks/many_files.py

Prints the seconds of `cjmine load` for a folder and for one file, of an IIS log and of a table.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

KEY = "00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210"
FILES = 509
LINES = 60
_FIELDS = "date time cs-method cs-uri-stem cs-uri-query c-ip cs(User-Agent) sc-status time-taken"
_PAGES = ("/home", "/shop", "/cart", "/pay")


def main() -> None:
    """Write both forms of both logs, load each, and print a row for each log."""
    draw = random.Random(1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        key = {**os.environ, "CJMINE_KEY": KEY}
        for kind, head, line in (("iis", f"#Fields: {_FIELDS}\n", _request), ("csv", _HEAD, _row)):
            (folder / kind).mkdir()
            every = []
            for number in range(FILES):
                lines = [line(draw, number, minute) for minute in range(LINES)]
                every += lines
                (folder / kind / f"{number:03d}.log").write_text(head + "".join(lines))
            (folder / f"{kind}.log").write_text(head + "".join(every))
            many, one = (_seconds(folder, source, key) for source in (kind, f"{kind}.log"))
            print(
                f"{kind}: {FILES} files {many:.1f} s, one file {one:.1f} s, {many / one:.1f} times"
            )


_HEAD = "customer_id,activity,timestamp\n"


def _request(draw: random.Random, day: int, minute: int) -> str:
    date = f"2025-{1 + day // 28 % 12:02d}-{1 + day % 28:02d}"
    host = f"192.168.{draw.randint(0, 9)}.{draw.randint(1, 250)}"
    return f"{date} 10:{minute:02d}:00 GET {draw.choice(_PAGES)} - {host} Mozilla/5.0 200 15\n"


def _row(draw: random.Random, day: int, minute: int) -> str:
    date = f"2025-{1 + day // 28 % 12:02d}-{1 + day % 28:02d}"
    page = draw.choice(_PAGES)[1:]
    return f"C{draw.randint(1, 2000):05d},{page},{date}T10:{minute:02d}:00Z\n"


def _seconds(folder: Path, source: str, key: dict[str, str]) -> float:
    begun = perf_counter()
    command = [sys.executable, "-m", "cjmine", "load", source, "-o", f"{source}.parquet"]
    subprocess.run(command, cwd=folder, env=key, check=True, capture_output=True)
    return perf_counter() - begun


if __name__ == "__main__":
    main()
