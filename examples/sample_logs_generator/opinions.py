"""Planted opinions: who answered, the score they gave, and the one moment that decides it."""

from collections.abc import Iterable

from .events import Journey, is_late
from .surveys import Question, Survey
from .truth import Truth

TYPES = ("heavy", "light")


def opinions(surveys: list[Survey], journeys: list[Journey]) -> Iterable[Truth]:
    """Asked and answered, raw and weighted by kind of customer, by the moments of the journey."""
    known = {journey.identity: journey for journey in journeys if journey.known}
    kinds = {number: one.first("customer_type") for number, one in known.items()}
    for question in Question:
        asked = [one for one in surveys if one.question is question]
        scores = [one.score for one in asked if one.score is not None]
        yield Truth(f"files.{question.file}.read", len(asked))
        yield Truth(f"files.{question.file}.answered", len(scores))
        yield Truth(f"files.{question.file}.loaded", len(asked))
    csat = _scores(surveys, Question.CSAT)
    yield Truth("survey.csat.satisfied", sum(score >= 4 for _, score in csat))
    nps = _scores(surveys, Question.NPS)
    yield from _scored("survey.nps", [score for _, score in nps])
    total = weighted = 0.0
    for kind in TYPES:
        asked = [
            one for one in surveys
            if one.question is Question.NPS and kinds[one.number] == kind
        ]  # fmt: skip
        found = [score for number, score in nps if kinds[number] == kind]
        yield Truth(f"survey.nps.{kind}.asked", len(asked))
        yield from _scored(f"survey.nps.{kind}", found)
        total += len(asked)
        weighted += len(asked) * _points(found)
    yield Truth("survey.nps.weighted_by_customer_type", round(weighted / total, 1))
    late = {number: is_late(journey) for number, journey in known.items()}
    again = {number: len(one.times("Meter readings")) > 1 for number, one in known.items()}
    for name, is_bad in (("Confirmation mail late", late), ("Meter readings repeated", again)):
        for side, bad in (("bad", True), ("good", False)):
            found = [score for number, score in nps if is_bad[number] is bad]
            yield from _scored(f"survey.nps.{name}.{side}", found)


def _scores(surveys: list[Survey], question: Question) -> list[tuple[str, int]]:
    return [
        (one.number, one.score)
        for one in surveys
        if one.question is question and one.score is not None
    ]


def _scored(name: str, scores: list[int]) -> Iterable[Truth]:
    yield Truth(f"{name}.answered", len(scores))
    yield Truth(f"{name}.promoters", sum(score >= 9 for score in scores))
    yield Truth(f"{name}.detractors", sum(score <= 6 for score in scores))
    yield Truth(f"{name}.points", round(_points(scores), 1))
    yield Truth(f"{name}.mean", round(sum(scores) / max(len(scores), 1), 2))


def _points(scores: list[int]) -> float:
    """Promoters minus detractors in a hundred answers."""
    net = sum((score >= 9) - (score <= 6) for score in scores)
    return 100 * net / max(len(scores), 1)
