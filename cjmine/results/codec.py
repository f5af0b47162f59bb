"""Results as JSON, both ways: the fields of a result are its keys.

A file may be damaged or made elsewhere: everything is checked, and nothing of it is quoted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache
from math import isfinite
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.results.baseline import Baseline
from cjmine.results.check import Check
from cjmine.results.discovery import Discovery
from cjmine.results.dropoff import Dropoff
from cjmine.results.every import (
    BASELINE,
    CHECK,
    DISCOVERY,
    DROPOFF,
    PRIORITIES,
    RESULTS,
    TREND,
    Result,
)
from cjmine.results.figures import UNWRITTEN, Counted, Measured
from cjmine.results.hints import Hints
from cjmine.results.priorities import Priorities
from cjmine.results.trend import Trend

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_MOST = 1 << 53  # beyond it, readers of JSON disagree about whole numbers
_LARGEST = 1e15


def schema_of(subject: str) -> str:
    """The schema in which results of a kind are written.

    >>> schema_of("check")
    'cjmine/check/2'
    """
    (found,) = (name for name in RESULTS if name.split("/")[1] == subject)
    return found


def to_json(result: Result) -> str:
    """A result as JSON text without a last line feed; numbers are never rounded.

    Raises AssertionError for a result that has not passed the gate of `disclosure`.
    """
    return _escaped(json.dumps(_written(result), indent=2, ensure_ascii=True))


def from_json(text: str, label: str) -> Check | Discovery:
    """The result that `to_json` wrote; `label` is how messages name the file.

    Raises UsageError U102 for anything else, without a value from the file.

    >>> from_json("[]", "result.json")
    Traceback (most recent call last):
    cjmine.errors.UsageError: U102: this is no result of cjmine
    """
    made = "cjmine check LOG --ideal FILE -o result.json"
    found: Check | Discovery = _read(text, (CHECK, DISCOVERY), _not_a_result(label, made))
    return found


def reported_from_json(text: str, label: str) -> Check | Discovery | Dropoff | Priorities:
    """A result that a report can show. Raises UsageError U102 for anything else."""
    made = "cjmine check LOG --ideal FILE -o result.json"
    schemas = (CHECK, DISCOVERY, DROPOFF, PRIORITIES)
    found: Check | Discovery | Dropoff | Priorities = _read(
        text, schemas, _not_a_result(label, made)
    )
    return found


def trend_from_json(text: str, label: str) -> Trend:
    """The trend that `to_json` wrote. Raises UsageError U102 for anything else."""
    found: Trend = _read(text, (TREND,), _not_a_result(label, "cjmine trend LOG -o trend.json"))
    return found


def priorities_from_json(text: str, label: str) -> Priorities:
    """The ranking that `to_json` wrote. Raises UsageError U102 for anything else."""
    made = "cjmine priorities LOG -o priorities.json"
    found: Priorities = _read(text, (PRIORITIES,), _not_a_result(label, made))
    return found


def hints_from_json(text: str, label: str) -> Hints:
    """The hints that `to_json` wrote. Raises UsageError U102 for anything else."""
    made = "cjmine hints LOG -o hints.json"
    found: Hints = _read(text, (schema_of("hints"),), _not_a_result(label, made))
    return found


def _not_a_result(label: str, made: str) -> Callable[[str], UsageError]:
    def refusal(cause: str) -> UsageError:
        return UsageError(
            Problem(
                Code.RESULT_FORMAT,
                "this is no result of cjmine",
                Place(label),
                cause=cause,
                remedy=f"make one: {made}",
            )
        )

    return refusal


def baseline_text(baseline: Baseline) -> str:
    """A baseline as JSON, ending with a line feed; the same bytes for the same counts.

    Its text is sorted and has one measure a line, so that a change reads well in a review.
    """
    head = _written(
        replace(baseline, counted=tuple(sorted(baseline.counted, key=attrgetter("order"))))
    )
    rows = [f"    {json.dumps(row)}" for row in head.pop("counted")]
    lines = [f"  {json.dumps(key)}: {json.dumps(value)},\n" for key, value in head.items()]
    counted = "[\n" + ",\n".join(rows) + "\n  ]" if rows else "[]"
    return _escaped("{\n" + "".join(lines) + f'  "counted": {counted}\n}}\n')


def read_baseline(text: str, file: str) -> Baseline:
    """The baseline that `baseline_text` wrote. Raises UsageError J116 for anything else.

    >>> from cjmine.results.baseline import BaselineShare
    >>> late = BaselineShare("late", "Mail", "", 9, 90, 0.05, 0.18)
    >>> one = Baseline(BASELINE, "0.1", "order", 10, 500, None, None, None, (late,))
    >>> read_baseline(baseline_text(one), "b.json").share("late", "Mail")
    10.0 % (5.0 to 18.0), 9 of 90
    """

    def not_a_baseline(cause: str) -> UsageError:
        return UsageError(
            Problem(
                Code.BASELINE_FORMAT,
                "this is no baseline of cjmine",
                Place(file),
                cause=cause,
                remedy="make one: cjmine check LOG --ideal FILE --save-baseline FILE",
            )
        )

    found: Baseline = _read(text, (BASELINE,), not_a_baseline)
    return replace(found, file=file)


@cache
def _adapter(schema: str) -> TypeAdapter[Any]:
    """Reader and writer of a result, made when first asked for: pydantic loads slowly."""
    from pydantic import TypeAdapter

    return TypeAdapter(RESULTS[schema])


def _written(result: Result) -> dict[str, Any]:
    """The keys of a result with what JSON can hold."""
    _check_shown(result)
    found: dict[str, Any] = _adapter(result.schema).dump_python(
        result, mode="json", by_alias=True, exclude=unwritten(type(result))
    )
    return found


def unwritten(result: type[Result]) -> set[str]:
    """The fields of a result that are no keys of its JSON."""
    return {one.name for one in fields(result) if one.metadata == UNWRITTEN}


def _check_shown(value: object) -> None:
    """Raise AssertionError for a number that still knows who is behind it: no gate has seen it."""
    assert not isinstance(value, Counted | Measured), "a result must be shown before it is written"
    if isinstance(value, tuple) and value and not isinstance(value[0], str):
        for one in value:
            _check_shown(one)
    elif is_dataclass(value):
        for field in fields(value):
            _check_shown(getattr(value, field.name))


def _escaped(text: str) -> str:
    """The same JSON; a build service would obey `##[` anywhere in a line."""
    return re.sub("#(?=#)", r"\\u0023", text)


def _read(text: str, schemas: Sequence[str], refusal: Callable[[str], UsageError]) -> Any:
    """The result of one of some schemas; raises what `refusal` makes of a cause."""
    from pydantic import ValidationError

    try:
        schema = _schema(text)
    except json.JSONDecodeError:
        raise refusal("it is no JSON") from None
    except RecursionError:
        raise refusal("it is nested too deeply") from None
    except ValueError as error:  # raised by the functions below, in words of ours
        raise refusal(str(error)) from None
    if schema not in schemas:
        raise refusal(
            f"it is a result of another verb: {schema}"
            if schema
            else "it names another schema, or none"
        )
    try:
        return _adapter(schema).validate_json(text, by_alias=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        unknown = first["type"] == "unexpected_keyword_argument"
        spot = _spot(first["loc"][:-1] if unknown else first["loc"])
        kind = "an unknown key" if unknown else first["type"].replace("_", " ")
        raise refusal(f"{spot}: {kind}") from None
    except (ValueError, AssertionError, OverflowError):
        raise refusal("its figures do not fit one another") from None


def _schema(text: str) -> str:
    """The schema that a JSON text names; numbers and names are looked over on the way.

    Raises JSONDecodeError, RecursionError, and ValueError with a text of ours.
    """
    found = json.loads(
        text,
        parse_int=_count,
        parse_float=_figure,
        parse_constant=_figure,
        object_pairs_hook=_table,
    )
    schema = found.get("schema") if isinstance(found, dict) else None
    if not isinstance(schema, str):
        return ""
    if schema not in RESULTS:
        if schema.rpartition("/")[0] in {name.rpartition("/")[0] for name in RESULTS}:
            raise ValueError(
                "its figures are defined as by another version of cjmine: save it again"
            )
        return ""
    if not found.keys().isdisjoint(unwritten(RESULTS[schema])):
        raise ValueError("at the top: an unknown key")
    return schema


def _count(written: str) -> int:
    if len(written) > 16 or not 0 <= int(written) <= _MOST:
        raise ValueError("a whole number is out of range")
    return int(written)


def _figure(written: str) -> float:
    found = float(written)
    if not isfinite(found) or abs(found) > _LARGEST:
        raise ValueError("a number is out of range")
    return found


def _table(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key occurs twice")
    return found


def _spot(place: Iterable[str | int]) -> str:
    """Where something is: keys are ours, rows count from 1."""
    parts = [f"row {one + 1}" if isinstance(one, int) else str(one) for one in place]
    return ", ".join(parts) or "at the top"
