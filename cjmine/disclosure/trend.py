"""From a finished trend to the one that may be shown; what changed is judged by what is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from cjmine.analysis.log_counts import sources_of
from cjmine.analysis.trend.finished import FinishedTrend
from cjmine.analysis.trend.levels import Levels, levels_of
from cjmine.analysis.trend.measures import Series
from cjmine.disclosure.notes import policy_notes, shown_notes
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import shown
from cjmine.disclosure.trend_changes import changes_of, shown_limits, slopes_of
from cjmine.disclosure.trend_notes import trend_notes
from cjmine.errors import Note
from cjmine.results.figures import Journeys
from cjmine.results.full_time import JudgedPeriod
from cjmine.results.log import LogSize, Privacy, Source
from cjmine.results.share import WITHHELD, Share
from cjmine.results.trend import Dated, Drift, Period, PeriodMeasure, Trend

_LOST = Series("drop-off")
_GOAL = Series("goal-rate")


@dataclass(frozen=True, slots=True)
class _Begun:
    journeys: Journeys | None


@dataclass(frozen=True, slots=True)
class _Rows:
    """The periods and their shares, series by series, for the walk of the gate."""

    log: LogSize
    sources: tuple[Source, ...]
    judged: JudgedPeriod
    begun: tuple[_Begun, ...]
    shares: tuple[tuple[Share, ...], ...]


def shown_trend(
    found: FinishedTrend, policy: Policy, drifts: tuple[Drift, ...] | None = None
) -> Trend:
    """A trend without any figure about too few customers.

    A period of too few customers is withheld as a whole. Changes and limits are looked for in the
    others, and are shown where both levels may be; in what is released they come from the rounded
    figures alone. `drifts` have passed the gate before.
    """
    subject = found.subject
    places = [place for place in range(len(subject.series)) if _is_named(found, place, policy)]
    series = [subject.series[place] for place in places]
    finished = _rows(found, places, series, policy)
    rows = shown(finished, policy)
    mature = np.flatnonzero(found.is_mature).tolist()
    looked = [
        [_looked(row[period], after[period], policy) for period in mature]
        for row, after in zip(finished.shares, rows.shares, strict=True)
    ]
    levels = levels_of(looked, [one.measure for one in series], subject.periods.every)
    levels = [
        shown_limits(found, place, level, mature, policy)
        for place, level in zip(places, levels, strict=True)
    ]
    trend = Trend(
        schema="cjmine/trend/1",
        journey=subject.ideal.journey.name or None,
        journey_file=_file(subject.ideal.journey.file, policy),
        every=subject.periods.every,
        zone=subject.about.zone,
        log=rows.log,
        sources=rows.sources,
        judged=rows.judged,
        periods=_periods(found, rows, series, levels, mature),
        changes=changes_of(found, places, levels, mature, policy),
        slopes=slopes_of(series, levels, found.days(mature)),
        drifts=drifts,
        coverage=found.coverage(policy.min_group),
        dated=tuple(Dated(one.on.isoformat(), one.what) for one in subject.dated),
        notes=(),
        privacy=Privacy(policy.min_group, 0, subject.about.key_id, policy.release),
    )
    hidden = sum(not one.is_followed for one in levels)
    return replace(trend, notes=tuple(_notes(found, trend, hidden, policy)))


def _looked(share: Share, shown_share: Share, policy: Policy) -> Share:
    """The share of a period in which a change is looked for; none where the period is withheld."""
    return shown_share if policy.release or shown_share.of is None else share


def _file(name: str, policy: Policy) -> str | None:
    return policy.file_name(name) if name else None


def _is_named(found: FinishedTrend, place: int, policy: Policy) -> bool:
    """Whether a share is followed: a deviation occurs, and enough customers have it."""
    if not found.subject.series[place].measure.startswith("deviation:"):
        return True
    having = found.having(place)
    return having > 0 and not policy.is_small(having.customers)


def _rows(
    found: FinishedTrend, places: Sequence[int], series: Sequence[Series], policy: Policy
) -> _Rows:
    overview, subject = found.counts.overview, found.subject
    shares = [found.shares(place) for place in places]
    if _GOAL in series and _LOST in series:
        at = series.index(_LOST)
        _hide_exits(found, places[series.index(_GOAL)], places[at], policy, shares[at])
    return _Rows(
        log=overview.size(subject.about, subject.filters),
        sources=sources_of(subject.about),
        judged=overview.period(subject.judging),
        begun=tuple(_Begun(one) for one in found.begun()),
        shares=tuple(tuple(row) for row in shares),
    )


def _hide_exits(
    found: FinishedTrend, goal: int, lost: int, policy: Policy, row: list[Share]
) -> None:
    """Withhold who is lost where few exit: goal, loss and exits add up to the judged journeys."""
    journeys = found.journeys
    among, reached = journeys.flags(goal)
    exited = among & ~reached & ~journeys.flags(lost)[1]
    few = found.by_period.cells(exited).customers
    for period, customers in enumerate(few.tolist()[: len(row)]):
        if policy.is_small(customers) and not policy.release:
            row[period] = WITHHELD


def _periods(
    found: FinishedTrend,
    rows: _Rows,
    series: Sequence[Series],
    levels: Sequence[Levels],
    mature: Sequence[int],
) -> tuple[Period, ...]:
    place = {period: at for at, period in enumerate(mature)}
    return tuple(
        Period(
            from_=found.periods.first_day(period),
            until=found.periods.last_day(period),
            journeys=begun.journeys,
            mature=period in place,
            measures=tuple(
                measured(one, row[period], level.limits[place[period]])
                for one, row, level in zip(series, rows.shares, levels, strict=True)
            )
            if period in place
            else (),
        )
        for period, begun in enumerate(rows.begun)
    )


def measured(one: Series, share: Share, limits: tuple[float, float] | None) -> PeriodMeasure:
    """A share of a period with its limits."""
    figures = (share.n, share.of, share.value, share.low, share.high)
    return PeriodMeasure(one.measure, one.step, *figures, limits)


def _notes(found: FinishedTrend, trend: Trend, hidden: int, policy: Policy) -> Iterator[Note]:
    overview, subject = found.counts.overview, found.subject
    yield from shown_notes(overview.notes(subject.about, subject.filters, subject.judging), policy)
    yield from trend_notes(trend, hidden)
    yield from policy_notes(policy)
