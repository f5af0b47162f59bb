"""What can be asked of a trend; light, because `--help` reads it."""

from __future__ import annotations

from dataclasses import dataclass

from cjmine.errors import Code, Place, Problem, UsageError, listed
from cjmine.option import option
from cjmine.results.trend import Every, Topic
from cjmine.verbs.settings import GoalSettings

_USUAL = (Topic.GOAL, Topic.DROP_OFF, Topic.CONTACT, Topic.FITTING)


def topics(written: str, name: str) -> tuple[Topic, ...]:
    """Topics between commas, in the order in which they are shown. Raises UsageError U101.

    >>> [one.value for one in topics("contact,goal", "--what")]
    ['goal', 'contact']
    """
    asked = {one.strip() for one in written.split(",")}
    if not asked <= set(Topic):
        raise UsageError(
            Problem(
                Code.USAGE,
                "there is no such measure",
                Place(name),
                remedy=f"one or several of {listed(Topic)}, with commas between them",
            )
        )
    return tuple(one for one in Topic if one in asked)


def every(written: str, name: str) -> Every:
    """The period by which journeys are put together. Raises UsageError U101.

    >>> every("month", "--every").value
    'month'
    """
    choices = [one for one in Every if one is not Every.RESULT]
    if written not in choices:
        raise UsageError(
            Problem(
                Code.USAGE,
                "there is no such period",
                Place(name),
                remedy=f"one of {listed(choices)}",
            )
        )
    return Every(written)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendSettings(GoalSettings):
    """What to follow over time, and by which periods. `drift`: also changes of the flow."""

    every: Every = option(Every.WEEK, "Day, week or month.", "PERIOD", typed="week", read=every)
    what: tuple[Topic, ...] = option(
        _USUAL,
        "goal, drop-off, contact, fitting, deviations.",
        "LIST",
        typed=",".join(_USUAL),
        read=topics,
    )
    drift: bool = option(False, "Also find changes of the flow.", kind=bool)
