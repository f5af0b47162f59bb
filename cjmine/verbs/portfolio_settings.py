"""What can be asked of `portfolio`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.option import option
from cjmine.verbs.periods import points
from cjmine.verbs.settings import JudgedSettings

# What would make journeys others than those of `check`, or is said by the journey files.
NOT_ASKED = ("deadline", "where", "having", "shorter", "longer", "variant", "by")


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioSettings(JudgedSettings):
    """By how much a value of a template differs at least from all values together, as a share."""

    gain: bool = option(
        False, "Of a portfolio: also say what fixing each journey would gain.", kind=bool
    )
    margin: float = option(
        0.02,
        "The harm that would not matter.",
        "POINTS",
        typed="2pp",
        read=points,
    )


def refuse_others(settings: JudgedSettings, given: Iterable[str] = ()) -> None:
    """Refuse what is asked of one journey and cannot be of all; `given` are further options.

    Raises UsageError U101.
    """
    defaults = type(settings)()
    others = (name for name in (*NOT_ASKED, "ranges") if hasattr(settings, name))
    asked = (name for name in others if getattr(settings, name) != getattr(defaults, name))
    named = [*(f"--{name}" for name in asked), *given]
    if named:
        raise UsageError(
            Problem(
                Code.USAGE,
                "this is for one journey, not for a portfolio",
                Place(named[0]),
                remedy="leave it away, or name one journey file",
            )
        )
