"""What a project declares in `cjmine.toml` beside its sources, and several verbs read.

Values only, as in `sources`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


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
class Declared:
    """The experiments and dated changes of a project, and the touchpoints that are contacts.

    `contacts` are names of touchpoints, in which `*` holds for any text; `like` are columns that
    must be equal where journeys are compared.
    """

    experiments: tuple[Experiment, ...] = ()
    changes: tuple[DatedChange, ...] = ()
    contacts: tuple[str, ...] = ()
    like: tuple[str, ...] = ()


NOTHING_DECLARED = Declared()
