"""Undeclared touchpoints between the steps of the ideal: where they come, and who goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cjmine.analysis.folding import Part
from cjmine.analysis.walked import Flags, Ints, Walked
from cjmine.conformance.alignments import NOWHERE
from cjmine.conformance.moves import Kind
from cjmine.results.map import Addition


@dataclass(frozen=True, slots=True)
class _Extras:
    """Undeclared events: what, after which step (past the last label: before any), in whom.

    `goes_on`: the journey comes to a later step.
    """

    activity: Ints
    after: Ints
    journey: Ints
    goes_on: Flags


@dataclass(frozen=True, slots=True)
class _Placed:
    """An addition, and the number of the step it stands after."""

    after: int
    drawn: Addition


def additions(walked: Walked, shown: frozenset[str]) -> Iterator[Addition]:
    """Undeclared touchpoints by the step that they come after; `shown` are told elsewhere.

    Where one place of a touchpoint holds too few customers, it could be computed from the
    others and the whole: then only the whole is told.
    """
    found = _extras(walked)
    activities = walked.populations.comparison.kept.activities
    order = {step: place for place, step in enumerate([len(walked.labels), *walked.steps()])}
    drawn: list[tuple[int, Addition]] = []
    for code in np.unique(found.activity).tolist():
        if activities[code] not in shown:
            continue
        rows = found.activity == code
        afters = np.unique(found.after[rows]).tolist()
        parts = [_addition(walked, found, rows & (found.after == one), one) for one in afters]
        if None not in parts:
            drawn += [(order[one.after], one.drawn) for one in parts if one is not None]
            continue
        most = max(afters, key=lambda one: (int((found.after[rows] == one).sum()), -order[one]))
        there = found.journey[rows & (found.after == most)]
        whole = _addition(walked, found, rows, most, anywhere=True)
        if whole is not None and walked.gate.count(there) is not None:
            drawn.append((order[most], whole.drawn))
    drawn.sort(key=lambda one: (one[0], -one[1].journeys, one[1].activity))
    yield from (one for _, one in drawn)


def _addition(
    walked: Walked, found: _Extras, rows: Flags, after: int, anywhere: bool = False
) -> _Placed | None:
    """One touchpoint in one place (or anywhere); None where it would tell too much."""
    comparison = walked.populations.comparison
    step = None if after == len(walked.labels) else walked.labels[after]
    some = walked.members(found.journey[rows])
    of, *wider = walked.around(None if anywhere else step)
    if not anywhere and step is not None:
        of = walked.members(np.concatenate([of, some]))
    part = Part.once(some, of, *wider)
    if walked.gate.tells_too_much(part):
        return None
    later = walked.members(found.journey[rows & found.goes_on])
    told = not walked.gate.tells_too_much(Part.once(later, some))
    name = comparison.kept.activities[int(found.activity[rows][0])]
    friction = name in comparison.ideal.journey.friction
    went_on = len(later) if told else None
    drawn = Addition(name, step, len(some), len(part.of), went_on, friction, anywhere)
    return _Placed(after, drawn)


def _extras(walked: Walked) -> _Extras:
    """The undeclared events of the journeys that are not truncated."""
    comparison = walked.populations.comparison
    moves, found, kept = comparison.moves, comparison.variants, comparison.kept
    extra = np.flatnonzero(comparison.explained.kind == Kind.UNEXPECTED)
    is_extra = np.zeros(len(found.codes), bool)
    is_extra[found.starts[moves.trace[extra]] + moves.event[extra]] = True
    flat = walked.in_variant
    rows = np.flatnonzero(is_extra[flat] & walked.seen[kept.journey])
    places = flat[rows]
    before = walked.match_before[places]
    ends = np.repeat(walked.last_match(), found.lengths)
    return _Extras(
        activity=kept.activity[rows].astype(np.int64),
        after=np.where(before == NOWHERE, len(walked.labels), walked.matched[before]),
        journey=kept.journey[rows].astype(np.int64),
        goes_on=places < ends[places],
    )
