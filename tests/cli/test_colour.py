"""Colours: on a terminal, or where somebody asks for them; never in what programs read."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from cjmine.cli.colour import coloured
from cli.running import run

ROWS = [f"c{one},Search,2024-05-01T10:00:00Z\nc{one},Buy,2024-05-01T11:00:00Z" for one in range(30)]
SHOP = "customer,activity,time\n" + "\n".join(ROWS) + "\n"
IDEAL = "journey: order\ngoal: Buy\ndeadline: 1h\nstages: [{stage: One, steps: [Search, Buy]}]\n"


class Terminal(io.StringIO):
    """A stream behind which somebody looks."""

    def isatty(self) -> bool:
        return True


def test_signs_and_codes_have_colours_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    text = "✗ D101  late\nnote[N203]: a\nerror[U101]: b\n  ✗ inside\n"
    shown = coloured(text, Terminal())
    assert shown == (
        "\x1b[31m✗ D101  late\x1b[0m\n\x1b[2mnote[N203]\x1b[0m: a\n"
        "\x1b[31merror[U101]\x1b[0m: b\n  ✗ inside\n"
    )
    assert coloured(text, io.StringIO()) == coloured(text, None) == text
    monkeypatch.setenv("TERM", "dumb")
    assert coloured(text, Terminal()) == text


def test_colours_are_asked_for_and_refused(tmp_path: Path) -> None:
    """And JSON stays JSON."""
    (tmp_path / "shop.csv").write_text(SHOP)
    (tmp_path / "journey.yaml").write_text(IDEAL)
    typed = ("check", "shop.csv", "-i", "journey.yaml")
    assert "\x1b" not in run(tmp_path, *typed).out
    asked = {"FORCE_COLOR": "1"}
    ran = run(tmp_path, *typed, environ=asked)
    assert ran.out.startswith("\x1b[32m✓ order")
    assert "\x1b[2mnote[N" in ran.err
    assert "\x1b" not in run(tmp_path, *typed, environ=asked | {"NO_COLOR": "1"}).out
    json.loads(run(tmp_path, *typed, "-f", "json", environ=asked).out)
