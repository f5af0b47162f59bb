"""Truths about the whole set: events, identities, steps reached, states, drop-offs.

Computed from what was generated, not from the files. ``verify_sample_logs.py`` computes the
same figures from the files alone; the two share no code.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from .clock import DEADLINE
from .events import (
    Event,
    Journey,
    drop_offs,
    event_of,
    journeys_of,
    state,
    within_deadline,
)
from .records import Records
from .touchpoints import GOAL, STEPS, Source
from .truth import Truth, share


def overview(customers: int, records: Records, events: list[Event]) -> Iterable[Truth]:
    """Events by activity and channel, identities, unlinkable events, clock."""
    journeys = journeys_of(events)
    yield Truth("observed.from", events[0].time.astimezone(UTC).isoformat())
    yield Truth("observed.until", events[-1].time.astimezone(UTC).isoformat())
    yield Truth("events.total", len(events))
    for activity, count in sorted(Counter(event.activity for event in events).items()):
        yield Truth(f"events.{activity}", count)
    for channel, count in sorted(Counter(event.channel for event in events).items()):
        yield Truth(f"channel.{channel}", count)
    by_source = (
        (Source.WEB, records.web), (Source.ANALYTICS, records.portal),
        (Source.CHATS, records.chats), (Source.CALLS, records.calls), (Source.MAIL, records.mails), (Source.NPS, ()),
        (Source.CSAT, ()),
    )  # fmt: skip
    for source, found in by_source:
        loaded = [event for event in map(event_of, found) if event is not None]
        unknown = [event.identity for event in loaded if event.identity and not event.known]
        without = sum(not event.identity for event in loaded)
        yield Truth(f"unlinked.{source}.events_without_identifier", without)
        yield Truth(f"unlinked.{source}.events_of_unknown_identifiers", len(unknown))
        yield Truth(f"unlinked.{source}.unknown_identifiers", len(set(unknown)))
    movers = [journey for journey in journeys if journey.has("Moving page")]
    yield Truth("journeys.customers_in_table", customers)
    yield Truth("journeys.customers_with_events", sum(journey.known for journey in journeys))
    yield Truth("journeys.unknown_identities", sum(not journey.known for journey in journeys))
    yield Truth("journeys.all_identities", len(journeys))
    yield Truth("journeys.movers", sum(journey.known for journey in movers))
    yield Truth("journeys.movers_all_identities", len(movers))
    tied = sum(len({event.time for event in each.events}) < len(each.events) for each in journeys)
    yield Truth("journeys.with_two_events_in_one_second", tied)
    early = [event for event in events if event.channel == "call" and _utc_hour(event) == 6]
    yield Truth("clock.calls_from_06_to_07_utc", len(early))
    change = date(2026, 3, 29)
    winter = sum(event.time.date() < change for event in early)
    yield Truth("clock.calls_from_06_to_07_utc_before_29_march", winter)


def _utc_hour(event: Event) -> int:
    return event.time.astimezone(UTC).hour


def funnel(name: str, journeys: list[Journey], until: datetime) -> Iterable[Truth]:
    """Steps reached, states and drop-offs of a population of journeys with a moving page."""
    for step in STEPS:
        yield Truth(f"reached.{name}.{step}", sum(journey.has(step) for journey in journeys))
    states = Counter(state(journey, until) for journey in journeys)
    for each in ("completed", "exited", "abandoned", "open"):
        yield Truth(f"states.{name}.{each}", states[each])
    counted = [journey for journey in journeys if state(journey, until) != "open"]
    judged = [within_deadline(journey) for journey in counted]
    late = (
        whole.has(GOAL) and not part.has(GOAL) for whole, part in zip(counted, judged, strict=True)
    )
    yield Truth(f"goal.{name}.counted", len(counted))
    yield Truth(f"goal.{name}.later", sum(late))
    chose = sum(journey.has("Contract choice") for journey in judged)
    yield Truth(f"goal.{name}.with_contract_choice", chose)
    yield Truth(f"goal.{name}.share", share(states["completed"], len(counted)))
    shares: list[tuple[float, str]] = []
    for step, (lost, reached) in drop_offs(judged).items():
        yield Truth(f"drop_off.{name}.{step}.abandoned", lost)
        yield Truth(f"drop_off.{name}.{step}.reached", reached)
        yield Truth(f"drop_off.{name}.{step}.share", share(lost, reached))
        shares.append((share(lost, reached), step))
    yield Truth(f"drop_off.{name}.worst_step", max(shares)[1])


def check_margins(movers: Iterable[Journey], until: datetime) -> None:
    """Refuse a set in which a journey starts within minutes of the deadline's edge."""
    edge = until - DEADLINE
    for journey in movers:
        if abs(journey.times("Moving page")[0] - edge) < timedelta(minutes=3):
            raise ValueError("a journey starts at the very edge of the deadline: change the seed")
