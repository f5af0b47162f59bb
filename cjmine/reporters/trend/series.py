"""One share over time, as every report of a trend needs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cjmine.results.trend import LevelChange, Period, PeriodMeasure, Slope, Trend

_BARS = "▁▂▃▄▅▆▇█"
NOT_JUDGED = "·"


@dataclass(frozen=True, slots=True)
class Series:
    """A share by period: `points` has one entry a period, None where it has no figure."""

    measure: str
    step: str | None
    periods: tuple[Period, ...]
    points: tuple[PeriodMeasure | None, ...]
    changes: tuple[LevelChange, ...]
    slopes: tuple[Slope, ...]

    @property
    def known(self) -> list[PeriodMeasure]:
        """The figures that are shown."""
        return [one for one in self.points if one is not None and one.value is not None]

    @property
    def outside(self) -> list[tuple[Period, PeriodMeasure]]:
        """The periods outside their limits."""
        pairs = zip(self.periods, self.points, strict=True)
        return [(period, one) for period, one in pairs if one is not None and one.is_outside]

    @property
    def limits(self) -> tuple[float, float] | None:
        """The limits of the last figure that is shown; of periods of unlike size the narrowest."""
        return self.known[-1].limits if self.known else None

    @property
    def is_quiet(self) -> bool:
        """Whether nothing changed and nothing is outside."""
        return not (self.changes or self.slopes or self.outside)

    def sparkline(self, last: int) -> str:
        """The last so many periods as bars between the least and the largest share."""
        values = [None if one is None else one.value for one in self.points[-last:]]
        known = [one for one in values if one is not None]
        low, high = min(known, default=0.0), max(known, default=0.0)
        return "".join(NOT_JUDGED if one is None else _bar(one, low, high) for one in values)


def _bar(value: float, low: float, high: float) -> str:
    if high <= low:
        return _BARS[3]
    return _BARS[round((value - low) / (high - low) * (len(_BARS) - 1))]


def series_of(found: Trend) -> list[Series]:
    """Every share that a trend follows, in its order."""
    return [
        Series(
            measure,
            step,
            found.periods,
            tuple(found.row(period, measure, step) for period in found.periods),
            tuple(one for one in found.changes if (one.measure, one.step) == (measure, step)),
            tuple(one for one in found.slopes if (one.measure, one.step) == (measure, step)),
        )
        for measure, step in found.series
    ]


def worth_showing(found: Sequence[Series], most: int) -> list[Series]:
    """At most about so many: what changed, what is about whole journeys, then the largest."""
    if len(found) <= most:
        return list(found)
    always = [one for one in found if one.step is None or not one.is_quiet]
    others = [one for one in found if one.step is not None and one.is_quiet]
    others.sort(key=lambda one: -max((point.value or 0.0 for point in one.known), default=0.0))
    chosen = [*always, *others[: max(0, most - len(always))]]
    return [one for one in found if any(one is each for each in chosen)]
