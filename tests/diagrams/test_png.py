"""PNG from our own SVG, by whatever is here."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

import pytest

from cjmine.diagrams import png
from cjmine.errors import Code, OutputError

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40" width="60" height="40">'
    '<rect width="60" height="40" fill="#0969da"/></svg>'
)
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def size(data: bytes) -> tuple[int, int]:
    assert data.startswith(SIGNATURE)
    return struct.unpack(">II", data[16:24])


@pytest.mark.skipif(png.find_spec("resvg_py") is None, reason="resvg-py is not installed")
def test_resvg_draws_two_dots_a_unit() -> None:
    assert size(png.png_of(SVG)) == (120, 80)


def test_a_browser_draws_too(monkeypatch: pytest.MonkeyPatch) -> None:
    if not any(shutil.which(name) for name in png._BROWSERS):
        pytest.skip("no browser is installed")
    monkeypatch.setattr(png, "find_spec", lambda _: None)
    assert size(png.png_of(SVG)) == (120, 80)


def test_nothing_here_is_an_error_with_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(png, "find_spec", lambda _: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OutputError) as caught:
        png.png_of(SVG)
    assert caught.value.code is Code.PICTURE_FAILED
    assert "cjmine[pictures]" in caught.value.problems[0].remedy


def test_a_program_that_fails_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(png, "find_spec", lambda _: None)
    (tmp_path / "rsvg-convert").write_text("#!/bin/sh\nexit 7\n")
    (tmp_path / "rsvg-convert").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    with pytest.raises(OutputError) as caught:
        png.png_of(SVG)
    assert caught.value.problems[0].cause == "rsvg-convert ended with status 7"
