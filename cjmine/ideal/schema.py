"""The JSON Schema of journey files, made of the keys that the reader accepts.

`python -m cjmine.ideal.schema > cjmine/ideal/journey.schema.json` writes the published file.
"""

from __future__ import annotations

import json
import re

from cjmine.durations import WRITTEN
from cjmine.ideal import keys
from cjmine.ideal.deviations import DEVIATIONS, DeviationClass
from cjmine.ideal.journey import Level
from cjmine.ideal.keys import Key, Keys, Value
from cjmine.ideal.read_expectations import BUDGET, WORSENING

_Json = dict[str, object]
_DEFINED = {
    Value.NAME: "name",
    Value.NAMES: "names",
    Value.DURATION: "duration",
    Value.FROM_ONE: "many",
    Value.BUDGET: "budget",
    Value.EXPECTATION: "expectation",
    Value.WORSENING: "worsening",
    Value.CHANGE: "change",
    Value.NODE: "node",
    Value.BRANCHES: "branches",
    Value.WITHIN: "within",
    Value.FAILED: "failed",
    Value.OF_STEP: "of-step",
}


def journey_schema() -> str:
    """The schema as JSON text; references between steps are left to the reader.

    >>> json.loads(journey_schema())["required"]
    ['journey', 'goal', 'stages']
    """
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "cjmine journey file",
        "description": "The ideal journey that people declare. References between steps are"
        " checked by cjmine itself, not by this schema.",
        **_mapping(keys.JOURNEY),
        "$defs": _definitions(),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _mapping(what: Keys) -> _Json:
    needed = {"required": list(what.needed)} if what.needed else {}
    return {
        "type": "object",
        **needed,
        "additionalProperties": False,
        "properties": {key.name: _described(key) for key in what.keys},
        **_not_both(what),
    }


def _not_both(what: Keys) -> _Json:
    """A key has one name at a time, its present or its old one."""
    pairs = [{"required": [key.now, key.name]} for key in what.keys if key.now is not None]
    return {"not": {"anyOf": pairs}} if pairs else {}


def _described(key: Key) -> _Json:
    default = {} if key.default is None else {"default": key.default}
    old = {} if key.now is None else {"deprecated": True}
    return {**_value(key.value), **default, "description": key.about, **old}


def _value(value: Value) -> _Json:
    if value in _DEFINED:
        return _ref(_DEFINED[value])
    match value:
        case Value.TWO_NAMES:
            return {**_list(_ref("name"), 2), "maxItems": 2, "uniqueItems": True}
        case Value.DAY:
            return {"type": "string", "format": "date", "pattern": "^\\d{4}-\\d{2}-\\d{2}$"}
        case Value.AMOUNT:
            return _amount()
        case Value.COSTS:
            return {
                "type": "object",
                "minProperties": 1,
                "propertyNames": _ref("name"),
                "additionalProperties": _amount(),
            }
        case Value.TRUTH:
            return {"type": "boolean"}
        case Value.FROM_ZERO:
            return _whole(0)
        case Value.GOAL:
            return {"const": "goal"}
        case Value.LEVEL:
            return {"enum": list(Level)}
        case Value.DEVIATION:
            return {"enum": list(DeviationClass)}
        case Value.CASE:
            return {**_mapping(keys.CASE), "minProperties": 1}
        case Value.STAGES:
            return _list(_ref("stage"), 1)
        case Value.NODES:
            return _list(_ref("node"), 1)
        case Value.OF_JOURNEY:
            return _mapping(keys.EXPECT_OF_JOURNEY)
        case Value.UNEXPECTED:
            return _list(_ref("unexpected"))
        case _:
            return _list(_ref("accepted"))


def _ref(name: str) -> _Json:
    return {"$ref": f"#/$defs/{name}"}


def _list(of: _Json, at_least: int = 0) -> _Json:
    return {"type": "array", **({"minItems": at_least} if at_least else {}), "items": of}


