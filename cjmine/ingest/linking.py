"""Joining what sources and customer tables say: one customer across all channels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow.compute as pc

from cjmine.columns import array
from cjmine.eventlog.log import Registered
from cjmine.identity.evidence import Codes, Evidence, Flags, Nodes
from cjmine.identity.resolve import Resolved, linked_events, resolve
from cjmine.ingest.inputs import Inputs
from cjmine.ingest.reading import SourceRead
from cjmine.loaders.customers import read_customers
from cjmine.privacy.pseudonymise import TokenTable
from cjmine.sources import Kind

DEVICES = frozenset((Kind.COOKIE, Kind.IP))


@dataclass(frozen=True, slots=True)
class Linking:
    """Who each event of each source is of; `linked` says whether some evidence knows them."""

    resolved: Resolved
    owners: tuple[Codes, ...] = field(repr=False)
    linked: tuple[Flags, ...] = field(repr=False)

    def unlinked(self, place: int) -> int:
        """Events of identifiers of a source that nothing links to a customer."""
        return int((~self.linked[place]).sum())


@dataclass(frozen=True, slots=True)
class Stated:
    """What the customer tables say, one rule a column, and all customers that they name."""

    evidence: tuple[Evidence, ...]
    customers: Codes = field(repr=False)

    def registered(self, linked: Linking | None, owners: Sequence[Codes]) -> Registered | None:
        """How many customers the tables name, and how many of them own no event; None without.

        Customers that turn out to be one count once.
        """
        named = self.customers[self.customers >= 0]
        if not len(named):
            return None
        if linked is not None:
            named = linked.resolved.owners(named, np.zeros(len(named), np.int64))
        codes = _joined(owners)
        many = int(max(named.max(), codes.max(initial=0))) + 1
        is_named, has_event = np.zeros(many, bool), np.zeros(many, bool)
        is_named[named] = True
        has_event[codes[codes >= 0]] = True
        silent = int(np.count_nonzero(is_named & ~has_event))
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


def export_evidence(inputs: Inputs, reads: Sequence[SourceRead]) -> list[Evidence]:
    """What records that hold several identifiers say, at the time of the record."""
    found: list[Evidence] = []
    for one, read in zip(inputs.sources, reads, strict=True):
        roles = one.source.roles
        if roles.customer is None or not read.time:
            continue
        for identifier, codes in zip(roles.links, read.links, strict=True):
            rule = f"{one.source.name}: {roles.customer.kind} with {identifier.kind}"
            times = np.concatenate(read.time)
            found.append(Evidence(rule, _joined(read.customer), _joined(codes), times))
    return [one for one in found if ((one.left != one.right) & (one.right >= 0)).any()]


def nodes(inputs: Inputs, table: TokenTable, ranked: bool) -> Nodes:
    """What each token code is; `ranked` by their tokens, where a choice can depend on it."""
    spine = frozenset((Kind.CUSTOMER, *(one.customer.kind for one in inputs.customers)))
    is_customer = table.of_kinds(spine)
    order = np.arange(len(is_customer), dtype=np.int64)
    if ranked:
        order[array(pc.sort_indices(table.tokens())).astype(np.int64)] = order.copy()
    return Nodes(is_customer, table.of_kinds(DEVICES), order)


def link(
    inputs: Inputs, table: TokenTable, reads: Sequence[SourceRead], stated: Stated
) -> Linking | None:
    """Find the customer of every event; None where nothing says who is who."""
    exported = export_evidence(inputs, reads)
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
    owners, linked = [], []
    for read in reads:
        codes = _joined(read.customer)
        times = np.concatenate([np.zeros(0, np.int64), *read.time])
        whose = resolved.owners(codes, times)
        owners.append(whose)
        linked.append(linked_events(resolved, codes, whose, known))
    return Linking(resolved, tuple(owners), tuple(linked))


def _joined(parts: Sequence[Codes]) -> Codes:
    return np.concatenate([np.zeros(0, np.int32), *parts])
