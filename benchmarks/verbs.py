"""What the verbs that compare cost beside a check of the same log: processor time and memory.

`dropoff`, `compare` (two channels, two periods, around a change), `trend` (with the flow, and with
every deviation), `hints` (and with a repair) and `priorities` of a saved log of 2 million events,
each as a process of its own. Exit status: 0 each takes at most three times a check, priorities
five times and a repair fifteen times, else 1. Linux.

Example: ``python benchmarks/verbs.py --events 2000000``
"""

import argparse
import sys
import tempfile
from pathlib import Path

from parts import save_log, use

FLOOR = 3.0  # times check
# Priorities ask several rounds, and a repair compares the edited journey too.
FLOORS = {"priorities": 5.0, "hints with a repair": 15.0}
VERBS = {
    "dropoff": ["dropoff"],
    "compare two channels": ["compare", "--by", "channel", "web", "app"],
    "compare two periods": ["compare", "--period", "2025-03", "2025-05"],
    "compare around a change": ["compare", "--change", "2025-06-02"],
    "trend": ["trend"],
    "trend with the flow": ["trend", "--drift"],
    "trend of deviations": ["trend", "--what", "deviations"],
    "hints": ["hints"],
    "hints with a repair": ["hints", "--repair"],
    "priorities": ["priorities"],
}


def main() -> int:
    """Make the log, run each verb, and print what it takes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--events", type=int, default=2_000_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cjmine-benchmark-") as name:
        folder = Path(name)
        save_log(folder, asked.events)
        command = [sys.executable, "-m", "cjmine"]
        more = ["log.parquet", "-i", "journey.yaml", "-f", "json"]
        check = use([*command, "check", *more], folder)
        print(f"check: {check.cpu:.1f} s of processor, {check.memory:,.0f} MB")
        kept = True
        for title, (verb, *options) in VERBS.items():
            found = use([*command, verb, *more[:1], *options, *more[1:]], folder)
            ratio, floor = found.cpu / check.cpu, FLOORS.get(title, FLOOR)
            kept &= ratio <= floor
            print(
                f"{title}: {found.cpu:.1f} s, {ratio:.1f} times check (at most {floor:g}),"
                f" {found.memory:,.0f} MB"
            )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
