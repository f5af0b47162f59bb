"""The deviations of a log as rows, small groups folded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from cjmine.analysis.folding import Gate, Part
from cjmine.analysis.populations import Populations
from cjmine.ideal.deviations import BY_CLASS, DeviationClass
from cjmine.privacy.small_groups import OTHER, is_small
from cjmine.results.check import DeviationRow, TimingRow


@dataclass(frozen=True, slots=True, eq=False)
class _Group:
    """One row to be: of one deviation, or of several that are folded."""

    one: DeviationClass | None
    name: str
    part: Part


def deviation_rows(
    populations: Populations,
    gate: Gate,
    is_accepted: Callable[[DeviationClass, str], bool],
    untold: frozenset[str] = frozenset(),
) -> tuple[DeviationRow, ...]:
    """Every deviation with its journeys: by class in the order of precedence, the commonest first.

    A deviation of too few customers folds into the other row of its class; a class that is too
    small altogether into one row of all classes. Occurrences add up to those of the log.
    `untold` are the steps whose drop-off is withheld where the steps are listed.
    """
    groups = [_Group(*found) for found in populations.deviations()]
    shown: list[_Group] = []
    left: list[_Group] = []
    for one in DeviationClass:
        mine = [group for group in groups if group.one is one]
        kept, folded = _folded(mine, gate, populations, untold)
        shown += kept
        if folded is not None and gate.count(folded.part.some) is None:
            left.append(folded)
        elif folded is not None:
            shown.append(folded)
    if left:
        rest = _joined(None, left, populations)
        while gate.count(rest.part.some) is None and shown:
            smallest = min(shown, key=lambda group: (len(group.part.some), group.name))
            shown.remove(smallest)
            left.append(smallest)
            rest = _joined(None, left, populations)
        if gate.count(rest.part.some) is not None:
            shown.append(rest)
    friction = populations.comparison.ideal.journey.friction
    return tuple(
        DeviationRow(
            code=None if group.one is None else BY_CLASS[group.one].code,
            class_=OTHER if group.one is None else group.one.value,
            activity=group.name,
            journeys=len(group.part.some),
            occurrences=group.part.times,
            of=len(group.part.of),
            accepted=group.one is not None and is_accepted(group.one, group.name),
            friction=group.one is DeviationClass.UNEXPECTED and group.name in friction,
        )
        for group in shown
    )


def _folded(
    groups: Sequence[_Group], gate: Gate, populations: Populations, untold: frozenset[str]
) -> tuple[list[_Group], _Group | None]:
    """The groups of one class that may be shown, and one that holds the others."""
    groups = sorted(groups, key=lambda group: (-len(group.part.some), group.name))
    small = [group for group in groups if _is_small(group, gate, untold)]
    kept = [group for group in groups if group not in small]
    if not small:
        return kept, None
    rest = _joined(small[0].one, small, populations)
    while kept and gate.count(rest.part.some) is None:
        small.append(kept.pop())
        rest = _joined(small[0].one, small, populations)
    return kept, rest


def _is_small(group: _Group, gate: Gate, untold: frozenset[str]) -> bool:
    if group.one is DeviationClass.ABANDONED and group.name in untold:
        return True
    return gate.tells_too_much(group.part)


def _joined(
    one: DeviationClass | None, groups: Sequence[_Group], populations: Populations
) -> _Group:
    some = np.unique(np.concatenate([group.part.some for group in groups]))
    times = sum(group.part.times for group in groups)
    return _Group(one, OTHER, Part(some, populations.seen, times))


def timing_rows(populations: Populations, gate: Gate) -> tuple[TimingRow, ...]:
    """How long the steps took that declare a time; a row of too few customers is left out."""
    rows = []
    for step in populations.comparison.ideal.journey.steps:
        within = step.within
        if within is None:
            continue
        found = populations.waits(step)
        measured = Part.once(found.journey, populations.reaching(step.name))
        if gate.tells_too_much(measured):
            continue
        late = populations.with_deviation(DeviationClass.LATE, step.name)
        early = populations.with_deviation(DeviationClass.EARLY, step.name)
        customers = gate.customers(found.journey)
        median, p90 = (
            float(np.quantile(found.wait, share)) / 1e6
            if len(found.wait)
            and not is_small(round(min(share, 1 - share) * customers), gate.min_group)
            else None
            for share in (0.5, 0.9)
        )
        rows.append(
            TimingRow(
                step=step.name,
                after=within.after or "",
                measured=len(found.journey),
                median_seconds=median,
                p90_seconds=p90,
                late=_shown(late, gate) if within.max is not None else None,
                early=_shown(early, gate) if within.min is not None else None,
                overdue=gate.count(found.overdue) if within.after is not None else None,
            )
        )
    return tuple(rows)


def _shown(part: Part, gate: Gate) -> int | None:
    return None if gate.tells_too_much(part) else len(part.some)
