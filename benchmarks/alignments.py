"""Compare exact alignments side by side: cjmine, pm4py (default and Dijkstra), r4pm.

One seeded set of distinct variants, one ideal with a choice, an any-order pair, an optional step
and a loop. cjmine aligns all of them, the others samples, each timed per variant; every cost of
a sample must be the same. The ranges over all cheapest alignments are timed beside the alignments.
Exit status: 0 every floor kept, 1 a floor missed or a cost differs,
2 r4pm is not installed (``pip install '.[bench]'``).

Example: ``python benchmarks/alignments.py --variants 160000 --sample 300``
"""

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from statistics import median
from xml.sax.saxutils import quoteattr

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ["PM4PY_SHOW_PROGRESS_BAR"] = "False"
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from cjmine.conformance.alignments import NOWHERE, align
from cjmine.conformance.ranges import attribution_ranges
from cjmine.ideal import nodes
from cjmine.ideal.process_tree import process_tree
from cjmine.ideal.space import compile_space

PM4PY_FLOOR, R4PM_FLOOR = 500, 15
RANGES_CEILING = 5  # times a plain alignment
Trace = tuple[str, ...]


def step(name: str) -> nodes.Step:
    """A step of the ideal."""
    return nodes.Step(name)


IDEAL = nodes.Sequence(
    (
        step("Search"),
        nodes.Repeat(step("View product")),
        nodes.Optional(step("Compare")),
        step("Basket"),
        step("Checkout"),
        nodes.AnyOrder((step("Upload photo"), step("Sign form"))),
        nodes.Choice(
            (step("Pay by card"), nodes.Sequence((step("Choose bank"), step("Transfer"))))
        ),
        step("Confirmation mail"),
        step("Delivery mail"),
    )
)
EXTRAS = ("Call support", "Help page", "Complaint")


@dataclass(frozen=True, slots=True)
class Timed:
    """One engine: what it took, over how many variants, and the costs that it found."""

    name: str
    variants: int
    seconds: float
    cores: float
    costs: tuple[int, ...]

    @property
    def microseconds(self) -> float:
        """Wall time per variant."""
        return 1e6 * self.seconds / self.variants


def variants(count: int, seed: int = 7) -> list[Trace]:
    """So many distinct traces: ideal journeys with steps left out, moved, repeated, added."""
    rng = np.random.default_rng(seed)
    names = [one.name for one in nodes.steps_of(IDEAL)]
    found: dict[Trace, None] = {}
    while len(found) < count:
        trace = ["Search", *["View product"] * int(rng.integers(1, 4))]
        trace += ["Compare"] * int(rng.integers(0, 2)) + ["Basket", "Checkout"]
        trace += (
            ["Upload photo", "Sign form"] if rng.random() < 0.5 else ["Sign form", "Upload photo"]
        )
        trace += ["Pay by card"] if rng.random() < 0.6 else ["Choose bank", "Transfer"]
        trace += ["Confirmation mail", "Delivery mail"]
        for _ in range(int(rng.integers(1, 6))):
            place = int(rng.integers(0, len(trace) + 1))
            change = rng.random()
            if change < 0.45:
                trace.insert(place, str(rng.choice([*EXTRAS, *names])))
            elif change < 0.75 and place < len(trace):
                del trace[place]
            elif place + 1 < len(trace):
                trace[place], trace[place + 1] = trace[place + 1], trace[place]
        found[tuple(trace)] = None
    return list(found)


def clocked() -> tuple[float, float]:
    """Wall time and processor time of this process, in seconds."""
    return time.perf_counter(), time.process_time()


def by_cjmine(traces: Sequence[Trace], runs: int) -> Timed:
    """All traces, costs and moves together, from the declared journey on; median of some runs."""
    number = {name: place for place, name in enumerate(compile_space(IDEAL).labels)}
    labels = np.array([number.get(name, NOWHERE) for one in traces for name in one], np.int32)
    starts = np.cumsum([0, *map(len, traces)])
    times: list[tuple[float, float]] = []
    for _ in range(runs + 1):
        begin = clocked()
        found = align(compile_space(IDEAL), labels, starts)
        end = clocked()
        times.append((end[0] - begin[0], end[1] - begin[1]))
    wall = median(one[0] for one in times[1:])
    busy = median(one[1] for one in times[1:])
    return Timed("cjmine", len(traces), wall, busy / wall, tuple(found.cost.tolist()))


def ranges_seconds(traces: Sequence[Trace], runs: int) -> float:
    """What is left out or extra in every and in some cheapest alignment: wall time, median."""
    space = compile_space(IDEAL)
    names = (*space.labels, *EXTRAS)
    number = {name: place for place, name in enumerate(names)}
    touchpoint = np.array([number[name] for one in traces for name in one], np.int32)
    step_of = np.arange(len(names), dtype=np.int32)
    step_of[len(space.labels) :] = NOWHERE
    starts = np.cumsum([0, *map(len, traces)])
    times: list[float] = []
    for _ in range(runs + 1):
        begin = time.perf_counter()
        attribution_ranges(space, touchpoint, step_of, starts)
        times.append(time.perf_counter() - begin)
    return median(times[1:])


