"""Surveys: who is asked, who answers, and how happy they are.

Heavy users are happier and answer more often, so the answers alone look too good; a late
confirmation costs points, nothing else does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from .clock import DEADLINE, LAST_DAY, at, zoned
from .dice import Dice
from .events import Event, Journey, is_late, state
from .planting import HEAVY

ANSWERED_UNTIL = datetime(2026, 5, 31, 20)


class Question(Enum):
    """One question: its name, its file, and what its answers are called."""

    NPS = ("NPS", "surveys.csv", (6, 8), ("detractor", "passive", "promoter"))
    CSAT = ("CSAT", "surveys_csat.csv", (2, 3), ("dissatisfied", "neutral", "satisfied"))

    def __init__(
        self, metric: str, file: str, ends: tuple[int, int], bands: tuple[str, str, str]
    ) -> None:
        self.metric = metric
        self.file = file
        self._ends = ends
        self._bands = bands

    def band(self, score: int) -> str:
        """What an answer is called."""
        return self._bands[sum(score > end for end in self._ends)]


@dataclass(frozen=True, slots=True)
class Survey:
    """One customer who was asked; without an answer ``answered`` and ``score`` are None."""

    question: Question
    number: str
    asked: datetime
    answered: datetime | None
    score: int | None


# Ten answers that are drawn from, by kind of customer and whether the confirmation came late.
NPS_ANSWERS = {
    (True, False): (10, 10, 9, 9, 9, 8, 8, 7, 6, 5),
    (False, False): (10, 9, 8, 8, 7, 7, 6, 6, 5, 3),
    (True, True): (10, 8, 7, 6, 5, 4, 3, 2, 1, 0),
    (False, True): (9, 7, 6, 5, 4, 3, 2, 1, 0, 0),
}
CSAT_ANSWERS = (1, 1, 1, 2, 2, 2, 3, 3, 4, 5)


def surveys_of(journeys: Iterable[Journey], until: datetime) -> list[Survey]:
    """Everybody who was asked: after the final bill, and some after an abandoned move."""
    found: list[Survey] = []
    nps, csat = Dice("nps"), Dice("csat")
    for journey in journeys:
        bills = journey.times("Final bill mail")
        if not journey.known or not journey.has("Moving page"):
            continue
        is_heavy = journey.first("customer_type") == HEAVY
        if bills:
            answers = NPS_ANSWERS[is_heavy, is_late(journey)]
            day = (bills[0] + timedelta(days=nps.between(3, 5))).date()
            one = _asked(Question.NPS, journey, day, 0.75 if is_heavy else 0.25, answers, nps)
        else:
            day = (journey.times("Moving page")[0] + DEADLINE).date() + timedelta(days=2)
            is_asked = csat.chance(0.5) and state(journey, until) == "abandoned"
            one = _asked(Question.CSAT, journey, day, 0.35, CSAT_ANSWERS, csat)
            one = one if is_asked else None
        found += [one] if one else []
    return sorted(found, key=lambda one: (one.asked, one.number))


def _asked(
    question: Question,
    journey: Journey,
    day: date,
    answers_often: float,
    answers: tuple[int, ...],
    dice: Dice,
) -> Survey | None:
    """One customer asked on a day; None where the exports end before it."""
    asked = at(day, dice, 10, 16)
    answered = asked + timedelta(seconds=dice.early(900, 4 * 86_400))
    score, does_answer = dice.pick(answers), dice.chance(answers_often)
    if day >= LAST_DAY:
        return None
    if does_answer and answered < ANSWERED_UNTIL:
        return Survey(question, journey.identity, asked, answered, score)
    return Survey(question, journey.identity, asked, None, None)


def survey_events(surveys: Iterable[Survey]) -> Iterable[Event]:
    """Being asked and answering, as an analyst can know them."""
    for one in surveys:
        metric = one.question.metric
        yield Event(zoned(one.asked), f"{metric} asked", "survey", one.number, known=True)
        if one.answered is not None and one.score is not None:
            band = one.question.band(one.score)
            yield Event(zoned(one.answered), f"{metric} {band}", "survey", one.number, known=True)


def written(moment: datetime | None) -> str:
    """The moment as the survey tool exports it, with its offset; empty without one."""
    return zoned(moment).isoformat() if moment else ""
