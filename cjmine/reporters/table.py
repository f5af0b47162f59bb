"""What a table of a result is: its rows, and columns with key, heading, shape, value and place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, Flag, auto
from typing import Any, Generic, TypeVar

Found = TypeVar("Found", contravariant=True)
Row = TypeVar("Row")


class Shape(Enum):
    """What a column holds."""

    TEXT = auto()
    TRACE = auto()  # names in their order
    COUNT = auto()
    FIGURE = auto()  # a share, a difference or a limit as a number
    SECONDS = auto()
    FLAG = auto()
    SHARE = auto()  # of the counts beside it: numerator and denominator
    RATE = auto()  # a Share, with interval and counts
    CHANGE = auto()  # a difference of two shares
    SCORE = auto()  # what customers answered: a figure with its name and interval


class Place(Flag):
    """Where a column is shown."""

    CSV = auto()
    FRAME = auto()
    PAGE = auto()
    SUMMARY = auto()


@dataclass(frozen=True, slots=True)
class Column(Generic[Found, Row]):
    """One column; `heading` is the name of its text in the catalogue.

    It is one of `report.head-…`, or with a point that of another table.
    """

    key: str
    shape: Shape
    places: Place
    value: Callable[[Row, Found], Any]
    heading: str = ""

    @property
    def text(self) -> str:
        """The key of its heading in the catalogue."""
        return self.heading if "." in self.heading else f"report.head-{self.heading}"


@dataclass(frozen=True, slots=True)
class Table(Generic[Found, Row]):
    """One table of a result; its rows are in the order of the result."""

    name: str
    rows: Callable[[Found], Sequence[Row]]
    columns: tuple[Column[Found, Row], ...]

    def at(self, place: Place) -> list[Column[Found, Row]]:
        """The columns of one place, in their order."""
        return [one for one in self.columns if place in one.places]
