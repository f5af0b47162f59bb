"""Journeys that overlap by what they declare, and parents for journeys that are too many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from cjmine.analysis.portfolio.members import Member
from cjmine.portfolio.declared import Entry

_HALF = 2
_FEWEST = 3  # journeys that a parent is proposed for


def overlaps(members: Sequence[Member]) -> Iterator[tuple[str, str, int, int]]:
    """Pairs of journeys of one level that share half or more of the touchpoints of the shorter.

    With how many they share, of how many. The values of a template are one journey; a journey
    shares touchpoints with its parent by intent.
    """
    first: dict[str, Member] = {}
    for one in members:
        if one.ideal is not None:
            first.setdefault(one.entry.name, one)
    journeys = list(first.values())
    steps = [_steps(one) for one in journeys]
    for at, one in enumerate(journeys):
        for other_at, other in enumerate(journeys[:at]):
            if one.entry.level is not other.entry.level:
                continue
            if one.entry.name == other.entry.parent or other.entry.name == one.entry.parent:
                continue
            shared = len(steps[at] & steps[other_at])
            least = min(len(steps[at]), len(steps[other_at]))
            if shared and shared * _HALF >= least:
                yield other.entry.name, one.entry.name, shared, least


def _steps(member: Member) -> set[str]:
    assert member.ideal is not None
    return {step.name for step in member.ideal.journey.steps}


def proposed_parents(entries: Sequence[Entry]) -> list[str]:
    """Parents for many journeys, with how many each would have: by first word, else by phase.

    >>> proposed_parents([Entry(name) for name in ("bill a", "bill b", "bill c", "move")])
    ['bill (3)']
    """
    words = Counter(_word(one.name) for one in entries)
    common = {word for word, many in words.items() if many >= _FEWEST}
    rest = Counter(
        one.phase for one in entries if _word(one.name) not in common and one.phase is not None
    )
    found = [(word, words[word]) for word in common]
    found += [(phase, many) for phase, many in rest.items() if many >= _FEWEST]
    return [f"{name} ({many})" for name, many in sorted(found, key=lambda one: (-one[1], one[0]))]


def _word(name: str) -> str:
    return name.replace("-", " ").replace("_", " ").split(" ")[0]
