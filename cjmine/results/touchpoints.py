"""The raw labels of exports, what names them, and the rules proposed for the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from cjmine.results.figures import STRICT, Customers, Events, Setting

Naming = Literal["rule", "classifier", "format", "left over"]


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One raw label, or all that look alike; `activity` None is left over or left out."""

    label: str
    events: Events
    customers: Customers
    named_by: Naming
    activity: str | None


@dataclass(frozen=True, slots=True)
class StageRow:
    """The events and labels of one stage; `stage` None is all that no other row holds.

    `events` is None where few customers have them.
    """

    stage: str | None
    events: Events | None
    labels: Setting


@dataclass(frozen=True, slots=True)
class NamedEvents:
    """How many events of a source got their activity in one way; None where few have them."""

    named_by: Naming
    events: Events | None


@dataclass(frozen=True, slots=True)
class ProposedRule:
    """A rule as TOML, the events that it would name, and all that are named once it is added."""

    rule: str
    events: Events
    named: Events


@dataclass(frozen=True, slots=True)
class SourceLabels:
    """The labels of one source, the largest first; all events add up.

    `labels` are those that may be shown; `hidden_labels` others are of fewer than `min_group`
    customers, or look personal, and have `hidden_events`, None where few have those.
    """

    source: str
    events: Events
    distinct_labels: Setting
    named: tuple[NamedEvents, ...]
    stages: tuple[StageRow, ...]
    labels: tuple[LabelRow, ...]
    hidden_labels: Setting
    hidden_events: Events | None
    proposals: tuple[ProposedRule, ...]


@dataclass(frozen=True, slots=True)
class TouchpointReport:
    """The labels of every source."""

    __pydantic_config__: ClassVar[Mapping[str, object]] = STRICT

    schema: Literal["cjmine/touchpoints/1"]
    sources: tuple[SourceLabels, ...]
    min_group: Setting
