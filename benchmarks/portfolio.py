"""What a portfolio of 25 journeys costs beside one check: processor time and memory.

A saved log of 2 million events and one ideal journey; and the same log as 25 services, each with
the touchpoints of its own customers, so that 25 journeys together touch each event about once.
Exit status: 0 the portfolio takes at most five times the check, else 1. Linux.

Example: ``python benchmarks/portfolio.py --events 2000000``
"""

import argparse
import csv
import subprocess
import sys
import tempfile
from pathlib import Path

from measuring import COLUMNS, HERE, JOURNEY, steps_of, use

FLOOR, JOURNEYS = 5.0, 25  # times check
CJMINE = [sys.executable, "-m", "cjmine"]


def save_logs(folder: Path, events: int) -> None:
    """Write `one.parquet` with `journey.yaml`, and `all.parquet` with `portfolio.yaml`."""
    one, several = folder / "one.csv", folder / "all.csv"
    generate = [sys.executable, str(HERE / "generate_export.py"), "-o", str(one)]
    sizes = ["--events", str(events), "--customers", str(events // 10)]
    subprocess.run([*generate, *sizes], check=True)
    steps = steps_of(one)
    names = [name.strip('"') for name in steps.split(", ")]
    goal = names[-1]
    text = JOURNEY.replace("STEPS", steps).replace("Order delivered", f'"{goal}"')
    (folder / "journey.yaml").write_text(text, encoding="utf-8")
    divide(one, several)
    entries = []
    for service in range(JOURNEYS):
        mine = [f'"{service} {name}"' for name in names]
        text = JOURNEY.replace("STEPS", ", ".join(mine)).replace("Order delivered", mine[-1])
        text += f"entry: [{', '.join(mine)}]\n"
        (folder / f"{service}.yaml").write_text(text, encoding="utf-8")
        phase = "Buy" if service % 2 else "Use"
        entries.append(f"  - {{journey: {service}.yaml, phase: {phase}, owner: o{service % 10}}}\n")
    whole = "lifecycle: [Buy, Use]\njourneys:\n" + "".join(entries)
    (folder / "portfolio.yaml").write_text(whole, encoding="utf-8")
    use([*CJMINE, "privacy", "new-key", "k.key"], folder)
    for name in ("one", "all"):
        load = ["load", f"{name}.csv", *COLUMNS, "--tz", "UTC", "--key-file", "k.key"]
        use([*CJMINE, *load, "-o", f"{name}.parquet"], folder)


def divide(one: Path, several: Path) -> None:
    """The export again, each customer's touchpoints as those of one service."""
    services: dict[str, int] = {}
    with one.open(encoding="utf-8") as lines, several.open("w", encoding="utf-8") as sink:
        rows, out = csv.DictReader(lines), csv.writer(sink)
        fields = rows.fieldnames or []
        out.writerow(fields)
        for row in rows:
            service = services.setdefault(row["customer_id"], len(services) % JOURNEYS)
            row["activity"] = f"{service} {row['activity']}"
            out.writerow(row[field] for field in fields)


def main() -> int:
    """Make the logs, run both verbs, and print what they take."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--events", type=int, default=2_000_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cjmine-benchmark-") as name:
        folder = Path(name)
        save_logs(folder, asked.events)
        check = use([*CJMINE, "check", "one.parquet", "-i", "journey.yaml", "-f", "json"], folder)
        print(f"check: {check.cpu:.1f} s of processor, {check.memory:,.0f} MB")
        found = use([*CJMINE, "portfolio", "portfolio.yaml", "all.parquet", "-f", "json"], folder)
        ratio = found.cpu / check.cpu
        print(
            f"portfolio of {JOURNEYS} journeys: {found.cpu:.1f} s, {ratio:.1f} times check"
            f" (at most {FLOOR:g}), {found.memory:,.0f} MB"
        )
    return 0 if ratio <= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
