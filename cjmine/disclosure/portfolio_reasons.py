"""Contact reasons as far as they may be shown: rare ones fold into one."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from cjmine.analysis.portfolio.reasons import ReasonCounts
from cjmine.analysis.portfolio.tallies import reason_column
from cjmine.counting.groups import Flags, Groups, Ints
from cjmine.disclosure.folds import to_fold
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.portfolio_publication import Published, round_number
from cjmine.disclosure.shown import count
from cjmine.portfolio.declared import DeclaredPortfolio
from cjmine.results.figures import OTHER, Counted
from cjmine.results.portfolio import ReasonCoverage, ReasonRow


def shown_reasons(
    found: ReasonCounts, names: tuple[str, ...], declared: DeclaredPortfolio, page: Published
) -> ReasonCoverage:
    """The reasons with a journey and those without, each sort with its rare ones as one.

    Where either sort is of too few customers, how many are covered is withheld, and the rare ones
    of both are one. All are round numbers where they would give few away beside what `page` has.
    """
    groups, policy = found.groups, page.counts.policy
    some = np.flatnonzero(groups.occurrences)
    if policy.is_small(groups.customers_of(some)):
        return ReasonCoverage(None, None, None, ())
    homes = {at: declared.home_of(names[at]) for at in some.tolist()}
    is_covered = np.array([homes.get(at) is not None for at in range(len(names))], bool)
    covered, homeless = some[is_covered[some]], some[~is_covered[some]]
    mine, others = _of(groups, covered), _of(groups, homeless)
    n = count(Counted(mine, mine.customers, others.customers), policy)
    together = any(policy.is_small(one.customers) for one in (mine, others))
    alone: list[int] = []
    rest: list[int] = []
    for codes in [some] if together else [covered, homeless]:
        hidden = _hidden(groups, codes, policy)
        alone += codes[~hidden].tolist()
        rest += codes[hidden].tolist()
    sums = [some, *([] if together else [covered]), *([one] for one in alone)]
    is_exact = page.takes_columns(*(_column(page, one) for one in sums))

    def rounded(codes: Iterable[int]) -> int:
        many = int(groups.occurrences[[*codes]].sum())
        return policy.rounded(many) if is_exact else round_number(many, policy)

    rows = [ReasonRow(names[at], rounded([at]), homes[at]) for at in alone]
    rows.sort(key=lambda one: (-one.contacts, one.reason))
    if rest and (folded := rounded(rest)):
        rows.append(ReasonRow(OTHER, folded, None))
    contacts = rounded(some.tolist())
    if together or n is None:
        return ReasonCoverage(contacts, None, None, tuple(rows))
    n = min(rounded(covered.tolist()), contacts)
    return ReasonCoverage(contacts, n, n / contacts if contacts else None, tuple(rows))


def _column(page: Published, reasons: Iterable[int]) -> Ints:
    """The contacts of some reasons together."""
    return page.kinds.sum_of(np.array([reason_column(int(at)) for at in reasons], np.int64))


def _of(groups: Groups, codes: Ints) -> Counted:
    """The contacts of some reasons; from k customers on, at least k are behind them."""
    return Counted(int(groups.occurrences[codes].sum()), groups.customers_of(codes))


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
