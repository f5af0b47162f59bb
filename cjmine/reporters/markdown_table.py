"""The declared tables as tables of Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from cjmine.errors import Note
from cjmine.reporters.escaping import markdown as escaped
from cjmine.reporters.language import DASH, Language
from cjmine.reporters.notes import note_text
from cjmine.reporters.scores import score_in_words
from cjmine.reporters.table import Column, Found, Place, Row, Shape, Table

MOST_ROWS = 50
_LONGEST = 200


def markdown(text: str) -> str:
    """A label as plain text, cut so that a summary stays far below what services take."""
    return escaped(text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…")


def note(one: Note, language: Language) -> str:
    """A note as an item of a list."""
    return f"- {one.code}: {markdown(note_text(one, language))}"


def markdown_table(
    table: Table[Found, Row],
    found: Found,
    language: Language,
    own: Callable[[str, Row], str | None] = lambda _key, _row: None,
) -> str:
    """The first rows of a table; `own` gives cells that are more than a value, by key and row."""
    columns = table.at(Place.SUMMARY)

    def cell(column: Column[Found, Row], row: Row) -> str:
        finished = own(column.key, row)
        if finished is not None:
            return finished
        return _cell(column.shape, column.value(row, found), language)

    rows = table.rows(found)
    return written(
        [language.say(one.text) for one in columns],
        ([cell(column, row) for column in columns] for row in rows[:MOST_ROWS]),
        len(rows),
        language,
    )


def written(
    headings: Sequence[str], rows: Iterable[Sequence[str]], total: int, language: Language
) -> str:
    """Finished cells as a table that says how many of `total` rows are not in it."""
    lines = ["| " + " | ".join(headings) + " |", "|---" + "|---:" * (len(headings) - 1) + "|"]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    if total > MOST_ROWS:
        more = language.say("summary.more", n=language.count(total - MOST_ROWS))
        lines.append(f"| {more}" + " |" * len(headings))
    return "\n".join(lines)


def _cell(shape: Shape, value: Any, language: Language) -> str:
    match shape:
        case Shape.TEXT:
            return markdown(value or "")
        case Shape.TRACE:
            return " › ".join(markdown(one) for one in value)
        case Shape.COUNT:
            return language.count(value)
        case Shape.SHARE:
            return language.share(*value)
        case Shape.RATE:
            return language.share(value.n, value.of)
        case Shape.CHANGE:
            if value is None:
                return DASH
            points = language.number(f"{100 * value.value:+z.1f}")
            return f"{points} {language.say('number.pp')}"
        case Shape.SCORE:
            return markdown(score_in_words(value, language))
        case _:
            raise AssertionError("the summary has no columns of this shape")
