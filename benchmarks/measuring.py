"""What a command uses with all its processes, and the logs that several benchmarks measure with."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
CJMINE = (sys.executable, "-m", "cjmine")
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


def use(command: Sequence[str], folder: Path) -> Used:
    """Run a command in a group of its own and watch it; exit statuses 0 and 1 are answers."""
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


def write_export(export: Path, events: int, seed: int = 1) -> None:
    """Write an export of so many events and a tenth as many customers."""
    generate = [sys.executable, str(HERE / "generate_export.py"), "-o", str(export)]
    sizes = ["--events", str(events), "--customers", str(events // 10), "--seed", str(seed)]
    subprocess.run([*generate, *sizes], check=True, stdout=subprocess.DEVNULL)


def write_key_and_journey(export: Path) -> None:
    """Write `k.key` and `journey.yaml` beside an export; the goal is the last of its steps."""
    folder, steps = export.parent, steps_of(export)
    goal = steps.rpartition('"')[0].rpartition('"')[2]
    journey = JOURNEY.replace("STEPS", steps).replace("Order delivered", f'"{goal}"')
    (folder / "journey.yaml").write_text(journey, encoding="utf-8")
    use([*CJMINE, "privacy", "new-key", "k.key"], folder)


def load_command(export: str, *into: str) -> list[str]:
    """The command that loads an export; `into` says where."""
    return [*CJMINE, "load", export, *COLUMNS, "--tz", "UTC", "--key-file", "k.key", *into]


def save_log(folder: Path, events: int) -> None:
    """Write `log.parquet` of so many events, a tenth as many customers, and `journey.yaml`."""
    export = folder / "export.csv"
    write_export(export, events)
    write_key_and_journey(export)
    use(load_command(export.name, "-o", "log.parquet"), folder)
    export.unlink()
