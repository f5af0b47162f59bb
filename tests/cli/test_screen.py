"""What stands on a terminal while the work goes on."""

from __future__ import annotations

import io
import re
import sys

import pytest

from cjmine.cli.screen import progress_bar


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_one_bar_a_source_that_counts_all_its_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files add up in the bar of their source; markup in a name is a name."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", screen := Terminal())
    with progress_bar() as tell:
        for name, further in (("calls", 3), ("[red]mail", 2), ("[red]mail", 5)):
            tell(name, further)
    shown = re.sub(r" +", " ", re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", screen.getvalue()))
    assert "calls 3 events" in shown and "[red]mail 7 events" in shown
    assert "[red]mail 5 events" not in shown


def test_nothing_is_drawn_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file or a pipe gets no bars."""
    monkeypatch.setattr(sys, "stderr", screen := io.StringIO())
    with progress_bar() as tell:
        tell("calls", 3)
    assert screen.getvalue() == ""
