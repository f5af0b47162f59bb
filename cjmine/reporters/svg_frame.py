"""The sheet that pictures are drawn on: its colours by day, by night and on paper, head and foot.

Flow maps, process models and variants share it. Nothing in it has an id, so that several pictures
can be in one page, and classes begin with `cj-`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from cjmine.reporters.escaping import visible
from cjmine.reporters.svg import FONT, element, escaped, number, text
from cjmine.reporters.text_width import cut, lines, width
from cjmine.reporters.theme import Colour, Paint, Theme, stylesheet
from cjmine.version import VERSION

HEAD, SMALL, BODY = 17.0, 11.5, 13.0
_EDGE = 16.0
_LINE = 17.0


_SHAPES = (
    f".cj-sheet{{font-size:{BODY:g}px}}"
    ".cj-way,.cj-way-off,.cj-casing,.cj-outline,.cj-thin{fill:none}"
    ".cj-thin{stroke-width:1}.cj-plain{stroke-width:1.2}"
    ".cj-box{stroke-width:2}.cj-outline,.cj-ideal,.cj-chip{stroke-width:1.5}"
    ".cj-tiny{font-size:11px}.cj-letters{font-size:12px}"
    ".cj-dashed{stroke-dasharray:5 3}.cj-dotted{stroke-dasharray:2 2}"
    ".cj-halo{paint-order:stroke;stroke-width:4px;stroke-linejoin:round}"
    ".cj-strong{font-weight:bold}"
    f".cj-head{{font-size:{HEAD:g}px}}.cj-small{{font-size:{SMALL:g}px}}"
)
_PAINTS = (
    Paint(".cj-page,.cj-ideal", "fill", Colour.BACKGROUND),
    Paint(".cj-box,.cj-plain,.cj-chip", "fill", Colour.LANE),
    Paint(".cj-text,.cj-strong", "fill", Colour.TEXT),
    Paint(".cj-muted", "fill", Colour.MUTED),
    Paint(".cj-dot", "fill", Colour.TEXT),
    Paint(".cj-tip", "fill", Colour.MEASURED),
    Paint(".cj-tip-off", "fill", Colour.LINE),
    Paint(".cj-box,.cj-outline,.cj-ideal,.cj-casing", "stroke", Colour.TEXT),
    Paint(".cj-plain,.cj-way-off,.cj-thin", "stroke", Colour.LINE),
    Paint(".cj-way,.cj-chip", "stroke", Colour.MEASURED),
    Paint(".cj-halo", "stroke", Colour.BACKGROUND),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A sign of the key, drawn from 0 to `wide` around the height 0, and what it means."""

    drawn: Markup
    wide: float
    meaning: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is drawn, and the words around it.

    `body` is drawn on `width` by `height` units from the upper left. `about` says in a sentence
    what the picture shows, for readers who cannot see it; `engine` who laid it out. `paints` and
    `shapes` are rules of its own beside those of every sheet.
    """

    title: str
    below: str
    about: str
    body: Sequence[Markup]
    width: float
    height: float
    foot: Sequence[str] = ()
    key: Sequence[Entry] = ()
    engine: str = ""
    least: float = 640.0
    paints: Sequence[Paint] = ()
    shapes: str = ""


def sheet_style(theme: Theme, paints: Sequence[Paint] = (), shapes: str = "") -> Markup:
    """The style of a sheet: colours by day, by night and on paper, and shapes; with some more."""
    return element("style", stylesheet((*_PAINTS, *paints), _SHAPES + shapes, theme))


def drawn(sheet: Sheet, theme: Theme = Theme.AUTO) -> Markup:
    """The whole picture as one SVG element; ends without a line feed."""
    wide = max(sheet.width, sheet.least)
    room = wide - 2 * _EDGE
    head = [text(_EDGE, 28, cut(sheet.title, HEAD, room, True), "cj-strong cj-head")]
    y = 28.0
    for line in lines(sheet.below, SMALL, room, 2):
        y += _LINE
        head.append(text(_EDGE, y, line, "cj-muted cj-small"))
    top = y + 10
    foot = []
    y = top + sheet.height + 8
    for sentence in sheet.foot:
        for line in lines(sentence, SMALL, room, 6):
            y += _LINE
            foot.append(text(_EDGE, y, line, "cj-muted cj-small"))
    x, y = _EDGE, y + (_LINE + 4 if sheet.key else 0)
    for entry in sheet.key:
        needed = entry.wide + 7 + width(visible(entry.meaning), SMALL)
        if x > _EDGE and x + needed > wide - _EDGE:
            x, y = _EDGE, y + _LINE + 2
        foot.append(element("g", entry.drawn, transform=_moved(x, y - 4)))
        foot.append(text(x + entry.wide + 7, y, entry.meaning, "cj-muted cj-small"))
        x += needed + 22
    high = y + _EDGE
    left = (wide - sheet.width) / 2 if sheet.width < wide else 0.0
    drawing = element("g", *sheet.body, transform=_moved(left, top))
    by = f" Layout: {sheet.engine}." if sheet.engine else ""
    return element(
        "svg",
        Markup("<!-- Drawn by cjmine {}.{} -->").format(VERSION, by),
        element("title", escaped(sheet.title)),
        element("desc", escaped(sheet.about)),
        sheet_style(theme, sheet.paints, sheet.shapes),
        element("rect", width=wide, height=high, class_="cj-page"),
        *head,
        drawing,
        *foot,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {wide:.0f} {high:.0f}",
        width=f"{wide:.0f}",
        height=f"{high:.0f}",
        role="img",
        class_="cj-sheet",
        font_family=FONT,
    )


def _moved(x: float, y: float) -> str:
    return f"translate({number(x)} {number(y)})"
