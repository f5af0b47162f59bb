"""A journey beside the ideal, drawn as a table: ideal row, measured row, marker row."""

from __future__ import annotations

from cjmine.analysis.checked import Cell, Example
from cjmine.ideal.deviations import DeviationClass
from cjmine.reporters.html.markup import label, said, scrolled
from cjmine.reporters.language import Language
from cjmine.reporters.svg import element

_EMPTY = "·"


def draw(one: Example, language: Language) -> str:
    """The three rows under each other; they scroll sideways where the journey is long."""
    caption = said(
        language, "example", kind=_kind(one.name, language), count=language.count(one.journeys)
    )
    rows = (
        ("ideal", [label(cell.ideal) if cell.ideal is not None else _EMPTY for cell in one.cells]),
        (
            "measured",
            [label(cell.measured) if cell.measured is not None else _EMPTY for cell in one.cells],
        ),
        ("marker", [_marker(cell, language) for cell in one.cells]),
    )
    body = "".join(
        element(
            "tr",
            element("th", said(language, f"row-{name}"), scope="row"),
            *(
                element("td", shown, class_=cell.marker.value if cell.marker else "match")
                for shown, cell in zip(cells, one.cells, strict=True)
            ),
            class_=name,
        )
        for name, cells in rows
    )
    drawn = element("table", element("caption", caption), body, class_="example")
    return scrolled(drawn, caption)


def kind(name: str, language: Language) -> str:
    """The name of a class of deviations, as a finished text."""
    return label(_kind(name, language))


def _kind(name: str, language: Language) -> str:
    known = name in set(DeviationClass)
    return language.say(f"deviation.{name}") if known else name


def _marker(cell: Cell, language: Language) -> str:
    if cell.marker is None:
        return ""
    return said(language, f"marker-{cell.marker.value}")
