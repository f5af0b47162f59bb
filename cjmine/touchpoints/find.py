"""Touchpoints: what the raw labels of exports are, what names them, and rules for the rest."""

from __future__ import annotations

from dataclasses import dataclass

from cjmine.ingest.inputs import Inputs
from cjmine.privacy.gate import looks_personal
from cjmine.progress import Phase, Progress, ProgressEvent, no_progress
from cjmine.reporters.escaping import padded, visible
from cjmine.reporters.toml import rule_block
from cjmine.results.share import percent
from cjmine.touchpoints.label_counts import LabelCount, Named, SourceLabels, labels_of
from cjmine.touchpoints.proposals import Proposal, propose
from cjmine.touchpoints.stages import stages_of

SHOWN = 25
_SAID = {
    Named.RULE: "named by rules",
    Named.CLASSIFIER: "named by a classifier",
    Named.FORMAT: "named by the format",
    Named.LEFT_OVER: "left over",
}


@dataclass(frozen=True, slots=True)
class TouchpointsFound:
    """The labels of every source, and the rules proposed for each."""

    sources: tuple[SourceLabels, ...]
    proposals: tuple[tuple[Proposal, ...], ...]
    min_group: int


def find_touchpoints(
    inputs: Inputs,
    min_group: int,
    progress: Progress = no_progress,
) -> TouchpointsFound:
    """Look at all labels and propose rules for what no rule names."""
    sources = labels_of(inputs, progress)
    progress(ProgressEvent(Phase.COUNT))
    return TouchpointsFound(sources, tuple(propose(one, min_group) for one in sources), min_group)


def touchpoints_text(found: TouchpointsFound, top: int | None = SHOWN) -> str:
    """The labels by volume, and the proposed rules as they go into `cjmine.toml`."""
    parts = [_source_text(one, found.min_group, top) for one in found.sources]
    rules = proposals_text(found)
    if rules:
        parts.append("Proposed for cjmine.toml (change the names as you like):\n\n" + rules)
    return "\n".join(parts)


def proposals_text(found: TouchpointsFound) -> str:
    """The proposed rules as TOML, each with what it would name."""
    blocks = []
    for source, proposals in zip(found.sources, found.proposals, strict=True):
        for one in proposals:
            lines = rule_block(one.rule)
            share = f"{one.named:,} of {source.events:,}, {percent(one.named, source.events)}"
            lines[0] += f"  # {one.events:,} events; {source.source} is then named to {share}"
            blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def _source_text(one: SourceLabels, min_group: int, top: int | None) -> str:
    labels = "1 label" if len(one.labels) == 1 else f"{len(one.labels):,} labels"
    lines = [f"{visible(one.source)}: {one.events:,} events, {labels}"]
    if not one.events:
        return lines[0] + " (nothing of it becomes an event)\n"
    for named, said in _SAID.items():
        events = one.of(named)
        if events or named is Named.LEFT_OVER:
            lines.append(f"  {said:<24}{events:>12,}  {percent(events, one.events):>7}")
    lines += _stage_lines(one, min_group)
    shown = [label for label in one.labels if _may_show(label, min_group)]
    kept = shown if top is None else shown[:top]
    lines += ["", f"  {'events':>10}{'customers':>11}  {'label':<44}becomes"]
    for label in kept:
        counts = f"{label.events:>10,}{label.customers:>11,}"
        lines.append(f"  {counts}  {padded(label.label, 43)} {_becomes(label)}")
    if len(shown) > len(kept):
        events = sum(label.events for label in shown[len(kept) :])
        lines.append(
            f"  {events:>10,}{'':>11}  {len(shown) - len(kept):,} further labels (--list all)"
        )
    hidden = [label for label in one.labels if not _may_show(label, min_group)]
    if hidden:
        events = sum(label.events for label in hidden)
        lines.append(
            f"  {events:>10,}{'':>11}  {len(hidden):,} labels of fewer than {min_group} customers,"
            " or that look personal"
        )
    return "\n".join(lines) + "\n"


def _stage_lines(one: SourceLabels, min_group: int) -> list[str]:
    """The coverage of each stage, where rules name any."""
    counts = stages_of(one, min_group)
    if not counts:
        return []
    lines = ["", f"  {'stage':<24}{'events':>12}{'':>9}{'labels':>9}"]
    for count in counts:
        said = f"none, or fewer than {min_group}" if count.stage is None else count.stage
        share = percent(count.events, one.events)
        lines.append(f"  {padded(said, 23)} {count.events:>12,}  {share:>7}{count.labels:>9,}")
    return lines


def _may_show(label: LabelCount, min_group: int) -> bool:
    return label.customers >= min_group and not looks_personal(label.label)


def _becomes(label: LabelCount) -> str:
    if label.named is Named.LEFT_OVER:
        return "-"
    return "left out" if label.activity is None else visible(label.activity)
