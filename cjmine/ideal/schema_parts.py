"""What the JSON Schemas of declared files are made of: mappings by their keys, names, texts."""

from __future__ import annotations

import re
from collections.abc import Callable

from cjmine.durations import WRITTEN
from cjmine.ideal.keys import LONGEST_NAME, Key, Keys, Written

Json = dict[str, object]
DRAFT = "https://json-schema.org/draft/2020-12/schema"
DAY: Json = {"type": "string", "format": "date", "pattern": "^\\d{4}-\\d{2}-\\d{2}$"}


def mapping(what: Keys[Written], value: Callable[[Written], Json]) -> Json:
    """A mapping with these keys; `value` is the schema of what is written behind one."""
    needed = {"required": list(what.needed)} if what.needed else {}
    return {
        "type": "object",
        **needed,
        "additionalProperties": False,
        "properties": {key.name: _described(key, value) for key in what.keys},
        **_not_both(what),
    }


def _not_both(what: Keys[Written]) -> Json:
    """A key has one name at a time, its present or its old one."""
    pairs = [{"required": [key.now, key.name]} for key in what.keys if key.now is not None]
    return {"not": {"anyOf": pairs}} if pairs else {}


def _described(key: Key[Written], value: Callable[[Written], Json]) -> Json:
    default = {} if key.default is None else {"default": key.default}
    old = {} if key.now is None else {"deprecated": True}
    return {**value(key.value), **default, "description": key.about, **old}


def ref(name: str) -> Json:
    """A definition by its name."""
    return {"$ref": f"#/$defs/{name}"}


def listed(of: Json, at_least: int = 0) -> Json:
    """A list of so many items or more."""
    return {"type": "array", **({"minItems": at_least} if at_least else {}), "items": of}


def one_of(about: str, *ways: Json) -> Json:
    """Something that can be written in several ways."""
    return {"description": about, "anyOf": list(ways)}


def text(about: str, pattern: str, *examples: str) -> Json:
    """A text of a pattern; named groups are Python's, so their names are left out."""
    shown = {"examples": list(examples)} if examples else {}
    anchored = f"^{re.sub(r'[?]P<[a-z]+>', '', pattern).strip('^$')}$"
    return {"description": about, "type": "string", "pattern": anchored, **shown}


def names_and_times() -> Json:
    """The definitions that all files share: a name, one or several names, a duration."""
    return {
        "name": text(
            f"One line of 1 to {LONGEST_NAME} characters. Names that YAML reads as something"
            " else (No, 2024) need quotes.",
            rf"\s*\S([^\x00-\x1f\x7f]{{0,{LONGEST_NAME - 2}}}\S)?\s*",
        ),
        "names": one_of(
            "One name or a list of names.",
            ref("name"),
            {**listed(ref("name"), 1), "uniqueItems": True},
        ),
        "duration": text(
            "A number with its unit: s, m (or min), h, d or w.",
            WRITTEN.pattern,
            *("45m", "36h", "30d"),
        ),
    }
