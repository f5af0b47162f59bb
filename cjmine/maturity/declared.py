"""Three lines, five stages, the evidence of each stage, and what only people can answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Line(StrEnum):
    """What an organisation does with journeys: draw them, measure them, manage them."""

    MAPPING = "mapping"
    MINING = "mining"
    MANAGING = "managing"


class Stage(StrEnum):
    """How far a line is, the least first."""

    NOTICED = "noticed"
    TRIED = "tried"
    REPEATABLE = "repeatable"
    STEERED = "steered"
    SELF_IMPROVING = "self-improving"

    @property
    def level(self) -> int:
        """Its number, from 1.

        >>> Stage.NOTICED.level, Stage.SELF_IMPROVING.level
        (1, 5)
        """
        return list(Stage).index(self) + 1


class Evidence(StrEnum):
    """What files can show; a stage has all evidence that `STAGES` lists for it."""

    IDEAL = "ideal"
    OWNED_IDEAL = "owned-ideal"
    ALL_OWNED = "all-owned"
    REVIEWED = "reviewed"
    EXPECTED = "expected"
    HEARD = "heard"
    SOURCES = "sources"
    LINKED = "linked"
    REJECTS = "rejects"
    CHECKED = "checked"
    GATED = "gated"
    FOLLOWED = "followed"
    PORTFOLIO = "portfolio"
    IDEAS = "ideas"
    OWNERS = "owners"
    REVIEW_BY = "review-by"
    MEASURED = "measured"
    CALIBRATED = "calibrated"


STAGES: dict[Line, tuple[tuple[Evidence, ...], ...]] = {
    Line.MAPPING: (
        (Evidence.IDEAL,),
        (Evidence.OWNED_IDEAL,),
        (Evidence.ALL_OWNED, Evidence.REVIEWED),
        (Evidence.EXPECTED,),
        (Evidence.HEARD,),
    ),
    Line.MINING: (
        (Evidence.SOURCES,),
        (Evidence.LINKED,),
        (Evidence.REJECTS, Evidence.CHECKED),
        (Evidence.GATED,),
        (Evidence.FOLLOWED,),
    ),
    Line.MANAGING: (
        (Evidence.PORTFOLIO,),
        (Evidence.IDEAS,),
        (Evidence.OWNERS, Evidence.REVIEW_BY),
        (Evidence.MEASURED,),
        (Evidence.CALIBRATED,),
    ),
}


class Question(StrEnum):
    """What files cannot answer: the keys of `maturity.yaml`."""

    CUSTOMERS_ASKED = "customers-asked"
    DRAWN_TOGETHER = "drawn-together"
    MAP_KNOWN = "map-known"
    MAP_CHANGED = "map-changed"
    FIGURES_BELIEVED = "figures-believed"
    FIGURES_SEEN = "figures-seen"
    SECOND_PERSON = "second-person"
    ALARM_ACTED_ON = "alarm-acted-on"
    DISCUSSED_MONTHLY = "discussed-monthly"
    OWNER_DECIDES = "owner-decides"
    IDEA_STOPPED = "idea-stopped"
    GOALS_OF_LEADERS = "goals-of-leaders"

    @property
    def line(self) -> Line:
        """The line that it is about: four questions each, in the order of the lines.

        >>> Question.FIGURES_SEEN.line.value
        'mining'
        """
        return list(Line)[list(Question).index(self) // 4]


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody says is so, since a day; nothing shows it."""

    question: Question
    since: date
