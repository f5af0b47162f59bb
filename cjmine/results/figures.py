"""Numbers with their kind, and numbers that still know the customers behind them.

Every number of a result says its kind in its type, so that one gate can decide what is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, Self


class Kind(Enum):
    """What a number of a result counts or measures."""

    JOURNEYS = "count of journeys"
    CUSTOMERS = "count of customers"
    EVENTS = "count of events, moves or other occurrences"
    RECORDS = "count of records of a source"
    NAMES = "count of distinct names or traces"
    SHARE = "share from 0 to 1, or a difference of two shares"
    SCORE = "answer on a scale"
    SECONDS = "duration in seconds"
    MOMENT = "moment in ISO 8601, UTC"
    PLACE = "place in a list, from 1"
    PROBABILITY = "how often chance alone gives as much, from 0 to 1"
    FIGURE = "share from 0 to 1, or of a time seconds"
    AMOUNT = "number of things that is no count: a mean, what is expected, a ratio"
    MONEY = "amount of money in the currency of the project"
    SETTING = "number that somebody chose, not a figure about customers"

    def __get_pydantic_json_schema__(
        self, of: object, handler: Callable[[Any], dict[str, Any]]
    ) -> dict[str, Any]:
        """What a JSON Schema says of a field of this kind; counts are not negative."""
        found = {**handler(of), "description": self.value}
        return {**found, "minimum": 0} if found["type"] == "integer" else found


Journeys = Annotated[int, Kind.JOURNEYS]
Customers = Annotated[int, Kind.CUSTOMERS]
Events = Annotated[int, Kind.EVENTS]
Records = Annotated[int, Kind.RECORDS]
Names = Annotated[int, Kind.NAMES]
Proportion = Annotated[float, Kind.SHARE]
Answer = Annotated[float, Kind.SCORE]
Seconds = Annotated[float, Kind.SECONDS]
Moment = Annotated[str, Kind.MOMENT]
Probability = Annotated[float, Kind.PROBABILITY]
Figure = Annotated[float, Kind.FIGURE]
Amount = Annotated[float, Kind.AMOUNT]
Money = Annotated[float, Kind.MONEY]
Placed = Annotated[int, Kind.PLACE]
Setting = Annotated[int, Kind.SETTING]
Limit = Annotated[float, Kind.SETTING]


# The name of the row that small groups are folded into.
OTHER = "(other)"


def json_key(field: str) -> str:
    """The JSON key of a field; a field that is one of Python's own words ends in a low line.

    >>> json_key("from_"), json_key("to")
    ('from', 'to')
    """
    return field.removesuffix("_")


# For the top class of a result: types are never converted, unknown keys are wrong.
STRICT: Mapping[str, object] = {
    "strict": True,
    "extra": "forbid",
    "allow_inf_nan": False,
    "alias_generator": json_key,
}


# Metadata of a field that only this run knows: it is no key of the JSON.
UNWRITTEN: Mapping[str, bool] = {"unwritten": True}


class Counted(int):
    """A count that still knows who is behind it; it never leaves `disclosure`.

    `customers` are the distinct customers behind the count, `rest` those behind its complement in
    the same row (None where it has none), `largest` what the customer with most of it adds to a
    sum (None where the count is no sum over customers).

    >>> Counted(12, customers=9, rest=40) + 1
    13
    """

    customers: int
    rest: int | None
    largest: int | None

    def __new__(
        cls, value: int, customers: int, rest: int | None = None, largest: int | None = None
    ) -> Self:
        """A count of `value`."""
        self = super().__new__(cls, value)
        self.customers, self.rest, self.largest = int(customers), rest, largest
        return self


class Sampled(Counted):
    """A count of journeys that a share is taken of, and how much its customers say about others.

    `effect` is the design effect of the share, `alike` that where all journeys of a customer end
    alike (see `analysis.intervals`). `is_led`: one customer weighs more than all others together.
    """

    effect: float
    alike: float
    is_led: bool

    def __new__(cls, value: int, customers: int, effect: float, alike: float, is_led: bool) -> Self:
        """A count of `value`, without a complement."""
        self = super().__new__(cls, value, customers)
        self.effect, self.alike, self.is_led = effect, alike, is_led
        return self


class Measured(float):
    """A measured value that still knows who is behind it; it never leaves `disclosure`.

    `customers` are those on the smaller side of a quantile (of all values for a mean), `values`
    the number of values, `largest` how many of them the customer with most of them gives.
    """

    customers: int
    values: int
    largest: int

    def __new__(cls, value: float, customers: int, values: int, largest: int) -> Measured:
        """A measurement of `value`."""
        self = super().__new__(cls, value)
        self.customers, self.values, self.largest = int(customers), int(values), int(largest)
        return self


@dataclass(frozen=True, slots=True)
class Change:
    """How much larger a share is than another, from -1 to 1, with its 95 % interval.

    The interval is Newcombe's (1998, method 10): it combines the Wilson intervals of both shares.
    """

    value: Proportion
    low: Proportion
    high: Proportion
