"""What the verbs that compare cost beside a check of the same log: processor time and memory.

`dropoff`, `compare` (two channels, two periods, around a change), `trend` (with the flow, and with
every deviation), `contact`, `hints` (and with a repair), `priorities`, `outliers` and
`ideas measure` (eight ideas, half of them with few weeks before) of a saved log of 2 million
events, each as a process of its own. Exit status: 0 each takes at most three times a check,
priorities five times and a repair fifteen times, else 1. Linux.

Example: ``python benchmarks/verbs.py --events 2000000``
"""

import argparse
import sys
import tempfile
from pathlib import Path

from measuring import save_log, use

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
    "contact": ["contact"],
    "hints": ["hints"],
    "hints with a repair": ["hints", "--repair"],
    "priorities": ["priorities"],
    "satisfaction": ["satisfaction", "--by", "channel"],
    "outliers": ["outliers"],
    "ideas measure": ["ideas measure", "--register", "ideas.yaml"],
}


def write_ideas(folder: Path) -> None:
    """Write `ideas.yaml`: of four steps an idea with many weeks before, and one with few."""
    steps = (folder / "journey.yaml").read_text("utf-8").partition("steps: [")[2].split('"')[1::2]
    begun = "metric: drop-off, status: running, expected: -2 pp"
    control = ", where: {channel: web}, control: {channel: mail}"
    lines = [
        f'  - {{id: {name}-{place}, title: x, step: "{step}", {begun}, since: {since}{more}}}'
        for place, step in enumerate(steps[:4])
        for name, since, more in (("many", "2025-06-02", control), ("few", "2025-04-07", ""))
    ]
    (folder / "ideas.yaml").write_text("\n".join(["ideas:", *lines, ""]), "utf-8")


def survey(folder: Path) -> None:
    """Write `surveyed.parquet`: the same log, and every customer asked at the end; most answer."""
    import numpy as np
    import pyarrow as pa

    from cjmine.columns import numbers, strings
    from cjmine.eventlog.build import build_log
    from cjmine.eventlog.log import ACTIVITY, CHANNEL, CUSTOMER, TIME
    from cjmine.eventlog.parquet import read_log, write_log

    log = read_log(folder / "log.parquet", "log.parquet")
    last = np.flatnonzero(np.diff(log.codes(CUSTOMER), append=-1))
    random = np.random.default_rng(1)
    answered = last[random.random(len(last)) < 0.6]
    score = random.integers(0, 11, len(answered)).astype(str).tolist()
    rows = np.concatenate([np.arange(log.events), last, answered])
    day = np.repeat([0, 1, 2], [log.events, len(last), len(answered)]) * 86_400_000_000

    def column(name: str, *more: str) -> pa.Array:
        own = log.table.column(name).combine_chunks().cast(pa.string())
        many = zip(more, (len(last), len(answered)), strict=True)
        return pa.concat_arrays([own, *(strings([one] * times) for one, times in many)])

    columns = {
        CUSTOMER: log.table.column(CUSTOMER).combine_chunks().cast(pa.string()).take(numbers(rows)),
        ACTIVITY: column(ACTIVITY, "NPS asked", "NPS answer"),
        TIME: numbers(log.times[rows] + day),
        CHANNEL: column(CHANNEL, "survey", "survey"),
        "score": pa.array([None] * (len(rows) - len(answered)) + score, pa.string()),
    }
    write_log(build_log(columns, log.about), folder / "surveyed.parquet")


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
        survey(folder)
        write_ideas(folder)
        for title, (verb, *options) in VERBS.items():
            log = "surveyed.parquet" if verb == "satisfaction" else "log.parquet"
            if verb == "satisfaction":
                check = use([*command, "check", log, *more[1:]], folder)
            found = use([*command, *verb.split(), log, *options, *more[1:]], folder)
            ratio, floor = found.cpu / check.cpu, FLOORS.get(title, FLOOR)
            kept &= ratio <= floor
            print(
                f"{title}: {found.cpu:.1f} s, {ratio:.1f} times check (at most {floor:g}),"
                f" {found.memory:,.0f} MB"
            )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
