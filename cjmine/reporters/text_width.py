"""How wide a text is when it is drawn, and how a label fits into a box: no font is needed to say.

Widths are those of DejaVu Sans, the widest sans-serif in common use: what fits by these fits in
Arial, Segoe UI or Helvetica too. A test measures drawn texts in a real browser.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from cjmine.reporters.escaping import visible

# Thousandths of the size of the letters.
_WIDTHS = {
    280: "ijl",
    320: "IJ ,.",
    350: "/:;\\|f'",
    390: "-()[]t",
    410: "!r·",
    500: '"*_`–',
    540: "sz?",
    570: "cLFk",
    600: "vxyP",
    620: "TYaoe",
    640: "Ehnu$0123456789Sbdgpq{}",
    690: "KAVXZB",
    750: "CRUHN",
    790: "DGOQ&",
    860: "w#+<=>^~M×−→↻◆≤≥✓✗✕▲▼",
    1000: "%mW@…",
}
_WIDTH = {sign: width for width, signs in _WIDTHS.items() for sign in signs}
_OTHER, _WIDE, _BOLD = 720, 1_050, 1.15
_ELLIPSIS = "…"
_LEFT_OVER = 4  # fewer letters are not left for the next line


def width(text: str, size: float, bold: bool = False) -> float:
    """How wide a visible text is at most, in the unit of `size`.

    >>> round(width("Kies", 12), 1)
    25.6
    """
    thousandths = sum(_of_sign(sign) for sign in text)
    return thousandths * size / 1000 * (_BOLD if bold else 1)


@cache
def _of_sign(sign: str) -> int:
    if sign in _WIDTH:
        return _WIDTH[sign]
    if unicodedata.combining(sign):
        return 0
    if unicodedata.east_asian_width(sign) in "WF" or ord(sign) > 0xFFFF:
        return _WIDE
    base = unicodedata.normalize("NFD", sign)[0]
    return _WIDTH.get(base, _OTHER)


def cut(text: str, size: float, room: float, bold: bool = False) -> str:
    """The visible text in at most so much room, with an ellipsis where it is cut.

    >>> cut("Meterstanden doorgeven", 12, 80)
    'Meterstan…'
    """
    shown = visible(text)
    if width(shown, size, bold) <= room:
        return shown
    room -= width(_ELLIPSIS, size, bold)
    while shown and width(shown, size, bold) > room:
        shown = shown[:-1]
    return shown.rstrip() + _ELLIPSIS


def lines(text: str, size: float, room: float, most: int, bold: bool = False) -> tuple[str, ...]:
    """The visible text in at most `most` lines; long words are broken, the last line is cut.

    >>> lines("Meterstanden doorgeven", 12, 80, 2)
    ('Metersta-', 'nden door…')
    """
    words = visible(text).split()
    done: list[str] = []
    line = ""
    while words:
        word = words.pop(0)
        joined = f"{line} {word}" if line else word
        if width(joined, size, bold) <= room:
            line = joined
            continue
        if len(done) == most - 1:
            rest = " ".join([joined, *words])
            return (*done, cut(rest, size, room, bold))
        if line and width(word, size, bold) <= room:
            done.append(line)
            line = word
            continue
        head, tail = _broken(joined if not line else word, line, size, room, bold)
        done.append(head)
        line = ""
        words.insert(0, tail)
    return (*done, line) if line else tuple(done)


def _broken(word: str, line: str, size: float, room: float, bold: bool) -> tuple[str, str]:
    """As much of a long word as fits behind the line, and the rest of it."""
    lead = f"{line} " if line else ""
    fits = max(len(word) - _LEFT_OVER, 1)
    while fits > 1 and width(lead + word[:fits] + "-", size, bold) > room:
        fits -= 1
    if line and fits < _LEFT_OVER:
        return line, word
    joint = "" if word[fits - 1] in "-/_" else "-"
    return lead + word[:fits] + joint, word[fits:]
