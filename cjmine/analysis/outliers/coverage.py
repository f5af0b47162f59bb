"""What began or stopped inside the log: neither a wave nor what journeys share.

A reason for contact that appears and stays is a source that was added; one that comes and goes
again within days is what waves are about.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.outliers.conditions import Dimension
from cjmine.analysis.outliers.contrasts import Term
from cjmine.analysis.trend.coverage import Spell
from cjmine.counting.groups import Ints
from cjmine.results.outliers import Carrier, What
from cjmine.scales import is_survey

_WEEK = 7
_BURST = 2.0  # times as many a day in the first or last week as in the rest


@dataclass(frozen=True, slots=True)
class Covered:
    """The spells that are coverage, and over which days each reason is covered."""

    spells: tuple[Spell, ...]

    def left_out(self, dimensions: tuple[Dimension, ...]) -> frozenset[Term]:
        """The conditions that only say when a source, a channel or a segment was there."""
        found = set()
        for place, one in enumerate(dimensions):
            for spell in self.spells:
                if _is_column(spell, one):
                    found |= {Term(place, code) for code in range(len(one.values))}
                elif _is_value(spell, one) and spell.of.name in one.values:
                    found.add(Term(place, one.values.index(spell.of.name)))
        return frozenset(found)

    def days(self, name: str, channel: str | None, days: int) -> tuple[int, int]:
        """From which day up to which a reason is covered: itself, and its usual channel."""
        first, end = 0, days
        for spell in self.spells:
            is_its = spell.of.kind is Carrier.LABEL and spell.of.name == name
            if is_its or (spell.of.kind is Carrier.CHANNEL and spell.of.name == channel):
                first = max(first, spell.begins or 0)
                end = min(end, days if spell.ends is None else spell.ends + 1)
        return first, end


def covered_by(spells: tuple[Spell, ...], labels: tuple[str, ...], daily: Ints) -> Covered:
    """The spells that are coverage; `daily` has the events of each label by day.

    Surveys are none: they are asked when somebody decides to.
    """
    kept = [
        one
        for one in spells
        if one.of.kind is not Carrier.LABEL
        or (not is_survey(one.of.name) and _stays(one, daily[labels.index(one.of.name)]))
    ]
    return Covered(tuple(kept))


def _stays(spell: Spell, daily: Ints) -> bool:
    """Whether a label that begins or ends goes on evenly, and does not come and go."""
    if spell.begins is not None and spell.ends is not None:
        return False
    inside = daily[spell.begins or 0 : None if spell.ends is None else spell.ends + 1]
    if spell.ends is not None:
        inside = inside[::-1]
    if len(inside) < 2 * _WEEK:
        return False
    near, rest = float(np.mean(inside[:_WEEK])), float(np.mean(inside[_WEEK:]))
    return near <= _BURST * rest


def _is_column(spell: Spell, one: Dimension) -> bool:
    return (
        spell.of.kind is Carrier.COLUMN and one.what is What.VALUE and one.column == spell.of.name
    )


def _is_value(spell: Spell, one: Dimension) -> bool:
    if spell.of.kind is Carrier.VALUE:
        return one.what is What.VALUE and one.column == spell.of.column
    if spell.of.kind is Carrier.CHANNEL:
        return one.what is What.CHANNEL
    return spell.of.kind is Carrier.LABEL and one.what is What.ENTRY
