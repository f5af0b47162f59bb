"""A hint before anything is withheld: its figures still know the customers behind them."""

from __future__ import annotations

from dataclasses import dataclass

from cjmine.analysis.differences import Difference
from cjmine.ideal.edits import Edit
from cjmine.results.figures import Counted, Measured, Sampled
from cjmine.results.hints import Tip


@dataclass(frozen=True, slots=True)
class Compared:
    """What a hint compares: how much larger a share is, and how often chance alone gives as much.

    `sides` are the journeys compared. Where `margin` is a number, the question is whether the
    difference is above minus the margin, and `needed` are the journeys on each side that would
    usually answer it, if there were none; else whether it is above none.
    """

    effect: Difference
    p: float
    sides: tuple[Counted, ...]
    margin: float | None = None
    needed: int | None = None


@dataclass(frozen=True, slots=True)
class FoundHint:
    """A hint: `n` of `of` show it, at a step (or "") and beside something else, where there is.

    `is_compared`: it is a question of like journeys; without `compared` there are too few of them.
    `edit` would change the journey file so.
    """

    tip: Tip
    step: str
    n: Counted
    of: Sampled
    other: str | None = None
    is_compared: bool = False
    compared: Compared | None = None
    time: Measured | None = None
    edit: Edit | None = None
