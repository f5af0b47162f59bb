"""Shares that say what they rest on: numerator, denominator and a 95 % interval."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from cjmine.results.figures import Change, Journeys, Proportion

Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Share:
    """`n` of `of` with Wilson's (1927) score interval at 95 %; all None where it is withheld.

    `value`, `low` and `high` are None too where `of` is 0: there is nothing to take a share of.
    `n` alone is None where the denominator may be shown and the numerator may not.

    >>> share(1745, 4812)
    36.3 % (34.9 to 37.6), 1,745 of 4,812
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
        if self.low is None or self.high is None:
            return f"undefined, {self.n:,} of {self.of:,}"
        low, high = 100 * self.low, 100 * self.high
        return f"{percent(self.n, self.of)} ({low:.1f} to {high:.1f}), {self.n:,} of {self.of:,}"


def share(n: int, of: int) -> Share:
    """The share that `n` of `of` is. Raises ValueError unless 0 <= n <= of."""
    if not 0 <= n <= of:
        raise ValueError("a share needs 0 <= n <= of")
    return Share(n / of if of else None, *wilson(n, of), n, of)


def wilson(n: int, of: int) -> tuple[float | None, float | None]:
    """Wilson's interval: it stays within 0 and 1 and holds for small groups and near the ends."""
    if not of:
        return None, None
    return _end(n, of, -1), _end(n, of, 1)


def _end(n: int, of: int, side: int) -> float:
    if n == (0 if side < 0 else of):
        return 0.0 if side < 0 else 1.0
    part, square = n / of, Z95 * Z95
    middle = part + square / (2 * of)
    spread = Z95 * sqrt(part * (1 - part) / of + square / (4 * of * of))
    return (middle + side * spread) / (1 + square / of)


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
    if (value, low, high) != (n / of if of else None, *wilson(n, of)):
        raise ValueError("a share disagrees with its counts")


def change(now: Share, before: Share) -> Change | None:
    """The difference of two independent shares; None where either is undefined or withheld.

    >>> one = change(share(320, 2232), share(216, 2160))
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
