"""Shares that say what they rest on: numerator, denominator and a 95 % interval."""

from __future__ import annotations

from dataclasses import dataclass

from cjmine.results.figures import Journeys, Proportion


@dataclass(frozen=True, slots=True)
class Share:
    """`n` of `of` with its interval at 95 %; all None where it is withheld.

    `value`, `low` and `high` are None too where `of` is 0: there is nothing to take a share of.
    `n` alone is None where the denominator may be shown and the numerator may not; `low` and
    `high` alone where the interval would tell about one customer.

    >>> Share(0.25, 0.07, 0.59, 2, 8)
    25.0 % (7.0 to 59.0), 2 of 8
    """

    value: Proportion | None
    low: Proportion | None
    high: Proportion | None
    n: Journeys | None
    of: Journeys | None

    def __post_init__(self) -> None:
        """Hold that the figures are those of one share."""
        check_share(self.value, self.low, self.high, self.n, self.of)

    def __repr__(self) -> str:
        if self.n is None or self.of is None:
            return "withheld"
        if self.value is None:
            return f"undefined, {self.n:,} of {self.of:,}"
        if self.low is None or self.high is None:
            return f"{percent(self.n, self.of)}, {self.n:,} of {self.of:,}"
        low, high = 100 * self.low, 100 * self.high
        return f"{percent(self.n, self.of)} ({low:.1f} to {high:.1f}), {self.n:,} of {self.of:,}"


def check_share(
    value: float | None, low: float | None, high: float | None, n: int | None, of: int | None
) -> None:
    """Raise ValueError where the figures are not those of one share."""
    if n is None or of is None:
        if (value, low, high, n) != (None, None, None, None):
            raise ValueError("a share without counts has no value")
        return
    if not 0 <= n <= of:
        raise ValueError("a share needs 0 <= n <= of")
    if value != (n / of if of else None) or (low is None) != (high is None):
        raise ValueError("a share disagrees with its counts")
    if low is None or high is None:
        return
    if value is None or not 0 <= low <= value <= high <= 1:
        raise ValueError("a share lies in its interval")


def percent(n: int | None, of: int | None, places: int = 1) -> str:
    """A share for people, a dash where it is withheld or undefined.

    0 % and 100 % are only shown where they are true.

    >>> percent(1, 3), percent(4999, 5000), percent(0, 7), percent(1, 0), percent(None, 7)
    ('33.3 %', '>99.9 %', '0.0 %', '–', '–')
    """
    if n is None or not of:
        return "–"
    step = 10.0**-places
    shown = f"{100 * n / of:.{places}f} %"
    if n > 0 and float(shown[:-2]) == 0:
        return f"<{step:.{places}f} %"
    if n < of and float(shown[:-2]) == 100:
        return f">{100 - step:.{places}f} %"
    return shown


WITHHELD = Share(None, None, None, None, None)
