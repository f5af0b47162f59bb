"""A journey beside the ideal, drawn as a table: ideal row, measured row, marker row."""

from __future__ import annotations

from markupsafe import Markup

from cjmine.reporters.check.words import deviation
from cjmine.reporters.html.markup import label, said, scrolled
from cjmine.reporters.language import Language
from cjmine.reporters.svg import element
from cjmine.results.check import Cell, Example

_EMPTY = Markup("·")


def draw(one: Example, language: Language) -> Markup:
    """The three rows under each other; they scroll sideways where the journey is long."""
    caption = said(
        language,
        "example",
        kind=deviation(one.class_, language),
        count=language.count(one.journeys),
    )
    rows = (
        ("ideal", [_name(cell.ideal) for cell in one.columns]),
        ("measured", [_name(cell.measured) for cell in one.columns]),
        ("marker", [_marker(cell, language) for cell in one.columns]),
    )
    body = (
        element(
            "tr",
            element("th", said(language, f"row-{name}"), scope="row"),
            *(
                element("td", shown, class_=cell.marker.value if cell.marker else "match")
                for shown, cell in zip(cells, one.columns, strict=True)
            ),
            class_=name,
        )
        for name, cells in rows
    )
    drawn = element("table", element("caption", caption), *body, class_="example")
    return scrolled(drawn, caption)


def _name(one: str | None) -> Markup:
    return _EMPTY if one is None else label(one)


def _marker(cell: Cell, language: Language) -> Markup:
    if cell.marker is None:
        return Markup()
    return label(language.say(f"marker.{cell.marker.value}"))