def by_pm4py(traces: Sequence[Trace], dijkstra: bool) -> Timed:
    """A sample with pm4py, trace by trace on the net of the same process tree."""
    from pm4py.algo.conformance.alignments.petri_net import algorithm
    from pm4py.convert import convert_to_petri_net
    from pm4py.objects.log.obj import Event
    from pm4py.objects.log.obj import Trace as PmTrace

    # Of pm4py's two exact Dijkstra variants the faster one.
    variant = (
        algorithm.Variants.VERSION_DIJKSTRA_LESS_MEMORY if dijkstra else algorithm.DEFAULT_VARIANT
    )
    net = convert_to_petri_net(process_tree(IDEAL))
    events = [PmTrace([Event({"concept:name": name}) for name in trace]) for trace in traces]
    algorithm.apply_trace(events[0], *net, variant=variant)
    begin = clocked()
    found = [algorithm.apply_trace(one, *net, variant=variant)["cost"] // 10_000 for one in events]
    end = clocked()
    name = "pm4py, Dijkstra" if dijkstra else "pm4py, default (A*)"
    wall = end[0] - begin[0]
    return Timed(name, len(traces), wall, (end[1] - begin[1]) / wall, tuple(found))


def by_r4pm(traces: Sequence[Trace]) -> Timed:
    """A larger sample with r4pm: its `align_variants` alone, on a log that it has read."""
    import r4pm
    from pm4py.convert import convert_to_petri_net
    from r4pm import bindings

    net = r4pm.petri_net.from_pm4py(*convert_to_petri_net(process_tree(IDEAL)))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sample.xes"
        file.write_text(xes(traces), encoding="utf-8")
        log = r4pm.import_item("EventLog", str(file))
    projection = bindings.log_to_activity_projection(log)
    begin = clocked()
    found = bindings.align_variants(net, projection)
    end = clocked()
    costs = {tuple(one["activities"]): one["result"]["Ok"]["cost"] for one in found}
    wall = end[0] - begin[0]
    return Timed(
        "r4pm",
        len(traces),
        wall,
        (end[1] - begin[1]) / wall,
        tuple(costs[trace] for trace in traces),
    )


def xes(traces: Sequence[Trace]) -> str:
    """A log of these traces for engines that read files."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<log xes.version="1.0">']
    for trace in traces:
        lines.append("<trace>")
        lines += [
            f'<event><string key="concept:name" value={quoteattr(name)}/></event>' for name in trace
        ]
        lines.append("</trace>")
    return "\n".join([*lines, "</log>", ""])


def table(engines: Sequence[Timed]) -> str:
    """The results as Markdown; ratios are to cjmine."""
    ours = engines[0].microseconds
    lines = [
        "| engine | variants | µs a variant | cores used | times cjmine |",
        "|---|---:|---:|---:|---:|",
    ]
    for one in engines:
        lines.append(
            f"| {one.name} | {one.variants:,} | {one.microseconds:,.1f} | {one.cores:.1f} |"
            f" {one.microseconds / ours:,.0f} |"
        )
    return "\n".join(lines)


def main() -> int:
    """Run all engines, compare costs, check the floors."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--variants", type=int, default=160_000)
    parser.add_argument("--sample", type=int, default=300)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    try:
        version = metadata.version("r4pm")
    except metadata.PackageNotFoundError:
        print("r4pm is not installed: pip install '.[bench]'", file=sys.stderr)
        return 2
    traces = variants(asked.variants)
    rng = np.random.default_rng(1)
    sample = rng.choice(len(traces), asked.sample, replace=False).tolist()
    larger = rng.choice(len(traces), min(20 * asked.sample, len(traces)), replace=False).tolist()
    ours = by_cjmine(traces, asked.runs)
    others = [
        (by_pm4py([traces[one] for one in sample], dijkstra=False), sample),
        (by_pm4py([traces[one] for one in sample], dijkstra=True), sample),
        (by_r4pm([traces[one] for one in larger]), larger),
    ]
    events = sum(map(len, traces)) / len(traces)
    print(
        f"{len(traces):,} distinct variants of {events:.1f} events; {os.cpu_count()} cores,"
        f" {platform.system()} {platform.machine()}, Python {platform.python_version()},"
        f" pm4py {metadata.version('pm4py')}, r4pm {version}\n"
    )
    print(table([ours, *(one for one, _ in others)]))
    status = 0
    for one, chosen in others:
        same = all(ours.costs[place] == cost for place, cost in zip(chosen, one.costs, strict=True))
        print(f"costs    {one.name}: {'all equal' if same else 'DIFFER'}")
        status = status if same else 1
    for one, floor in ((others[0][0], PM4PY_FLOOR), (others[2][0], R4PM_FLOOR)):
        ratio = one.microseconds / ours.microseconds
        kept = ratio >= floor
        print(f"floor    {one.name}: {floor} {'kept' if kept else 'MISSED'} ({ratio:,.1f})")
        status = status if kept else 1
    ratio = ranges_seconds(traces, asked.runs) / ours.seconds
    kept = ratio <= RANGES_CEILING
    print(f"ceiling  ranges: {RANGES_CEILING} {'kept' if kept else 'MISSED'} ({ratio:,.1f})")
    return status if kept else 1


if __name__ == "__main__":
    sys.exit(main())
