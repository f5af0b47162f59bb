"""Scales of survey questions: what an answer may be, what it is called, how it is summed up."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SCORE, SCALE, SURVEY = "score", "scale", "survey"  # two columns of a log, and a channel
_ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Band:
    """Answers from `low` to `high` that share a name."""

    low: int
    high: int
    name: str


class Summary(StrEnum):
    """The figure that answers on a scale are summed up in.

    `points`: promoters minus detractors in hundred answers, from -100 to 100. `share`: satisfied
    answers among all, from 0 to 1. `mean`: the mean of the answers, on their scale.
    """

    POINTS = "points"
    SHARE = "share"
    MEAN = "mean"


class Scale(StrEnum):
    """How a question is scored: declared, because a report mark from 1 to 10 is not an NPS."""

    NPS = "nps"
    CES_7 = "ces-7"
    CES_5 = "ces-5"
    CES_5_LOW = "ces-5-low"
    CSAT_5 = "csat-5"
    CSAT_10 = "csat-10"
    MARK_10 = "mark-10"

    @property
    def bands(self) -> tuple[Band, ...]:
        """The three named bands, from low to high; zero is an answer on the scale of the NPS."""
        return _BANDS[self]

    @property
    def low(self) -> int:
        """The lowest answer."""
        return self.bands[0].low

    @property
    def high(self) -> int:
        """The highest answer."""
        return self.bands[-1].high

    @property
    def metric(self) -> str:
        """The name of the question."""
        return {"nps": "NPS", "ces": "CES", "csat": "CSAT", "mark": "Mark"}[self.partition("-")[0]]

    @property
    def summary(self) -> Summary:
        """The figure that its answers are summed up in."""
        return {"NPS": Summary.POINTS, "CSAT": Summary.SHARE}.get(self.metric, Summary.MEAN)

    @property
    def asked(self) -> str:
        """The touchpoint of being asked the question."""
        return f"{self.metric} {_ASKED}"


_BANDS = {
    Scale.NPS: (Band(0, 6, "detractor"), Band(7, 8, "passive"), Band(9, 10, "promoter")),
    Scale.CES_7: (Band(1, 3, "hard"), Band(4, 4, "neutral"), Band(5, 7, "easy")),
    Scale.CES_5: (Band(1, 2, "hard"), Band(3, 3, "neutral"), Band(4, 5, "easy")),
    # Asked as effort: how hard was it?
    Scale.CES_5_LOW: (Band(1, 2, "easy"), Band(3, 3, "neutral"), Band(4, 5, "hard")),
    Scale.CSAT_5: (Band(1, 2, "dissatisfied"), Band(3, 3, "neutral"), Band(4, 5, "satisfied")),
    Scale.CSAT_10: (Band(1, 5, "dissatisfied"), Band(6, 7, "neutral"), Band(8, 10, "satisfied")),
    Scale.MARK_10: (Band(1, 5, "insufficient"), Band(6, 7, "sufficient"), Band(8, 10, "good")),
}


def scale_named(name: str) -> Scale | None:
    """The scale that a column name states by itself, such as NPS; None for any other name.

    >>> scale_named("NPS"), scale_named("rapportcijfer"), scale_named("score")
    (<Scale.NPS: 'nps'>, <Scale.MARK_10: 'mark-10'>, None)
    """
    return {
        "nps": Scale.NPS, "nps score": Scale.NPS,
        "ces": Scale.CES_7, "ces score": Scale.CES_7,
        "csat": Scale.CSAT_5, "csat score": Scale.CSAT_5,
        "rapportcijfer": Scale.MARK_10, "cijfer": Scale.MARK_10,
    }.get(name.strip().casefold().replace("_", " "))  # fmt: skip


def usual_scale(touchpoint: str) -> Scale | None:
    """The usual scale of what a touchpoint is called after; None where it is no such question.

    >>> usual_scale("NPS promoter"), usual_scale("CSAT"), usual_scale("Review")
    (<Scale.NPS: 'nps'>, <Scale.CSAT_5: 'csat-5'>, None)
    """
    first = touchpoint.strip().partition(" ")[0].strip(":,-").casefold()
    if first == "mark":
        return Scale.MARK_10 if touchpoint in _OWN_NAMES else None
    return {"nps": Scale.NPS, "ces": Scale.CES_7, "csat": Scale.CSAT_5}.get(first)


_OWN_NAMES = frozenset(
    name
    for scale in Scale
    for name in (scale.asked, *(f"{scale.metric} {band.name}" for band in scale.bands))
)


def is_question(touchpoint: str) -> bool:
    """Whether a touchpoint of a survey is being asked, and not the answer.

    >>> is_question("NPS asked"), is_question("NPS promoter")
    (True, False)
    """
    return touchpoint.casefold().endswith(f" {_ASKED}")


def is_survey(touchpoint: str) -> bool:
    """Whether a name alone says that a touchpoint is a survey's question or answer.

    CES is also the name of other things: it takes a name that cjmine gives.

    >>> [is_survey(name) for name in ("NPS answer", "CES asked", "CES portal", "Review")]
    [True, True, False, False]
    """
    scale = usual_scale(touchpoint)
    return touchpoint in _OWN_NAMES or scale in (Scale.NPS, Scale.CSAT_5)


def may_be_survey(touchpoint: str) -> bool:
    """Whether a touchpoint with a score is a survey's answer: a review or a quiz is none.

    >>> [may_be_survey(name) for name in ("CES", "Satisfaction survey", "Review")]
    [True, True, False]
    """
    return usual_scale(touchpoint) is not None or SURVEY in touchpoint.casefold().split()
