"""The raw labels of exports and the rules proposed for them, as text and as TOML."""

from __future__ import annotations

from cjmine.reporters.escaping import padded, visible
from cjmine.results.share import percent
from cjmine.results.touchpoints import LabelRow, SourceLabels, TouchpointReport

_NAMED_BY = {
    "rule": "named by rules",
    "classifier": "named by a classifier",
    "format": "named by the format",
    "left over": "left over",
}


def render(found: TouchpointReport, top: int | None) -> str:
    """The labels by volume, `top` of each source, and the proposed rules."""
    parts = [_source_text(one, found.min_group, top) for one in found.sources]
    rules = proposals_text(found)
    if rules:
        parts.append("Proposed for cjmine.toml (change the names as you like):\n\n" + rules)
    return "\n".join(parts)


def proposals_text(found: TouchpointReport) -> str:
    """The proposed rules as TOML, each with what it would name."""
    blocks = []
    for source in found.sources:
        for one in source.proposals:
            first, *rest = one.rule.splitlines()
            share = f"{one.named:,} of {source.events:,}, {percent(one.named, source.events)}"
            first += f"  # {one.events:,} events; {source.source} is then named to {share}"
            blocks.append("\n".join([first, *rest]) + "\n")
    return "\n".join(blocks)


def _source_text(one: SourceLabels, min_group: int, top: int | None) -> str:
    labels = "1 label" if one.distinct_labels == 1 else f"{one.distinct_labels:,} labels"
    lines = [f"{visible(one.source)}: {one.events:,} events, {labels}"]
    if not one.events:
        return lines[0] + " (nothing of it becomes an event)\n"
    lines += [
        f"  {_NAMED_BY[named.named_by]:<24}{named.events:>12,}"
        f"  {percent(named.events, one.events):>7}"
        for named in one.named
        if named.events or named.named_by == "left over"
    ]
    lines += _stage_lines(one, min_group)
    kept = one.labels if top is None else one.labels[:top]
    lines += ["", f"  {'events':>10}{'customers':>11}  {'label':<44}becomes"]
    for label in kept:
        counts = f"{label.events:>10,}{label.customers:>11,}"
        lines.append(f"  {counts}  {padded(label.label, 43)} {_becomes(label)}")
    further = one.labels[len(kept) :]
    if further:
        events = sum(label.events for label in further)
        lines.append(f"  {events:>10,}{'':>11}  {len(further):,} further labels (--list all)")
    if one.hidden_labels:
        lines.append(
            f"  {one.hidden_events:>10,}{'':>11}  {one.hidden_labels:,} labels of fewer than"
            f" {min_group} customers, or that look personal"
        )
    return "\n".join(lines) + "\n"


def _stage_lines(one: SourceLabels, min_group: int) -> list[str]:
    """The coverage of each stage, where rules name any."""
    if not one.stages:
        return []
    lines = ["", f"  {'stage':<24}{'events':>12}{'':>9}{'labels':>9}"]
    for row in one.stages:
        said = f"none, or fewer than {min_group}" if row.stage is None else row.stage
        share = percent(row.events, one.events)
        lines.append(f"  {padded(said, 23)} {row.events:>12,}  {share:>7}{row.labels:>9,}")
    return lines


def _becomes(label: LabelRow) -> str:
    if label.named_by == "left over":
        return "-"
    return "left out" if label.activity is None else visible(label.activity)
