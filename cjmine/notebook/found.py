"""A discovery in a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from cjmine.notebook.frames import frame
from cjmine.notebook.html import block, heading, picture, table_of_rows
from cjmine.notebook.picture import PICTURES, File, Picture, spoken
from cjmine.notebook.report import PAGES, report_discovery
from cjmine.notebook.reported import ShownResult
from cjmine.reporters.discovery.tables import (
    ACTIVITIES,
    CHANNELS,
    FLOWS,
    LOOPS,
    SEGMENTS,
    SWITCHES,
    VARIANTS,
)
from cjmine.reporters.language import english
from cjmine.results.discovery import Discovery
from cjmine.results.log import LogSize
from cjmine.results.share import Share, percent

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, repr=False)
class Found(ShownResult[Discovery]):
    """A discovery that prints itself and hands out data frames, the largest rows first."""

    @property
    def goal_rate(self) -> Share | None:
        """The share of journeys that reach the goal; None where no goal is named."""
        return self.result.goal.share if self.result.goal else None

    @property
    def size(self) -> LogSize:
        """How much was measured."""
        return self.result.log

    @property
    def activities(self) -> pd.DataFrame:
        """Columns activity, events, journeys, starts_here, ends_here."""
        return frame(ACTIVITIES, self.result)

    @property
    def directly_follows(self) -> pd.DataFrame:
        """Columns from, to, count, median_seconds, p90_seconds."""
        return frame(FLOWS, self.result)

    @property
    def variants(self) -> pd.DataFrame:
        """Columns activities (a tuple), journeys, is_folded, number (as `--variant` takes it)."""
        return frame(VARIANTS, self.result)

    @property
    def channels(self) -> pd.DataFrame:
        """Columns channel, events, journeys."""
        return frame(CHANNELS, self.result)

    @property
    def switches(self) -> pd.DataFrame:
        """Columns from, to, count, journeys."""
        return frame(SWITCHES, self.result)

    @property
    def loops(self) -> pd.DataFrame:
        """Columns activity, journeys, of, at_once, returns."""
        return frame(LOOPS, self.result)

    @property
    def segments(self) -> pd.DataFrame:
        """Columns value, journeys, reached, of: journeys by the column asked for."""
        return frame(SEGMENTS, self.result)

    def map(self, share: float = 0.8, lang: str = "en") -> Picture:
        """The flow map: the largest flows that make up a share (0 to 1) of all transitions.

        Raises UsageError U101 for an unknown language.
        """
        from cjmine.reporters.flow_map import flow_dot, flow_svg

        spoken_in = spoken(lang)
        svg = flow_svg(self.result, share, lang=spoken_in)
        released = self.result.privacy.release
        return Picture(
            "the flow map", svg, lambda: flow_dot(self.result, share, lang=spoken_in), released
        )

    def save(self, file: File) -> None:
        """Write the result, whole or not at all; the suffix decides.

        .html is the report, .svg, .png and .dot are the map, .json, .md, .csv (the activities) and
        .txt what `cjmine discover -o` writes. Raises UsageError U101, OutputError O101.
        """
        path = Path(file)
        if path.suffix.lower() in PICTURES:
            self.map().save(path)
        elif path.suffix.lower() in PAGES:
            report_discovery(path, self.result)
        else:
            self._write(path)

    def _repr_html_(self) -> str:
        """Sizes, flow map, activities and commonest journeys; without script or style sheet."""
        size = self.result.log
        facts = [
            english().counted("journey", size.journeys),
            english().counted("event", size.events),
        ]
        if self.result.goal is not None and self.result.goal.n is not None:
            facts.append(f"goal reached by {self.result.goal.share!r}")
        title = "Measured journeys"
        activities = [
            (
                row.activity,
                f"{row.journeys:,}",
                percent(row.journeys, size.journeys),
                "–" if row.ends_here is None else f"{row.ends_here:,}",
            )
            for row in self.result.activities
        ]
        commonest = [
            (
                " › ".join(row.activities),
                f"{row.journeys:,}",
                percent(row.journeys, size.journeys),
            )
            for row in self.result.variants[:5]
        ]
        said = f"{title}: {', '.join(facts)}"
        return block(
            heading(title, " · ".join(facts)),
            picture(self.map().svg, said) if self.result.activities else Markup(),
            table_of_rows(("activity", "journeys", "of all", "ends here"), activities),
            table_of_rows(("commonest journeys", "journeys", "of all"), commonest),
        )
