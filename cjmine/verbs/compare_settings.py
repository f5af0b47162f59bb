"""What can be asked of a comparison; light, because `--help` reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cjmine.eventlog.where import Where, where
from cjmine.option import option
from cjmine.verbs.periods import Period, day, points, two_periods
from cjmine.verbs.settings import GoalSettings, duration

SIDES = "Sides: what is compared, one of these or two logs"
MONTH = 30 * 86_400_000_000  # microseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareSettings(GoalSettings):
    """What makes the two sides, and how they are compared.

    `values` are the two values of the column `by`, None where it has two. `returned` is in
    microseconds, `harm` a share.
    """

    values: tuple[str, str] | None = None
    period: tuple[Period, Period] | None = option(
        None,
        "Two periods: 2026-03 2026-04, 2026-W10 2026-W14, FROM..TO FROM..TO.",
        "FROM..TO FROM..TO",
        kind=tuple[str, str],
        read=two_periods,
        panel=SIDES,
    )
    change: date | None = option(None, "Before and after a day.", "DAY", read=day, panel=SIDES)
    experiment: str | None = option(None, "An experiment of cjmine.toml.", "NAME", panel=SIDES)
    control: Where | None = option(
        None, "Journeys that the change does not reach.", "CONDITION", read=where, panel=SIDES
    )
    like: tuple[str, ...] = option(
        (), "Also hold a column equal; repeatable.", "COLUMN", several=True
    )
    returned: int = option(
        MONTH, "How soon a customer returns.", "TIME", typed="30d", read=duration
    )
    harm: float | None = option(None, "The harm that would not matter: 1pp.", "POINTS", read=points)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that journeys are chosen and compared by: a load must keep them."""
        by = () if self.by is None else (self.by,)
        control = () if self.control is None else (self.control.column,)
        return (*(one.column for one in self.where), *by, *control, *self.like)
