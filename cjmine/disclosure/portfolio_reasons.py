"""Contact reasons as far as they may be shown: rare ones fold into one."""

from __future__ import annotations

import numpy as np

from cjmine.analysis.portfolio.reasons import ReasonCounts
from cjmine.analysis.portfolio.tallies import reason_column
from cjmine.counting.groups import Flags, Groups, Ints
from cjmine.disclosure.folds import to_fold
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.portfolio_publication import Published
from cjmine.disclosure.shown import count
from cjmine.portfolio.declared import DeclaredPortfolio
from cjmine.results.figures import OTHER, Counted
from cjmine.results.portfolio import ReasonCoverage, ReasonRow


def shown_reasons(
    found: ReasonCounts, names: tuple[str, ...], declared: DeclaredPortfolio, page: Published
) -> ReasonCoverage:
    """The reasons with a journey and those without, each sort with its rare ones as one.

    Where either sort is of too few customers, how many are covered is withheld, and the rare ones
    of both are one. A reason that would give few away beside what `page` has is a rare one.
    """
    groups, policy = found.groups, page.counts.policy
    some = np.flatnonzero(groups.occurrences)
    if policy.is_small(groups.customers_of(some)) or not page.takes_columns(_sum(page, some)):
        return ReasonCoverage(None, None, None, ())
    homes = {at: declared.home_of(names[at]) for at in some.tolist()}
    is_covered = np.array([homes.get(at) is not None for at in range(len(names))], bool)
    covered, homeless = some[is_covered[some]], some[~is_covered[some]]
    sides = [_of(groups, covered), _of(groups, homeless)]
    together = any(policy.is_small(one.customers) for one in sides)
    together = together or not page.takes_columns(_sum(page, covered))
    rows, rest = [], []
    for codes in [some] if together else [covered, homeless]:
        hidden = _hidden(groups, codes, policy)
        order = np.argsort(-groups.occurrences[codes], kind="stable")
        for at, is_rare in zip(codes[order].tolist(), hidden[order].tolist(), strict=True):
            if is_rare or not page.takes([reason_column(at)]):
                rest.append(at)
            else:
                rows.append(ReasonRow(names[at], _contacts(groups, at, policy), homes[at]))
    rows.sort(key=lambda one: (-one.contacts, one.reason))
    contacts = policy.rounded(int(groups.occurrences[some].sum()))
    if rest and (folded := policy.rounded(int(groups.occurrences[rest].sum()))):
        rows.append(ReasonRow(OTHER, folded, None))
    if together:
        return ReasonCoverage(contacts, None, None, tuple(rows))
    mine, others = sides
    n = count(Counted(mine, mine.customers, others.customers), policy)
    n = None if n is None else min(n, contacts)
    value = None if n is None or not contacts else n / contacts
    return ReasonCoverage(contacts, n, value, tuple(rows))


def _sum(page: Published, codes: Ints) -> Ints:
    """The contacts of some reasons together, as a column."""
    return page.kinds.sum_of(np.array([reason_column(at) for at in codes.tolist()], np.int64))


def _of(groups: Groups, codes: Ints) -> Counted:
    """The contacts of some reasons; from k customers on, at least k are behind them."""
    return Counted(int(groups.occurrences[codes].sum()), groups.customers_of(codes))


def _contacts(groups: Groups, at: int, policy: Policy) -> int:
    return policy.rounded(int(groups.occurrences[at]))


def _hidden(groups: Groups, codes: Ints, policy: Policy) -> Flags:
    """Which of some reasons fold into one."""
    sizes = np.diff(groups.bounds)[codes]
    bounds = np.append(0, np.cumsum(sizes))
    members = [groups.members[groups.bounds[at] : groups.bounds[at + 1]] for at in codes.tolist()]
    some = Groups(
        groups.occurrences[codes],
        groups.customers[codes],
        bounds,
        np.concatenate([np.zeros(0, np.int64), *members]),
    )
    return to_fold(some, policy.min_group)
