"""The journeys of the portfolio, the funds of its template, and contacts with a journey."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from .clock import DEADLINE
from .events import Event, Journey
from .truth import Truth, share

# Of each journey of the portfolio: where it begins, and its goal.
ENDS = (
    ("find-the-way", "Home page", "Log in"),
    ("contract", "Confirmation mail", "Keep contract"),
    ("final-bill", "Contract choice", "Final bill mail"),
    ("tell-us-online", "Log in", "Submit move"),
)
TEMPLATE = ENDS[-1]
FUNDS = ("A", "B", "C")
HOMES = (
    "Call: moving question",
    "Call: where is my confirmation",
    "Call: website does not work",
    "Call: bill question",
    "Chat opened",
)
HOMELESS = ("Call: newsletter question", "Mail question", "Complaint")


def lifecycle(
    journeys: Sequence[Journey], events: Iterable[Event], until: datetime
) -> Iterable[Truth]:
    """The goal of each journey and each fund, of those that had their 14 days; contacts."""
    for name, entry, goal in ENDS:
        yield from _outcomes(f"portfolio.{name}", journeys, entry, goal, until)
    name, entry, goal = TEMPLATE
    for fund in FUNDS:
        chosen = [one for one in journeys if any(event.fund == fund for event in one.events)]
        yield from _outcomes(f"portfolio.{name}.fund.{fund}", chosen, entry, goal, until)
    linked = [event.activity for event in events if event.identity]
    covered, without = (sum(map(linked.count, reasons)) for reasons in (HOMES, HOMELESS))
    yield Truth("portfolio.contacts", covered + without)
    yield Truth("portfolio.contacts.covered", covered)


def _outcomes(
    name: str, journeys: Iterable[Journey], entry: str, goal: str, until: datetime
) -> Iterable[Truth]:
    counted = completed = 0
    for journey in journeys:
        for start in journey.times(entry)[:1]:
            if until - start >= DEADLINE:
                counted += 1
                times = journey.times(goal)
                completed += any(start <= time <= start + DEADLINE for time in times)
    yield Truth(f"{name}.counted", counted)
    yield Truth(f"{name}.completed", completed)
    yield Truth(f"{name}.share", share(completed, counted))
