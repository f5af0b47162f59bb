"""What can be asked of `satisfaction`; light, because `--help` reads it."""

from __future__ import annotations

from dataclasses import dataclass

from cjmine.option import option
from cjmine.results.satisfaction import DIMENSIONS
from cjmine.verbs.settings import JudgedSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class SatisfactionSettings(JudgedSettings):
    """Which question, by what, and whether answers are weighted for who answers."""

    score: str | None = option(None, "One question alone: NPS, or a scale: csat-10.", "NAME")
    unweighted: bool = option(False, "Without the figure weighted for who answers.", kind=bool)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that journeys are chosen and compared by: a load must keep them.

        >>> SatisfactionSettings(by="state").columns, SatisfactionSettings(by="fund").columns
        ((), ('fund',))
        """
        by = () if self.by is None or self.by in DIMENSIONS else (self.by,)
        return (*(one.column for one in self.where), *by)
