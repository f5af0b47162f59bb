"""What can be asked of `hints`; light, because `--help` reads it."""

from __future__ import annotations

from dataclasses import dataclass

from cjmine.option import option
from cjmine.verbs.periods import points
from cjmine.verbs.settings import JudgedSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class HintsSettings(JudgedSettings):
    """Whether edits of the journey file are looked for; `margin` is a share of goals."""

    repair: bool = option(
        False, "Propose the fewest edits that fit more journeys; -o NEW.yaml writes it.", kind=bool
    )
    margin: float = option(
        0.03, "The harm that would not matter.", "POINTS", typed="3pp", read=points
    )
    like: tuple[str, ...] = option(
        (), "Also hold a column equal; repeatable.", "COLUMN", several=True
    )

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that journeys are chosen by and held equal in: a load must keep them."""
        return (*(one.column for one in self.where), *self.like)
