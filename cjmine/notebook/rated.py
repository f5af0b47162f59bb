"""A satisfaction in a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cjmine.notebook.frames import frame
from cjmine.notebook.html import block, heading, table_of_rows
from cjmine.notebook.picture import File
from cjmine.notebook.reported import ShownResult
from cjmine.reporters.language import english
from cjmine.reporters.satisfaction.sections import moment_rows
from cjmine.reporters.satisfaction.tables import BY, ENDS, MOMENTS, SCORES, TRUTHS
from cjmine.reporters.satisfaction.words import headline, who_answered
from cjmine.results.satisfaction import Satisfaction

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, repr=False)
class RatedJourney(ShownResult[Satisfaction]):
    """A satisfaction that prints itself and hands out data frames."""

    @property
    def scores(self) -> pd.DataFrame:
        """One row a question: the figure and the mean with their intervals, n, asked, weighted."""
        return frame(SCORES, self.result)

    @property
    def by(self) -> pd.DataFrame:
        """One row a group (dimension, name): n, the figure, the mean, the share that answered."""
        return frame(BY, self.result)

    @property
    def moments(self) -> pd.DataFrame:
        """One row a step and way: passed badly against well, the difference, q, the verdict."""
        return frame(MOMENTS, self.result)

    @property
    def truths(self) -> pd.DataFrame:
        """The steps that are declared as moments of truth, and whether they are measured."""
        return frame(TRUTHS, self.result)

    @property
    def ends(self) -> pd.DataFrame:
        """The mean score by a bad moment before the last, and a bad last one."""
        return frame(ENDS, self.result)

    def save(self, file: File) -> None:
        """Write the result, whole or not at all; the suffix decides.

        .html is the page; .json, .md, .csv (the scores) and .txt are what `cjmine satisfaction -o`
        writes. Raises UsageError U101, OutputError O101.
        """
        self._write(Path(file))

    def _repr_html_(self) -> str:
        """The scores, and what goes with them; without script or style sheet."""
        words = english().about(self.result.privacy)
        parts = []
        for score in self.result.scores:
            said = (headline(self.result, score, words), who_answered(score, words))
            heads, rows = moment_rows(self.result, score, words)
            parts += [heading(score.kind, " · ".join(said)), table_of_rows(heads, rows)]
        return block(*(parts or [heading("Satisfaction", words.say("satisfaction.nothing"))]))
