"""A comparison in a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cjmine.notebook.frames import frame
from cjmine.notebook.html import block, heading, picture, table_of_rows
from cjmine.notebook.picture import File
from cjmine.notebook.reported import ShownResult
from cjmine.reporters.comparison.forest import forest
from cjmine.reporters.comparison.said import sizes
from cjmine.reporters.comparison.tables import GAINED, LEFT_OUT, LOST, MEASURES, WEEKS
from cjmine.reporters.comparison.words import (
    difference,
    figure,
    group_name,
    measure,
    on_screen,
    title,
    word,
)
from cjmine.reporters.language import english
from cjmine.results.compare import Compared

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, repr=False)
class ComparedSides(ShownResult[Compared]):
    """A comparison that prints itself and hands out data frames."""

    @property
    def measures(self) -> pd.DataFrame:
        """One row a measure: both sides (a, b), difference, p, q and verdict.

        Shares are from 0 to 1, times in seconds (unit).
        """
        return frame(MEASURES, self.result)

    @property
    def gained(self) -> pd.DataFrame:
        """Columns activities (a tuple), journeys: variants that only the second side has."""
        return frame(GAINED, self.result)

    @property
    def lost(self) -> pd.DataFrame:
        """The same of variants that only the first side has."""
        return frame(LOST, self.result)

    @property
    def left_out(self) -> pd.DataFrame:
        """Columns reason, journeys, customers: what is on neither side."""
        return frame(LEFT_OUT, self.result)

    @property
    def weeks(self) -> pd.DataFrame:
        """Columns since, after, n, of, goal, control: the goal by full week of two times."""
        return frame(WEEKS, self.result)

    def save(self, file: File) -> None:
        """Write the result, whole or not at all; the suffix decides.

        .html is the page, .json, .md, .csv (the measures) and .txt what `cjmine compare -o`
        writes. Raises UsageError U101, OutputError O101.
        """
        self._write(Path(file))

    def _repr_html_(self) -> str:
        """Sizes, the picture of differences and the rows of the screen; without script."""
        found = self.result
        words = english().about(found.privacy).judging(found.judged)
        heads = ("measure", *(group_name(place, found, words) for place in (0, 1)))
        rows = [
            (
                measure(row, found, words),
                *(figure(side, row, words) for side in (row.a, row.b)),
                difference(row, words),
                word(row, words),
            )
            for row in on_screen(found)[0]
        ]
        said = title(found, words)
        drawn = forest(found, words)
        return block(
            heading(said, sizes(found, words)),
            picture(drawn, said) if drawn else drawn,
            table_of_rows((*heads, "difference", "verdict"), rows),
        )
