"""A discovery in a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cjmine.analysis.measured import (
    ActivityRow,
    ChannelRow,
    Discovery,
    FlowRow,
    LoopRow,
    SwitchRow,
    VariantRow,
)
from cjmine.notebook.frames import frame, table
from cjmine.reporters import text

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, repr=False)
class Found(Discovery):
    """A discovery that prints itself and hands out data frames, the largest rows first.

    A figure that is withheld, because it would tell about too few customers, is missing (NA).
    """

    @property
    def activities(self) -> pd.DataFrame:
        """Columns activity, events, journeys, starts_here, ends_here."""
        return frame(ActivityRow, self.activity_rows)

    @property
    def directly_follows(self) -> pd.DataFrame:
        """Columns from, to, count, median_seconds, p90_seconds."""
        return frame(FlowRow, self.flow_rows)

    @property
    def variants(self) -> pd.DataFrame:
        """Columns activities (a tuple), journeys, is_folded."""
        return frame(VariantRow, self.variant_rows)

    @property
    def channels(self) -> pd.DataFrame:
        """Columns channel, events, journeys."""
        return frame(ChannelRow, self.channel_rows)

    @property
    def switches(self) -> pd.DataFrame:
        """Columns from, to, count, journeys."""
        return frame(SwitchRow, self.switch_rows)

    @property
    def loops(self) -> pd.DataFrame:
        """Columns activity, journeys, of, at_once, returns."""
        return frame(LoopRow, self.loop_rows)

    @property
    def segments(self) -> pd.DataFrame:
        """Columns value, journeys, reached, of: journeys by the column asked for."""
        rows = [
            (row.value, row.journeys, row.goal and row.goal.n, row.goal and row.goal.of)
            for row in self.segment_rows
        ]
        return table(
            ["value", "journeys", "reached", "of"], ["string", "Int64", "Int64", "Int64"], rows
        )

    def __repr__(self) -> str:
        return text.render(self)
