"""Small pieces of HTML for notebooks: no script, styles in attributes, every label escaped.

A notebook that is not trusted loses scripts and style sheets; this looks the same without them.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence

from markupsafe import Markup

from cjmine.reporters.svg import element, escaped

MOST_ROWS = 20
_LONGEST = 80
_CELL = "padding: 2px 10px 2px 0; border-bottom: 1px solid #8886; text-align: "


def block(*parts: Markup) -> Markup:
    """Some parts as one piece."""
    return element("div", *parts, style="max-width: 60em; overflow-x: auto")


def heading(title: str, below: str = "") -> Markup:
    """A title, and a line below it."""
    bold = element("strong", escaped(title))
    lines = [bold, element("br"), escaped(below)] if below else [bold]
    return element("p", *lines, style="margin: 0.4em 0")


def picture(svg: str, said: str) -> Markup:
    """A picture, closed off from the page around it; `said` is what it shows, in words.

    Its style sheet lives in the image and so is not stripped. A wide one scrolls; its letters
    would be too small otherwise.
    """
    data = b64encode(svg.encode()).decode()
    return element(
        "img", src=f"data:image/svg+xml;base64,{data}", alt=said, style="max-width: none"
    )


def table_of_rows(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Markup:
    """A table, the first column to the left and the others to the right; nothing without rows."""
    if not rows:
        return Markup()
    head = element("tr", *(_cell("th", place, name) for place, name in enumerate(names)))
    body = [
        element("tr", *(_cell("td", place, value) for place, value in enumerate(row)))
        for row in rows[:MOST_ROWS]
    ]
    more = Markup()
    if len(rows) > MOST_ROWS:
        more = element("p", escaped(f"and {len(rows) - MOST_ROWS:,} more"), style="margin: 0.2em 0")
    return element("table", head, *body, style="border-collapse: collapse") + more


def _cell(name: str, place: int, value: str) -> Markup:
    shown = value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"
    return element(name, escaped(shown), style=_CELL + ("right" if place else "left"))
