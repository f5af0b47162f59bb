"""Run cjmine and pm4py side by side on one export: time, peak memory, same figures.

pm4py is measured twice: on pandas, and on its polars back ends. Each scenario runs both sides as
whole processes, in turn (cjmine, pm4py, cjmine, pm4py, …), after one warm-up each. Ratios are taken
pair by pair. Exit status: 0 every floor kept, 1 a floor missed or the two sides disagree on the
figures, 2 a command failed. Needs Linux or macOS (``os.wait4``).

Example: ``python benchmarks/compare.py --runs 5 --require csv-time=6 parquet-time=15``
"""

import argparse
import json
import math
import os
import platform
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
PACKAGES = ("cjmine", "pm4py", "pandas", "polars", "numpy", "pyarrow", "duckdb")
SCENARIOS = ("csv", "csv-polars", "parquet", "parquet-polars")
FLOORS = ("csv-time=6", "csv-memory=2", "csv-polars-time=3.5", "parquet-time=15")
POLARS = "pm4py_polars.py"
MAXRSS_PER_MB = 1e6 if sys.platform == "darwin" else 1e6 / 1024  # bytes there, KiB elsewhere

Command = tuple[str, ...]


class CommandFailed(Exception):
    """A command of either side did not end with exit status 0."""


@dataclass(frozen=True, slots=True)
class Run:
    """One process: wall time in seconds, peak resident memory in MB (10^6 bytes)."""

    time: float
    memory: float

    def of(self, measure: str) -> float:
        """Return the measure of this name."""
        return self.time if measure == "time" else self.memory


@dataclass(frozen=True, slots=True)
class Figures:
    """What both sides must agree on; `medians` is the sum of the median seconds of all pairs."""

    events: int
    journeys: int
    variants: int
    pairs: int
    follows: int
    medians: float

    def agrees(self, other: "Figures") -> bool:
        """Tell whether all figures are the same; the sum of medians up to float rounding."""
        near = math.isclose(self.medians, other.medians, rel_tol=1e-9)
        return near and replace(self, medians=other.medians) == other


@dataclass(frozen=True, slots=True)
class Scenario:
    """The timed command of each side, and cjmine's untimed one with the complete figures."""

    name: str
    cjmine: Command
    pm4py: Command
    complete: Command


@dataclass(frozen=True, slots=True)
class Floor:
    """A ratio pm4py / cjmine that a scenario must reach in one measure."""

    scenario: str
    measure: str
    ratio: float


def floor(text: str) -> Floor:
    """Read ``csv-time=6``; argparse turns a ValueError into a usage error."""
    name, _, ratio = text.partition("=")
    scenario, _, measure = name.rpartition("-")
    if scenario not in SCENARIOS or measure not in ("time", "memory"):
        raise ValueError(text)
    return Floor(scenario, measure, float(ratio))


def run(command: Command, folder: Path) -> Run:
    """Run and measure a command, its output in files of `folder`; raise CommandFailed."""
    # A checkout that is not installed works too; both sides get the same environment.
    path = os.pathsep.join(filter(None, [str(HERE.parent), os.environ.get("PYTHONPATH")]))
    environment = {**os.environ, "PYTHONPATH": path}
    with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
        begin = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=err, cwd=folder, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        lines = (folder / "err").read_text(errors="replace").splitlines()[-15:]
        message = f"exit status {process.returncode}: {shlex.join(command)}"
        raise CommandFailed("\n".join([message, *lines]))
    return Run(seconds, usage.ru_maxrss / MAXRSS_PER_MB)


def pm4py_figures(output: str) -> Figures:
    """Read the ``name value`` lines that the pm4py scripts print; other lines are passed over."""
    words = [line.split() for line in output.splitlines()]
    found = {pair[0]: pair[1] for pair in words if len(pair) == 2}
    events, journeys, variants, pairs, follows = (
        int(found[name]) for name in ("events", "journeys", "variants", "pairs", "follows")
    )
    return Figures(events, journeys, variants, pairs, follows, float(found["medians"]))


def cjmine_figures(output: str) -> Figures:
    """Read the JSON of ``cjmine discover``; a withheld figure (null) counts as zero."""
    result = json.loads(output)
    log, follows = result["log"], result["directly_follows"]
    count = sum(pair["count"] or 0 for pair in follows)
    medians = sum(pair["median_seconds"] or 0.0 for pair in follows)
    return Figures(log["events"], log["journeys"], log["variants"], len(follows), count, medians)


def prepare(cjmine: Command, folder: Path, events: int, customers: int) -> tuple[Scenario, ...]:
    """Make the export and the saved event log in `folder`; return the scenarios over them."""
    export, key, log = (str(folder / name) for name in ("export.csv", "bench.key", "log.parquet"))
    sizes = ("--events", str(events), "--customers", str(customers))
    run((sys.executable, str(HERE / "generate_export.py"), *sizes, "-o", export), folder)
    columns: Command = ("--customer", "customer_id", "--activity", "activity")
    columns += ("--timestamp", "timestamp", "--channel", "channel", "--tz", "UTC")
    run((*cjmine, "privacy", "new-key", key), folder)
    run((*cjmine, "load", export, *columns, "--key-file", key, "-o", log), folder)
    complete = ("--min-group", "1", "--top", "all", "-f", "json")
    scenarios = []
    for name, source in (("csv", (export, *columns)), ("parquet", (log,))):
        ours = (*cjmine, "discover", *source)
        for named, script in ((name, f"pm4py_from_{name}.py"), (f"{name}-polars", POLARS)):
            theirs = (sys.executable, str(HERE / script), source[0])
            scenarios.append(Scenario(named, ours, theirs, (*ours, *complete)))
    return tuple(scenarios)


