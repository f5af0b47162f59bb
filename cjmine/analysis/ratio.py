"""Shares that tell what they rest on: numerator, denominator and a 95 % interval."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Ratio:
    """`n` of `of`; undefined where `of` is 0, never 0 or 1 by rounding.

    The interval is Wilson's (1927) score interval at 95 %: it stays within 0 and 1 and holds for
    small groups and for shares near the ends.

    >>> Ratio(1745, 4812)
    36.3 % (34.9 to 37.6), 1,745 of 4,812
    """

    n: int
    of: int

    def __post_init__(self) -> None:
        if not 0 <= self.n <= self.of:
            raise ValueError("a share needs 0 <= n <= of")

    @property
    def value(self) -> float | None:
        """The share, from 0 to 1; None where there is nothing to take a share of."""
        return self.n / self.of if self.of else None

    @property
    def low(self) -> float | None:
        """The lower end of the interval."""
        return self._wilson(-1)

    @property
    def high(self) -> float | None:
        """The upper end of the interval."""
        return self._wilson(1)

    def _wilson(self, side: int) -> float | None:
        if not self.of:
            return None
        if self.n == (0 if side < 0 else self.of):
            return 0.0 if side < 0 else 1.0
        share, square = self.n / self.of, Z95 * Z95
        middle = share + square / (2 * self.of)
        spread = Z95 * sqrt(share * (1 - share) / self.of + square / (4 * self.of * self.of))
        return (middle + side * spread) / (1 + square / self.of)

    def __repr__(self) -> str:
        if self.low is None or self.high is None:
            return f"undefined, {self.n:,} of {self.of:,}"
        low, high = 100 * self.low, 100 * self.high
        return f"{percent(self.n, self.of)} ({low:.1f} to {high:.1f}), {self.n:,} of {self.of:,}"


@dataclass(frozen=True, slots=True)
class Change:
    """How much larger a share is than another, from -1 to 1, with its 95 % interval.

    The interval is Newcombe's (1998, method 10): it combines the Wilson intervals of both shares.
    """

    value: float
    low: float
    high: float


def change(now: Ratio, before: Ratio) -> Change | None:
    """The difference of two independent shares; None where either is undefined.

    >>> one = change(Ratio(320, 2232), Ratio(216, 2160))
    >>> f"{one.value:.3f} ({one.low:.3f} to {one.high:.3f})"
    '0.043 (0.024 to 0.063)'
    """
    if now.value is None or before.value is None:
        return None
    assert now.low is not None and now.high is not None
    assert before.low is not None and before.high is not None
    value = now.value - before.value
    down = sqrt((now.value - now.low) ** 2 + (before.high - before.value) ** 2)
    up = sqrt((now.high - now.value) ** 2 + (before.value - before.low) ** 2)
    return Change(value, value - down, value + up)


def percent(n: int, of: int, places: int = 1) -> str:
    """A share for people; 0 % and 100 % are only shown where they are true.

    >>> percent(1, 3), percent(4999, 5000), percent(0, 7), percent(1, 0)
    ('33.3 %', '>99.9 %', '0.0 %', '–')
    """
    if not of:
        return "–"
    step = 10.0**-places
    shown = f"{100 * n / of:.{places}f} %"
    if n > 0 and float(shown[:-2]) == 0:
        return f"<{step:.{places}f} %"
    if n < of and float(shown[:-2]) == 100:
        return f">{100 - step:.{places}f} %"
    return shown
