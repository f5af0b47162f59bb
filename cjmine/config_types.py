"""What tables of `cjmine.toml` are made of."""

from __future__ import annotations

from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from cjmine.durations import microseconds
from cjmine.errors import UsageError


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_listed)]


def _duration(written: object) -> object:
    if not isinstance(written, str):
        raise ValueError("a time such as 30m, 12h or 7d")
    try:
        return microseconds(written)
    except UsageError:
        raise ValueError("a duration is a number with a unit, such as 30m, 12h or 7d") from None


Duration = Annotated[int, BeforeValidator(_duration)]


_DAY = 24 * 3_600_000_000


def _days(duration: int) -> int:
    if duration % _DAY:
        raise ValueError("whole days or weeks, such as 90d or 52w")
    return duration // _DAY


Days = Annotated[Duration, AfterValidator(_days)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Lines = Annotated[tuple[Line, ...], BeforeValidator(_listed)]
Amount = Annotated[float, Field(gt=0, le=1e9, allow_inf_nan=False)]


class Strict(BaseModel):
    """A table that refuses unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
