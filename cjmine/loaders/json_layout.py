"""How a JSON file holds its records: one object a line, an array of them, or pages of an API.

A page is an object with one list of objects beside what pages say of themselves, such as
`{"tickets": [...], "next_page": null}`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from cjmine.errors import Code, DataError, Place, Problem, listed
from cjmine.loaders.connections import quote_text
from cjmine.loaders.engine import Reader
from cjmine.loaders.json_keys import pointer, shown_list

_SAMPLE = 200
_DEPTH = 4
# What pages say of themselves, and the lists that they most often hold.
_ABOUT = re.compile(
    r"(?i)@odata|^_|^(?:\$?schema|jsonrpc|kind|etag|self_?link|object|type|status|success|ok|code"
    r"|message|errors?|count|total\w*|pages?|page_?\w*|size|limit|offset|start_?at|max_?results"
    r"|per_?page|is_?last|last\w*|first\w*|next\w*|prev\w*|has_?more|more|cursor|after\w*|before\w*"
    r"|links?|url|uri|meta\w*|paging|pagination|took|timed_out|end_?time|end_of_stream|version"
    r"|generated\w*|exported\w*|request_?id)$"
)
_LISTS = (
    *("data", "records", "items", "results", "value", "rows", "events", "entries", "entities"),
    *("content", "hits", "edges", "documents", "list", "response", "result"),
)
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{},]')


class Form(Enum):
    """How values follow each other: one a line, in an array, or one behind the other."""

    LINES = "JSON lines"
    ARRAY = "a JSON array"
    VALUES = "JSON values"


@dataclass(frozen=True, slots=True)
class JsonLayout:
    """Where the records of a file are: in its values, or in the list `within` each of them.

    `samples` are the first records.
    """

    form: Form
    samples: tuple[dict[str, object], ...]
    within: tuple[str, ...] = ()

    @property
    def by_lines(self) -> bool:
        """Whether each line is a record."""
        return self.form is Form.LINES and not self.within

    def __str__(self) -> str:
        if self.within:
            return f"pages of JSON with a list of {shown_list(self.within, _LISTS)}"
        return self.form.value

    def records(self, reader: Reader) -> str:
        """A FROM clause with the columns json, valid and blank, a row a record."""
        shape = "array" if self.form is Form.ARRAY else "unstructured"
        scan = f"(SELECT json FROM {reader.objects(shape)})"
        if self.within:
            path = quote_text(pointer(self.within))
            inside = f"json_extract(json, {path})"
            # What is no page becomes one record that is not valid, so that it is counted.
            each = f"CASE WHEN json_type({inside}) = 'ARRAY' THEN {inside}::JSON[] ELSE [json] END"
            kept = f"coalesce(json_type({inside}) = 'ARRAY', false) AS paged"
            scan = f"(SELECT unnest({each}) AS json, paged FROM (SELECT json, {kept} FROM {scan}))"
        valid = "json_type(json) = 'OBJECT'" + (" AND paged" if self.within else "")
        return f"(SELECT json, {valid} AS valid, false AS blank FROM {scan})"


def json_layout(
    text: str, label: str, marks: Sequence[str] = (), wanted: str | None = None
) -> JsonLayout | None:
    """The layout of a file by the text of its beginning; None where it is no JSON with records.

    An object with the keys `marks` is a record; `wanted` is the list of a page to take of several.

    Raises
    ------
    DataError
        L122 where a page holds several lists and none is plainly that of the records.
    """
    text = text.lstrip("\ufeff \t\r\n")
    if text[:1] == "[":
        values = _first_values(text[1:].lstrip())
        form = Form.ARRAY
    elif text[:1] == "{":
        values = _lines(text)
        form = Form.LINES
        if not values:
            values, form = _first_values(text), Form.VALUES
    else:
        return None
    objects = [value for value in values if isinstance(value, dict)]
    if not objects or not isinstance(values[0], dict):
        return None
    if len(values) == 1 and _is_columns(objects[0]):
        return None
    within = () if _has(objects[0], marks) else _list_of_page(objects, label, wanted)
    if not within:
        return JsonLayout(form, tuple(objects))
    records = [record for page in objects for record in _at(page, within)]
    return JsonLayout(form, tuple(records[:_SAMPLE]), within)


def _has(value: dict[str, object], marks: Sequence[str]) -> bool:
    return bool(marks) and all(mark in value for mark in marks)


def _is_columns(value: dict[str, object]) -> bool:
    """Whether an object holds columns beside each other, each a list or an object of values."""

    def plain(one: object) -> bool:
        inner = one.values() if isinstance(one, dict) else one if isinstance(one, list) else [{}]
        return len(inner) > 0 and not any(isinstance(each, (dict, list)) for each in inner)

    return len(value) > 1 and all(map(plain, value.values()))


def _lines(text: str) -> list[object]:
    """The values of the first lines, each a whole one; none where the first line is no object."""
    found: list[object] = []
    for line in re.split(r"\r\n?|\n", text):
        if not line.strip():
            continue
        try:
            found.append(json.loads(line))
        except (ValueError, RecursionError):
            if not found:
                return []
        if len(found) == _SAMPLE:
            break
    return found if found and isinstance(found[0], dict) else []


def _first_values(text: str) -> list[object]:
    """The first values of a text, with or without commas between; the last may be cut short."""
    found: list[object] = []
    decoder = json.JSONDecoder()
    at = 0
    while len(found) < _SAMPLE and at < len(text) and text[at] != "]":
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            if not found and (rest := _closed(text[at:])) is not None:
                found.append(rest)
            break
        found.append(value)
        at = len(text) - len(text[at:].lstrip(" \t\r\n,"))
    return found


def _closed(text: str) -> object:
    """The value that a text begins, without what is behind its last whole part."""
    opened: list[str] = []
    whole: tuple[int, str] | None = None
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign in "[{":
            opened.append("]" if sign == "[" else "}")
        elif sign in "]}":
            if not opened or opened.pop() != sign:
                return None
        elif sign == ",":
            whole = token.start(), "".join(reversed(opened))
    try:
        return None if whole is None else json.loads(text[: whole[0]] + whole[1])
    except (ValueError, RecursionError):
        return None


def _list_of_page(
    values: Sequence[dict[str, object]], label: str, wanted: str | None
) -> tuple[str, ...]:
    """The keys to the list of records in each value; none where the values are records."""
    first = values[0]
    found = list(_lists(first, ())) or _empty_list(values)
    if wanted is not None and any(keys[-1] == wanted for keys in found):
        return next(keys for keys in found if keys[-1] == wanted)
    if not found or (len(values) > 1 and not all(_ABOUT.search(key) for key in _said(first, ()))):
        return ()
    plain = [keys for keys in found if keys[-1] in _LISTS] if len(found) > 1 else found
    if len(plain) != 1:
        raise DataError(
            Problem(
                Code.LOG_FORMAT,
                "a JSON object with several lists, and it is open which one holds the events",
                Place(label),
                cause=f"the lists are: {listed(shown_list(keys, _LISTS) for keys in found)}",
                remedy="export one of them by itself, one object a line",
            )
        )
    return plain[0]


def _empty_list(values: Sequence[dict[str, object]]) -> list[tuple[str, ...]]:
    """The one list of a page that holds none, beside nothing but what pages say of themselves."""
    empty = [key for key, inner in values[0].items() if inner == []]
    is_page = len(values) == 1 and all(map(_ABOUT.search, _said(values[0], ())))
    return [(key,) for key in empty] if is_page and len(empty) == 1 else []


def _lists(value: object, above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The keys to lists of objects, and to empty lists that are named as such."""
    if isinstance(value, dict) and len(above) < _DEPTH:
        for key, inner in value.items():
            if isinstance(inner, list):
                if isinstance(inner[0], dict) if inner else key in _LISTS:
                    yield (*above, key)
            else:
                yield from _lists(inner, (*above, key))


def _said(value: dict[str, object], above: tuple[str, ...]) -> Iterator[str]:
    """The names of plain values beside the lists."""
    for key, inner in value.items():
        if isinstance(inner, dict) and len(above) < _DEPTH and not _ABOUT.search(key):
            yield from _said(inner, (*above, key))
        elif not isinstance(inner, (dict, list)):
            yield key


def _at(page: object, keys: Sequence[str]) -> list[dict[str, object]]:
    for key in keys:
        page = page.get(key) if isinstance(page, dict) else None
    return [one for one in page if isinstance(one, dict)] if isinstance(page, list) else []
