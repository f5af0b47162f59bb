"""The ideal journey as pairs: which step may come right after which."""

from __future__ import annotations

from dataclasses import dataclass

from cjmine.ideal.declared import Ideal


@dataclass(frozen=True, slots=True)
class IdealPath:
    """What the ideal declares: names of touchpoints, and pairs of steps that follow directly.

    `declared` holds the steps, what is allowed anywhere, and the declared exits.
    """

    declared: frozenset[str]
    pairs: frozenset[tuple[str, str]]


def ideal_path(ideal: Ideal) -> IdealPath:
    """Which steps may follow each other directly, optional ones left out or not."""
    space, journey = ideal.space, ideal.journey
    ways = list(
        zip(space.source.tolist(), space.label.tolist(), space.target.tolist(), strict=True)
    )
    after: dict[int, set[int]] = {}
    for source, label, _ in ways:
        after.setdefault(source, set()).add(label)
    pairs = {
        (space.labels[label], space.labels[next_])
        for _, label, target in ways
        for next_ in after.get(target, ())
    }
    return IdealPath(frozenset((*space.labels, *journey.allow, *journey.exits)), frozenset(pairs))
