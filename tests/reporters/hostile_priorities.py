"""Priorities in which every text from the outside is a label."""

from __future__ import annotations

from reporters.hostile import check

from cjmine.analysis.intervals import share
from cjmine.errors import Code
from cjmine.results.priorities import (
    Amount,
    Gap,
    GoalWorth,
    Priorities,
    PriorityItem,
    Together,
)
from cjmine.results.verdicts import Verdict


def priorities(label: str = "Checkout") -> Priorities:
    """Two gains, one of them at the begin of journeys, and a loss."""
    full = check(label)
    return Priorities(
        schema="cjmine/priorities/1",
        journey=full.journey,
        journey_file=full.journey_file,
        log=full.log,
        sources=(),
        judged=full.judged,
        goal=(label,),
        items=(
            item(label, "repeated", label),
            item(label, "unexpected", None),
            item(label, "abandoned-after", label, is_ceiling=True),
        ),
        together=Together(2, 300, Amount(40.0, 20.0, 60.0), Amount(1600.0, 800.0, 2400.0)),
        held_equal=("entry", label),
        margin=0.01,
        worth=GoalWorth(40.0, "EUR"),
        notes=(),
        privacy=full.privacy,
    )


def item(label: str, of_class: str, at: str | None, is_ceiling: bool = False) -> PriorityItem:
    """A row of which all figures are shown."""
    return PriorityItem(
        code=Code.ABANDONED if is_ceiling else Code.REPEATED,
        class_=of_class,
        step=label,
        at=at,
        journeys=200,
        support=0.9,
        goal=share(80, 200),
        comparable=0.5,
        naive=None if is_ceiling else Gap(0.1, 0.05, 0.15),
        effect=None if is_ceiling else Gap(-0.1, -0.15, -0.05),
        gain=Amount(18.0, 9.0, 27.0),
        q=None if is_ceiling else 0.01,
        verdict=None if is_ceiling else Verdict.GAIN,
        e_value=None if is_ceiling else 1.8,
        e_value_near=None if is_ceiling else 1.3,
        is_ceiling=is_ceiling,
        accepted=False,
        money=Amount(720.0, 360.0, 1080.0),
    )
