"""One figure of the set, and how shares are rounded."""

from dataclasses import dataclass

Value = int | float | str


@dataclass(frozen=True, slots=True)
class Truth:
    """One figure, by a dotted name."""

    key: str
    value: Value


def share(part: int, whole: int) -> float:
    """The part of the whole, rounded to four decimals; 0 of an empty whole."""
    return round(part / whole, 4) if whole else 0.0
