"""A log of 20 million events by parts: peak memory of the process group, processor time, bytes.

`discover` and `check` of a saved log, in parts and several processes as they choose themselves,
and once more as one part. Exit status: 0 every floor is kept and the bytes agree, else 1. Linux.

Example: ``python benchmarks/parts.py --events 20000000``
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
MEMORY_FLOOR, CPU_FLOOR, BYTES_FLOOR = 1_500, 3.5, 14.0  # MB, times discover, bytes an event
JOURNEY = """\
journey: order
goal: Order delivered
deadline: 30d
case: {gap: 30d}
stages:
  - stage: All
    steps: [STEPS]
"""
COLUMNS = ("--customer", "customer_id", "--activity", "activity", "--timestamp", "timestamp")


@dataclass(frozen=True, slots=True)
class Used:
    """What a command used: peak memory of its processes together (MB), processor seconds."""

    memory: float
    cpu: float
    output: bytes


def memory_of_group(group: int) -> float:
    """The memory of all processes of a group in MB; shared pages count once among them."""
    total = 0
    for place in Path("/proc").iterdir():
        if not place.name.isdigit():
            continue
        try:
            if os.getpgid(int(place.name)) != group:
                continue
            rows = (place / "smaps_rollup").read_text().splitlines()
        except (OSError, ProcessLookupError):
            continue
        total += sum(int(row.split()[1]) for row in rows if row.startswith("Pss:"))
    return total / 1000


def use(command: list[str], folder: Path) -> Used:
    """Run a command in a group of its own and watch it."""
    path = os.pathsep.join(filter(None, [str(HERE.parent), os.environ.get("PYTHONPATH")]))
    before = os.times()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    peak = 0.0

    def watch() -> None:
        nonlocal peak
        while process.poll() is None:
            peak = max(peak, memory_of_group(process.pid))
            time.sleep(0.05)

    watcher = threading.Thread(target=watch)
    watcher.start()
    output, _ = process.communicate()
    watcher.join()
    if process.returncode not in (0, 1):
        raise SystemExit(f"exit status {process.returncode}: {' '.join(command)}")
    after = os.times()
    cpu = after.children_user - before.children_user
    return Used(peak, cpu + after.children_system - before.children_system, output)


def steps_of(export: Path) -> str:
    """The first activities that the export names, as steps."""
    names: dict[str, None] = {}
    with export.open(encoding="utf-8") as lines:
        place = next(lines).rstrip("\n").split(",").index("activity")
        for line in lines:
            names.setdefault(line.rstrip("\n").split(",")[place])
            if len(names) == 8:
                break
    return ", ".join(f'"{name}"' for name in names)


def save_log(folder: Path, events: int) -> None:
    """Write `log.parquet` of so many events, a tenth as many customers, and `journey.yaml`."""
    cjmine, export = [sys.executable, "-m", "cjmine"], folder / "export.csv"
    generate = [sys.executable, str(HERE / "generate_export.py"), "-o", str(export)]
    sizes = ["--events", str(events), "--customers", str(events // 10)]
    subprocess.run([*generate, *sizes], check=True)
    steps = steps_of(export)
    goal = steps.rpartition('"')[0].rpartition('"')[2]
    journey = JOURNEY.replace("STEPS", steps).replace("Order delivered", f'"{goal}"')
    (folder / "journey.yaml").write_text(journey, encoding="utf-8")
    use([*cjmine, "privacy", "new-key", "k.key"], folder)
    load = ["load", "export.csv", *COLUMNS, "--tz", "UTC", "--key-file", "k.key"]
    use([*cjmine, *load, "-o", "log.parquet"], folder)
    export.unlink()


def main() -> int:
    """Make the log, run both verbs both ways, check the floors."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--events", type=int, default=20_000_000)
    asked = parser.parse_args()
    cjmine = [sys.executable, "-m", "cjmine"]
    kept = True
    with tempfile.TemporaryDirectory(prefix="cjmine-benchmark-") as name:
        folder = Path(name)
        save_log(folder, asked.events)
        size = (folder / "log.parquet").stat().st_size / asked.events
        kept &= size <= BYTES_FLOOR
        print(f"saved log: {size:.1f} bytes an event (at most {BYTES_FLOOR:g})")
        found: dict[str, Used] = {}
        for verb, more in (("discover", []), ("check", ["-i", "journey.yaml"])):
            command = [*cjmine, verb, "log.parquet", *more, "-f", "json"]
            parts, whole = use(command, folder), use([*command, "--parts", "1"], folder)
            found[verb] = parts
            same = parts.output == whole.output
            kept &= same and parts.memory <= MEMORY_FLOOR
            print(
                f"{verb}: {parts.memory:,.0f} MB, {parts.cpu:.1f} s of processor;"
                f" one part {whole.memory:,.0f} MB, {whole.cpu:.1f} s;"
                f" bytes {'equal' if same else 'DIFFER'} (at most {MEMORY_FLOOR:,} MB)"
            )
    ratio = found["check"].cpu / found["discover"].cpu
    kept &= ratio <= CPU_FLOOR
    print(f"check needs {ratio:.1f} times the processor time of discover (at most {CPU_FLOOR:g})")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
