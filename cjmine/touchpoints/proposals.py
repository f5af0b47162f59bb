"""Rules that would name what is left over: common labels one by one, starter words, folders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote

from cjmine.loaders.starter_rules import topics
from cjmine.loaders.touchpoints import Touchpoints
from cjmine.privacy.gate import looks_personal
from cjmine.sources import TouchpointRule, stage_named
from cjmine.touchpoints.folders import customers_of, folders_of
from cjmine.touchpoints.label_counts import LabelCount, Named, SourceLabels

ENOUGH = 0.95
COMMON = 0.01  # of the events of a source: a step of its own, not one of many of a topic
MOST = 60
_ALIKE = 3


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rule, the events it would name, and all that are named once it is added."""

    rule: TouchpointRule
    events: int
    named: int


def propose(found: SourceLabels, min_group: int) -> tuple[Proposal, ...]:
    """Rules for what is left over, in the order in which they help most.

    Only labels and folders of at least `min_group` customers give a rule its words, and no rule
    names fewer customers. Ends where 95 % of the events are named, or nothing is left that may be
    shown.
    """
    left = [one for one in found.labels if one.named is Named.LEFT_OVER]
    named = found.events - sum(one.events for one in left)
    proposals: list[Proposal] = []
    known = found.rules

    def add(rules: Iterable[TouchpointRule]) -> None:
        nonlocal left, named, known
        for rule in rules:
            if named >= ENOUGH * found.events or len(proposals) >= MOST:
                break
            caught = _caught(rule, left)
            if not caught or customers_of(caught) < min_group:
                continue
            left = [one for one in left if one not in caught]
            events = sum(one.events for one in caught)
            named += events
            known += (rule,) if rule.stage and not stage_named(known, rule.activity) else ()
            # An activity has one stage, which the first rule names.
            rule = replace(rule, stage=rule.stage if rule in known else None)
            proposals.append(Proposal(rule, events, named))

    add(_candidates(found, left, min_group))
    if found.looks_like == "path":
        add(_folder(found, path) for path in folders_of(left, min_group))
    return tuple(proposals)


def _candidates(
    found: SourceLabels, left: Sequence[LabelCount], min_group: int
) -> list[TouchpointRule]:
    rules: list[TouchpointRule] = []
    starts = {"subject": (("in: ", "Mail: "), ("out: ", "Mail sent: "))}.get(
        found.looks_like, (("", ""),)
    )
    for prefix, said in starts:
        for topic in topics():
            name = topic.name if not said else said + topic.name.lower()
            rule = topic.rule(found.source, prefix, name)
            rules.append(replace(rule, stage=topic.stage if found.looks_like == "path" else None))
    may = [one for one in left if one.customers >= min_group and not looks_personal(one.label)]
    alike = _beginnings(may) if found.looks_like != "path" else {}
    known = {one.label for group in alike.values() for one in group}
    common = [one for one in may if one.events >= COMMON * found.events and one.label not in known]
    rest = [one for one in left if one not in common]
    # The order of topics decides which of two words wins, so it is kept among them.
    spoken = {one.label for rule in rules for one in _caught(rule, rest)}
    rare = [one for one in may if one not in common and one.label not in spoken]
    stages: dict[str, str | None] = {}
    for rule in rules:
        for one in _caught(rule, common):
            stages.setdefault(one.label, rule.stage)
    steps = [
        (one.events, one.label, replace(_plain(found, one), stage=stages.get(one.label)))
        for one in common
    ]
    for beginning, group in alike.items():
        rule = TouchpointRule(_titled(beginning), source=found.source, glob=beginning + " *")
        steps.append((sum(one.events for one in group), beginning, rule))
    steps.sort(key=lambda step: (-step[0], step[1]))
    return [*(rule for _, _, rule in steps), *rules, *(_plain(found, one) for one in rare)]


def _beginnings(may: Sequence[LabelCount]) -> dict[str, list[LabelCount]]:
    """Labels that differ in their last words only: the beginning that at least three share."""
    found: dict[str, list[LabelCount]] = {}
    for one in may:
        words = one.label.split(" ")
        for size in range(len(words) - 1, 3, -1):
            found.setdefault(" ".join(words[:size]), []).append(one)
    chosen: dict[str, list[LabelCount]] = {}
    taken: set[str] = set()
    for beginning in sorted(found, key=lambda text: (-len(text), text)):
        group = [one for one in found[beginning] if one.label not in taken]
        if len(group) >= _ALIKE:
            chosen[beginning] = group
            taken |= {one.label for one in group}
    return chosen


def _plain(found: SourceLabels, one: LabelCount) -> TouchpointRule:
    """The rule for one label as it is shown."""
    if found.looks_like == "path" and one.raw != (one.label,):
        return TouchpointRule(_titled(one.label), source=found.source, path=one.label)
    if "{n}" in one.label:
        glob = one.label.replace("{n}", "*")
        return TouchpointRule(_titled(one.label), source=found.source, glob=glob)
    return TouchpointRule(_titled(one.label), source=found.source, label=one.label)


def _folder(found: SourceLabels, path: str) -> TouchpointRule:
    """The rule for what else lies in a folder."""
    words, sent, _ = _titled(f"{path}/").partition(" (sent)")
    root = not path or path.endswith(" ")
    name = "Other pages" if root else f"{words}: other"
    return TouchpointRule(name + sent, source=found.source, glob=f"{path}/*")


def _titled(label: str) -> str:
    """A label as people would say it.

    >>> _titled("/mijn/facturen/{id}"), _titled("in: vraag over {n}"), _titled("POST /order")
    ('Mijn facturen', 'Mail: vraag over', 'Order (sent)')
    >>> _titled("/blog/tags/jquery%20mobile")
    'Blog tags jquery mobile'
    """
    said = _decoded(label)
    if looks_personal(said):
        said = label
    sent = re.match(r"(POST|PUT|PATCH|DELETE) ", said)
    said = re.sub(r"^[A-Z]+ (?=/)", "", said)
    for prefix, name in (("in: ", "Mail: "), ("out: ", "Mail sent: ")):
        if said.startswith(prefix):
            rest = re.sub(r"\{\w+\}", "", said.removeprefix(prefix)).strip(" -:#")
            return name + (rest or "other")
    words = re.sub(r"\.\w{2,5}$", "", re.sub(r"\{\w+\}", "", said))
    words = " ".join(re.sub(r"[/_\-.]+", " ", words).split()) or "Home page"
    return words[:1].upper() + words[1:] + (" (sent)" if sent else "")


def _decoded(words: str) -> str:
    """Percent-coded signs as the signs that they are, where all of them can be read."""
    read = unquote(words)
    return read if read.isprintable() and "\ufffd" not in read else words


def _caught(rule: TouchpointRule, left: Sequence[LabelCount]) -> list[LabelCount]:
    """The labels whose every raw form the rule catches."""
    raw = [label for one in left for label in one.raw]
    places = Touchpoints((rule,), rule.source or "").caught_by(raw)
    hit = {label for label, place in zip(raw, places, strict=True) if place is not None}
    return [one for one in left if all(label in hit for label in one.raw)]
