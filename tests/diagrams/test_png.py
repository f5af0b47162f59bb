"""PNG from our own SVG: whole, with all letters, the same whatever fonts a machine has."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import pytest
import resvg_py

from cjmine.diagrams import png
from cjmine.errors import Code, OutputError

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def svg(text: str = "", size: str = "60 40", font: str = "Arial, sans-serif") -> str:
    """A picture in the colours and fonts that ours have."""
    width, height = size.split()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" width="{width}" '
        f'height="{height}"><style>.a text{{font-family:{font}}}</style><g class="a">'
        f'<rect width="60" height="40" fill="#b6dcff"/><text y="20">{text}</text></g></svg>'
    )


def size(data: bytes) -> tuple[int, int]:
    assert data.startswith(SIGNATURE)
    return struct.unpack(">II", data[16:24])


@pytest.mark.parametrize(
    ("given", "dots"),
    [
        ("60 40", (120, 80)),
        ("1200 900.5", (2400, 1802)),
        ("1200.5 900", (2402, 1800)),
        ("20000 40", (16_000, 32)),
        ("20000.5 40", (16_000, 32)),
    ],
)
def test_the_whole_picture_has_two_dots_a_unit(given: str, dots: tuple[int, int]) -> None:
    """Whether its size is whole or not; fewer dots where it is very large."""
    assert size(png.png_of(svg(size=given))) == dots


def test_letters_are_drawn_in_one_font_whatever_is_asked_for() -> None:
    """The bytes do not change with the fonts that a picture prefers; without letters they do."""
    drawn = png.png_of(svg("Kies"))
    assert png.png_of(svg("Kies", font="'DejaVu Serif'")) == drawn
    assert png.png_of(svg("Kies", font="'No Such Font'")) == drawn
    assert png.png_of(svg("")) != drawn


@pytest.mark.parametrize(("text", "skips"), [("Kies → ↻ ✗ ≤ é ф α", True), ("選ぶ", False)])
def test_fonts_of_the_machine_are_read_for_foreign_letters_only(
    text: str, skips: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All signs that cjmine itself writes are in DejaVu Sans; Japanese is not."""
    given: dict[str, Any] = {}

    def record(**options: object) -> bytes:
        given.update(options)
        return SIGNATURE

    monkeypatch.setattr(resvg_py, "svg_to_bytes", record)
    assert png.png_of(svg(text)) == SIGNATURE
    assert given["skip_system_fonts"] is skips
    names = [Path(file).name for file in given["font_files"]]
    assert names == ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"]


def refused(picture: str) -> str:
    with pytest.raises(OutputError) as caught:
        png.png_of(picture)
    (problem,) = caught.value.problems
    assert problem.code is Code.PICTURE_FAILED and ".svg" in problem.remedy
    return problem.cause


def test_missing_fonts_are_an_error_and_no_picture_without_letters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(png, "find_spec", lambda _: None)
    assert "fonts" in refused(svg("Kies"))


def test_what_is_no_picture_is_refused() -> None:
    assert refused("<svg/>") == "it has no size"
    assert refused(svg("<")) == "resvg cannot draw it"
