"""Seeded chance that gives the same draws on every Python version."""

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Draws built on ``random.random()`` alone: only that method is promised to stay the same.

    Example: ``Dice("people").between(1, 6)`` gives the same throw on every run.
    """

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)

    def chance(self, probability: float) -> bool:
        """Whether something of this probability happens."""
        return self._random.random() < probability

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def early(self, low: int, high: int) -> int:
        """A whole number from low to high, small ones far more often (most people are quick)."""
        draw = self._random.random()
        return low + int(draw * draw * (high - low + 1))

    def pick(self, items: Sequence[T]) -> T:
        """One of the items; an empty sequence is an ``IndexError``."""
        return items[int(self._random.random() * len(items))]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The items in a drawn order."""
        left = list(items)
        for place in range(len(left) - 1, 0, -1):
            other = int(self._random.random() * (place + 1))
            left[place], left[other] = left[other], left[place]
        return left

    def letters(self, alphabet: str, length: int) -> str:
        """A word of the given length out of the alphabet."""
        return "".join(self.pick(alphabet) for _ in range(length))
