"""An SVG picture as PNG: by resvg's wheel, else by a program that is installed.

What is drawn is cjmine's own SVG, which asks for nothing outside it; the programs are told so too.
"""

from __future__ import annotations

import os
import re
import shutil
from importlib.util import find_spec

from cjmine.diagrams.program import output_of
from cjmine.errors import Code, OutputError, Problem
from cjmine.temporary import temporary_folder

_PATIENCE = 60  # seconds
_SHARP, _LONGEST = 2.0, 16_000.0  # dots a unit; dots of the longer side
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_SIZE = re.compile(r'viewBox="0 0 (\d+) (\d+)"')
_LETTERS = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" width="20" height="20">'
    '<text y="16" font-family="sans-serif">{}</text></svg>'
)


def png_of(svg: str) -> bytes:
    """The picture as PNG, two dots a unit, or fewer where it is very large.

    Raises
    ------
    OutputError
        O103: nothing here can turn SVG into PNG, or what there is fails or knows no fonts.
    """
    wide, high = _size(svg)
    scale = min(_SHARP, _LONGEST / max(wide, high))
    if find_spec("resvg_py") is not None:
        return _by_resvg(svg, scale)
    program = shutil.which("rsvg-convert")
    if program is not None:
        return _ran([program, "--unlimited", f"--zoom={scale:.4f}", "--format=png"], svg.encode())
    for name in _BROWSERS:
        browser = shutil.which(name)
        if browser is not None:
            return _by_browser(browser, svg, (wide, high), scale)
    raise _failed("there is nothing here that turns SVG into PNG")


def _size(svg: str) -> tuple[int, int]:
    found = _SIZE.search(svg)
    return (int(found[1]), int(found[2])) if found else (640, 480)


def _by_resvg(svg: str, scale: float) -> bytes:
    import resvg_py

    try:
        # Without fonts it leaves all letters away, and says nothing.
        some, none = (resvg_py.svg_to_bytes(svg_string=_LETTERS.format(one)) for one in "M ")
        if bytes(some) == bytes(none):
            raise _failed("no fonts are installed")
        return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=scale))
    except (ValueError, TypeError, RuntimeError):
        raise _failed("resvg cannot draw it")


def _by_browser(browser: str, svg: str, size: tuple[int, int], scale: float) -> bytes:
    """A photograph of the picture by a browser without a window, a network or a profile."""
    with temporary_folder() as folder:
        page, photo = folder / "page.svg", folder / "photo.png"
        page.write_text(svg, encoding="utf-8")
        is_root = hasattr(os, "geteuid") and os.geteuid() == 0
        command = [
            browser,
            "--headless=new",
            "--disable-gpu",
            "--hide-scrollbars",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--force-device-scale-factor={scale:.4f}",
            f"--window-size={size[0]},{size[1]}",
            f"--user-data-dir={folder}/profile",
            f"--screenshot={photo}",
            *(["--no-sandbox"] if is_root else []),
            page.as_uri(),
        ]
        _ran(command, b"")
        try:
            return photo.read_bytes()
        except OSError:
            raise _failed("the browser took no photograph")


def _ran(command: list[str], given: bytes) -> bytes:
    return output_of(command, given, _PATIENCE, _failed)


def _failed(cause: str) -> OutputError:
    return OutputError(
        Problem(
            Code.PICTURE_FAILED,
            "the picture cannot be written as PNG",
            cause=cause,
            remedy="pip install 'cjmine[pictures]', or write SVG: -o FILE.svg",
        )
    )
