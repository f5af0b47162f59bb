"""A trace beside the ideal: one row of ideal steps, one of touchpoints, one of markers."""

from __future__ import annotations

from cjmine.ideal.deviations import Marker
from cjmine.reporters.check.words import deviation
from cjmine.reporters.escaping import columns, padded, visible
from cjmine.reporters.language import Language
from cjmine.reporters.terminal import NARROW, Screen
from cjmine.results.check import Cell, Example

_LABEL = 11
_WIDEST, _NARROWEST = 16, 7
_MOST_BLOCKS = 3
_EMPTY = "·"


def draw(example: Example, screen: Screen) -> list[str]:
    """The three rows in the columns of a screen, in blocks where a trace is long."""
    language = screen.language
    lines = [
        language.say(
            "screen.example",
            deviation=deviation(example.class_, language),
            journeys=language.counted("journey", example.journeys),
        )
    ]
    blocks = _blocks(_squeezed(example.columns, language), screen)
    for block in blocks[:_MOST_BLOCKS]:
        widths = [_width(cell, screen) for cell in block]
        for title, texts in (
            (language.say("report.row-ideal"), [cell.ideal or _EMPTY for cell in block]),
            (language.say("report.row-measured"), [cell.measured or _EMPTY for cell in block]),
            ("", [_sign(cell, language) for cell in block]),
        ):
            cells = [padded(text, wide) for text, wide in zip(texts, widths, strict=True)]
            row = f"  {title:<{_LABEL - 2}}" + " ".join(cells)
            if row.strip():
                lines.append(row.rstrip())
    if len(blocks) > _MOST_BLOCKS:
        lines.append("  " + language.say("screen.example-cut"))
    return lines


def _squeezed(cells: tuple[Cell, ...], language: Language) -> list[Cell]:
    """A tail of lost steps as one column: which they are is plain from the ideal."""
    lost = 0
    while lost < len(cells) and cells[-1 - lost].marker is Marker.LOST:
        lost += 1
    if lost < 3:
        return list(cells)
    first = cells[len(cells) - lost]
    rest = language.say("screen.example-lost", n=language.count(lost - 1))
    return [*cells[: len(cells) - lost], first, Cell(rest, None, Marker.LOST)]


def _sign(cell: Cell, language: Language) -> str:
    return language.say(f"marker.{cell.marker}") if cell.marker is not None else ""


def _width(cell: Cell, screen: Screen) -> int:
    """The columns of a cell; a wider screen shows more of long names."""
    widest = max(columns(visible(text)) for text in (cell.ideal or "", cell.measured or "", ""))
    most = _WIDEST * screen.width // NARROW
    return min(max(widest, _NARROWEST, len(_sign(cell, screen.language))), most)


def _blocks(cells: list[Cell], screen: Screen) -> list[list[Cell]]:
    blocks: list[list[Cell]] = [[]]
    used = _LABEL
    for cell in cells:
        wide = _width(cell, screen) + 1
        if used + wide - 1 > screen.width and blocks[-1]:
            blocks.append([])
            used = _LABEL
        blocks[-1].append(cell)
        used += wide
    return blocks
