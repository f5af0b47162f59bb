"""What can be asked of `outliers`."""

from __future__ import annotations

from dataclasses import dataclass

from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.option import option
from cjmine.verbs.settings import JudgedSettings


def fitness(written: str, name: str) -> float:
    """A fitness from 0 to 1; `name` is the option for errors.

    >>> fitness("0.9", "--happy")
    0.9

    Raises UsageError U101.
    """
    try:
        value = float(written)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise UsageError(
            Problem(
                Code.USAGE,
                "a fitness is a number from 0 to 1",
                Place(name),
                remedy=f"{name} 0.9",
            )
        )
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class OutliersSettings(JudgedSettings):
    """Which journeys are happy, and whether only a part is asked for."""

    happy: float = option(
        1.0, "The least fitness of a happy journey.", "SHARE", typed="1", read=fitness
    )
    waves: bool = option(False, "Only the waves of contact.", kind=bool)
    silent: bool = option(False, "Only who had no answer, and who is silent.", kind=bool)

    @property
    def is_contrasted(self) -> bool:
        """Whether it is asked what the others share."""
        return not (self.waves or self.silent)

    @property
    def is_lost(self) -> bool:
        """Whether it is asked who had no answer, and who is silent."""
        return self.silent or not self.waves

    @property
    def is_waved(self) -> bool:
        """Whether waves are asked for."""
        return self.waves or not self.silent
