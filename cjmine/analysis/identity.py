"""What each rule of linking does: the same log with it and without it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cjmine.identity.evidence import Codes, Evidence, Flags, Nodes, Times, pairs_of
from cjmine.identity.resolve import linked_events, resolve
from cjmine.results.figures import Counted
from cjmine.results.identity import IdentityReport, LinkRule
from cjmine.sources import BACKWARD, HUB_LIMIT


def identity_of(
    evidence: Sequence[Evidence],
    nodes: Nodes,
    codes: Codes,
    times: Times,
    sources: Codes,
    known: Flags,
    hub_limit: int = HUB_LIMIT,
    backward: int = BACKWARD,
) -> IdentityReport:
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
        everybody = _distinct(without)
        effects.append(
            LinkRule(
                rule,
                Counted(len(mine.left), _distinct(mine.left)),
                _of(owners, without != owners),
                Counted(everybody, everybody),
                _part(_across(without, sources), everybody),
            )
        )
    customers = _distinct(owners)
    linked = linked_events(resolved, codes, owners, known)
    return IdentityReport(
        schema="cjmine/identity/1",
        events=Counted(len(codes), customers),
        identifiers=Counted(_distinct(codes), customers),
        customers=Counted(customers, customers),
        linked=_of(owners, linked),
        across=_part(_across(owners, sources), customers),
        rules=tuple(effects),
        hub_limit=hub_limit,
        hubs=_each(resolved.hubs),
        hub_events=_of(owners, np.isin(codes, resolved.hubs)),
        clashes=_each(resolved.clashes),
        clash_events=_of(owners, np.isin(codes, resolved.clashes)),
        shared_devices=_each(resolved.shared),
        shared_device_events=_of(owners, np.isin(codes, resolved.shared)),
        backward_seconds=backward / 1_000_000,
    )


def _of(owners: Codes, events: Flags) -> Counted:
    """How many events are marked, with the customers behind them and behind all others."""
    return Counted(int(events.sum()), _distinct(owners[events]), _distinct(owners[~events]))


def _part(customers: int, everybody: int) -> Counted:
    return Counted(customers, customers, everybody - customers)


def _each(identifiers: Codes) -> Counted:
    """Identifiers without a link to another one: each of them counts as a customer of its own."""
    return Counted(len(identifiers), len(identifiers))


def _distinct(codes: Codes) -> int:
    return int(np.count_nonzero(np.bincount(codes[codes >= 0])))


def _across(owners: Codes, sources: Codes) -> int:
    """How many customers are met in more than one source."""
    known = owners >= 0
    owner, source = owners[known], sources[known]
    people = int(owner.max(initial=-1)) + 1
    first, last = np.full(people, np.iinfo(np.int64).max), np.full(people, -1)
    np.minimum.at(first, owner, source)
    np.maximum.at(last, owner, source)
    return int(np.count_nonzero(first < last))
