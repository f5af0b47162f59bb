"""Which shares a withheld one could be, by what is shown beside it."""

from __future__ import annotations

from collections.abc import Sequence

from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import shown_share
from cjmine.results.check import StateCounts, StepRow
from cjmine.results.expectations import ExpectationRow
from cjmine.results.figures import Counted, Sampled
from cjmine.results.share import Share


def possible_shares(
    row: ExpectationRow, shown: ExpectationRow, policy: Policy
) -> tuple[Share, ...]:
    """The share that is shown, or the two ends of what it could be out of a shown denominator.

    A withheld share has between 1 and k - 1 journeys on its small side, whichever that is; where
    few customers have more journeys than that, it may be any share.
    """
    of = shown.of
    assert of is not None and isinstance(row.n, Counted) and isinstance(row.of, Sampled)
    if shown.share is not None and shown.share.n is not None:
        return (shown.share,)
    is_few = policy.is_small(row.n.customers)
    side = row.n if is_few else row.of - row.n
    most = min(policy.min_group, of) - 1 if side < policy.min_group else of - 1
    ends = (1, most) if is_few else (of - most, of - 1)
    return tuple(_possible(n, of, row.of, policy) for n in ends)


def possible_drop_offs(row: StepRow, behind: Sampled, policy: Policy) -> tuple[Share, ...]:
    """The two ends of a drop-off that is withheld; nothing where those who reach it are, too.

    The cells of a step add up to the journeys that reach it, and a withheld one is no zero. It is
    a share of those `behind` it.

    >>> from cjmine.results.share import WITHHELD
    >>> row = StepRow("Pay", "", False, 50, 50, 50, 30, None, None, 0, 0, WITHHELD)
    >>> ends = possible_drop_offs(row, Sampled(50, 50, 1.0, 1.0, False), Policy(10))
    >>> [(one.n, one.of) for one in ends]
    [(1, 50), (19, 50)]
    """
    of = row.reached
    if of is None:
        return ()
    if row.abandoned is not None:
        return (_possible(min(row.abandoned, of), of, behind, policy),)
    cells = (row.went_on, row.exited, row.finished)
    hidden = sum(cell is None for cell in cells)
    most = of - sum(cell or 0 for cell in cells) - hidden
    if most < 1:
        return ()
    return tuple(_possible(n, of, behind, policy) for n in (1, most))


def _possible(n: int, of: int, behind: Sampled, policy: Policy) -> Share:
    """A share with the interval that depends on no outcome, which is withheld with the share."""
    return shown_share(n, of, behind, behind.alike, policy)


_TOO_NARROW = 3  # values that a withheld count may still have


def gives_a_cell_away(total: int, cells: Sequence[int], hidden: int, policy: Policy) -> bool:
    """Whether a rounded total and its rounded cells leave one of the hidden ones hardly any value.

    `cells` are those that are shown, `hidden` is the number of those that are not.

    >>> gives_a_cell_away(105, [95, 15], 1, Policy(10, release=True))
    True
    >>> gives_a_cell_away(105, [95], 2, Policy(10, release=True))
    False
    """
    down, up = policy.base // 2, (policy.base - 1) // 2
    rest = total - sum(cells)
    shown = sum(cell > 0 for cell in cells)
    most = rest + up + shown * down - (hidden - 1)
    least = rest - down - shown * up - (hidden - 1) * (policy.min_group - 1)
    return min(most, policy.min_group - 1) - max(least, 1) + 1 <= _TOO_NARROW


def gives_a_state_away(of: int, states: StateCounts, policy: Policy) -> bool:
    """Whether rounded counts leave a withheld state hardly any value.

    The goal rate is of the journeys that were completed, exited or abandoned. Where all errors of
    rounding point in one direction, their sum can name the one that is withheld.

    >>> states = StateCounts(60, None, 10, 20, 0)
    >>> gives_a_state_away(95, states, Policy(10, release=True))
    True
    """
    cells = (states.completed, states.exited, states.abandoned)
    known = [cell for cell in cells if cell is not None]
    if not policy.release or len(known) != len(cells) - 1:
        return False
    return gives_a_cell_away(of, known, 1, policy)
