"""Which steps of the ideal journey may follow each other directly."""

from __future__ import annotations

from dataclasses import dataclass

from cjmine.ideal.compiled import CompiledIdeal


@dataclass(frozen=True, slots=True)
class AllowedFlows:
    """What the ideal declares: names of touchpoints, and pairs of steps that follow directly.

    `declared` holds the steps, what is allowed anywhere, and the declared exits.
    """

    declared: frozenset[str]
    pairs: frozenset[tuple[str, str]]


def allowed_flows(ideal: CompiledIdeal) -> AllowedFlows:
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
    return AllowedFlows(
        frozenset((*space.labels, *journey.allow, *journey.exits)), frozenset(pairs)
    )
