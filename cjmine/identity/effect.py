"""What each rule of linking does: the same log with it and without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cjmine.identity.evidence import Codes, Evidence, Flags, Nodes, Times, pairs_of
from cjmine.identity.resolve import Resolved, resolve
from cjmine.sources import BACKWARD, HUB_LIMIT


@dataclass(frozen=True, slots=True)
class RuleEffect:
    """One rule: its distinct pairs, the events whose customer it changes, and the customers.

    `customers_without` is how many customers there would be if only this rule were left out, and
    `across_without` how many of them would be met in more than one source.
    """

    rule: str
    pairs: int
    events: int
    customers_without: int
    across_without: int


@dataclass(frozen=True, slots=True)
class Identity:
    """How the identifiers of a log became customers.

    `linked` counts the events that some evidence gives to a customer; the others are of identifiers
    that nothing links. `in_hubs`, `in_clashes` and `on_shared` are events of such identifiers, and
    `across` counts the customers that are met in more than one source.
    """

    events: int
    linked: int
    identifiers: int
    customers: int
    across: int
    hubs: int
    in_hubs: int
    clashes: int
    in_clashes: int
    shared: int
    on_shared: int
    rules: tuple[RuleEffect, ...]


def identity_of(
    evidence: Sequence[Evidence],
    nodes: Nodes,
    codes: Codes,
    times: Times,
    sources: Codes,
    known: Flags,
    hub_limit: int = HUB_LIMIT,
    backward: int = BACKWARD,
) -> Identity:
    """What linking does to the events with these codes, times and numbers of sources.

    `known` marks the codes of customers that a table names.

    Examples
    --------
    >>> import numpy as np
    >>> nodes = Nodes(np.array([True, False]), np.zeros(2, bool), np.arange(2))
    >>> table = Evidence("table", np.array([1], np.int32), np.array([0], np.int32))
    >>> codes = np.array([0, 1], np.int32)
    >>> found = identity_of([table], nodes, codes, np.array([0, 1]), codes, nodes.is_customer)
    >>> found.customers, found.rules[0].customers_without, found.rules[0].events
    (1, 2, 1)
    """
    resolved = resolve(evidence, nodes, hub_limit, backward)
    owners = resolved.owners(codes, times)
    rules = dict.fromkeys(one.rule for one in evidence)
    effects = []
    for rule in rules:
        rest = [one for one in evidence if one.rule != rule]
        without = resolve(rest, nodes, hub_limit, backward).owners(codes, times)
        mine = pairs_of(tuple(one for one in evidence if one.rule == rule), nodes.count)
        changed = int((without != owners).sum())
        effects.append(
            RuleEffect(rule, len(mine.left), changed, _distinct(without), _across(without, sources))
        )
    return Identity(
        events=len(codes),
        linked=int(linked_events(resolved, codes, owners, known).sum()),
        identifiers=_distinct(codes),
        customers=_distinct(owners),
        across=_across(owners, sources),
        hubs=len(resolved.hubs),
        in_hubs=int(np.isin(codes, resolved.hubs).sum()),
        clashes=len(resolved.clashes),
        in_clashes=int(np.isin(codes, resolved.clashes).sum()),
        shared=len(resolved.shared),
        on_shared=int(np.isin(codes, resolved.shared).sum()),
        rules=tuple(effects),
    )


def linked_events(resolved: Resolved, codes: Codes, owners: Codes, known: Flags) -> Flags:
    """Which events belong to a customer of some evidence or of a customer table."""
    linked: Flags = resolved.linked[np.maximum(codes, 0)] | known[np.maximum(owners, 0)]
    linked &= codes >= 0
    linked |= owners != codes
    return linked


def _distinct(codes: Codes) -> int:
    return len(np.unique(codes[codes >= 0]))


def _across(owners: Codes, sources: Codes) -> int:
    """How many customers are met in more than one source."""
    known = owners >= 0
    met = np.unique(np.stack([owners[known], sources[known]], axis=1), axis=0)
    return int((np.unique(met[:, 0], return_counts=True)[1] > 1).sum()) if len(met) else 0
