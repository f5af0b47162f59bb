"""Whether the names of a portfolio refer to each other."""

from __future__ import annotations

from collections.abc import Sequence

from cjmine.errors import Code, did_you_mean
from cjmine.ideal.yaml_nodes import Named, Problems
from cjmine.portfolio.declared import Entry, Level
from cjmine.portfolio.read_entries import Places
from cjmine.portfolio.read_reasons import NamedReason
from cjmine.wildcards import fits


def check_names(
    phases: Sequence[Named],
    entries: Sequence[Entry],
    places: Sequence[Places],
    reasons: Sequence[NamedReason],
    problems: Problems,
) -> None:
    """Add a problem for each name that is used twice, or that nothing has."""
    known = [one.name for one in phases]
    journeys: list[str] = []
    for entry, at in zip(entries, places, strict=True):
        if entry.name and entry.name in journeys:
            problems.add(
                Code.JOURNEY_DUPLICATE,
                at.name,
                f'there are two journeys "{entry.name}"',
                remedy="give one another name: name: …",
            )
        elif entry.name:
            journeys.append(entry.name)
        if entry.phase is not None and entry.phase not in known:
            near = did_you_mean(entry.phase, known)
            message = f'the life cycle has no phase "{entry.phase}"'
            problems.add(Code.JOURNEY_NAME, at.phase, message, remedy=near)
    named = {one.name: one for one in entries if one.name}
    for entry, at in zip(entries, places, strict=True):
        if entry.parent is not None:
            _check_parent(entry, at, named, problems)
    _check_reasons(reasons, problems)
    for one in reasons:
        home = one.reason.journey
        if home is not None and home not in journeys:
            near = did_you_mean(home, journeys)
            problems.add(Code.JOURNEY_NAME, one.at, f'there is no journey "{home}"', remedy=near)


def _check_reasons(reasons: Sequence[NamedReason], problems: Problems) -> None:
    """Add a problem for each reason that one above it always fits first, with another journey."""
    for place, one in enumerate(reasons):
        mine = one.reason
        for above in (each.reason for each in reasons[:place]):
            if above.journey != mine.journey and fits(mine.reason, above.reason):
                message = f'"{mine.reason}" has no effect: "{above.reason}" above it fits first'
                remedy = "write the narrower reason above the wider one"
                problems.add(Code.JOURNEY_CONFLICT, one.named, message, remedy=remedy)
                break


def _check_parent(entry: Entry, at: Places, named: dict[str, Entry], problems: Problems) -> None:
    assert entry.parent is not None
    if entry.parent not in named:
        near = did_you_mean(entry.parent, list(named))
        message = f'there is no journey "{entry.parent}"'
        problems.add(Code.JOURNEY_NAME, at.parent, message, remedy=near)
        return
    above: str | None = entry.parent
    seen = {entry.name}
    while above in named and above not in seen:
        seen.add(above)
        above = named[above].parent
    if above == entry.name:
        message = f'"{entry.name}" is a part of itself'
        problems.add(Code.JOURNEY_CONFLICT, at.parent, message, remedy="name another parent")
        return
    levels, mine, its = list(Level), entry.level, named[entry.parent].level
    if levels.index(mine) < levels.index(its):
        message = f"a {mine.value} is no part of a {its.value}"
        order = ", ".join(one.value for one in levels)
        problems.add(
            Code.JOURNEY_CONFLICT,
            at.parent,
            message,
            remedy=f"change the level of one of them; from most to least: {order}",
        )
