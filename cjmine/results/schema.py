"""The JSON Schemas of results, made of their fields; this module loads pydantic."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from cjmine.results.codec import unwritten
from cjmine.results.every import RESULTS

_NONE = re.compile(r"\bNone\b")


def result_schema(schema: str) -> str:
    """What a result may hold, as JSON text that ends with a line feed.

    `schema` is one of `RESULTS`. Keys that older versions did not write are not required.

    >>> json.loads(result_schema("cjmine/baseline/2"))["required"][:2]
    ['schema', 'cjmine']
    """
    result: Any = RESULTS[schema]
    found = TypeAdapter(result).json_schema(by_alias=True, schema_generator=_Untitled)
    for name in unwritten(result):
        del found["properties"][name]
    whole = {
        "$schema": GenerateJsonSchema.schema_dialect,
        "title": schema,
        "description": found.pop("description"),
        **{key: value for key, value in found.items() if key not in ("title", "$defs")},
        "$defs": found["$defs"],
    }
    return json.dumps(_in_words_of_json(whole), indent=2, ensure_ascii=False) + "\n"


class _Untitled(GenerateJsonSchema):
    """The usual schema; the title of a field would only repeat its name."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def _in_words_of_json(value: Any) -> Any:
    """The same schema, whose descriptions say null where those of classes say None."""
    if isinstance(value, Mapping):
        return {
            key: _NONE.sub("null", one)
            if key == "description" and isinstance(one, str)
            else _in_words_of_json(one)
            for key, one in value.items()
        }
    return [_in_words_of_json(one) for one in value] if isinstance(value, list) else value
