"""A trend in a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cjmine.notebook.frames import frame
from cjmine.notebook.html import block, heading, picture, table_of_rows
from cjmine.notebook.picture import File
from cjmine.notebook.reported import ShownResult
from cjmine.reporters.language import DASH, english
from cjmine.reporters.trend import words
from cjmine.reporters.trend.chart import chart
from cjmine.reporters.trend.series import series_of, worth_showing
from cjmine.reporters.trend.tables import CHANGES, COVERAGE, DRIFTS, PERIODS
from cjmine.results.trend import Trend

if TYPE_CHECKING:
    import pandas as pd

_MOST_CHARTS = 6


@dataclass(frozen=True, repr=False)
class TrendOverTime(ShownResult[Trend]):
    """A trend that prints itself and hands out data frames, in the order of time."""

    @property
    def periods(self) -> pd.DataFrame:
        """One row a period and share.

        Columns from, until, journeys, is_mature, measure, step, n, of, value, low, high,
        limit_low, limit_high.
        """
        return frame(PERIODS, self.result)

    @property
    def changes(self) -> pd.DataFrame:
        """Shares that have another level from a day on.

        Columns measure, step, at, before, after, difference, low, high, p, near, near_on.
        """
        return frame(CHANGES, self.result)

    @property
    def drifts(self) -> pd.DataFrame:
        """Columns at, z, from, to, before, after: one row a pair of activities of each drift."""
        return frame(DRIFTS, self.result)

    @property
    def coverage(self) -> pd.DataFrame:
        """Columns what, name, begins, ends: what of the log begins or ends inside it."""
        return frame(COVERAGE, self.result)

    def save(self, file: File) -> None:
        """Write the trend, whole or not at all; the suffix decides, as `cjmine trend -o` does.

        Raises UsageError U101, OutputError O101.
        """
        self._write(Path(file))

    def _repr_html_(self) -> str:
        """Run charts and what changed; without script or style sheet."""
        found, language = self.result, english()
        series = worth_showing(series_of(found), _MOST_CHARTS)
        facts = [
            words.periods(found, len(found.periods), language),
            f"{len(found.mature):,} judged",
        ]
        charts = [
            heading(words.measure(one.measure, one.step, language))
            + picture(
                chart(one, found.dated, language), words.measure(one.measure, one.step, language)
            )
            for one in series
            if one.known
        ]
        changed = [
            (
                words.measure(one.measure, one.step, language),
                one.at,
                language.share(one.before.n, one.before.of),
                language.share(one.after.n, one.after.of),
                DASH if one.difference is None else language.points(one.difference.value),
            )
            for one in found.changes
        ]
        return block(
            heading(found.journey or "Trend", " · ".join(facts)),
            *charts,
            table_of_rows(("change", "since", "before", "after", "difference"), changed),
        )
