"""Several finished pictures one below the other, each under a heading, as one picture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from cjmine.reporters.svg import FONT, element, escaped, number, text
from cjmine.reporters.svg_frame import HEAD, sheet_style
from cjmine.reporters.text_width import cut
from cjmine.reporters.theme import Theme

_SIZE = re.compile(r'viewBox="0 0 (\d+(?:\.\d+)?) (\d+(?:\.\d+)?)"')
_EDGE, _ABOVE, _BETWEEN = 16.0, 44.0, 12.0


@dataclass(frozen=True, slots=True)
class Part:
    """A picture as SVG, and the heading above it."""

    heading: str
    drawn: Markup


def stacked(parts: Sequence[Part], title: str, theme: Theme = Theme.AUTO) -> Markup:
    """All pictures as one SVG element; ends without a line feed.

    >>> one = Markup('<svg viewBox="0 0 640 100" width="640" height="100"/>')
    >>> drawn = stacked([Part("fund: A", one), Part("fund: B", one)], "By fund")
    >>> drawn.count("<svg "), 'viewBox="0 0 640 312"' in drawn
    (3, True)
    """
    wide, y, body = 640.0, 0.0, []
    for part in parts:
        found = _SIZE.search(part.drawn)
        assert found is not None, "a picture names its size"
        wide = max(wide, float(found[1]))
    for part in parts:
        found = _SIZE.search(part.drawn)
        assert found is not None
        heading = cut(part.heading, HEAD, wide - 2 * _EDGE, True)
        body.append(text(_EDGE, y + 30, heading, "cj-strong cj-head"))
        body.append(element("g", part.drawn, transform=f"translate(0 {number(y + _ABOVE)})"))
        y += _ABOVE + float(found[2]) + _BETWEEN
    return element(
        "svg",
        element("title", escaped(title)),
        sheet_style(theme),
        element("rect", width=wide, height=y, class_="cj-page"),
        *body,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {wide:.0f} {y:.0f}",
        width=f"{wide:.0f}",
        height=f"{y:.0f}",
        role="group",
        class_="cj-sheet",
        font_family=FONT,
    )
