"""A check in a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cjmine.analysis.journey_table import journey_table
from cjmine.errors import Code, ExitStatus, Problem, UsageError
from cjmine.notebook.frames import frame
from cjmine.notebook.html import block, heading, picture, table_of_rows
from cjmine.notebook.picture import PICTURES, File, Picture, spoken
from cjmine.notebook.report import PAGES, report_check
from cjmine.notebook.reported import ShownResult
from cjmine.reporters.check.tables import DEVIATIONS, EXPECTATIONS, RANGES, SCORES, STEPS, TIMINGS
from cjmine.reporters.check.words import (
    SIGNS,
    expectation,
    found_in_words,
    goal_counts,
    headline,
    journeys_of,
    share,
)
from cjmine.reporters.language import english
from cjmine.results.baseline import BaselineUse
from cjmine.results.check import Check
from cjmine.results.expectations import Verdict
from cjmine.results.log import LogSize
from cjmine.results.share import Share, percent
from cjmine.verbs.check import Outcome, save_baseline

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, repr=False)
class CheckedJourney(ShownResult[Check]):
    """A check that prints itself and hands out data frames."""

    outcome: Outcome

    @property
    def verdict(self) -> Verdict:
        """What became of the whole check."""
        return self.result.verdict

    @property
    def goal_rate(self) -> Share:
        """The share of counted journeys that reach the goal within their full time."""
        return self.result.goal.share

    @property
    def size(self) -> LogSize:
        """How much was measured."""
        return self.result.log

    @property
    def baseline(self) -> BaselineUse | None:
        """The earlier run that this one is compared with."""
        return self.result.baseline

    @property
    def steps(self) -> pd.DataFrame:
        """One row a step, as in `StepRow`; drop_off is a share from 0 to 1."""
        return frame(STEPS, self.result)

    @property
    def deviations(self) -> pd.DataFrame:
        """Columns code, class, activity, journeys, occurrences, of, accepted, friction."""
        return frame(DEVIATIONS, self.result)

    @property
    def expectations(self) -> pd.DataFrame:
        """Columns code, what, verdict, value, low, high, n, of, budget, line."""
        return frame(EXPECTATIONS, self.result)

    @property
    def timings(self) -> pd.DataFrame:
        """Columns step, after, of, measured, late, early, overdue, and the waits in seconds.

        They are median_seconds, its interval median_low_seconds and median_high_seconds, and
        p90_seconds.
        """
        return frame(TIMINGS, self.result)

    @property
    def scores(self) -> pd.DataFrame:
        """One row a step and question, as in `Score`: value, low and high are what summary says."""
        return frame(SCORES, self.result)

    @property
    def ranges(self) -> pd.DataFrame:
        """Columns attribution, activity, certain, shown, possible, of.

        Raises UsageError U101 unless the check was asked for `ranges`.
        """
        if self.result.ranges is None:
            raise UsageError(
                Problem(Code.USAGE, "the check has no ranges", remedy="check(…, ranges=True)")
            )
        return frame(RANGES, self.result)

    @property
    def journeys(self) -> pd.DataFrame:
        """One row a journey, never folded: customer (a token), state, cost, fitness, last_step.

        For your own analysis; it is about single customers, so keep it inside.
        """
        import pandas

        rows = journey_table(self.outcome.facts())
        return pandas.DataFrame(
            {
                "customer": pandas.array(rows.customer, dtype="string"),
                "state": pandas.array(rows.state, dtype="string"),
                "events": rows.events,
                "cost": rows.cost,
                "fitness": rows.fitness,
                "last_step": pandas.array(rows.last_step, dtype="string"),
            }
        )

    @property
    def ok(self) -> bool:
        """Whether no expectation is broken."""
        return self.exit_code == 0

    @property
    def exit_code(self) -> int:
        """The exit status of `cjmine check`: 1 where an expectation is broken, else 0."""
        return int(ExitStatus.BROKEN if self.verdict is Verdict.BROKEN else ExitStatus.DONE)

    def map(self, lang: str = "en") -> Picture:
        """The journey map: the ideal above, the measured journeys below. Raises UsageError U101."""
        from cjmine.reporters import journey_map

        drawn = journey_map.render(self.result, spoken(lang))
        released = self.result.privacy.release
        return Picture(f"the journey map of {self.result.journey}", drawn, release=released)

    def save(self, file: File) -> None:
        """Write the result, whole or not at all; the suffix decides.

        .html is the report, .svg, .png and .dot are the map, .json, .md, .csv (the steps), .txt
        and .xml (JUnit) what `cjmine check -o` writes. Raises UsageError U101, OutputError O101.
        """
        path = Path(file)
        if path.suffix.lower() in PICTURES:
            self.map().save(path)
        elif path.suffix.lower() in PAGES:
            report_check(path, self.outcome)
        else:
            self._write(path)

    def save_baseline(self, file: File) -> None:
        """Keep the counts, for a later `check(…, baseline=FILE)`. Raises OutputError O101."""
        save_baseline(self.outcome, Path(file))

    def _repr_html_(self) -> str:
        """Verdict, journey map, expectations and steps; without script or style sheet."""
        title = f"{SIGNS[self.verdict]} {self.result.journey}: {headline(self.result, english())}"
        rate = self.result.goal.share
        words = english().judging(self.result.judged)
        names = " or ".join(self.result.goal.activities)
        goal = words.say("figure.goal", goal=names, share=share(rate, words))
        if rate.n is not None:
            goal += ", " + goal_counts(self.result, words)
        expected = [
            (
                f"{SIGNS[row.verdict]} {row.code} {expectation(row, words)}",
                row.budget,
                found_in_words(row, words),
                journeys_of(row.share, words) or "–",
            )
            for row in self.result.expectations
        ]
        steps = [
            (
                row.step,
                *("–" if count is None else f"{count:,}" for count in (row.reached, row.abandoned)),
                percent(row.drop_off.n, row.drop_off.of),
            )
            for row in self.result.steps
        ]
        return block(
            heading(title, goal),
            picture(self.map().svg, title),
            table_of_rows(("expectation", "budget", "now", "journeys"), expected),
            table_of_rows(("ideal step", "reached", "lost here", "of step"), steps),
        )
