"""What journeys may share: values of columns, how they enter, by which channel, hour and week."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.compared_part import Part
from cjmine.analysis.deviation_counts import codes_in
from cjmine.analysis.periods import Periods
from cjmine.counting.groups import Flags, Ints
from cjmine.counting.names import united
from cjmine.eventlog.chosen import first_values
from cjmine.eventlog.journeys import Journeys
from cjmine.eventlog.log import ACTIVITY, CHANNEL
from cjmine.results.outliers import Condition, What

_HOUR = 3_600_000_000
_SHIFT = 4 * _HOUR  # clocks change before this hour
_MOST = 50  # values of a column


@dataclass(frozen=True, slots=True)
class Values:
    """The values of a column, and how many journeys have each first."""

    names: tuple[str, ...]
    journeys: Ints

    def __add__(self, other: Values) -> Values:
        names, places = united((self.names, other.names))
        total = np.zeros(len(names), np.int64)
        for place, one in zip(places, (self, other), strict=True):
            total[place] += one.journeys
        return Values(names, total)


@dataclass(frozen=True, slots=True)
class AskValues:
    """The question for the values of some columns."""

    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ValuesFound:
    """The values of each column asked for; counts of parts add up."""

    columns: tuple[Values, ...]

    def __add__(self, other: ValuesFound) -> ValuesFound:
        pairs = zip(self.columns, other.columns, strict=True)
        return ValuesFound(tuple(one + another for one, another in pairs))


def count_values(part: Part, asked: AskValues) -> ValuesFound:
    """The first values of the journeys of a part, column by column."""
    found = []
    for column in asked.columns:
        names, code = part.log.names(column), first_values(part.log, part.journeys, column)
        many = np.bincount(code[code >= 0], minlength=len(names)).astype(np.int64)
        some = np.flatnonzero(many)
        found.append(Values(tuple(names[one] for one in some.tolist()), many[some]))
    return ValuesFound(tuple(found))


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way to tell journeys apart; `values` are the names of its codes."""

    what: What
    column: str
    values: tuple[str, ...]

    def condition(self, code: int) -> Condition:
        """The condition that a code is."""
        column = self.column if self.what is What.VALUE else None
        return Condition(self.what, column, self.values[code])


def dimensions(
    columns: tuple[str, ...], found: ValuesFound, least: int, weeks: Periods
) -> tuple[Dimension, ...]:
    """The ways to tell journeys apart; values of fewer than `least` journeys are left out."""
    rows = []
    for column, values in zip(columns, found.columns, strict=True):
        often = np.argsort(-values.journeys, kind="stable").tolist()
        kept = [place for place in often[:_MOST] if values.journeys[place] >= least]
        names = tuple(values.names[place] for place in sorted(kept))
        what = {ACTIVITY: What.ENTRY, CHANNEL: What.CHANNEL}.get(column, What.VALUE)
        rows.append(Dimension(what, column, names))
    rows.append(Dimension(What.HOUR, "", tuple(f"{hour:02}:00" for hour in range(24))))
    days = tuple(weeks.first_day(week) for week in range(len(weeks)))
    rows.append(Dimension(What.WEEK, "", days))
    return tuple(rows)


def codes_of(part: Part, chosen: Flags, dimension: Dimension, days: Ints, weeks: Ints) -> Ints:
    """The code of each chosen journey in a dimension, -1 where it is another value or none.

    `days` and `weeks` are the moments at which the days and the weeks of the log begin.
    """
    journeys = part.journeys
    if dimension.what is What.HOUR:
        return hours_of(_begins(journeys)[chosen], days)
    if dimension.what is What.WEEK:
        return np.searchsorted(weeks, _begins(journeys)[chosen], side="right") - 1
    code = first_values(part.log, journeys, dimension.column)[chosen]
    wanted = set(dimension.values)
    names = part.log.names(dimension.column)
    known = np.array([one in wanted for one in names], bool)
    place = np.full(len(names) + 1, -1, np.int64)
    some = tuple(name for name in names if name in wanted)
    place[np.flatnonzero(known)] = codes_in(dimension.values, some)
    return place[code]


def hours_of(begin: Ints, days: Ints) -> Ints:
    """The hour of the day of moments, counted from the end of the day once clocks have changed.

    >>> hours_of(np.array([0, 5 * _HOUR, 22 * _HOUR]), np.array([0, 23 * _HOUR])).tolist()
    [0, 6, 23]
    """
    day = np.searchsorted(days, begin, side="right") - 1
    since = begin - days[day]
    left = days[np.minimum(day + 1, len(days) - 1)] - 1 - begin
    found: Ints = np.where(since < _SHIFT, since // _HOUR, 23 - left // _HOUR)
    return np.clip(found, 0, 23)


def _begins(journeys: Journeys) -> Ints:
    found: Ints = journeys.time[journeys.starts[:-1]]
    return found
