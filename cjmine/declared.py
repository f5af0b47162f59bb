"""What a project declares in `cjmine.toml` beside its sources, and several verbs read.

Values only, as in `sources`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cjmine.scales import Scale


@dataclass(frozen=True, slots=True)
class Arm:
    """One arm of an experiment: its value of the column, and the share of customers planned."""

    value: str
    planned: float


@dataclass(frozen=True, slots=True)
class Experiment:
    """Customers who were put into one of two arms by chance, named by a column of the log.

    The first arm is what there was, the second what is tried. `until` is the last day; without it
    the experiment has ended.
    """

    name: str
    by: str
    arms: tuple[Arm, Arm]
    until: date | None = None


@dataclass(frozen=True, slots=True)
class DatedChange:
    """A change that was made on a day; `touches` names the step that it is about, where it does."""

    on: date
    what: str
    touches: str | None = None


@dataclass(frozen=True, slots=True)
class Worth:
    """What one goal is worth, where that is declared, and the currency of all amounts."""

    goal: float | None = None
    currency: str = "EUR"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one contact by a channel costs."""

    channel: str
    amount: float


PROMISE = 2 * 24 * 3_600_000_000


@dataclass(frozen=True, slots=True)
class DeclaredContact:
    """How customers get in touch, and what answers them.

    `activities` and `answers` are names of touchpoints, in which `*` holds for any text; () where
    the project declares none. An answer is promised within `promise` microseconds.
    """

    activities: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    costs: tuple[Cost, ...] = ()
    promise: int = PROMISE


JOURNEY = "journey"


@dataclass(frozen=True, slots=True)
class DeclaredSurvey:
    """What a survey on a scale is about, and the touchpoints by which customers are asked.

    `about` is a step, or `JOURNEY`; None is the last step before the question. `asked` are further
    touchpoints than those that loaders call so.
    """

    scale: Scale
    asked: tuple[str, ...] = ()
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Declared:
    """What a project declares of its experiments, dated changes, contacts, money and surveys.

    `like` are columns that must be equal where journeys are compared.
    """

    experiments: tuple[Experiment, ...] = ()
    changes: tuple[DatedChange, ...] = ()
    contact: DeclaredContact = DeclaredContact()
    like: tuple[str, ...] = ()
    worth: Worth = Worth()
    surveys: tuple[DeclaredSurvey, ...] = ()


NOTHING_DECLARED = Declared()
