"""Three ideas about the journey: one that worked, one that did not, one born in a bad week."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from .clock import DEADLINE, FORM_CHANGE, MAILING_DAY
from .events import Journey, drop_offs, state, within_deadline
from .truth import Truth, share

IDEAS = """\
# yaml-language-server: $schema=../cjmine/ideas/ideas.schema.json
# What was tried for the journey of this folder, and what each idea promised.
ideas:
  - id: M-1
    title: The meter form remembers what was typed
    journey: moving-house
    step: Meter readings
    metric: drop-off
    owner: online
    status: done
    noted: 2026-03-10
    since: 2026-03-16
    expected: -10 pp
  - id: M-2
    title: A shorter moving page
    journey: moving-house
    step: Moving page
    metric: drop-off
    owner: online
    status: done
    noted: 2026-03-17
    since: 2026-03-23
    expected: -6 pp
  - id: M-3
    title: A shorter newsletter       # after the calls of the last week of March
    journey: moving-house
    touchpoint: "Call: newsletter question"
    metric: contact
    owner: service-moving
    status: done
    noted: 2026-03-30
    since: 2026-04-06
    expected: -10                     # journeys a week
"""

WEEK = timedelta(days=7)
FIRST = date(2026, 1, 5)
NEWSLETTER = "Call: newsletter question"
# Of each idea: when it was written down and began, and the step where it should keep people.
DECLARED = (
    ("M-1", date(2026, 3, 10), FORM_CHANGE, "Meter readings"),
    ("M-2", date(2026, 3, 17), FORM_CHANGE + WEEK, "Moving page"),
    ("M-3", date(2026, 3, 30), MAILING_DAY + timedelta(days=13), None),
)


def ideas(journeys: Sequence[Journey], until: datetime) -> Iterable[Truth]:
    """Before, after, and in the month in which it was born: who leaves, or calls."""
    counted = [journey for journey in journeys if state(journey, until) != "open"]
    for name, noted, since, step in DECLARED:
        born = noted - timedelta(days=noted.weekday())
        before = [
            week for week in _weeks(FIRST, since - DEADLINE) if week not in (born, born - WEEK)
        ]
        after = _weeks(since, (until - DEADLINE).date())
        month_end = min(born + WEEK, since)
        month = _weeks(month_end - 4 * WEEK, month_end)
        for side, weeks in (("before", before), ("after", after), ("month", month)):
            having, of = _counts([one for one in counted if _in(one, weeks)], step)
            yield Truth(f"ideas.{name}.{side}.weeks", len(weeks))
            yield Truth(f"ideas.{name}.{side}.having", having)
            yield Truth(f"ideas.{name}.{side}.of", of)
            yield Truth(f"ideas.{name}.{side}.share", share(having, of))


def _weeks(first: date, end: date) -> list[date]:
    """The first days of the whole weeks from a Monday up to a day, which is in none."""
    return [first + n * WEEK for n in range((end - first) // WEEK)]


def _in(journey: Journey, weeks: list[date]) -> bool:
    day = journey.times("Moving page")[0].date()
    return any(week <= day < week + WEEK for week in weeks)


def _counts(journeys: list[Journey], step: str | None) -> tuple[int, int]:
    judged = [within_deadline(journey) for journey in journeys]
    if step is None:
        return sum(journey.has(NEWSLETTER) for journey in judged), len(judged)
    return drop_offs(judged)[step]
