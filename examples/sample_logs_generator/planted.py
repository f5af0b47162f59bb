"""The planted stories: a broken page, a mailing, late mails, rework, other channels and orders."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from .clock import BROKEN_WEEK, LATE_PERIOD, MAILING_DAY, within
from .events import Event, Journey, named
from .touchpoints import EXIT, GOAL
from .truth import Truth, share


def broken_page(journeys: list[Journey], events: list[Event]) -> Iterable[Truth]:
    """The confirmation page that failed in one week, and the calls about it."""
    ok = [within(event.time.date(), BROKEN_WEEK) for event in named(events, "Submit move")]
    bad = [within(event.time.date(), BROKEN_WEEK) for event in named(events, "Submit move (error)")]
    for name, errors, rest in (
        ("week", sum(bad), sum(ok)),
        ("other", len(bad) - sum(bad), len(ok) - sum(ok)),
    ):
        yield Truth(f"broken_page.{name}.posts", errors + rest)
        yield Truth(f"broken_page.{name}.errors", errors)
        yield Truth(f"broken_page.{name}.error_share", share(errors, errors + rest))
    hit = [
        journey
        for journey in journeys
        if any(within(time.date(), BROKEN_WEEK) for time in journey.times("Submit move (error)"))
    ]
    yield Truth("broken_page.customers_hit", len(hit))
    lost = sum(not journey.has("Submit move") for journey in hit)
    yield Truth("broken_page.customers_hit_who_never_submitted", lost)
    calls = named(events, "Call: website does not work")
    span = (BROKEN_WEEK[0], BROKEN_WEEK[1] + timedelta(days=3))
    during = sum(within(event.time.date(), span) for event in calls)
    yield Truth("broken_page.calls_13_to_22_april", during)
    yield Truth("broken_page.calls_other_days", len(calls) - during)


def mailing(journeys: list[Journey], events: list[Event]) -> Iterable[Truth]:
    """The calls of the three days after the mailing, beside the same days a week before."""
    calls = [event for event in events if event.channel == "call"]
    days = [MAILING_DAY + timedelta(days=n) for n in (1, 2, 3)]
    week = timedelta(days=7)
    before = sum(event.time.date() + week in days for event in calls)
    after = sum(event.time.date() in days for event in calls)
    yield Truth("mailing.sent", len(named(events, "Newsletter")))
    yield Truth("mailing.calls_18_to_20_march", before)
    yield Truth("mailing.calls_25_to_27_march", after)
    yield Truth("mailing.calls_per_day_before", round(before / 3, 4))
    yield Truth("mailing.calls_per_day_after", round(after / 3, 4))
    yield Truth("mailing.newsletter_questions", len(named(events, "Call: newsletter question")))
    callers = sum(
        journey.has("Newsletter") and any(time.date() in days for time in _call_times(journey))
        for journey in journeys
    )
    yield Truth("mailing.recipients_who_called_25_to_27_march", callers)


def _call_times(journey: Journey) -> list[datetime]:
    return [event.time for event in journey.events if event.channel == "call"]


def late_mails(journeys: list[Journey], events: list[Event]) -> Iterable[Truth]:
    """Confirmation mails more than 24 hours after the submit before them."""
    counts: Counter[tuple[str, bool]] = Counter()
    for journey in journeys:
        for confirmed in journey.times("Confirmation mail")[:1]:
            submits = [time for time in journey.times("Submit move") if time < confirmed]
            if submits:
                late = confirmed - submits[-1] > timedelta(hours=24)
                inside = within(submits[-1].date(), LATE_PERIOD)
                counts["period" if inside else "other", late] += 1
    for name in ("period", "other"):
        late_ones, all_ones = counts[name, True], counts[name, True] + counts[name, False]
        yield Truth(f"late_mails.{name}.confirmations", all_ones)
        yield Truth(f"late_mails.{name}.late", late_ones)
        yield Truth(f"late_mails.{name}.late_share", share(late_ones, all_ones))
    calls = named(events, "Call: where is my confirmation")
    span = (LATE_PERIOD[0], LATE_PERIOD[1] + timedelta(days=4))
    during = sum(within(event.time.date(), span) for event in calls)
    yield Truth("late_mails.calls_4_to_14_may", during)
    yield Truth("late_mails.calls_other_days", len(calls) - during)


def behaviour(movers: list[Journey]) -> Iterable[Truth]:
    """Rework, other channels, skipped and swapped steps, exits, complaints, open journeys."""
    visits = [len(journey.times("Meter readings")) for journey in movers]
    yield Truth("rework.Meter readings.customers", sum(count > 1 for count in visits))
    yield Truth("rework.Meter readings.extra_events", sum(max(0, count - 1) for count in visits))
    by_phone = [journey for journey in movers if journey.has("Meter readings", "call")]
    yield Truth("channel_choice.Meter readings.by_call", len(by_phone))
    only = sum(not journey.has("Meter readings", "web") for journey in by_phone)
    yield Truth("channel_choice.Meter readings.by_call_only", only)
    skipped = (("Log in", "Submit move"), ("Confirmation mail", GOAL), ("Contract choice", GOAL))
    for step, later in skipped:
        count = sum(journey.has(later) and not journey.has(step) for journey in movers)
        yield Truth(f"skipped.{step}.customers_with_{later}", count)
    for first, second in (
        ("Meter readings", "Moving date"),
        ("Contract choice", "Confirmation mail"),
    ):
        count = sum(
            journey.has(first)
            and journey.has(second)
            and journey.times(first)[0] < journey.times(second)[0]
            for journey in movers
        )
        yield Truth(f"out_of_order.{first} before {second}", count)
    for contract in ("Keep contract", "New contract"):
        yield Truth(f"contract.{contract}", sum(journey.has(contract) for journey in movers))
    in_app = sum(journey.has("Contract choice", "app") for journey in movers)
    yield Truth("contract.in_app", in_app)
    for channel in ("web", "call"):
        count = sum(journey.has("Move cancelled", channel) for journey in movers)
        yield Truth(f"cancelled.by_{channel}", count)
    for channel in ("mail", "call"):
        count = sum(journey.has("Complaint", channel) for journey in movers)
        yield Truth(f"complaints.customers_by_{channel}", count)
    recent = [journey for journey in movers if journey.started(date(2026, 5, 18))]
    yield Truth("open_at_end.started_since_18_may", len(recent))
    unfinished = sum(not journey.has(GOAL) and not journey.has(EXIT) for journey in recent)
    yield Truth("open_at_end.of_them_without_goal_or_exit", unfinished)
