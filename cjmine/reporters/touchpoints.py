"""The raw labels of exports and the rules proposed for them, as text and as TOML."""

from __future__ import annotations

from cjmine.reporters.escaping import padded, visible
from cjmine.reporters.language import Language
from cjmine.reporters.terminal import Screen
from cjmine.results.touchpoints import LabelRow, SourceLabels, TouchpointReport

_LEFT_OVER = "left over"


def render(found: TouchpointReport, top: int | None, screen: Screen) -> str:
    """The labels by volume, `top` of each source, and the proposed rules."""
    language = screen.language
    parts = [_source_text(one, found.min_group, top, screen) for one in found.sources]
    rules = proposals_text(found, language)
    if rules:
        parts.append(f"{language.say('labels.proposed')}\n\n{rules}")
    return "\n".join(parts)


def proposals_text(found: TouchpointReport, language: Language) -> str:
    """The proposed rules as TOML, each with what it would name."""
    blocks = []
    for source in found.sources:
        for one in source.proposals:
            first, *rest = one.rule.splitlines()
            remark = language.say(
                "labels.proposal",
                events=language.count(one.events),
                source=source.source,
                n=language.count(one.named),
                of=language.count(source.events),
                share=language.share(one.named, source.events),
            )
            blocks.append("\n".join([f"{first}  # {remark}", *rest]) + "\n")
    return "\n".join(blocks)


def _source_text(one: SourceLabels, min_group: int, top: int | None, screen: Screen) -> str:
    language = screen.language
    count = language.count
    title = language.say(
        "labels.source",
        source=visible(one.source),
        events=count(one.events),
        labels=language.counted("label", one.distinct_labels),
    )
    if not one.events:
        return f"{title} {language.say('labels.nothing')}\n"
    lines = [title]
    for named in one.named:
        if named.events != 0 or named.named_by == _LEFT_OVER:
            way = language.say(f"labels.by-{named.named_by.replace(' ', '-')}")
            share = language.share(named.events, one.events)
            lines.append(f"  {way:<24}{count(named.events):>12}  {share:>7}")
    lines += _stage_lines(one, min_group, language)
    kept = one.labels if top is None else one.labels[:top]
    keys = ("events", "customers", "label", "becomes")
    events, customers, name, becomes = (language.say(f"labels.{key}") for key in keys)
    wide = screen.names((label.label for label in kept), 44)
    lines += ["", f"  {events:>10}{customers:>11}  {name:<{wide}}{becomes}"]
    for label in kept:
        counts = f"{count(label.events):>10}{count(label.customers):>11}"
        lines.append(f"  {counts}  {padded(label.label, wide - 1)} {_becomes(label, language)}")
    further = one.labels[len(kept) :]
    if further:
        rest = language.say("labels.further", n=count(len(further)))
        lines.append(f"  {count(sum(label.events for label in further)):>10}{'':>11}  {rest}")
    if one.hidden_labels:
        hidden = language.say("labels.hidden", n=count(one.hidden_labels), k=count(min_group))
        lines.append(f"  {count(one.hidden_events):>10}{'':>11}  {hidden}")
    return "\n".join(lines) + "\n"


def _stage_lines(one: SourceLabels, min_group: int, language: Language) -> list[str]:
    """The coverage of each stage, where rules name any."""
    if not one.stages:
        return []
    stage, events, labels = (language.say(f"labels.{key}") for key in ("stage", "events", "labels"))
    lines = ["", f"  {stage:<24}{events:>12}{'':>9}{labels:>9}"]
    for row in one.stages:
        none = language.say("labels.no-stage", k=language.count(min_group))
        said = none if row.stage is None else row.stage
        share = language.share(row.events, one.events)
        lines.append(
            f"  {padded(said, 23)} {language.count(row.events):>12}  {share:>7}"
            f"{language.count(row.labels):>9}"
        )
    return lines


def _becomes(label: LabelRow, language: Language) -> str:
    if label.named_by == _LEFT_OVER:
        return "-"
    return language.say("labels.left-out") if label.activity is None else visible(label.activity)
