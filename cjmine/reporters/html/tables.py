"""The declared tables as tables of the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from markupsafe import Markup

from cjmine.reporters.html.markup import (
    Cell,
    count,
    label,
    ratio,
    said,
    seconds,
    share,
)
from cjmine.reporters.html.markup import table as drawn
from cjmine.reporters.language import Language
from cjmine.reporters.scores import score_in_words
from cjmine.reporters.table import Column, Found, Place, Row, Shape, Table
from cjmine.results.figures import OTHER


def page_table(
    table: Table[Found, Row],
    found: Found,
    caption: str,
    language: Language,
    rows: Sequence[Row] | None = None,
    own: Callable[[str, Row], Cell | None] = lambda _key, _row: None,
    without: Sequence[str] = (),
) -> Markup:
    """A table of a result; `caption` is the name of its text.

    `rows` are those shown where not all are, `own` gives the cells that are more than a value (by
    key and row, else None), `without` names columns that are left out.
    """
    columns = [one for one in table.at(Place.PAGE) if one.key not in without]

    def cell(column: Column[Found, Row], row: Row) -> Cell:
        finished = own(column.key, row)
        if finished is not None:
            return finished
        return _cell(column.shape, column.value(row, found), language)

    return drawn(
        said(language, caption),
        [said(language, one.text) for one in columns],
        (
            [cell(column, row) for column in columns]
            for row in (table.rows(found) if rows is None else rows)
        ),
    )


def name(one: str, language: Language) -> Markup:
    """A touchpoint or channel; what is folded has a word for it. A finished text."""
    return said(language, "other") if one == OTHER else label(one)


def _cell(shape: Shape, value: Any, language: Language) -> Cell:
    match shape:
        case Shape.TEXT:
            return Cell(name(value or "", language))
        case Shape.COUNT:
            return count(language, value)
        case Shape.SECONDS:
            return seconds(language, value)
        case Shape.SHARE:
            return share(language, *value)
        case Shape.RATE:
            return ratio(language, value)
        case Shape.CHANGE:
            shown = language.count(None) if value is None else language.points(value.value)
            return Cell(label(shown), value.value if value else None, True)
        case Shape.SCORE:
            return Cell(label(score_in_words(value, language)), value.value, True)
        case _:
            raise AssertionError("the page has no columns of this shape")
