"""Reading a picture: its texts with the room that they take, its figures, and whether it is safe."""

from __future__ import annotations

import re
import xml.etree.ElementTree as Xml
from dataclasses import dataclass
from itertools import combinations

from cjmine.reporters.text_width import width

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {"svg", "title", "desc", "style", "g", "rect", "circle", "path", "text"}
ATTRIBUTES = {
    *("class", "d", "x", "y", "cx", "cy", "r", "rx", "width", "height", "viewBox", "role"),
    *("transform", "text-anchor", "stroke-width", "font-family"),
}
_SIZES = {"cj-head": 17.0, "cj-small": 11.5, "cj-tiny": 11.0, "cj-letters": 12.0}


@dataclass(frozen=True)
class Word:
    """A text of the picture and the rectangle that it takes."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def parsed(svg: str) -> Xml.Element:
    """The picture, which holds nothing but shapes and texts of ours."""
    assert not re.search(r"<!DOCTYPE|<\?|<script|href|url\(|@import", svg, re.IGNORECASE)
    root = Xml.fromstring(svg)
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in ELEMENTS
        assert set(element.attrib) <= ATTRIBUTES
    assert root.get("role") == "img" and root[0].tag == f"{SVG}title"
    return root


def words(root: Xml.Element) -> list[Word]:
    """Every text with its place, moved as its groups are."""
    found: list[Word] = []

    def look(element: Xml.Element, x: float, y: float) -> None:
        moved = re.match(r"translate\(([\d.-]+) ([\d.-]+)\)", element.get("transform", ""))
        if moved:
            x, y = x + float(moved[1]), y + float(moved[2])
        if element.tag == f"{SVG}text":
            classes = element.get("class", "").split()
            size = next((_SIZES[one] for one in classes if one in _SIZES), 13.0)
            text = element.text or ""
            wide = width(text, size, "cj-strong" in classes)
            left, base = x + float(element.get("x", "0")), y + float(element.get("y", "0"))
            left -= wide / 2 if element.get("text-anchor") == "middle" else 0
            found.append(Word(text, left, base - 0.75 * size, left + wide, base + 0.2 * size))
        for inner in element:
            look(inner, x, y)

    look(root, 0.0, 0.0)
    return found


def overlapping(found: list[Word]) -> list[tuple[str, str]]:
    """Texts that are drawn over one another."""
    return [
        (one.text, other.text)
        for one, other in combinations(found, 2)
        if min(one.right, other.right) - max(one.left, other.left) > 0.5
        and min(one.bottom, other.bottom) - max(one.top, other.top) > 0.5
    ]


def outside(root: Xml.Element, found: list[Word]) -> list[str]:
    """Texts that leave the picture."""
    _, _, wide, high = map(float, root.get("viewBox", "").split())
    return [
        one.text
        for one in found
        if one.left < 0 or one.top < 0 or one.right > wide or one.bottom > high
    ]
