"""A whole check from a CSV file, beside what pm4py's default alignments alone would take.

One export with 157,000 distinct variants, one customer each. cjmine is timed as a whole process:
start, reading, pseudonyms, aligning, counting, judging, printing. pm4py aligns a sample, trace by
trace, and its time is multiplied up. `check --ranges` runs in turn with the plain one, since it may
take five times as long. Exit status: 0 floor and ceiling are kept, 1 one is missed.

Example: ``python benchmarks/checking.py --variants 157000 --sample 100``
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from alignments import Trace, by_pm4py, variants

FLOOR = 100
CEILING = 5
JOURNEY = """\
journey: order
goal: Delivery mail
deadline: 30d
stages:
  - stage: All
    steps:
      - Search
      - repeat: View product
      - optional: Compare
      - Basket
      - Checkout
      - any-order: [Upload photo, Sign form]
      - choice: [Pay by card, [Choose bank, Transfer]]
      - step: Confirmation mail
        within: {max: 1h, after: Checkout}
      - Delivery mail
friction: [Complaint, Call support]
"""


def write_export(traces: Sequence[Trace], file: Path) -> None:
    """One customer a trace, an event a minute."""
    start = 1_767_225_600
    with file.open("w", encoding="utf-8") as out:
        out.write("customer,activity,time\n")
        for number, trace in enumerate(traces):
            for place, name in enumerate(trace):
                moment = time.gmtime(start + number + 60 * place)
                out.write(f"c{number},{name},{time.strftime('%Y-%m-%dT%H:%M:%SZ', moment)}\n")


def check_seconds(folder: Path, runs: int) -> tuple[float, float]:
    """The median wall times of some checks, plain and with ranges, after one that warms up."""
    command = (sys.executable, "-m", "cjmine", "check", "export.csv", "-i", "journey.yaml")
    path = os.pathsep.join(
        filter(None, [str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH")])
    )
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs + 1):
        for taken, more in zip(times, ((), ("--ranges",)), strict=True):
            begin = time.perf_counter()
            subprocess.run(
                (*command, *more),
                cwd=folder,
                env={**os.environ, "PYTHONPATH": path},
                check=True,
                capture_output=True,
            )
            taken.append(time.perf_counter() - begin)
    plain, ranges = (median(taken[1:]) for taken in times)
    return plain, ranges


def main() -> int:
    """Make the export, time both sides, check the floor."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--variants", type=int, default=157_000)
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    traces = variants(asked.variants)
    with tempfile.TemporaryDirectory(prefix="cjmine-benchmark-") as name:
        folder = Path(name)
        write_export(traces, folder / "export.csv")
        (folder / "journey.yaml").write_text(JOURNEY, encoding="utf-8")
        ours, with_ranges = check_seconds(folder, asked.runs)
    step = max(1, len(traces) // asked.sample)
    theirs = by_pm4py(traces[::step][: asked.sample], dijkstra=False)
    whole = theirs.seconds / theirs.variants * len(traces)
    ratio = whole / ours
    print(f"{len(traces):,} variants: cjmine check, whole process {ours:.2f} s")
    print(f"pm4py, default alignments alone: {whole:,.0f} s ({theirs.variants} aligned)")
    print(f"floor    {FLOOR}: {'kept' if ratio >= FLOOR else 'MISSED'} ({ratio:,.0f})")
    times = with_ranges / ours
    print(f"with --ranges {with_ranges:.2f} s")
    print(f"ceiling    {CEILING}: {'kept' if times <= CEILING else 'MISSED'} ({times:.2f})")
    return 0 if ratio >= FLOOR and times <= CEILING else 1


if __name__ == "__main__":
    sys.exit(main())
