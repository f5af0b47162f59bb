"""What the reader of a trend should know about its periods, from what is shown."""

from __future__ import annotations

from collections.abc import Iterator

from cjmine.analysis.levels import LEAST_FOR_LIMITS
from cjmine.errors import Code, Note
from cjmine.results.trend import Every, Trend

_NAMES = {Every.DAY: "day", Every.WEEK: "week", Every.MONTH: "month", Every.RESULT: "result"}


def trend_notes(found: Trend, hidden: int) -> Iterator[Note]:
    """Periods that are not judged or not shown, too few of them, and what the log did not cover.

    `hidden` shares have too many periods without a figure to look for changes.
    """
    if found.coverage:
        yield Note(
            Code.COVERAGE_CHANGES,
            f"labels, channels or columns that begin or end inside the log: {len(found.coverage)};"
            " figures that rest on them change with them, whatever customers do",
        )
    young = len(found.periods) - len(found.mature)
    if young:
        yield Note(
            Code.PERIODS_YOUNG,
            f"{_plural(found.every, young)} too young to be judged: {young}; not every journey that"
            " began then has had its full time",
        )
    if len(found.mature) < LEAST_FOR_LIMITS and found.mature:
        yield Note(
            Code.PERIODS_FEW,
            f"{_plural(found.every, len(found.mature))} that are judged: {len(found.mature)};"
            f" limits need {LEAST_FOR_LIMITS} or more",
        )
    withheld = sum(one.journeys is None for one in found.periods)
    if withheld:
        yield Note(
            Code.PERIODS_WITHHELD,
            f"{_plural(found.every, withheld)} of fewer than {found.privacy.min_group} customers,"
            f" withheld: {withheld}",
        )
    if hidden:
        yield Note(
            Code.SHARES_NOT_FOLLOWED,
            f"shares of which more than a tenth of the {_plural(found.every, 2)} is withheld:"
            f" {hidden}; neither changes nor limits are looked for, since what is left out depends"
            " on the figure",
        )


def _plural(every: Every, many: int) -> str:
    name = _NAMES[every]
    return name if many == 1 else f"{name}s"
