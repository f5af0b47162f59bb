"""Many looks at one comparison: which differences are called real, and by which word.

A table of twenty differences shows one beyond its 95 % interval by chance alone. The words
therefore need two things: an interval that does not hold zero, and a q below 0.05 over the whole
printed table (Benjamini and Hochberg 1995). The primary measure, the goal, is one look: it keeps
its p.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from cjmine.analysis.differences import Difference
from cjmine.analysis.intervals import Z95
from cjmine.results.verdicts import RatioVerdict, Verdict

FALSE_SHARE = 0.05  # of the differences called real, so many may be chance
LEAST_JOURNEYS = 30  # on each side
LEAST_OUTCOMES = 10  # of the rarer outcome, both sides together
WARNED_BELOW, STOPPED_BELOW = 0.01, 0.001  # p of the sample ratio


class Better(Enum):
    """Which way a measure should go."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class SampleRatio:
    """The test of the planned shares of an experiment's arms."""

    chi2: float
    p: float
    verdict: RatioVerdict


def p_value(found: Difference) -> float:
    """How often chance alone gives a difference as far from zero, from its 95 % interval.

    The distance to the end of the interval nearer to zero is 1.96 standard errors on that side
    (Altman and Bland 2011), so p is below 0.05 exactly where the interval does not hold zero.

    >>> round(p_value(Difference(0.05, 0.01, 0.09)), 4)
    0.0143
    """
    if not found.value:
        return 1.0
    margin = found.value - found.low if found.value > 0 else found.high - found.value
    if not margin:
        return 0.0
    from scipy.special import ndtr

    return float(2 * ndtr(-Z95 * abs(found.value) / margin))


def q_values(p: Sequence[float | None]) -> tuple[float | None, ...]:
    """The q of each row of a printed table, from its p; None where a row was not looked at.

    If all rows with a q of at most x are called real, at most a share x of those calls is
    expected to be chance (Benjamini and Hochberg 1995).

    >>> q_values([0.01, None, 0.04, 0.03])
    (0.03, None, 0.04, 0.04)
    """
    looked = sorted((value, row) for row, value in enumerate(p) if value is not None)
    found: list[float | None] = [None] * len(p)
    least = 1.0
    for rank in range(len(looked), 0, -1):
        value, row = looked[rank - 1]
        least = min(least, value * len(looked) / rank)
        found[row] = least
    return tuple(found)


def is_enough(n: int, of: int, other_n: int, other_of: int) -> bool:
    """Whether two shares can be compared: 30 journeys a side, and 10 of the rarer outcome.

    >>> is_enough(9, 100, 1, 100), is_enough(9, 100, 0, 100), is_enough(20, 29, 50, 100)
    (True, False, False)
    """
    rarer = min(n + other_n, of - n + other_of - other_n)
    return min(of, other_of) >= LEAST_JOURNEYS and rarer >= LEAST_OUTCOMES


def verdict(
    found: Difference | None, q: float | None, better: Better, margin: float | None = None
) -> Verdict:
    """The word for a difference: the second side or period minus the first.

    Parameters
    ----------
    found
        None where there are too few journeys to say anything (see `is_enough`).
    q
        Of the row in its table; for the primary measure its p.
    margin
        The harm that would not matter, as a positive number in the unit of the difference; None
        where none is declared, and then nothing is called no harm.

    >>> verdict(Difference(-0.05, -0.07, -0.03), 0.001, Better.LOWER).value
    'gain'
    >>> verdict(Difference(0.002, -0.004, 0.008), 0.6, Better.HIGHER, margin=0.01).value
    'no harm'
    """
    if found is None or q is None:
        return Verdict.CANNOT_SAY
    worst, best = found.low, found.high
    if better is Better.LOWER:
        worst, best = -found.high, -found.low
    if q < FALSE_SHARE and worst > 0:
        return Verdict.GAIN
    if q < FALSE_SHARE and best < 0:
        return Verdict.LOSS
    if margin is not None and worst > -margin:
        return Verdict.NO_HARM
    return Verdict.CANNOT_TELL


def sample_ratio(customers: Sequence[int], planned: Sequence[float]) -> SampleRatio:
    """Whether customers fell into the arms of an experiment as planned (Pearson's chi-square).

    `planned` are positive weights or shares. Fewer customers than planned in one arm mean that
    something other than chance chose them: the arms cannot be compared (Fabijan and others 2019).
    Raises ValueError unless there are two arms or more, each with a positive plan.

    >>> found = sample_ratio([4470, 4549], [0.5, 0.5])
    >>> round(found.chi2, 3), round(found.p, 2), found.verdict.value
    (0.692, 0.41, 'as planned')
    """
    if len(customers) != len(planned) or len(planned) < 2 or min(planned) <= 0:
        raise ValueError("a sample ratio needs two arms or more, each with a positive plan")
    from scipy.special import chdtrc

    total, whole = sum(customers), sum(planned)
    expected = [total * one / whole for one in planned]
    pairs = zip(customers, expected, strict=True)
    chi2 = sum((n - one) ** 2 / one for n, one in pairs) if total else 0.0
    p = float(chdtrc(len(planned) - 1, chi2))
    if p < STOPPED_BELOW:
        return SampleRatio(chi2, p, RatioVerdict.STOP)
    return SampleRatio(
        chi2, p, RatioVerdict.WARNED if p < WARNED_BELOW else RatioVerdict.AS_PLANNED
    )
