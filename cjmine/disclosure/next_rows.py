"""What comes next after a step is left: rare things are put together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.dropoff.next_events import CAME_BACK, NOTHING, Vocabulary
from cjmine.analysis.intervals import share_of
from cjmine.analysis.keyed_cohorts import KeyedCohorts
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import count, shown
from cjmine.results.dropoff import NextKind, NextRow
from cjmine.results.figures import OTHER, Counted
from cjmine.results.share import WITHHELD, Share


@dataclass(frozen=True, slots=True)
class _Pot:
    """What is counted together: one kind, or rare ones, which may be of one channel."""

    rows: tuple[int, ...]
    channel: str | None = None


def next_rows(
    left: KeyedCohorts, went_on: KeyedCohorts, step: int, words: Vocabulary, policy: Policy
) -> tuple[NextRow, ...]:
    """What came next after one step, the commonest first and other last.

    Rare touchpoints are put together by channel, and those of rare channels over all channels.
    There are no rows where too few customers left there, or all of them did something rare.
    """
    rows = left.of(step).tolist()
    if not rows or policy.is_small(left.base.of(step).customers):
        return ()
    pots, rest = _folded(left, rows, words, policy)
    found = [
        _row(left, went_on, step, pot.rows[0], words, policy)
        if len(pot.rows) == 1
        else _other(left, step, pot, policy)
        for pot in pots
    ]
    known = [one for one in found if one is not None]
    known.sort(key=lambda one: (-one.n, one.what, one.channel or ""))
    last = _other(left, step, rest, policy) if rest.rows else None
    return (*known, last) if known and last is not None else tuple(known)


def _folded(
    left: KeyedCohorts, rows: list[int], words: Vocabulary, policy: Policy
) -> tuple[list[_Pot], _Pot]:
    """What is shown, and everything that is too rare for that, which is not too rare together."""
    customers = left.groups.customers
    pots = [_Pot((row,)) for row in rows if not policy.is_small(int(customers[row]))]
    small: dict[str | None, list[int]] = {}
    for row in rows:
        if policy.is_small(int(customers[row])):
            small.setdefault(words.channel(int(left.key[row]) % left.width), []).append(row)
    rest: list[int] = []
    for channel, some in small.items():
        if channel is None or policy.is_small(left.groups.customers_of(np.array(some))):
            rest += some
        else:
            pots.append(_Pot(tuple(some), channel))
    pots.sort(key=lambda pot: (int(left.found.having[list(pot.rows)].sum()), pot.rows))
    while rest and pots and policy.is_small(left.groups.customers_of(np.array(rest))):
        rest += pots.pop(0).rows
    return pots, _Pot(tuple(rest))


def _row(
    left: KeyedCohorts,
    went_on: KeyedCohorts,
    step: int,
    at: int,
    words: Vocabulary,
    policy: Policy,
) -> NextRow | None:
    key = int(left.key[at])
    share = shown(share_of(left.found.n(at), left.found.of(at)), policy)
    if share.n is None or share.of is None:
        return None
    what, kind, channel = _named(key % left.width, words)
    beside = shown(_share_of(went_on, step, key), policy)
    return NextRow(
        what, kind, channel, share.n, share.of, share.value, share.low, share.high, beside
    )


def _named(kind: int, words: Vocabulary) -> tuple[str, NextKind, str | None]:
    if kind == NOTHING:
        return NextKind.NOTHING.value, NextKind.NOTHING, None
    if kind == CAME_BACK:
        return NextKind.CAME_BACK.value, NextKind.CAME_BACK, None
    return words.activity(kind), NextKind.TOUCHPOINT, words.channel(kind)


def _share_of(found: KeyedCohorts, step: int, key: int) -> Share:
    """The share of those at a step that do something, even if none of them does."""
    at = int(np.searchsorted(found.key, key))
    if at < len(found.key) and found.key[at] == key:
        return share_of(found.found.n(at), found.found.of(at))
    return share_of(found.base.n(step), found.base.of(step))


def _other(left: KeyedCohorts, step: int, pot: _Pot, policy: Policy) -> NextRow | None:
    """Rare things together; their customers have no sums that an interval could be made of."""
    rows = np.array(pot.rows)
    n = Counted(int(left.found.having[rows].sum()), left.groups.customers_of(rows))
    found, of = count(n, policy), count(left.base.of(step), policy)
    if found is None or of is None:
        return None
    found = min(found, of)
    value = found / of if of else None
    return NextRow(OTHER, NextKind.OTHER, pot.channel, found, of, value, None, None, WITHHELD)
