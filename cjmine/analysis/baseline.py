"""A baseline: what an earlier check counted, small enough to review and to commit.

Only counts of journeys, of groups large enough to be shown. Its text is sorted and has one
measure a line, so that a change reads well in a review.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from math import isfinite
from typing import Any

from cjmine.analysis.ratio import Ratio
from cjmine.errors import Code, Place, Problem, UsageError

SCHEMA = "cjmine/baseline/1"


@dataclass(frozen=True, slots=True, order=True)
class Counted:
    """A share of then: `n` of `of` journeys. `step` and `between` are "" where there is none."""

    measure: str
    step: str
    between: str
    n: int
    of: int


@dataclass(frozen=True, slots=True)
class Fitness:
    """The log fitness of then, with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Baseline:
    """An earlier check, as far as later ones are compared with it."""

    journey: str
    version: str
    min_group: int
    journeys: int
    observed_from: str | None
    observed_until: str | None
    fitness: Fitness | None
    counted: tuple[Counted, ...]
    file: str = ""

    def share(self, measure: str, step: str = "", between: str = "") -> Ratio | None:
        """A share of then; None where it was not counted or too small to be kept."""
        for one in self.counted:
            if (one.measure, one.step, one.between) == (measure, step, between):
                return Ratio(one.n, one.of)
        return None


def baseline_text(baseline: Baseline) -> str:
    """A baseline as JSON, ending with a line feed; the same bytes for the same counts."""
    head = {
        "schema": SCHEMA,
        "cjmine": baseline.version,
        "journey": baseline.journey,
        "min_group": baseline.min_group,
        "journeys": baseline.journeys,
        "observed_from": baseline.observed_from,
        "observed_until": baseline.observed_until,
        "fitness": None if baseline.fitness is None else asdict(baseline.fitness),
    }
    lines = [f"  {json.dumps(key)}: {_dumped(value)}," for key, value in head.items()]
    rows = [f"    {_dumped(asdict(one))}" for one in sorted(baseline.counted)]
    counted = "[\n" + ",\n".join(rows) + "\n  ]" if rows else "[]"
    return "{\n" + "\n".join(lines) + f'\n  "counted": {counted}\n}}\n'


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=True).replace("##", "\\u0023#")


def read_baseline(text: str, file: str) -> Baseline:
    """Read what `baseline_text` wrote. Raises UsageError J116 for anything else.

    >>> late = Counted("late", "Mail", "", 9, 90)
    >>> one = Baseline("order", "0.1", 10, 500, None, None, None, (late,))
    >>> read_baseline(baseline_text(one), "b.json").share("late", "Mail")
    10.0 % (5.4 to 17.9), 9 of 90
    """
    try:
        written = json.loads(text)
        if written["schema"] != SCHEMA:
            raise ValueError("another kind of file")
        fitness = written["fitness"]
        return Baseline(
            journey=_text(written["journey"]),
            version=_text(written["cjmine"]),
            min_group=_whole(written["min_group"]),
            journeys=_whole(written["journeys"]),
            observed_from=_text_or_none(written["observed_from"]),
            observed_until=_text_or_none(written["observed_until"]),
            fitness=None
            if fitness is None
            else Fitness(*(_finite(fitness[key]) for key in ("value", "low", "high"))),
            counted=tuple(_counted(row) for row in written["counted"]),
            file=file,
        )
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError) as error:
        raise UsageError(
            Problem(
                Code.BASELINE_FORMAT,
                "this is no baseline of cjmine",
                Place(file),
                cause=f"it does not hold what a baseline holds ({type(error).__name__})",
                remedy="make one: cjmine check LOG --ideal FILE --save-baseline FILE",
            )
        ) from None


def _counted(row: Any) -> Counted:
    one = Counted(
        _text(row["measure"]),
        _text(row["step"]),
        _text(row["between"]),
        _whole(row["n"]),
        _whole(row["of"]),
    )
    Ratio(one.n, one.of)  # raises ValueError for what is no share
    return one


def _finite(value: object) -> float:
    if not isinstance(value, int | float) or not isfinite(value):
        raise TypeError("a number is needed")
    return float(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is needed")
    return value


def _text_or_none(value: object) -> str | None:
    return None if value is None else _text(value)


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError("a count is needed")
    return value
