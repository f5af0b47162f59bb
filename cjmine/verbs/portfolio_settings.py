"""What can be asked of `portfolio`."""

from __future__ import annotations

from dataclasses import dataclass

from cjmine.option import option
from cjmine.verbs.periods import points
from cjmine.verbs.settings import JudgedSettings

# What would make journeys others than those of `check`, or is said by the journey files.
NOT_ASKED = ("deadline", "where", "having", "shorter", "longer", "variant", "by")


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioSettings(JudgedSettings):
    """By how much a value of a template differs at least from all values together, as a share."""

    margin: float = option(
        0.02,
        "The harm that would not matter.",
        "POINTS",
        typed="2pp",
        read=points,
    )
