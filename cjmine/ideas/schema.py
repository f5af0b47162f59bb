"""The JSON Schemas of registers of ideas and of insights, made of the keys that the reader accepts.

`python -m cjmine.ideas.schema` writes the published files beside this module.
"""

from __future__ import annotations

import json

from cjmine.ideal.deviations import DeviationClass
from cjmine.ideal.schema_parts import (
    DAY,
    DRAFT,
    Json,
    listed,
    mapping,
    names_and_times,
    ref,
    text,
)
from cjmine.ideas.declared import Metric, Status
from cjmine.ideas.keys import (
    ID,
    IDEA,
    INSIGHT,
    INSIGHTS,
    ISSUE,
    POINTS,
    PROMISE,
    REGISTER,
    Written,
)


def ideas_schema() -> str:
    """The schema as JSON text; whether days and keys fit each other is left to the reader.

    >>> json.loads(ideas_schema())["required"]
    ['ideas']
    """
    schema = {
        "$schema": DRAFT,
        "title": "cjmine register of ideas",
        "description": "What was tried or may be tried, and what it promises. Whether keys fit each"
        " other is checked by cjmine itself, not by this schema.",
        **mapping(REGISTER, _value),
        "$defs": {**names_and_times(), "idea": mapping(IDEA, _value)},
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def insights_schema() -> str:
    """The schema of insights as JSON text.

    >>> json.loads(insights_schema())["required"]
    ['insights']
    """
    schema = {
        "$schema": DRAFT,
        "title": "cjmine insights",
        "description": "What customers said or studies found, by journey and step.",
        **mapping(INSIGHTS, _value),
        "$defs": {**names_and_times(), "insight": mapping(INSIGHT, _value)},
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _value(value: Written) -> Json:
    match value:
        case Written.NAME:
            return ref("name")
        case Written.DAY:
            return DAY
        case Written.ID:
            return text("Letters, digits, points and hyphens.", ID.pattern, "M-3")
        case Written.ISSUE:
            return text("The key of an issue.", ISSUE.pattern, "CX-12")
        case Written.STATUS:
            return {"enum": list(Status)}
        case Written.METRIC:
            return {"enum": list(Metric)}
        case Written.DEVIATION:
            return {"enum": list(DeviationClass)}
        case Written.PROMISE:
            written = text("A change with its sign.", PROMISE.pattern, "-4 pp", "-30 %", "-20")
            return {"anyOf": [written, {"type": "number"}]}
        case Written.POINTS:
            return text("Percentage points.", POINTS.pattern, "1 pp")
        case Written.WHERE:
            return {
                "type": "object",
                "minProperties": 1,
                "propertyNames": ref("name"),
                "additionalProperties": ref("names"),
            }
        case Written.IDEAS:
            return listed(ref("idea"))
        case Written.INSIGHTS:
            return listed(ref("insight"))
        case Written.IDS:
            return ref("names")


if __name__ == "__main__":
    from pathlib import Path

    here = Path(__file__).parent
    (here / "ideas.schema.json").write_text(ideas_schema(), "utf-8")
    (here / "insights.schema.json").write_text(insights_schema(), "utf-8")
