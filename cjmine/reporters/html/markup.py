"""Parts of the page: sentences of the catalogue, tables, sections. Every label is escaped here."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from cjmine.reporters.language import Language
from cjmine.reporters.svg import element, escaped
from cjmine.results.share import Share

_RIGHT_TO_LEFT = {"R", "AL", "AN"}


def label(text: str) -> Markup:
    """A text from outside: escaped, and kept apart where it runs from right to left.

    >>> label("<b>")
    Markup('&lt;b&gt;')
    """
    shown = escaped(text)
    if text.isascii() or not any(unicodedata.bidirectional(s) in _RIGHT_TO_LEFT for s in text):
        return shown
    return element("bdi", shown)


def said(language: Language, name: str, /, **filled: str) -> Markup:
    """A sentence of the catalogue's table `report`, with what is filled in escaped.

    A name with a point says its table itself: `dropoff.curve`.
    """
    template = escaped(language.texts[name if "." in name else f"report.{name}"])
    return template.format(**{key: label(value) for key, value in filled.items()})


def with_code(text: str) -> Markup:
    """A text in which `words between backticks` are words to type."""
    parts = text.split("`")
    return Markup().join(
        element("code", label(part)) if at % 2 else label(part) for at, part in enumerate(parts)
    )


def paragraph(language: Language, name: str, /, **filled: str) -> Markup:
    """A sentence as a paragraph."""
    return element("p", said(language, name, **filled))


@dataclass(frozen=True, slots=True)
class Cell:
    """A finished cell; `key` is what a number is sorted by."""

    shown: Markup
    key: float | None = None
    is_number: bool = False


def text(shown: str) -> Cell:
    """A cell with a label."""
    return Cell(label(shown))


def count(language: Language, number: int | None) -> Cell:
    """A cell with a count; a dash where it is withheld."""
    return Cell(label(language.count(number)), number, True)


def share(language: Language, n: int | None, of: int | None) -> Cell:
    """A cell with a share, without its counts: they are shown beside it."""
    if n is None or not of:
        return Cell(label(language.count(None)), None, True)
    return Cell(label(language.share(n, of)), n / of, True)


def ratio(language: Language, found: Share) -> Cell:
    """A cell with a share, its interval and its counts."""
    parts = (element("span", escaped(part)) for part in language.ratio_parts(found))
    return Cell(Markup(", ").join(parts), found.value, True)


def seconds(language: Language, time: float | None) -> Cell:
    """A cell with a time."""
    return Cell(label(language.seconds(time)), time, True)


def table(caption: Markup, heads: Sequence[Markup], rows: Iterable[Sequence[Cell]]) -> Markup:
    """A table with a caption; the first cell of a row names it. Texts are finished."""
    every = [list(row) for row in rows]
    numeric = [all(row[place].is_number for row in every) for place in range(len(heads))]
    head = (
        element("th", one, scope="col", **_kind(is_number and bool(every)))
        for one, is_number in zip(heads, numeric, strict=True)
    )
    body = (
        element("tr", *(_cell(cell, place == 0) for place, cell in enumerate(row))) for row in every
    )
    inside = (
        element("caption", caption),
        element("thead", element("tr", *head)),
        element("tbody", *body),
    )
    return scrolled(element("table", *inside), caption)


def _cell(cell: Cell, is_first: bool) -> Markup:
    attributes: dict[str, str | float] = {"scope": "row"} if is_first else {}
    if cell.key is not None:
        attributes["data_key"] = repr(cell.key)
    return element("th" if is_first else "td", cell.shown, **attributes, **_kind(cell.is_number))


def _kind(is_number: bool) -> dict[str, str]:
    return {"class_": "number"} if is_number else {}


def scrolled(inside: Markup, name: Markup) -> Markup:
    """Something wide, in a part that scrolls sideways and that the keyboard reaches.

    `name` is a finished text.
    """
    frame = Markup('<div class="scroll" role="group" aria-label="{}" tabindex="0">{}</div>')
    return frame.format(name, inside)


def abbreviated(sign: str, meaning: Markup) -> Markup:
    """A sign that says what it means when it is pointed at."""
    return Markup('<abbr title="{}">{}</abbr>').format(meaning, label(sign))


def details(summary: Markup, *inside: Markup) -> Markup:
    """A part that opens on request; it works without a script. Texts are finished."""
    return element("details", element("summary", summary), *inside)


def head(language: Language, title: str, *inside: Markup) -> Markup:
    """The first section of a page; its heading is the title of the page."""
    heading = element("h1", label(title))
    return element(
        "section", heading, *inside, id="verdict", aria_label=language.say("report.verdict")
    )


def section(language: Language, name: str, *inside: Markup) -> Markup:
    """A section with a heading that can be linked to; its text has the key `name`."""
    heading, place = said(language, name), anchor(name)
    link = Markup('<a class="anchor" href="#{}" aria-label="{}">#</a>')
    return element(
        "section",
        element("h2", heading + " " + link.format(place, heading), id=f"{place}-h"),
        *inside,
        id=place,
        aria_labelledby=f"{place}-h",
    )


def anchor(name: str) -> str:
    """Where the section with a heading is on its page.

    >>> anchor("map"), anchor("dropoff.curve")
    ('map', 'curve')
    """
    return name.rpartition(".")[2]
