"""The JSON Schema of `maturity.yaml`, made of the keys that the reader accepts.

`python -m cjmine.maturity.schema` writes the published file beside this module.
"""

from __future__ import annotations

import json

from cjmine.ideal.schema_parts import DAY, DRAFT, Json, mapping
from cjmine.maturity.file import ANSWERS, Written


def answers_schema() -> str:
    """The schema as JSON text.

    >>> json.loads(answers_schema())["additionalProperties"]
    False
    """
    schema = {
        "$schema": DRAFT,
        "title": "cjmine answers on maturity",
        "description": "What only people know of how journeys are managed, by question.",
        **mapping(ANSWERS, _value),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _value(value: Written) -> Json:
    match value:
        case Written.DAY_OR_NO:
            # Some editors read a bare no as false.
            return {"anyOf": [DAY, {"enum": ["no", False]}]}


if __name__ == "__main__":
    from pathlib import Path

    (Path(__file__).parent / "maturity.schema.json").write_text(answers_schema(), "utf-8")
