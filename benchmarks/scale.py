"""How memory, processor time and bytes grow with a log, on the machine that this runs on.

    python benchmarks/scale.py                        # 2 and 10 million events
    python benchmarks/scale.py --events 40000000      # and 40 million: 3 GB of disk

Log folders are loaded, counted with the settings of the tool, with `--jobs 1` and in a control
group of 2 GB where one can be made, get a delivery of 2 million events and are counted again as two
runs. Memory is that of all processes of a command, processor time user and system. Exit status: 0
every floor is kept, 1 one is missed. Linux.
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from measuring import CJMINE, Used, load_command, use, write_export, write_key_and_journey

SIZES = (2_000_000, 10_000_000, 40_000_000)
VERBS = {"discover": [], "check": ["-i", "journey.yaml"]}
DISCOVER, CHECK = 1_250, 1_000  # MB
GROUP = 2_000_000_000  # bytes
BYTES = 14.0  # an event on disk
CHECK_OF_DISCOVER, CHECK_OF_SMALL = 3.5, 6.5  # times the processor time
APPEND, FLAT = 3.0, 0.25  # seconds beyond the load of the delivery, share of the mean
GROUPS = (
    (Path("/sys/fs/cgroup/memory"), "memory.limit_in_bytes"),
    (Path("/sys/fs/cgroup"), "memory.max"),
)
_JOIN = (
    "import os, sys; open(sys.argv[1], 'w').write(str(os.getpid()));"
    "os.execv(sys.argv[2], sys.argv[2:])"
)


@dataclass(frozen=True, slots=True)
class Measured:
    """What a log of so many events needed."""

    events: int
    steps: dict[str, Used]
    bytes: float

    def cpu(self, step: str) -> float:
        """The processor time of a step."""
        return self.steps[step].cpu

    def answers(self, verb: str) -> int:
        """How many different answers a verb gave."""
        return len({used.output for step, used in self.steps.items() if step.startswith(verb)})


@dataclass(frozen=True, slots=True)
class Floor:
    """A figure that may be so large at most."""

    name: str
    found: float
    most: float
    unit: str

    @property
    def is_kept(self) -> bool:
        """Whether it is no larger."""
        return self.found <= self.most

    def __str__(self) -> str:
        verdict = "kept" if self.is_kept else "MISSED"
        return (
            f"  {self.name:<52} {self.found:9,.2f} of {self.most:8,.2f} {self.unit:<10} {verdict}"
        )


@contextmanager
def control_group() -> Iterator[list[str] | None]:
    """What runs a command in a control group of 2 GB; None where none can be made."""
    for root, name in GROUPS:
        made = root / f"cjmine-scale-{uuid4().hex[:8]}"
        try:
            made.mkdir()
        except OSError:
            continue
        try:
            if (made / name).exists():
                (made / name).write_text(str(GROUP))
                yield [sys.executable, "-c", _JOIN, str(made / "cgroup.procs")]
                return
        finally:
            made.rmdir()
    yield None


def measure(folder: Path, events: int) -> Measured:
    """Load, count and append; the log is removed afterwards."""
    export, log = folder / f"{events}.csv", f"log{events}"
    write_export(export, events)
    if not (folder / "journey.yaml").exists():
        write_key_and_journey(export)
    steps = {"load": use(load_command(export.name, "-o", f"{log}/"), folder)}
    runs = json.loads((folder / log / "manifest.json").read_text())["runs"]
    size = sum((folder / log / "runs" / run["file"]).stat().st_size for run in runs) / events
    export.unlink()
    for verb, more in VERBS.items():
        command = [*CJMINE, verb, f"{log}/", *more, "-f", "json"]
        steps[verb] = use(command, folder)
        steps[f"{verb} --jobs 1"] = use([*command, "--jobs", "1"], folder)
        if events == SIZES[1]:
            steps[f"{verb} in one part"] = use([*command, "--parts", "1"], folder)
        with control_group() as within:
            if within is not None:
                steps[f"{verb} in 2 GB"] = use([*within, *command], folder)
    steps["append"] = use(load_command("more.csv", "--append", f"{log}/"), folder)
    for verb, more in VERBS.items():
        steps[f"two runs, {verb}"] = use([*CJMINE, verb, f"{log}/", *more, "-f", "json"], folder)
    shutil.rmtree(folder / log)
    return Measured(events, steps, size)


def floors(measured: list[Measured]) -> Iterator[Floor]:
    """The floors of what was measured, the smallest log first."""
    small, large = measured[0], measured[-1]
    for verb, most in (("discover", DISCOVER), ("check", CHECK)):
        for step in (verb, f"{verb} --jobs 1", f"two runs, {verb}"):
            yield Floor(f"{step}, memory", large.steps[step].memory, most, "MB")
        differ = sum(one.answers(verb) - 1 for one in measured)
        yield Floor(f"{verb}, answers that differ", differ, 0, "")
    ratio = large.cpu("check") / large.cpu("discover")
    yield Floor("check, processor time", ratio, CHECK_OF_DISCOVER, "discovers")
    yield Floor("saved log, an event", large.bytes, BYTES, "bytes")
    for one in measured:
        yield Floor(
            f"append to {one.events / 1e6:g} million, beyond its load",
            one.cpu("append") - small.cpu("load"),
            APPEND,
            "s",
        )
    appended = [one.cpu("append") for one in measured]
    mean = sum(appended) / len(appended)
    unlike = max(abs(one - mean) for one in appended) / mean
    yield Floor("append, farthest from the mean", unlike, FLAT, "of it")
    for one in measured:
        if one.events == SIZES[1]:
            grown = one.cpu("check") / small.cpu("check")
            yield Floor("check of 10 million, processor time", grown, CHECK_OF_SMALL, "of 2 M")


def curve(measured: list[Measured]) -> Iterator[str]:
    """Every step by size: processor time as bars, with memory beside them."""
    names = dict.fromkeys(step for one in measured for step in one.steps)
    longest = max(used.cpu for one in measured for used in one.steps.values())
    for name in names:
        for one in measured:
            if (used := one.steps.get(name)) is not None:
                bar = "█" * max(round(used.cpu / longest * 40), 1)
                size = f"{one.events / 1e6:g} M"
                yield f"{name:<18} {size:>6} {used.cpu:7.1f} s {used.memory:6,.0f} MB  {bar}"


def main() -> int:
    """Measure every size, print the curve and the floors."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--events", type=int, default=SIZES[1], help="the largest log")
    asked = parser.parse_args()
    sizes = [*(size for size in SIZES if size < asked.events), asked.events]
    with tempfile.TemporaryDirectory(prefix="cjmine-benchmark-") as name:
        folder = Path(name)
        write_export(folder / "more.csv", SIZES[0], seed=2)
        measured = [measure(folder, size) for size in sizes]
    print("processor time, peak memory of all processes", *curve(measured), sep="\n")
    found = list(floors(measured))
    print("", *found, sep="\n")
    return 0 if all(one.is_kept for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
