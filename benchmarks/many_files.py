"""What a file costs: 509 small files beside the same lines in one file.

    python benchmarks/many_files.py [--runs 3]

Prints the seconds of `cjmine load`, by the clock and of the processor, for a folder and for one
file, of an IIS log and of a table. The ratios are of pairs of neighbouring runs, so that a busy
machine weighs on both; the median pair counts.

Exit status 1 if a folder takes more than `MOST_TIMES` times the processor time of one file.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

KEY = "00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210"
MOST_TIMES = 4.0  # three times is the aim; a machine with other work to do gets some room
FILES = 509
LINES = 60
_FIELDS = "date time cs-method cs-uri-stem cs-uri-query c-ip cs(User-Agent) sc-status time-taken"
_PAGES = ("/home", "/shop", "/cart", "/pay")


def main() -> int:
    """Write both forms of both logs, load each in turn, and print a row for each log."""
    asked = argparse.ArgumentParser(description="What a small file costs.")
    asked.add_argument("--runs", type=int, default=3)
    runs = asked.parse_args().runs
    draw = random.Random(1)
    missed = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind, head, line in (("iis", f"#Fields: {_FIELDS}\n", _request), ("csv", _HEAD, _row)):
            (folder / kind).mkdir()
            every = []
            for number in range(FILES):
                lines = [line(draw, number, minute) for minute in range(LINES)]
                every += lines
                (folder / kind / f"{number:03d}.log").write_text(head + "".join(lines))
            (folder / f"{kind}.log").write_text(head + "".join(every))
            pairs = [(_seconds(folder, kind), _seconds(folder, f"{kind}.log")) for _ in range(runs)]
            for place, clock in enumerate(("seconds", "processor")):
                many, one = (
                    statistics.median(pair[side][place] for pair in pairs) for side in (0, 1)
                )
                times = statistics.median(pair[0][place] / pair[1][place] for pair in pairs)
                missed |= clock == "processor" and times > MOST_TIMES
                print(f"{kind}, {clock}: folder {many:.1f}, one file {one:.1f}, {times:.1f} times")
    return int(missed)


_HEAD = "customer_id,activity,timestamp\n"


def _request(draw: random.Random, day: int, minute: int) -> str:
    date = f"2025-{1 + day // 28 % 12:02d}-{1 + day % 28:02d}"
    host = f"192.168.{draw.randint(0, 9)}.{draw.randint(1, 250)}"
    return f"{date} 10:{minute:02d}:00 GET {draw.choice(_PAGES)} - {host} Mozilla/5.0 200 15\n"


def _row(draw: random.Random, day: int, minute: int) -> str:
    date = f"2025-{1 + day // 28 % 12:02d}-{1 + day % 28:02d}"
    page = draw.choice(_PAGES)[1:]
    return f"C{draw.randint(1, 2000):05d},{page},{date}T10:{minute:02d}:00Z\n"


def _seconds(folder: Path, source: str) -> tuple[float, float]:
    """How long a load takes, by the clock and of the processor."""
    begun, before = perf_counter(), _processor()
    command = [sys.executable, "-m", "cjmine", "load", source, "-o", f"{source}.parquet"]
    environment = {**os.environ, "CJMINE_KEY": KEY}
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    return perf_counter() - begun, _processor() - before


def _processor() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


if __name__ == "__main__":
    sys.exit(main())
