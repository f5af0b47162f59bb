"""Planted differences: devices, two experiments, a dated change, and a source that begins late."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from .clock import DEADLINE, FORM_CHANGE
from .events import Event, Journey, drop_offs, named, state, within_deadline
from .touchpoints import GOAL
from .truth import Truth, share

# What journeys differ in, and the step at which it was planted.
WAYS = (
    ("device", "Meter readings"),
    ("login", "Log in"),
    ("banner", "Log in"),
    ("customer_type", "Log in"),
)


def comparisons(journeys: list[Journey], events: list[Event], until: datetime) -> Iterable[Truth]:
    """The goal and the planted step of journeys with a moving page, by what they differ in."""
    counted = [journey for journey in journeys if state(journey, until) != "open"]
    for way, step in WAYS:
        values = sorted({journey.first(way) for journey in journeys} - {""})
        for each in values:
            chosen = [journey for journey in counted if journey.first(way) == each]
            yield from _outcomes(f"{way}.{each}", chosen, step)
    before = [journey for journey in counted if _start(journey).date() <= _last_day_before()]
    after = [journey for journey in counted if journey.started(FORM_CHANGE)]
    yield from _outcomes("form_change.before", before, "Meter readings")
    yield from _outcomes("form_change.after", after, "Meter readings")
    yield Truth("form_change.between", len(counted) - len(before) - len(after))
    chats = named(events, "Chat opened")
    yield Truth("late_source.chats", len(chats))
    yield Truth("late_source.first_day", min(event.time for event in chats).date().isoformat())


def _start(journey: Journey) -> datetime:
    return journey.times("Moving page")[0]


def _last_day_before() -> date:
    """The last day whose journeys have their 14 days before the change."""
    return FORM_CHANGE - DEADLINE - timedelta(days=1)


def _outcomes(name: str, journeys: list[Journey], step: str) -> Iterable[Truth]:
    judged = [within_deadline(journey) for journey in journeys]
    completed = sum(journey.has(GOAL) for journey in judged)
    lost, reached = drop_offs(judged)[step]
    yield Truth(f"{name}.counted", len(judged))
    yield Truth(f"{name}.completed", completed)
    yield Truth(f"{name}.share", share(completed, len(judged)))
    yield Truth(f"{name}.{step}.abandoned", lost)
    yield Truth(f"{name}.{step}.reached", reached)
    yield Truth(f"{name}.{step}.share", share(lost, reached))
