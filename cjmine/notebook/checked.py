"""A check in a notebook."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING

from cjmine.analysis.check import Outcome
from cjmine.analysis.checked import Checked, StepRow, TimingRow
from cjmine.analysis.journey_table import journey_table
from cjmine.notebook.frames import frame, table
from cjmine.reporters.check import text

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, repr=False)
class CheckedJourney(Checked):
    """A check that prints itself and hands out data frames; a figure that is withheld is NA."""

    outcome: Outcome

    @property
    def steps(self) -> pd.DataFrame:
        """One row a step, as in `StepRow`; drop_off is a share from 0 to 1."""
        rows = [(*astuple(row)[:-1], row.drop_off and row.drop_off.value) for row in self.step_rows]
        names = [field.name for field in fields(StepRow)]
        kinds = ["string", "string", "boolean", *["Int64"] * 7, "Float64"]
        return table(names, kinds, rows)

    @property
    def deviations(self) -> pd.DataFrame:
        """Columns code, class, activity, journeys, occurrences, of, accepted, friction."""
        rows = [
            (
                row.code and row.code.value,
                row.name,
                row.activity,
                row.journeys,
                row.occurrences,
                row.of,
                row.is_accepted,
                row.is_friction,
            )
            for row in self.deviation_rows
        ]
        names = ["code", "class", "activity", "journeys", "occurrences", "of"]
        kinds = ["string", "string", "string", "Int64", "Int64", "Int64", "boolean", "boolean"]
        return table([*names, "accepted", "friction"], kinds, rows)

    @property
    def expectations(self) -> pd.DataFrame:
        """Columns code, what, verdict, value, low, high, n, of, budget, line."""
        rows = [
            (
                row.code.value,
                row.what,
                row.verdict.value,
                row.value,
                row.low,
                row.high,
                row.ratio.n if row.ratio else None,
                row.ratio.of if row.ratio else None,
                row.budget,
                row.line,
            )
            for row in self.expectation_rows
        ]
        names = ["code", "what", "verdict", "value", "low", "high", "n", "of", "budget", "line"]
        kinds = [*["string"] * 3, *["Float64"] * 3, "Int64", "Int64", "string", "Int64"]
        return table(names, kinds, rows)

    @property
    def timings(self) -> pd.DataFrame:
        """Columns step, after, measured, median_seconds, p90_seconds, late, early, overdue."""
        return frame(TimingRow, self.timing_rows)

    @property
    def journeys(self) -> pd.DataFrame:
        """One row a journey, never folded: customer (a token), state, cost, fitness, last_step.

        For your own analysis; it is about single customers, so keep it inside.
        """
        import pandas

        rows = journey_table(self.outcome.comparison, self.outcome.log)
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

    def __repr__(self) -> str:
        return text.render(self)
