"""Drawing maps of 25 steps and 100,000 journeys: how long it takes, beside the check itself.

    python benchmarks/pictures.py

Exit status: 0 every map is drawn in under a second, 1 one is not.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np

from cjmine.analysis.check.finished import CheckWishes, compare_journeys, judge
from cjmine.conformance.states import Window
from cjmine.diagrams.layered import layered
from cjmine.eventlog.build import log_of
from cjmine.eventlog.journeys import cut
from cjmine.eventlog.log import EventLog
from cjmine.ideal.compiled import compile_ideal
from cjmine.ideal.journey import IdealJourney, Stage
from cjmine.ideal.nodes import Step
from cjmine.reporters.flow_map import flow_svg
from cjmine.reporters.journey_map import render
from cjmine.verbs.discover import discover
from cjmine.verbs.settings import DiscoverSettings

JOURNEYS, STEPS = 104_000, 25  # some have no event
LIMIT = 1.0  # seconds
NAMES = [f"Aanvraag van een arbeidsongeschiktheidsuitkering, deel {n}" for n in range(STEPS)]
EXTRA = ("Telefoongesprek", "Chat", "Klacht")


def log() -> EventLog:
    """Journeys along the steps that skip, add, repeat and end early by chance."""
    dice = np.random.default_rng(1)
    chance = dice.random((JOURNEYS, STEPS, 3))
    rows = []
    for journey in range(JOURNEYS):
        for step, (ends, skips, adds) in enumerate(chance[journey].tolist()):
            if ends < 0.03:
                break
            if skips > 0.04:
                rows.append((f"c{journey}", NAMES[step], 600.0 * step))
            if adds < 0.03:
                rows.append((f"c{journey}", EXTRA[int(adds * 100)], 600.0 * step + 1))
    return log_of(rows)


def timed(name: str, work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    took = time.perf_counter() - began
    print(f"{name}: {took:.2f} s")
    return took


def main() -> int:
    stages = tuple(
        Stage(f"Stage {n}", tuple(Step(name) for name in NAMES[5 * n : 5 * n + 5]))
        for n in range(STEPS // 5)
    )
    ideal = compile_ideal(IdealJourney("benchmark", (NAMES[-1],), stages))
    events = log()
    journeys = cut(events)
    window = Window(None, (events.period or (0, 0))[1])
    print(f"{len(journeys):,} journeys, {events.events:,} events, {STEPS} steps")
    began = time.perf_counter()
    wishes = CheckWishes()
    comparison = compare_journeys(journeys, ideal, window, wishes.min_group)
    checked = judge(events, comparison, wishes).checked
    found = discover(events, DiscoverSettings())
    print(f"measured: {time.perf_counter() - began:.2f} s")
    took = [
        timed("journey map", lambda: render(checked)),
        timed("flow map, laid out by cjmine", lambda: flow_svg(found, 0.96, layout=layered)),
    ]
    return int(max(took) > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
