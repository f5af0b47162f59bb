"""Channels and kept columns: words for nothing are null, and addresses lose what is of one visit."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from loaders.exports import ZONED, read

ROWS = (
    ("web", "NL", "https://x.example/a?token=1"),
    (r"\N", "(not set)", "#N/A"),
    ("n.v.t.", "(leeg)", "-"),
    ("(not set)", "<null>", "NULL"),
    ("NA", "NA", "  "),
)
DECLARED = replace(ZONED, channel_column="kanaal", keep=("land", "pagina"))
RIGHT = {
    "channel": ["web", None, None, None, None],
    "land": ["NL", None, None, None, "NA"],
    "pagina": ["/a", None, None, None, None],
}


def _csv() -> str:
    lines = [f"K-{n},2024-05-01 10:00,a,{','.join(row)}" for n, row in enumerate(ROWS)]
    return "\n".join(["klant,datum,activiteit,kanaal,land,pagina", *lines])


def _jsonl() -> str:
    names = ("klant", "datum", "activiteit", "kanaal", "land", "pagina")
    rows = ((f"K-{n}", "2024-05-01 10:00", "a", *row) for n, row in enumerate(ROWS))
    return "\n".join(json.dumps(dict(zip(names, row, strict=True))) for row in rows)


def _xes() -> str:
    def event(row: tuple[str, ...]) -> str:
        named = zip(("kanaal", "land", "pagina"), row, strict=True)
        more = "".join(
            f'<string key="{key}" value="{value.replace("<", "&lt;")}"/>' for key, value in named
        )
        return (
            f'<event><string key="concept:name" value="a"/>{more}'
            '<date key="time:timestamp" value="2024-05-01T10:00:00Z"/></event>'
        )

    trace = '<string key="concept:name" value="K-1"/>' + "".join(map(event, ROWS))
    return f"<log><trace>{trace}</trace></log>"


@pytest.mark.parametrize("content", [_csv(), _jsonl(), _xes()], ids=["csv", "jsonl", "xes"])
def test_words_for_nothing_are_null(tmp_path: Path, content: str) -> None:
    """No channel is called "(not set)"; NA is none as a channel, but may be a country."""
    found = read(tmp_path, content, declared=DECLARED)
    assert {name: found.found.table[name].to_pylist() for name in RIGHT} == RIGHT
