"""The gate: from a finished result to the result that may be shown, by the kinds of its fields."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from math import floor, isinf, log10
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from cjmine.analysis.intervals import share
from cjmine.disclosure.policy import Policy
from cjmine.results.discovery import Goal, goal_of
from cjmine.results.figures import Counted, Kind, Measured, Sampled
from cjmine.results.log import LogSize, Source, day_of
from cjmine.results.share import WITHHELD, Share

Result = TypeVar("Result")
_COUNTS = frozenset({Kind.JOURNEYS, Kind.CUSTOMERS, Kind.EVENTS})


def shown(result: Result, policy: Policy) -> Result:
    """The same result with every figure withheld (None) that may not be shown.

    A row of a table is left out where a figure that it must have is withheld. Shares are computed
    anew from the counts that are shown. Tables whose rows fold into other rows, or whose sums are
    shown beside them, are decided by their own modules before.

    Raises AssertionError for a count that does not say which customers are behind it.
    """
    size = getattr(result, "log", None)
    if isinstance(size, LogSize):
        policy = replace(policy, zone=size.zone)
    found = _value(result, policy)
    assert found is not _LEFT_OUT, "a result must not be left out as a whole"
    return cast(Result, found)


class _LeftOut:
    """A row that must not be shown."""


_LEFT_OUT = _LeftOut()


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of a result: its kind where it is a number, and whether it may be None."""

    name: str
    kind: Kind | None
    may_be_none: bool


@cache
def _fields_of(result: type) -> tuple[_Field, ...]:
    # The configuration of pydantic is known to type checkers only; it is no field.
    hints = get_type_hints(result, localns={"ConfigDict": dict}, include_extras=True)
    return tuple(_field(one.name, hints[one.name]) for one in fields(result))


def _field(name: str, hint: Any) -> _Field:
    options = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    kinds = [
        kind
        for option in options
        if get_origin(option) is Annotated
        for kind in option.__metadata__
        if isinstance(kind, Kind)
    ]
    return _Field(name, kinds[0] if kinds else None, NoneType in options)


def _value(value: Any, policy: Policy) -> Any:
    if isinstance(value, tuple):
        found = (_value(one, policy) for one in value)
        return tuple(one for one in found if one is not _LEFT_OUT)
    if isinstance(value, Share):
        return _share(value, policy)
    if isinstance(value, Source):
        # Each identifier that nothing links to a customer is a customer of its own.
        few = policy.is_small(value.unlinked or 0)
        unlinked = None if few else value.unlinked
        value = replace(value, path=policy.file_name(value.path), unlinked=unlinked)
        return _released(value, policy) if policy.release else value
    if isinstance(value, Goal):
        reached = _share(value.share, policy)
        return goal_of(value.activities, WITHHELD if reached.n is None else reached)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {}
    for field in _fields_of(type(value)):
        before = getattr(value, field.name)
        after = before if before is None else _figure(before, field, type(value), policy)
        if after is None and before is not None and not field.may_be_none:
            return _LEFT_OUT
        if after is _LEFT_OUT:
            return _LEFT_OUT
        if after is not before:
            changed[field.name] = after
    return replace(value, **changed) if changed else value


def _figure(value: Any, field: _Field, owner: type, policy: Policy) -> Any:
    if field.kind in _COUNTS:
        if not isinstance(value, Counted):
            assert value == 0, f"{owner.__name__}.{field.name} does not say who is behind it"
            return 0
        return count(value, policy)
    match field.kind:
        case None:
            return _value(value, policy)
        case Kind.SECONDS:
            return seconds(value, policy)
        case Kind.SCORE:
            return score(value, policy)
        case Kind.MOMENT:
            return day_of(value, policy.zone).isoformat() if policy.release else value
        case Kind.NAMES:
            return policy.rounded(value)
    return value


