"""The events and journeys that an analyst can know from the exports."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .clock import DEADLINE, zoned
from .records import Call, Chat, Mail, PortalEvent, Records, Visible, WebRequest
from .touchpoints import EXIT, GOAL, OPTIONAL, STEPS, step_of


@dataclass(frozen=True, slots=True)
class Event:
    """One loaded event as an analyst can know it; ``identity`` is empty without identifier.

    ``device``, ``login``, ``banner``, ``customer_type`` and ``fund`` are what the access log says of
    the visitor, else empty.
    """

    time: datetime
    activity: str
    channel: str
    identity: str
    known: bool
    device: str = ""
    login: str = ""
    banner: str = ""
    customer_type: str = ""
    fund: str = ""


@dataclass(frozen=True, slots=True)
class Journey:
    """All events of one identity, in the order of time."""

    identity: str
    known: bool
    events: tuple[Event, ...]

    def times(self, activity: str, channel: str = "") -> list[datetime]:
        """When an activity or step happened, on any channel or on one."""
        return [
            event.time
            for event in self.events
            if activity in (event.activity, step_of(event.activity))
            and channel in ("", event.channel)
        ]

    def has(self, activity: str, channel: str = "") -> bool:
        """Whether an activity or step happened."""
        return bool(self.times(activity, channel))

    def last_step(self) -> str:
        """The step of the last event that belongs to one; empty without any."""
        steps = [step_of(event.activity) for event in self.events]
        return next((step for step in reversed(steps) if step in STEPS), "")

    def first(self, column: str) -> str:
        """The first value of a column from the first moving page on; empty without any."""
        start = self.times("Moving page")[0]
        found = (getattr(event, column) for event in self.events if event.time >= start)
        return next((one for one in found if one), "")

    def started(self, day: date) -> bool:
        """Whether the first visit to the moving page fell on the day or later."""
        return self.times("Moving page")[0].date() >= day


def event_of(record: Visible) -> Event | None:
    """The event of a record, or none when a rule leaves it out."""
    activity = record.touchpoint.activity
    if not activity:
        return None
    match record:
        case WebRequest():
            channel, listed = "web", record.person.cookie_listed
            activity += " (error)" if record.status >= 400 else ""
        case PortalEvent():
            channel, listed = record.platform, record.person.cookie_listed
        case Chat():
            channel, listed = "chat", record.person.cookie_listed
        case Call():
            channel, listed = "call", record.person.phone_listed
        case Mail():
            channel, listed = "mail", bool(record.person.number)
    known = listed and bool(record.identifier)
    identity = record.person.number if known else record.identifier
    kinds = ("",) * 5
    if isinstance(record, WebRequest):
        arms = (record.login, record.banner)
        kinds = (record.person.device, *arms, record.customer_type, record.fund)
    return Event(zoned(record.time), activity, channel, identity, known, *kinds)


def events_of(records: Records) -> list[Event]:
    """All loaded events, in the order of time."""
    raw: list[Visible] = [
        *(*records.web, *records.portal, *records.chats),
        *(*records.calls, *records.mails),
    ]
    return sorted(
        (event for event in map(event_of, raw) if event is not None), key=lambda event: event.time
    )


def journeys_of(events: Iterable[Event]) -> list[Journey]:
    """One journey an identity; events without identity are left out."""
    grouped: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.identity:
            grouped[event.identity].append(event)
    return [Journey(name, found[0].known, tuple(found)) for name, found in sorted(grouped.items())]


def state(journey: Journey, until: datetime) -> str:
    """Open until 14 days have passed; else completed, exited or abandoned within them."""
    if until - journey.times("Moving page")[0] < DEADLINE:
        return "open"
    judged = within_deadline(journey)
    if judged.has(GOAL):
        return "completed"
    return "exited" if judged.has(EXIT) else "abandoned"


def within_deadline(journey: Journey) -> Journey:
    """The journey from its first moving page up to 14 days after it."""
    start = journey.times("Moving page")[0]
    inside = (event for event in journey.events if start <= event.time <= start + DEADLINE)
    return Journey(journey.identity, journey.known, tuple(inside))


def is_late(journey: Journey) -> bool:
    """Whether the first confirmation came more than a day after the last submit before it."""
    for confirmed in journey.times("Confirmation mail")[:1]:
        submits = [time for time in journey.times("Submit move") if time < confirmed]
        return bool(submits) and confirmed - submits[-1] > timedelta(hours=24)
    return False


def drop_offs(journeys: Iterable[Journey]) -> dict[str, tuple[int, int]]:
    """By step, of journeys within their 14 days: how many are abandoned there, of how many."""
    ends = [(one, STEPS[-1] if one.has(GOAL) else one.last_step()) for one in journeys]
    found = {}
    for place, step in enumerate(STEPS[:-1]):
        lost = sum(end == step and not one.has(GOAL) and not one.has(EXIT) for one, end in ends)
        reached = sum(
            STEPS.index(end) >= place and (step not in OPTIONAL or one.has(step))
            for one, end in ends
        )
        found[step] = (lost, reached)
    return found


def named(events: Iterable[Event], activity: str) -> list[Event]:
    """The events of one activity."""
    return [event for event in events if event.activity == activity]
