"""A drop-off in a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cjmine.notebook.frames import frame
from cjmine.notebook.html import block, heading, picture, table_of_rows
from cjmine.notebook.picture import PICTURES, File, Picture, spoken
from cjmine.notebook.reported import ShownResult
from cjmine.reporters.dropoff.chart import chart
from cjmine.reporters.dropoff.tables import CURVE, DIFFERENCES, HORIZONS, NEXT, SEGMENTS, STEPS
from cjmine.reporters.dropoff.words import cause_name, cause_share, headline, part
from cjmine.reporters.language import english
from cjmine.results.dropoff import Dropoff

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, repr=False)
class DropoffByTime(ShownResult[Dropoff]):
    """A drop-off that prints itself, draws its curve and hands out data frames."""

    @property
    def horizons(self) -> pd.DataFrame:
        """Columns at_seconds, cause, value, low, high, se; the last cause is "under way"."""
        return frame(HORIZONS, self.result)

    @property
    def curve(self) -> pd.DataFrame:
        """Columns cause, t_seconds, at_risk, events, value, low, high, se."""
        return frame(CURVE, self.result)

    @property
    def steps(self) -> pd.DataFrame:
        """One row a step: reached, abandoned, the drop-off, median_seconds_to_leave."""
        return frame(STEPS, self.result)

    @property
    def next(self) -> pd.DataFrame:
        """What came next after each step that journeys are left at, and after going on."""
        return frame(NEXT, self.result)

    @property
    def segments(self) -> pd.DataFrame:
        """The horizons of each value of the column asked for (value_of)."""
        return frame(SEGMENTS, self.result)

    @property
    def differences(self) -> pd.DataFrame:
        """How much larger each share is than that of the first value."""
        return frame(DIFFERENCES, self.result)

    def plot(self, lang: str = "en") -> Picture:
        """The curves, one upon the other. Raises UsageError U101 for an unknown language."""
        from cjmine.reporters.language import language

        svg = chart(self.result, language(spoken(lang)).about(self.result.privacy))
        return Picture("the curve", svg, None, self.result.privacy.release)

    def save(self, file: File) -> None:
        """Write the result, whole or not at all; the suffix decides.

        .html is the page, .svg and .png are the curve, .json, .md, .csv (the horizons) and .txt
        what `cjmine dropoff -o` writes. Raises UsageError U101, OutputError O101.
        """
        path = Path(file)
        if path.suffix.lower() in PICTURES:
            self.plot().save(path)
        else:
            self._write(path)

    def _repr_html_(self) -> str:
        """The curve, and the shares at each time; without script or style sheet."""
        found = self.result
        words = english().about(found.privacy)
        causes = found.horizons[0].causes if found.horizons else ()
        rows = [
            (
                words.seconds(one.at_seconds),
                *(cause_share(cause, words) for cause in one.causes),
                part(one.under_way, words),
            )
            for one in found.horizons
        ]
        said = headline(found, words)
        heads = ("after", *(cause_name(one, words) for one in causes), "under way")
        return block(
            heading("Drop-off", said),
            picture(self.plot().svg, said),
            table_of_rows(heads, rows),
        )
