"""Joining what sources and customer tables say: one customer across all channels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from cjmine.eventlog.log import Registered
from cjmine.identity.evidence import Codes, Evidence, Flags, Nodes, Times, condensed
from cjmine.identity.resolve import Resolved, linked_events, resolve
from cjmine.ingest.inputs import Inputs
from cjmine.ingest.source_read import SourceRead
from cjmine.loaders.batch import CUSTOMER, LINK, TIME
from cjmine.loaders.customers import read_customers
from cjmine.privacy.pseudonymise import TokenTable
from cjmine.sources import Kind

DEVICES = frozenset((Kind.COOKIE, Kind.IP))


@dataclass(frozen=True, slots=True)
class Linking:
    """Who is who, the evidence of the exports, and how many events of each source nothing links."""

    resolved: Resolved
    exported: tuple[Evidence, ...] = field(repr=False)
    unlinked: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """What the customer tables say, one rule a column, and all customers that they name."""

    evidence: tuple[Evidence, ...]
    customers: Codes = field(repr=False)

    def registered(self, linked: Linking | None, counts: Times) -> Registered | None:
        """How many customers the tables name, and how many of them own no event; None without.

        `counts` are the events of each customer. Customers that turn out to be one count once.
        """
        named = self.customers[self.customers >= 0]
        if not len(named):
            return None
        if linked is not None:
            named = linked.resolved.owners(named, np.zeros(len(named), np.int64))
        is_named = np.zeros(len(counts), bool)
        is_named[named] = True
        silent = int(np.count_nonzero(is_named & (counts == 0)))
        return Registered(int(np.count_nonzero(is_named)), silent)

    def known(self, count: int) -> Flags:
        """Which of so many token codes are customers of a table."""
        found = np.zeros(count, bool)
        found[self.customers[self.customers >= 0]] = True
        return found


def table_evidence(inputs: Inputs, table: TokenTable) -> Stated:
    """Read the customer tables; what they state holds at all times."""
    found: list[Evidence] = []
    customers: list[Codes] = []
    for declared in inputs.customers:
        parts: list[list[tuple[Codes, Codes]]] = [[] for _ in declared.links]
        for rows in read_customers(declared):
            spine = table.pseudonymise(rows.column(0), declared.customer).codes
            customers.append(spine)
            for place, identifier in enumerate(declared.links):
                codes = table.pseudonymise(rows.column(place + 1), identifier).codes
                parts[place].append((codes, spine))
        for identifier, each in zip(declared.links, parts, strict=True):
            found.append(
                Evidence(
                    f"{declared.path.name}: {identifier.column}",
                    _joined([codes for codes, _ in each]),
                    _joined([spine for _, spine in each]),
                )
            )
    return Stated(tuple(found), _joined(customers))


def export_evidence(
    inputs: Inputs, table: TokenTable, reads: Sequence[SourceRead]
) -> tuple[Evidence, ...]:
    """What records that hold several identifiers say, at the time of the record; each once."""
    is_device = table.of_kinds(DEVICES) & ~table.of_kinds(_spine(inputs))
    found: list[Evidence] = []
    for one, read in zip(inputs.sources, reads, strict=True):
        roles = one.source.roles
        if roles.customer is None or not read.pieces:
            continue
        customer, time = read.column(CUSTOMER), read.column(TIME)
        for place, identifier in enumerate(roles.links):
            rule = f"{one.source.name}: {roles.customer.kind} with {identifier.kind}"
            columns = zip(customer, read.column(f"{LINK}{place}"), time, strict=True)
            said = [condensed(Evidence(rule, *each), is_device) for each in columns]
            found.append(said[0] if len(said) == 1 else condensed(_together(said), is_device))
    return tuple(one for one in found if len(one.left))


def _together(said: Sequence[Evidence]) -> Evidence:
    """What parts say of one rule."""
    times = [one.time for one in said if one.time is not None]
    left, right = _joined([one.left for one in said]), _joined([one.right for one in said])
    return Evidence(said[0].rule, left, right, np.concatenate(times))


def _spine(inputs: Inputs) -> frozenset[Kind]:
    """The kinds of identifier that customers are known by."""
    return frozenset((Kind.CUSTOMER, *(one.customer.kind for one in inputs.customers)))


def nodes(inputs: Inputs, table: TokenTable, ranked: bool) -> Nodes:
    """What each token code is; `ranked` by their tokens, where a choice can depend on it."""
    is_customer = table.of_kinds(_spine(inputs))
    ranks = table.made.ranks() if ranked else np.arange(len(is_customer))
    return Nodes(is_customer, table.of_kinds(DEVICES), ranks.astype(np.int64))


def link(
    inputs: Inputs, table: TokenTable, reads: Sequence[SourceRead], stated: Stated
) -> Linking | None:
    """Make the customer of every event its owner; None where nothing says who is who."""
    exported = export_evidence(inputs, table, reads)
    if not stated.evidence and not exported:
        return None
    what = nodes(inputs, table, ranked=bool(exported))
    known = stated.known(what.count)
    resolved = resolve(
        [*stated.evidence, *exported],
        what,
        inputs.identity.hubs,
        inputs.identity.backward,
    )
    unlinked = []
    for read in reads:
        events = _unlinked_in_runs(read, resolved, known)
        for piece in read.pieces:
            codes = piece.column(CUSTOMER)
            owners = resolved.owners(codes, piece.column(TIME))
            events += int(np.count_nonzero(~linked_events(resolved, codes, owners, known)))
            piece.put(CUSTOMER, owners)
        unlinked.append(events)
    return Linking(resolved, exported, tuple(unlinked))


def _unlinked_in_runs(read: SourceRead, resolved: Resolved, known: Flags) -> int:
    """How many settled events are of customers of which nothing says more: each is its own."""
    if read.in_runs is None:
        return 0
    customers = read.in_runs.customers
    linked = linked_events(resolved, customers, customers, known)
    return int(read.in_runs.events[~linked].sum())


def _joined(parts: Sequence[Codes]) -> Codes:
    return np.concatenate([np.zeros(0, np.int32), *parts])
