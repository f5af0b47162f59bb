"""The JSON Schema of journey files, made of the keys that the reader accepts.

`python -m cjmine.ideal.schema > cjmine/ideal/journey.schema.json` writes the published file.
"""

from __future__ import annotations

import json

from cjmine.ideal import keys
from cjmine.ideal.deviations import DEVIATIONS, DeviationClass
from cjmine.ideal.journey import Level
from cjmine.ideal.keys import Keys, Value
from cjmine.ideal.read_expectations import BUDGET, WORSENING
from cjmine.ideal.schema_parts import (
    DAY,
    DRAFT,
    Json,
    listed,
    mapping,
    names_and_times,
    one_of,
    ref,
    text,
)

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
        "$schema": DRAFT,
        "title": "cjmine journey file",
        "description": "The ideal journey that people declare. References between steps are"
        " checked by cjmine itself, not by this schema.",
        **_mapping(keys.JOURNEY),
        "$defs": _definitions(),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _mapping(what: Keys[Value]) -> Json:
    return mapping(what, _value)


def _value(value: Value) -> Json:
    if value in _DEFINED:
        return ref(_DEFINED[value])
    match value:
        case Value.TWO_NAMES:
            return {**listed(ref("name"), 2), "maxItems": 2, "uniqueItems": True}
        case Value.DAY:
            return DAY
        case Value.AMOUNT:
            return _amount()
        case Value.COSTS:
            return {
                "type": "object",
                "minProperties": 1,
                "propertyNames": ref("name"),
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
            return listed(ref("stage"), 1)
        case Value.NODES:
            return listed(ref("node"), 1)
        case Value.OF_JOURNEY:
            return _mapping(keys.EXPECT_OF_JOURNEY)
        case Value.UNEXPECTED:
            return listed(ref("unexpected"))
        case _:
            return listed(ref("accepted"))


def _whole(at_least: int) -> Json:
    return {"type": "integer", "minimum": at_least, "maximum": keys.MOST}


def _amount() -> Json:
    return {"type": "number", "exclusiveMinimum": 0, "maximum": keys.MOST_MONEY}


def _definitions() -> Json:
    either = {"oneOf": [{"required": ["touchpoint"]}, {"required": ["step"]}]}
    bounds = {"anyOf": [{"required": ["min"]}, {"required": ["max"]}]}
    nodes = (ref(part.names[0]) for part in keys.PARTS)
    return {
        **names_and_times(),
        "many": _whole(1),
        "budget": text(
            "A limit for a share, or for its difference to the saved baseline.",
            BUDGET.pattern,
            *("<= 5%", ">= 35%", ">= 0.8", "<= baseline + 2 pp"),
        ),
        "expectation": one_of(
            "A budget, or a mapping with the budget and what follows from it.",
            ref("budget"),
            _mapping(keys.EXPECTATION),
        ),
        "worsening": text(
            "How many percentage points a figure may become worse.", WORSENING.pattern, "<= 2 pp"
        ),
        "change": one_of(
            "A limit, or a mapping with the limit and what follows from it.",
            ref("worsening"),
            _mapping(keys.CHANGED),
        ),
        "stage": _mapping(keys.STAGE),
        "node": one_of(
            "A step, a list (one after the other), or a part: step, choice, any-order, optional"
            " or repeat.",
            ref("name"),
            listed(ref("node"), 1),
            *nodes,
        ),
        "branches": listed(ref("node"), 2),
        **{part.names[0]: _mapping(part) for part in keys.PARTS},
        "step": {**_mapping(keys.STEP), "allOf": [_needs(*need) for need in _step_needs()]},
        "within": one_of(
            "How long after another step this one may come. A bare duration is the most.",
            ref("duration"),
            {**_mapping(keys.WITHIN), **bounds},
        ),
        "failed": one_of(
            "What shows that the step was tried and failed.", ref("names"), _mapping(keys.FAILED)
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


def _needs(measure: str, key: str) -> Json:
    expected = {"expect": {"type": "object", "required": [measure]}}
    return {
        "if": {"properties": expected, "required": ["expect"]},
        "then": {"required": [key]},
    }


if __name__ == "__main__":
    import sys

    sys.stdout.buffer.write(journey_schema().encode())
