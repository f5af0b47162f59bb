"""How much of the events of a source each stage covers, as touchpoint rules name the stages."""

from __future__ import annotations

from dataclasses import dataclass, field

from cjmine.sources import stage_named
from cjmine.touchpoints.folders import customers_of
from cjmine.touchpoints.label_counts import LabelCount, SourceLabels


@dataclass(frozen=True, slots=True)
class StageCount:
    """The events and labels of one stage; `stage` None is all that no other row holds.

    `customers` are those who have any of the labels.
    """

    stage: str | None
    events: int
    labels: int
    customers: int = field(default=0, compare=False)


def stages_of(source: SourceLabels, min_group: int) -> tuple[StageCount, ...]:
    """The stages in the order of the rules, then what has none; the events add up.

    Stages of fewer than `min_group` customers count with what has none. Empty where no rule names
    a stage.
    """
    names = dict.fromkeys(rule.stage for rule in source.rules if rule.stage is not None)
    if not names:
        return ()
    activities = {one.activity for one in source.labels}
    stage_of = {activity: stage_named(source.rules, activity) for activity in activities}
    held: dict[str | None, list[LabelCount]] = {stage: [] for stage in names}
    rest: list[LabelCount] = []
    for one in source.labels:
        held.setdefault(stage_of[one.activity], []).append(one)
    counts = []
    for stage, labels in held.items():
        if stage is None or customers_of(labels) < min_group:
            rest += labels
        else:
            counts.append(_count(stage, labels))
    return (*counts, _count(None, rest))


def _count(stage: str | None, labels: list[LabelCount]) -> StageCount:
    events = sum(one.events for one in labels)
    return StageCount(stage, events, len(labels), customers_of(labels))
