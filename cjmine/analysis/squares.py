"""Sums over customers that say how much a share varies; whole numbers that add up over parts."""

from __future__ import annotations

from dataclasses import dataclass

from cjmine.counting.merging import summed


@dataclass(frozen=True, slots=True)
class Squares:
    """Sums over customers, each with n journeys among them and m that have something.

    The sums of n², nm and m².
    """

    among: int
    both: int
    having: int

    def spread(self, n: int, of: int) -> int:
        """The sum over customers of (m - n * share)², times of², which is a whole number."""
        return of * of * self.having - 2 * n * of * self.both + n * n * self.among

    def __add__(self, other: Squares) -> Squares:
        return summed(self, other)
