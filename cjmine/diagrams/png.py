"""An SVG picture as PNG, drawn by resvg in DejaVu Sans: the same picture on every machine.

The fonts are the files that matplotlib carries, which pm4py needs anyway. Fonts of the machine are
read only where a picture has letters that DejaVu Sans does not have.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

from cjmine.errors import Code, OutputError, Problem

_SHARP, _LONGEST = 2.0, 16_000.0  # dots a unit; dots of the longer side
_SIZE = re.compile(r'viewBox="0 0 (\d+(?:\.\d+)?) (\d+(?:\.\d+)?)"')
_IN_DEJAVU = '*{font-family:"DejaVu Sans" !important}'
_FILES = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")


def png_of(svg: str) -> bytes:
    """The picture as PNG, two dots a unit, or fewer where it is very large.

    Raises
    ------
    OutputError
        O103: the fonts are missing, the picture names no size, or it cannot be drawn.
    """
    import resvg_py

    size = _SIZE.search(svg)
    if size is None:
        raise _failed("it has no size")
    fonts = _fonts()
    try:
        drawn = resvg_py.svg_to_bytes(
            svg_string=svg,
            zoom=min(_SHARP, _LONGEST / max(float(size[1]), float(size[2]), 1)),
            style_sheet=_IN_DEJAVU,
            font_files=[str(font) for font in fonts],
            skip_system_fonts=_has_all(fonts[0], svg),
        )
    except (ValueError, TypeError, RuntimeError):
        raise _failed("resvg cannot draw it")
    return bytes(drawn)


def _fonts() -> list[Path]:
    """The font files, found without importing matplotlib, which takes half a second."""
    found = find_spec("matplotlib")
    folders = found.submodule_search_locations if found else None
    fonts = [
        Path(folder, "mpl-data", "fonts", "ttf", name)
        for folder in folders or ()
        for name in _FILES
    ]
    if not fonts or not all(font.is_file() for font in fonts):
        raise _failed("matplotlib's DejaVu fonts are missing")
    return fonts


def _has_all(font: Path, text: str) -> bool:
    """Whether a font has every letter of a text."""
    from fontTools.ttLib import TTFont

    with TTFont(font, lazy=True) as opened:
        known = opened.getBestCmap()
    return all(ord(letter) in known for letter in set(text) if letter.isprintable())


def _failed(cause: str) -> OutputError:
    return OutputError(
        Problem(
            Code.PICTURE_FAILED,
            "the picture cannot be written as PNG",
            cause=cause,
            remedy="write SVG, -o FILE.svg; or install cjmine with its dependencies again",
        )
    )