def _released(source: Source, policy: Policy) -> Source:
    """A source with rounded counts; what was read is the sum of what became of it.

    Where a part is withheld, what was read is rounded by itself.
    """

    def rounded(value: int | None) -> int | None:
        return None if value is None or policy.is_small(value) else policy.rounded(value)

    parts = [
        rounded(one) for one in (source.loaded, source.rejected, source.duplicate, source.filtered)
    ]
    loaded, rejected, duplicate, filtered = parts
    known = [one for one in parts if one is not None]
    return replace(
        source,
        read=sum(known) if len(known) == len(parts) else rounded(source.read),
        loaded=loaded,
        rejected=rejected,
        duplicate=duplicate,
        filtered=filtered,
        unlinked=rounded(source.unlinked),
        events=rounded(source.events),
    )


def count(value: Counted, policy: Policy) -> int | None:
    """A count as it may be shown; None where it, or its complement in the row, is of too few."""
    return policy.rounded(value) if may_show(value, policy) else None


def may_show(value: Counted, policy: Policy) -> bool:
    """Whether enough customers are behind a count and behind its complement.

    A sum is withheld too where one customer gives more than half of it.
    """
    if policy.min_group <= 1:
        return True
    if policy.is_small(value.customers):
        return False
    # What is left of a rounded row says nothing exact about the few that are not in it.
    if policy.is_small(value.rest or 0) and not policy.release:
        return False
    return value.largest is None or value.largest * 2 <= value


def may_show_measured(value: Measured, policy: Policy) -> bool:
    """Whether enough customers are behind a measured value, and none gives most of the values."""
    if policy.min_group <= 1:
        return True
    return not policy.is_small(value.customers) and value.largest * 2 <= value.values


def seconds(value: Measured, policy: Policy) -> float | None:
    """A duration with two significant digits, exact where every group is shown; or None."""
    if not may_show_measured(value, policy):
        return None
    return float(value) if policy.is_exact else two_digits(value)


def score(value: Measured, policy: Policy) -> float | None:
    """A mean of answers, with two significant digits in what is released; or None."""
    if not may_show_measured(value, policy):
        return None
    return two_digits(value) if policy.release else float(value)


def two_digits(value: float) -> float:
    """A number with two significant digits; nothing and infinity have none.

    >>> two_digits(86_399.0), two_digits(0.0), two_digits(float("inf"))
    (86000.0, 0.0, inf)
    """
    if not value or isinf(value):
        return float(value)
    return round(value, 1 - floor(log10(abs(value))))


def _share(value: Share, policy: Policy) -> Share:
    """The share of the counts that are shown; its denominator alone where only that may be."""
    if value.of is None:
        return value
    assert isinstance(value.of, Sampled) and isinstance(value.n, Counted)
    of = count(value.of, policy)
    if of is None:
        return WITHHELD
    n = count(value.n, policy)
    if n is None:
        return Share(None, None, None, None, of)
    return shown_share(min(n, of), of, value.of, value.of.effect, policy)


def shown_share(n: int, of: int, behind: Sampled, effect: float, policy: Policy) -> Share:
    """The share of two counts that are shown, with its interval as far as that may be shown.

    An interval is a figure about all customers `behind` it: it is withheld where one of them
    weighs more than all others. What is released has the effect in two digits.
    """
    if policy.is_exact:
        return share(n, of, effect)
    if behind.is_led and of:
        return Share(n / of, None, None, n, of)
    return share(n, of, two_digits(effect) if policy.release else effect)


def rounded(result: Result, policy: Policy) -> Result:
    """The same result with its counts rounded where it is released.

    For results whose names were chosen by the customers behind them, and that have no other
    figures to withhold.
    """
    return cast(Result, _rounded(result, policy)) if policy.release else result


def _rounded(value: Any, policy: Policy) -> Any:
    if isinstance(value, tuple):
        return tuple(_rounded(one, policy) for one in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {}
    for field in _fields_of(type(value)):
        before = getattr(value, field.name)
        if field.kind in _COUNTS and before is not None:
            changed[field.name] = policy.rounded(before)
        elif field.kind is None:
            changed[field.name] = _rounded(before, policy)
    return replace(value, **changed)
