"""The JSON Schema of portfolio files, made of the keys that the reader accepts.

`python -m cjmine.portfolio.schema > cjmine/portfolio/portfolio.schema.json` writes the published
file.
"""

from __future__ import annotations

import json

from cjmine.ideal.schema_parts import DAY, DRAFT, Json, listed, mapping, names_and_times, ref
from cjmine.portfolio.declared import Level, Status
from cjmine.portfolio.keys import JOURNEY, OVERRIDE, PORTFOLIO, TEMPLATE, Written


def portfolio_schema() -> str:
    """The schema as JSON text; whether names refer to each other is left to the reader.

    >>> json.loads(portfolio_schema())["required"]
    ['lifecycle', 'journeys']
    """
    schema = {
        "$schema": DRAFT,
        "title": "cjmine portfolio file",
        "description": "All journeys on one life cycle. References between journeys are checked by"
        " cjmine itself, not by this schema.",
        **mapping(PORTFOLIO, _value),
        "$defs": {
            **names_and_times(),
            "journey": mapping(JOURNEY, _value),
            "template": mapping(TEMPLATE, _value),
            "override": mapping(OVERRIDE, _value),
        },
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _value(value: Written) -> Json:
    match value:
        case Written.NAME | Written.NAMES | Written.DURATION:
            return ref(value.name.lower())
        case Written.DAY:
            return DAY
        case Written.LEVEL:
            return {"enum": list(Level)}
        case Written.STATUS:
            return {"enum": list(Status)}
        case Written.ENTRIES:
            return listed({"anyOf": [ref("journey"), ref("template")]})
        case Written.VALUES:
            return {**_by_name(ref("names")), "minProperties": 1, "maxProperties": 1}
        case Written.OVERRIDES:
            return _by_name(ref("override"))
        case Written.REASONS:
            return _by_name(ref("name"))


def _by_name(value: Json) -> Json:
    return {"type": "object", "propertyNames": ref("name"), "additionalProperties": value}


if __name__ == "__main__":
    import sys

    sys.stdout.buffer.write(portfolio_schema().encode())
