"""Results as JSON, both ways: the fields of a result are its keys.

A file may be damaged or made by somebody else: everything is checked, and nothing of it is quoted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from math import isfinite
from typing import TYPE_CHECKING, Any

from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.results.check import Check
from cjmine.results.discovery import Discovery

if TYPE_CHECKING:
    from pydantic import TypeAdapter

RESULTS = {"cjmine/discover/1": Discovery, "cjmine/check/1": Check}
_MOST = 1 << 53  # beyond it, readers of JSON disagree about whole numbers
_LARGEST = 1e15


def to_json(result: Check | Discovery) -> str:
    """A result as JSON text without a last line feed; numbers are never rounded."""
    written = _adapter(result.schema).dump_python(result, mode="json", by_alias=True)
    # A build service obeys `##[` anywhere in a line; the escape means the same to every reader.
    return json.dumps(written, indent=2, ensure_ascii=True).replace("##", "\\u0023#")


def from_json(text: str, label: str) -> Check | Discovery:
    """The result that `to_json` wrote; `label` is how messages name the file.

    Raises UsageError U102 for anything else, without a value from the file.

    >>> from_json("[]", "result.json")
    Traceback (most recent call last):
    cjmine.errors.UsageError: U102: this is no result of cjmine
    """
    from pydantic import ValidationError

    try:
        schema = _schema(text)
    except json.JSONDecodeError:
        raise _not_a_result(label, "it is no JSON") from None
    except RecursionError:
        raise _not_a_result(label, "it is nested too deeply") from None
    except ValueError as error:  # raised by the functions below, in words of ours
        raise _not_a_result(label, str(error)) from None
    if schema not in RESULTS:
        raise _not_a_result(label, "it names another schema, or none")
    try:
        found: Check | Discovery = _adapter(schema).validate_json(text, by_alias=True)
        return found
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        unknown = first["type"] == "unexpected_keyword_argument"
        spot = _spot(first["loc"][:-1] if unknown else first["loc"])
        kind = "an unknown key" if unknown else first["type"].replace("_", " ")
        raise _not_a_result(label, f"{spot}: {kind}") from None
    except (ValueError, AssertionError, OverflowError):
        raise _not_a_result(label, "its figures do not fit one another") from None


def json_schema(schema: str) -> dict[str, Any]:
    """The JSON Schema of a result, made from its fields; `schema` is one of `RESULTS`."""
    return _adapter(schema).json_schema(by_alias=True)


@cache
def _adapter(schema: str) -> TypeAdapter[Any]:
    """Reader and writer of a result, made when first asked for: pydantic loads slowly."""
    from pydantic import TypeAdapter

    return TypeAdapter(RESULTS[schema])


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
    return schema if isinstance(schema, str) else ""


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


def _not_a_result(label: str, cause: str) -> UsageError:
    return UsageError(
        Problem(
            Code.RESULT_FORMAT,
            "this is no result of cjmine",
            Place(label),
            cause=cause,
            remedy="make one: cjmine check LOG --ideal FILE -o result.json",
        )
    )