def measure(scenario: Scenario, runs: int, folder: Path) -> list[tuple[Run, Run]]:
    """Warm up both sides, then run them in turn: one (cjmine, pm4py) pair a round."""
    pairs = []
    for number in range(runs + 1):
        pair = run(scenario.cjmine, folder), run(scenario.pm4py, folder)
        label = f"{number}/{runs}" if number else "warm-up"
        sides = "  ".join(f"{side.time:6.2f} s {side.memory:6.0f} MB" for side in pair)
        print(f"{scenario.name:14} {label:8} {sides}", file=sys.stderr, flush=True)
        if number:
            pairs.append(pair)
    return pairs


def figures(command: Command, read: Callable[[str], Figures], folder: Path) -> Figures:
    """Run a command, untimed, and read the figures that it prints."""
    run(command, folder)
    return read((folder / "out").read_text(encoding="utf-8"))


def machine() -> str:
    """Return one line on what the figures were measured with."""
    versions = []
    for package in PACKAGES:
        try:
            versions.append(f"{package} {metadata.version(package)}")
        except metadata.PackageNotFoundError:
            versions.append(f"{package} (not installed)")
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return ", ".join([f"{os.cpu_count()} cores", system, *versions])


def ratios(measure: str, pairs: Sequence[tuple[Run, Run]]) -> list[float]:
    """Return pm4py / cjmine, pair by pair: 6 means that cjmine needs a sixth."""
    return [theirs.of(measure) / ours.of(measure) for ours, theirs in pairs]


def table(measured: dict[str, list[tuple[Run, Run]]]) -> str:
    """Return the Markdown table: medians of each side, and the ratios pair by pair."""
    rows = [
        "| scenario | measure | cjmine | pm4py | ratio (median) | lowest | highest |",
        "|---|---|---:|---:|---:|---:|---:|",
    ]
    for scenario, pairs in measured.items():
        for measure, unit, digits in (("time", "s", 2), ("memory", "MB", 0)):
            middles = [median(one.of(measure) for one in side) for side in zip(*pairs, strict=True)]
            sides = [f"{middle:.{digits}f} {unit}" for middle in middles]
            by_pair = ratios(measure, pairs)
            spread = [f"{value:.2f}" for value in (median(by_pair), min(by_pair), max(by_pair))]
            rows.append(f"| {' | '.join([scenario, measure, *sides, *spread])} |")
    return "\n".join(rows)


def compare(options: argparse.Namespace, folder: Path) -> bool:
    """Run all scenarios in `folder` and print the results; return whether every claim holds."""
    cjmine = tuple(shlex.split(options.cjmine))
    scenarios = prepare(cjmine, folder, options.events, options.customers)
    measured = {one.name: measure(one, options.runs, folder) for one in scenarios}
    print(f"{options.runs} pairs, {options.events:,} events; {machine()}\n")
    print(table(measured), end="\n\n")
    kept = True
    # Last: a child's peak starts at the peak of this process, which parsing JSON raises.
    for one in scenarios:
        ours = figures(one.complete, cjmine_figures, folder)
        theirs = figures(one.pm4py, pm4py_figures, folder)
        same = ours.agrees(theirs)
        kept &= same
        print(f"figures  {one.name}: {'agree' if same else 'DISAGREE: no claim holds'}")
        print(f"  cjmine {ours}\n  pm4py  {theirs}")
    for need in options.require:
        reached = median(ratios(need.measure, measured[need.scenario]))
        kept &= reached >= need.ratio
        verdict = "kept" if reached >= need.ratio else "MISSED"
        print(f"floor    {need.scenario}-{need.measure}={need.ratio:g}: {verdict} ({reached:.3f})")
    return kept


def main() -> int:
    """Read the options, compare, return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    add = parser.add_argument
    add("--runs", type=int, default=3, help="measured pairs a scenario (default 3)")
    add("--events", type=int, default=2_000_000, help="events of the export (default 2000000)")
    add("--customers", type=int, default=200_000, help="about so many (default 200000)")
    start = shlex.join([sys.executable, "-m", "cjmine"])
    add("--cjmine", metavar="COMMAND", default=start, help="how to start cjmine")
    least = [floor(text) for text in FLOORS]
    text = f"least median ratios (default {' '.join(FLOORS)}); bare: no floors"
    add("--require", metavar="FLOOR", type=floor, nargs="*", default=least, help=text)
    options = parser.parse_args()
    if options.runs < 1:
        parser.error("--runs must be at least 1")
    with tempfile.TemporaryDirectory(prefix="cjmine-benchmark-") as name:
        try:
            return 0 if compare(options, Path(name).resolve()) else 1
        except CommandFailed as error:
            print(error, file=sys.stderr)
            return 2


if __name__ == "__main__":
    sys.exit(main())
