"""Planted pages: one that heavy users visit, steps that may be left out, and silent customers."""

from collections.abc import Iterable
from datetime import datetime

from .events import Journey, state, within_deadline
from .touchpoints import GOAL
from .truth import Truth, share

TYPES = ("heavy", "light")

# A step that may be left out, and the later step at which leaving it out is judged.
OPTIONAL_STEPS = (
    ("Moving checklist", "Log in"),
    ("Move summary", "Submit move"),
    ("Contract offer", "Contract choice"),
)


def pages(journeys: list[Journey], until: datetime) -> Iterable[Truth]:
    """The goal of journeys with a moving page, with and without each planted page."""
    counted = [one for one in journeys if state(one, until) != "open"]
    judged = [(within_deadline(one), one.first("customer_type")) for one in counted]
    everybody = [journey for journey, _ in judged]
    yield from _both("usage_page", "Usage page", everybody)
    beyond = [(one, kind) for one, kind in judged if one.has("New address") and one.has("Log in")]
    yield from _both("usage_page.new_address", "Usage page", [one for one, _ in beyond])
    for kind in TYPES:
        chosen = [one for one, each in beyond if each == kind]
        yield from _both(f"usage_page.new_address.{kind}", "Usage page", chosen)
    for step, later in OPTIONAL_STEPS:
        came = [one for one in everybody if one.has(later)]
        yield from _both(f"optional.{step}", step, came)


def _both(name: str, activity: str, journeys: list[Journey]) -> Iterable[Truth]:
    for side, has_it in (("with", True), ("without", False)):
        chosen = [one for one in journeys if one.has(activity) is has_it]
        completed = sum(one.has(GOAL) for one in chosen)
        yield Truth(f"{name}.{side}.counted", len(chosen))
        yield Truth(f"{name}.{side}.completed", completed)
        yield Truth(f"{name}.{side}.share", share(completed, len(chosen)))


def silent(customers: int, journeys: list[Journey]) -> Iterable[Truth]:
    """Customers of the table without any event."""
    yield Truth("silent.customers", customers - sum(journey.known for journey in journeys))
