"""The screen of `discover`: what it points at is something to look at."""

from __future__ import annotations

from dataclasses import replace

from reporters.test_html import discovery

from cjmine.reporters.formats import Asked, Format
from cjmine.reporters.registry import render
from cjmine.results.discovery import LoopRow
from cjmine.results.figures import OTHER


def test_what_is_folded_is_not_worth_a_look() -> None:
    """Rare touchpoints that are shown together are repeated by nobody; the next one is named."""
    loops = (LoopRow(OTHER, 80, 700, 10, None), LoopRow("Checkout", 20, 700, 10, None))
    shown = render(replace(discovery(), loops=loops), Format.TEXT, Asked())
    assert "Checkout is repeated in 20 of 700" in shown
    assert "(other) is repeated" not in shown
