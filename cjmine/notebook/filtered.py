"""A log with filters: which of its journeys are counted, whatever is asked of it then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.eventlog.log import EventLog
from cjmine.eventlog.where import where as condition
from cjmine.notebook.typed import bound_of, duration_of
from cjmine.verbs.filters import said_of
from cjmine.verbs.settings import JudgedSettings

Names = str | Sequence[str]
Asked = TypeVar("Asked", bound=JudgedSettings)
ONCE = ("since", "until", "shorter", "longer", "variant")


@dataclass(frozen=True, slots=True, repr=False)
class Filtered:
    """A log and the conditions that its journeys have to meet; of `filters` nothing else is used.

    The events stay: journeys are cut from all of them, and chosen when they are counted.
    """

    log: EventLog
    filters: JudgedSettings

    def asked(self, settings: Asked) -> Asked:
        """Settings of a verb with these filters."""
        mine = self.filters
        return replace(
            settings,
            since=mine.since,
            until=mine.until,
            where=mine.where,
            having=mine.having,
            shorter=mine.shorter,
            longer=mine.longer,
            variant=mine.variant,
        )

    def __repr__(self) -> str:
        return f"<cjmine.FilteredLog {', '.join(said_of(self.filters))}; of {self.log!r}>"


def filters_of(log: EventLog | Filtered) -> Filtered:
    """A log with its filters; a log without filters has none."""
    return log if isinstance(log, Filtered) else Filtered(log, JudgedSettings())


def filtered(
    filters: JudgedSettings,
    since: str | None,
    until: str | None,
    where: Names,
    having: Names,
    variant: int | None,
    shorter: str | None,
    longer: str | None,
) -> JudgedSettings:
    """More conditions. Raises UsageError U101 for what is no condition, or is one already."""
    more = JudgedSettings(
        since=bound_of(since, "since"),
        until=bound_of(until, "until"),
        where=(*filters.where, *(condition(one, "where") for one in names(where))),
        having=(*filters.having, *names(having)),
        shorter=duration_of(shorter),
        longer=duration_of(longer),
        variant=variant,
    )
    for name in ONCE:
        before, after = getattr(filters, name), getattr(more, name)
        if before is not None and after is not None:
            raise UsageError(
                Problem(
                    Code.USAGE,
                    f"{name} is a condition already",
                    Place(name),
                    remedy="name it once: filter the log again from the beginning",
                )
            )
        if after is None:
            more = replace(more, **{name: before})
    return more


def names(given: Names) -> tuple[str, ...]:
    """One name or several, as several."""
    return (given,) if isinstance(given, str) else tuple(given)
