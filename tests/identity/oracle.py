"""Linking by the book: the rules of `resolve`, in plain Python, one identifier at a time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

Row = tuple[int, int, int | None]  # left, right, time (None: at all times)


@dataclass
class Oracle:
    """Who is whose, found slowly."""

    customers: set[int]
    devices: set[int]
    order: list[int]
    rows: list[Row]
    hub_limit: int = 5
    backward: int = 10
    owner: dict[int, int] = field(default_factory=dict)
    hubs: set[int] = field(default_factory=set)
    clashes: set[int] = field(default_factory=set)
    shared: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.devices = self.devices - self.customers
        self.rows = [(a, b, t) for a, b, t in self.rows if a >= 0 and b >= 0 and a != b]
        codes = range(len(self.order))
        self.owner = {code: code for code in codes}
        partners = defaultdict(set)
        for a, b, _ in self.rows:
            partners[a].add(b)
            partners[b].add(a)
        for code in codes:
            if code not in self.customers and (
                len(partners[code] & self.customers) > self.hub_limit
                or len({other for other in partners[code] if self.personal(other)}) > self.hub_limit
            ):
                self.hubs.add(code)
        for code in codes:
            partners[code] = set() if code in self.hubs else partners[code] - self.hubs
        for code in codes:
            mine = partners[code] & self.customers
            if self.personal(code) and len(mine) == 1:
                self.owner[code] = next(iter(mine))
            elif self.personal(code) and len(mine) > 1:
                self.clashes.add(code)
        self._groups(partners)
        self._devices(partners)

    def personal(self, code: int) -> bool:
        return code not in self.customers and code not in self.devices

    def _groups(self, partners: dict[int, set[int]]) -> None:
        members = {c for c in self.owner if self.personal(c)} - self.hubs - self.clashes
        done: set[int] = set()
        for start in sorted(members):
            if start in done:
                continue
            group, waiting = set(), [start]
            while waiting:
                code = waiting.pop()
                if code not in group:
                    group.add(code)
                    waiting += partners[code] & members
            done |= group
            owners = {self.owner[code] for code in group} & self.customers
            if len(owners) > 1:
                self.clashes |= {code for code in group if self.owner[code] not in self.customers}
                continue
            whose = next(iter(owners), min(group, key=lambda code: self.order[code]))
            for code in group:
                self.owner[code] = whose

    def _devices(self, partners: dict[int, set[int]]) -> None:
        cut = set(self.clashes)
        for device in sorted(self.devices - self.customers - self.hubs):
            with_it = {p for p in partners[device] if p not in self.devices and p not in cut}
            owners = {self.owner[p] for p in with_it}
            stated = any(
                t is None and {a, b} & {device} and ({a, b} - {device}).pop() in partners[device]
                and ({a, b} - {device}).pop() not in self.devices
                for a, b, t in self.rows
            )  # fmt: skip
            if len(owners) == 1:
                self.owner[device] = owners.pop()
            elif len(owners) > 1:
                (self.clashes if stated else self.shared).add(device)

    def of_event(self, code: int, time: int) -> int:
        if code < 0 or code not in self.shared:
            return code if code < 0 else self.owner[code]
        cut = self.hubs | self.clashes
        seen = []
        for a, b, t in self.rows:
            if t is not None and code in (a, b):
                other = b if a == code else a
                if other not in self.devices and other not in cut:
                    seen.append((t, self.order[self.owner[other]], self.owner[other]))
        before = [one for one in seen if one[0] <= time]
        if before:
            last = max(t for t, _, _ in before)
            return min((rank, owner) for t, rank, owner in before if t == last)[1]
        after = [one for one in seen if one[0] - time <= self.backward]
        if not after:
            return code
        first = min(t for t, _, _ in after)
        return min((rank, owner) for t, rank, owner in after if t == first)[1]