def _whole(at_least: int) -> _Json:
    return {"type": "integer", "minimum": at_least, "maximum": keys.MOST}


def _amount() -> _Json:
    return {"type": "number", "exclusiveMinimum": 0, "maximum": keys.MOST_MONEY}


def _one_of(about: str, *ways: _Json) -> _Json:
    return {"description": about, "anyOf": list(ways)}


def _text(about: str, pattern: str, *examples: str) -> _Json:
    """A text of a pattern; named groups are Python's, so their names are left out."""
    shown = {"examples": list(examples)} if examples else {}
    anchored = f"^{re.sub(r'[?]P<[a-z]+>', '', pattern).strip('^$')}$"
    return {"description": about, "type": "string", "pattern": anchored, **shown}


def _definitions() -> _Json:
    either = {"oneOf": [{"required": ["touchpoint"]}, {"required": ["step"]}]}
    bounds = {"anyOf": [{"required": ["min"]}, {"required": ["max"]}]}
    nodes = (_ref(part.names[0]) for part in keys.PARTS)
    return {
        "name": _text(
            f"One line of 1 to {keys.LONGEST_NAME} characters. Names that YAML reads as something"
            " else (No, 2024) need quotes.",
            rf"\s*\S([^\x00-\x1f\x7f]{{0,{keys.LONGEST_NAME - 2}}}\S)?\s*",
        ),
        "names": _one_of(
            "One name or a list of names.",
            _ref("name"),
            {**_list(_ref("name"), 1), "uniqueItems": True},
        ),
        "duration": _text(
            "A number with its unit: s, m (or min), h, d or w.",
            WRITTEN.pattern,
            *("45m", "36h", "30d"),
        ),
        "many": _whole(1),
        "budget": _text(
            "A limit for a share, or for its difference to the saved baseline.",
            BUDGET.pattern,
            *("<= 5%", ">= 35%", ">= 0.8", "<= baseline + 2 pp"),
        ),
        "expectation": _one_of(
            "A budget, or a mapping with the budget and what follows from it.",
            _ref("budget"),
            _mapping(keys.EXPECTATION),
        ),
        "worsening": _text(
            "How many percentage points a figure may become worse.", WORSENING.pattern, "<= 2 pp"
        ),
        "change": _one_of(
            "A limit, or a mapping with the limit and what follows from it.",
            _ref("worsening"),
            _mapping(keys.CHANGED),
        ),
        "stage": _mapping(keys.STAGE),
        "node": _one_of(
            "A step, a list (one after the other), or a part: step, choice, any-order, optional"
            " or repeat.",
            _ref("name"),
            _list(_ref("node"), 1),
            *nodes,
        ),
        "branches": _list(_ref("node"), 2),
        **{part.names[0]: _mapping(part) for part in keys.PARTS},
        "step": {**_mapping(keys.STEP), "allOf": [_needs(*need) for need in _step_needs()]},
        "within": _one_of(
            "How long after another step this one may come. A bare duration is the most.",
            _ref("duration"),
            {**_mapping(keys.WITHIN), **bounds},
        ),
        "failed": _one_of(
            "What shows that the step was tried and failed.", _ref("names"), _mapping(keys.FAILED)
        ),
        "of-step": {
            "description": "What is expected of this step.",
            **_mapping(keys.EXPECT_OF_STEP),
        },
        "unexpected": {**_mapping(keys.UNEXPECTED), **either},
        "accepted": _mapping(keys.ACCEPTED),
    }


def _step_needs() -> list[tuple[str, str]]:
    """Measures of a step with the key that each needs beside it."""
    return [(one.measure, one.need.key) for one in DEVIATIONS if one.measure and one.need]


def _needs(measure: str, key: str) -> _Json:
    expected = {"expect": {"type": "object", "required": [measure]}}
    return {
        "if": {"properties": expected, "required": ["expect"]},
        "then": {"required": [key]},
    }


if __name__ == "__main__":
    import sys

    sys.stdout.buffer.write(journey_schema().encode())
