"""What a file is that no format claims, and where it stops being one: the words of L104."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.dialect import recognise_dialect
from cjmine.loaders.head import Head
from cjmine.loaders.json_layout import json_layout

_FEWEST_LINES = 3
_OTHER_KINDS = (
    (re.compile(rb"PK\x03\x04"), "it is a ZIP archive", "unpack it, and name what is inside"),
    (re.compile(rb"%PDF-"), "it is a PDF document", "export the data, not a report of it"),
    (
        re.compile(rb"(?i)\s*<(?:!doctype\s+html|html)\b"),
        "it is a web page, such as a login or an error page",
        "download the export again in a browser that is logged in",
    ),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8"), "it is a picture", "export the data"),
    (
        re.compile(rb"BZh|\xfd7zXZ\0|\x28\xb5\x2f\xfd|7z\xbc\xaf|Rar!"),
        "it is packed, and not with gzip",
        "unpack it",
    ),
)


def unknown_format(head: Head, titles: Sequence[str]) -> DataError:
    """The error for a file that no format claims; `titles` are the formats that there are."""
    place = Place(head.label)
    for shape, cause, remedy in _OTHER_KINDS:
        if shape.match(head.first):
            return _unknown(place, cause, remedy)
    if not head.first.strip(b"\0"):
        nothing = "the file holds nothing but NUL bytes"
        cause = "a disk that was full, or a copy that was interrupted"
        return DataError(Problem(Code.FILE_EMPTY, nothing, place, cause, "export it again"))
    if head.beginning[:1] in ("[", "{"):
        return _no_records(head)
    return _uneven(head) or _unknown(place, "", "known are: " + ", ".join(titles))


def _unknown(place: Place, cause: str, remedy: str) -> DataError:
    message = "this is no format that cjmine reads"
    return DataError(Problem(Code.FORMAT_UNKNOWN, message, place, cause, remedy))


def _no_records(head: Head) -> DataError:
    """Why JSON holds no records."""
    place = Place(head.label)
    try:
        json_layout(head.text, head.label)
    except DataError as error:  # a recogniser that fails leaves the file to the others
        return error
    try:
        value, _ = json.JSONDecoder().raw_decode(head.beginning)
    except RecursionError:
        return _unknown(place, "it is JSON of many levels", "export one JSON object a record")
    except json.JSONDecodeError as error:
        at = Place(head.label, error.lineno, position=error.colno)
        return _unknown(at, "it begins like JSON, and is none from here", "export it again")
    if value in ([], {}) or (isinstance(value, dict) and [] in value.values()):
        return DataError(
            Problem(
                Code.FILE_EMPTY,
                "it is an empty answer: JSON without a record",
                place,
                cause="a service such as Matomo answers so where nothing fits what it was asked",
                remedy="ask for another period or site; if nothing happened, leave the file out",
            )
        )
    return _unknown(
        place,
        "it is JSON of rows or columns, without an object a record",
        'export one JSON object a record; pandas does with orient="records"',
    )


def _uneven(head: Head) -> DataError | None:
    """Where the delimiter, or the number of fields, of a table changes; None if it is no table."""
    lines = head.text.splitlines(keepends=True)
    first = recognise_dialect("".join(lines[:_FEWEST_LINES]))
    if first is None or not first.has_header:
        return None
    begin, end = _FEWEST_LINES, len(lines)
    while begin < end:  # the longest beginning that has one form
        middle = (begin + end + 1) // 2
        # The last row does not count there, since it may be cut.
        form = recognise_dialect("".join([*lines[:middle], lines[1]]))
        even = form is not None and form.consistency == 1 and form.columns == first.columns
        begin, end = (middle, end) if even else (begin, middle - 1)
    if begin == len(lines):
        return None
    after = recognise_dialect("".join(lines[begin : begin + 100]))
    other = after is not None and after.consistency > 0.9 and after.delimiter != first.delimiter
    if other and after is not None:
        names = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar"}
        was, is_now = (names.get(one, "sign") for one in (first.delimiter, after.delimiter))
        cause = f"the delimiter changes from {was} to {is_now} at this line"
    else:
        cause = f"line 1 has {len(first.columns)} columns, and most lines from here have not"
    return DataError(
        Problem(
            Code.ROW_STRUCTURE,
            "the lines of this table have different numbers of columns",
            Place(head.label, begin + 1),
            cause=cause,
            remedy="split the file there, or export it again",
        )
    )
