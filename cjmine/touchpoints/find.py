"""Touchpoints: what the raw labels of exports are, what names them, and rules for the rest."""

from __future__ import annotations

from collections.abc import Sequence

from cjmine.ingest.inputs import Inputs
from cjmine.privacy.gate import looks_personal
from cjmine.progress import Phase, Progress, ProgressEvent, no_progress
from cjmine.reporters.toml import rule_block
from cjmine.results.touchpoints import (
    LabelRow,
    NamedEvents,
    ProposedRule,
    SourceLabels,
    StageRow,
    TouchpointReport,
)
from cjmine.touchpoints import label_counts
from cjmine.touchpoints.folders import customers_of
from cjmine.touchpoints.label_counts import LabelCount, Named, labels_of
from cjmine.touchpoints.proposals import Proposal, propose
from cjmine.touchpoints.stages import stages_of


def find_touchpoints(
    inputs: Inputs, min_group: int, progress: Progress = no_progress
) -> TouchpointReport:
    """Look at all labels and propose rules for what no rule names.

    Labels of fewer than `min_group` customers, or that look personal, are only counted.
    """
    sources = labels_of(inputs, progress)
    progress(ProgressEvent(Phase.COUNT))
    return TouchpointReport(
        "cjmine/touchpoints/1", tuple(_source(one, min_group) for one in sources), min_group
    )


def _source(one: label_counts.SourceLabels, min_group: int) -> SourceLabels:
    shown = [label for label in one.labels if _may_show(label, min_group)]
    hidden = [label for label in one.labels if not _may_show(label, min_group)]
    return SourceLabels(
        source=one.source,
        events=one.events,
        distinct_labels=len(one.labels),
        named=tuple(
            NamedEvents(named.value, _events(one.having(named), min_group)) for named in Named
        ),
        stages=tuple(
            StageRow(
                count.stage, None if 0 < count.customers < min_group else count.events, count.labels
            )
            for count in stages_of(one, min_group)
        ),
        labels=tuple(_row(label) for label in shown),
        hidden_labels=len(hidden),
        hidden_events=_events(hidden, min_group),
        proposals=tuple(_proposed(rule) for rule in propose(one, min_group)),
    )


def _events(labels: Sequence[LabelCount], min_group: int) -> int | None:
    """The events of some labels; None where fewer than `min_group` customers have them."""
    if 0 < customers_of(labels) < min_group:
        return None
    return sum(label.events for label in labels)


def _row(label: LabelCount) -> LabelRow:
    return LabelRow(label.label, label.events, label.customers, label.named.value, label.activity)


def _proposed(one: Proposal) -> ProposedRule:
    return ProposedRule("\n".join(rule_block(one.rule)), one.events, one.named)


def _may_show(label: LabelCount, min_group: int) -> bool:
    return label.customers >= min_group and not looks_personal(label.label)
