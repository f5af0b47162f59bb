"""Hints that are shares of journeys: each a rule with the share from which on it is one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cjmine.analysis.cohorts import Cohorts
from cjmine.analysis.deviations import measured_wait
from cjmine.analysis.hints.again import AgainCounts
from cjmine.analysis.hints.found import FoundHint
from cjmine.analysis.hints.messages import MessageCounts
from cjmine.analysis.hints.ways import Ways
from cjmine.analysis.multisets import quantile
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.results.figures import Counted, Sampled
from cjmine.results.hints import Tip

LOST_UNTOLD_BY = 0.25  # of the lost journeys
SOON = 3600.0  # seconds until the first message, at the median
CALLS_AFTER_BY = 0.05  # of the completed journeys
TWICE_BY = 0.1  # of the journeys with a touchpoint
STEPS = 10
MISFIT, TWO_WAYS_BY = 0.5, 0.5
_LONG = 0.75  # a wait longer than so many of all waits


def found_shares(
    messages: MessageCounts,
    again: AgainCounts,
    ways: Ways,
    fitting: Cohorts,
    ideal: CompiledIdeal,
    activities: tuple[str, ...],
) -> Iterator[FoundHint]:
    """The hints in the order of tips."""
    yield from _start(messages)
    if _is_often(again.after_goal, 0, CALLS_AFTER_BY):
        yield _hint(Tip.END, "", again.after_goal, 0)
    yield from _soften(messages, ideal.space.labels)
    for place, name in enumerate(activities):
        if _is_often(again.channels, place, TWICE_BY):
            yield _hint(Tip.ASKED_TWICE, name, again.channels, place)
    if ideal.space.shortest > STEPS:
        yield _hint(Tip.SIMPLE, "", fitting, 0)
    for place, name in enumerate(ideal.space.labels):
        if _is_often(again.clicks, place, TWICE_BY):
            yield _hint(Tip.SIMPLE, name, again.clicks, place)
    yield from _redesign(ways, fitting)


def _is_often(found: Cohorts, group: int, least: float) -> bool:
    n, of = int(found.having[group]), int(found.among[group])
    return n > 0 and n >= least * of


def _hint(tip: Tip, step: str, found: Cohorts, group: int) -> FoundHint:
    return FoundHint(tip, step, found.n(group), found.of(group))


def _start(found: MessageCounts) -> Iterator[FoundHint]:
    """Many are lost before the first message, or it comes late."""
    value, times = found.first_wait.of(0)
    median = measured_wait(value, times, found.first, 0, 0.5)
    is_late = median is not None and median > SOON
    if found.lost.among[0] and (is_late or _is_often(found.lost, 0, LOST_UNTOLD_BY)):
        yield FoundHint(Tip.START, "", found.lost.n(0), found.lost.of(0), time=median)


def _soften(found: MessageCounts, steps: tuple[str, ...]) -> Iterator[FoundHint]:
    """The step that is waited for longest: half of its waits are among the longest of all."""
    waits = found.waits
    if not len(waits.value):
        return
    order = np.argsort(waits.value, kind="stable")
    long = quantile(waits.value[order], waits.times[order], _LONG) / 1e6
    every = [measured_wait(*waits.of(step), found.waited, step, 0.5) for step in range(len(steps))]
    known = [(one, step) for step, one in enumerate(every) if one is not None]
    median, step = max(known, key=lambda one: (one[0], -one[1]))
    if median < max(long, SOON):
        return
    value, times = waits.of(step)
    n, of = int(times[value > long * 1e6].sum()), found.waited.of(step)
    most = max(int(found.waited.most[step]), 1)  # of one customer: so many are behind at least
    count = Counted(n, -(-n // most), -(-(of - n) // most))
    yield FoundHint(Tip.SOFTEN, steps[step], count, _steady(of), time=median)


def _redesign(ways: Ways, fitting: Cohorts) -> Iterator[FoundHint]:
    """Journeys hardly fit, and most of them go one of two ways: the file describes another one.

    Two ways may share customers, so those of the larger one are behind both.
    """
    if ways.fitness >= MISFIT or not len(ways.journeys):
        return
    first = np.argsort(-ways.journeys, kind="stable")[:2]
    n, of = int(ways.journeys[first].sum()), fitting.of(0)
    if n <= TWO_WAYS_BY * of:
        return
    rest = np.delete(ways.customers, first)
    behind = int(rest.max(initial=0)) if n < of else 0
    count = Counted(n, int(ways.customers[first].max()), behind)
    yield FoundHint(Tip.REDESIGN, "", count, _steady(of))


def _steady(of: Sampled) -> Sampled:
    """The journeys of a share whose customers are not known: as if all of one did the same."""
    return Sampled(of, of.customers, of.alike, of.alike, of.is_led)
