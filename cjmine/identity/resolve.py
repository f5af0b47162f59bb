"""Identifiers of different kinds become one customer: exactly, and whatever the order of the rows.

Works on token codes only. A wrong link invents a journey, so what is doubtful stays unlinked and
is counted: an identifier of too many (a hub), of several customers (a clash), a device that several
persons use in turn (shared, resolved in time).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from cjmine.identity.evidence import (
    Codes,
    Evidence,
    Flags,
    Nodes,
    Pairs,
    Seen,
    Times,
    pairs_of,
    sightings,
)
from cjmine.sources import BACKWARD, HUB_LIMIT


@dataclass(frozen=True, slots=True)
class Resolved:
    """For every token code the code of its customer (itself where nothing links it).

    `linked` flags the codes that some evidence gives to a customer. `hubs`, `clashes` and
    `shared` are the codes that were not, or not wholly, linked. `owners` answers for events.
    """

    owner: Codes = field(repr=False)
    linked: Flags = field(repr=False)
    hubs: Codes
    clashes: Codes
    shared: Codes
    _seen: Seen = field(repr=False)
    _order: Times = field(repr=False)
    _backward: int = BACKWARD

    def owners(self, codes: Codes, times: Times) -> Codes:
        """The customer of each event; negative codes stay negative.

        An event of a shared device belongs to the customer last seen on it before; before the first
        one, to the customer who came within the declared time; else the device stays itself.
        """
        found: Codes = np.where(codes < 0, codes, self.owner[np.maximum(codes, 0)])
        if not len(self.shared):
            return found
        of_shared = np.flatnonzero(np.isin(codes, self.shared))
        found[of_shared] = self._in_time(codes[of_shared], times[of_shared])
        return found

    def _in_time(self, codes: Codes, times: Times) -> Codes:
        seen, known = self._seen, len(self._seen.device)
        device = np.concatenate([seen.device, codes])
        time = np.concatenate([seen.time, times])
        is_event = np.concatenate([np.zeros(known, bool), np.ones(len(codes), bool)])
        rank = np.concatenate([self._order[seen.partner], np.zeros(len(codes), np.int64)])
        # Of those seen at one moment the first in rank counts: it is sorted last, before events.
        order = np.lexsort((-rank, is_event, time, device))
        place = np.arange(len(order))
        event = is_event[order]
        last = np.maximum.accumulate(np.where(event, -1, place))
        coming = np.minimum.accumulate(np.where(event, len(order), place)[::-1])[::-1]
        here = np.flatnonzero(event)
        before, after = last[here], coming[here]
        mine = device[order[here]]
        use_before = (before >= 0) & (device[order[np.maximum(before, 0)]] == mine)
        ahead = np.minimum(after, len(order) - 1)
        soon = time[order[ahead]] - time[order[here]] <= self._backward
        use_after = ~use_before & (after < len(order)) & (device[order[ahead]] == mine) & soon
        owner = mine.copy()
        owner[use_before] = seen.partner[order[before[use_before]]]
        # Several at the next moment: the first rank is sorted last of that moment.
        moment = _last_of_moment(device[order], time[order], event)
        owner[use_after] = seen.partner[order[moment[after[use_after]]]]
        result = np.empty(len(codes), np.int32)
        result[order[here] - known] = owner
        return result


def linked_events(resolved: Resolved, codes: Codes, owners: Codes, known: Flags) -> Flags:
    """Which events belong to a customer of some evidence or of a customer table."""
    linked: Flags = resolved.linked[np.maximum(codes, 0)] | known[np.maximum(owners, 0)]
    linked &= codes >= 0
    linked |= owners != codes
    return linked


def resolve(
    evidence: Sequence[Evidence],
    nodes: Nodes,
    hub_limit: int = HUB_LIMIT,
    backward: int = BACKWARD,
) -> Resolved:
    """Find the customer of every identifier.

    1. Hubs: an identifier that is no customer and is seen with more than `hub_limit` different
       customers, or with more than that many different personal identifiers. It links nothing.
    2. A personal identifier seen with one customer is that customer's; with several it is a clash.
    3. Personal identifiers seen together are one person (connected components, without hubs and
       clashes). If exactly one customer is among them, all are that customer's; if none, the one
       that ranks first counts for all; if several, those that have a customer of their own keep it
       and the others are clashes.
    4. A device is of the one owner of all it was seen with. With several owners it is shared if
       every such pair was seen at moments, else a clash. Devices never link devices, and two
       customers are never one.

    Parameters
    ----------
    evidence
        Rows in any order; none gives a result in which everything stays itself.
    hub_limit
        How many customers or persons one identifier may have.
    backward
        How long (microseconds) before it was first seen a shared device may belong to a customer.

    Examples
    --------
    >>> import numpy as np
    >>> codes = lambda *each: np.array(each, np.int32)
    >>> nodes = Nodes(np.array([True, False, False]), np.zeros(3, bool), np.arange(3))
    >>> table = Evidence("customers.csv: phone", codes(1), codes(0))
    >>> form = Evidence("form: phone with email", codes(1), codes(2), np.array([0]))
    >>> resolve([table, form], nodes).owner.tolist()
    [0, 0, 0]
    """
    every = tuple(evidence)
    pairs = pairs_of(every, nodes.count)
    customer, device = nodes.is_customer, nodes.is_device & ~nodes.is_customer
    personal = ~customer & ~device
    hub = _hubs(pairs, customer, personal, hub_limit)
    pairs = pairs.only(~hub[pairs.left] & ~hub[pairs.right])
    owner = np.arange(nodes.count, dtype=np.int32)
    clash = _direct(pairs, customer, personal, owner)
    linked = owner != np.arange(nodes.count)
    _together(pairs, personal & ~clash, customer, nodes.order, owner, linked, clash)
    ambiguous = _devices(pairs, device, clash, owner, linked)
    shared = ambiguous & ~_stated(pairs, device)
    clash |= ambiguous & ~shared
    linked[pairs.left] |= customer[pairs.left]
    linked[pairs.right] |= customer[pairs.right]
    seen = _owned(sightings(every, nodes), shared, hub | clash, owner)
    return Resolved(
        owner,
        linked,
        _codes(hub),
        _codes(clash),
        _codes(shared),
        seen,
        nodes.order,
        backward,
    )


def _codes(flags: Flags) -> Codes:
    return np.flatnonzero(flags).astype(np.int32)


def _both_ways(pairs: Pairs) -> tuple[Codes, Codes]:
    return np.concatenate([pairs.left, pairs.right]), np.concatenate([pairs.right, pairs.left])


def _hubs(pairs: Pairs, customer: Flags, personal: Flags, limit: int) -> Flags:
    one, other = _both_ways(pairs)
    of_customers = np.bincount(one[customer[other]], minlength=len(customer))
    of_persons = np.bincount(one[personal[other]], minlength=len(customer))
    return ~customer & ((of_customers > limit) | (of_persons > limit))


def _direct(pairs: Pairs, customer: Flags, personal: Flags, owner: Codes) -> Flags:
    """Give personal identifiers of one customer to it; returns those of several."""
    one, other = _both_ways(pairs)
    stated = personal[one] & customer[other]
    one, other = one[stated], other[stated]
    customers = np.bincount(one, minlength=len(customer))
    single = customers[one] == 1
    owner[one[single]] = other[single]
    return customers > 1


def _together(
    pairs: Pairs,
    members: Flags,
    customer: Flags,
    order: Times,
    owner: Codes,
    linked: Flags,
    clash: Flags,
) -> None:
    """Settle the groups of personal identifiers that were seen together."""
    inside = members[pairs.left] & members[pairs.right]
    if not inside.any():
        return
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    left, right = pairs.left[inside], pairs.right[inside]
    used, local = np.unique(np.concatenate([left, right]), return_inverse=True)
    edges = coo_array(
        (np.ones(len(left), np.int8), (local[: len(left)], local[len(left) :])),
        shape=(len(used), len(used)),
    )
    count, group = connected_components(edges, directed=False)
    has_customer = customer[owner[used]]
    known = np.unique(np.stack([group[has_customer], owner[used][has_customer]], axis=1), axis=0)
    customers = np.bincount(known[:, 0], minlength=count)
    representative = np.full(count, -1, np.int64)
    by_rank = np.lexsort((order[used], group))
    firsts = by_rank[np.flatnonzero(np.diff(group[by_rank], prepend=-1))]
    representative[group[firsts]] = used[firsts]
    representative[known[:, 0]] = known[:, 1]
    settled = customers[group] <= 1
    owner[used[settled]] = representative[group[settled]]
    linked[used[settled]] = True
    lost = ~settled & ~has_customer
    clash[used[lost]] = True


def _devices(pairs: Pairs, device: Flags, clash: Flags, owner: Codes, linked: Flags) -> Flags:
    """Give devices of one owner to it; returns those of several."""
    one, other = _both_ways(pairs)
    seen = device[one] & ~device[other] & ~clash[other]
    found = np.unique(np.stack([one[seen], owner[other[seen]]], axis=1), axis=0)
    owners = np.bincount(found[:, 0], minlength=len(device))
    single = owners[found[:, 0]] == 1
    owner[found[single, 0]] = found[single, 1]
    linked[found[single, 0]] = True
    return owners > 1


def _stated(pairs: Pairs, device: Flags) -> Flags:
    """Devices that a table gives to a customer."""
    stated = np.zeros(len(device), bool)
    for one, other in ((pairs.left, pairs.right), (pairs.right, pairs.left)):
        stated[one[pairs.always & device[one] & ~device[other]]] = True
    return stated


def _owned(seen: Seen, shared: Flags, cut: Flags, owner: Codes) -> Seen:
    """The sightings of shared devices, with owners in the place of identifiers."""
    wanted = shared[seen.device] & ~cut[seen.partner]
    return Seen(seen.device[wanted], owner[seen.partner[wanted]], seen.time[wanted])


def _last_of_moment(device: Codes, time: Times, event: Flags) -> Times:
    """For each place the last sighting of the same device at the same moment."""
    places = np.arange(len(device))
    sighting = np.flatnonzero(~event)
    found = places.copy()
    if not len(sighting):
        return found
    changes = (np.diff(device[sighting]) != 0) | (np.diff(time[sighting]) != 0)
    ends = np.append(changes, True)
    end_place = np.where(ends, sighting, len(device))
    found[sighting] = np.minimum.accumulate(end_place[::-1])[::-1]
    return found
