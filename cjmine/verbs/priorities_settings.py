"""What can be asked of `priorities`; light, because `--help` reads it."""

from __future__ import annotations

from dataclasses import dataclass

from cjmine.option import option
from cjmine.verbs.periods import points
from cjmine.verbs.settings import JudgedSettings

MARGIN = 0.01  # one percentage point


@dataclass(frozen=True, slots=True, kw_only=True)
class PrioritiesSettings(JudgedSettings):
    """What like journeys have in common beside what all have; `margin` is a share."""

    by: str | None = None  # columns are held equal, and not compared
    like: tuple[str, ...] = option(
        (), "Also hold a column equal; repeatable.", "COLUMN", several=True
    )
    margin: float = option(
        MARGIN, "The harm that would not matter.", "POINTS", typed="1pp", read=points
    )

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that journeys are chosen and compared by: a load must keep them."""
        return (*(one.column for one in self.where), *self.like)
