"""Measured ideas in a notebook: the frame, the files, and how they print."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from ideas.logs import JOURNEY, log_of_weeks, week

import cjmine.notebook.ideas as notebook
from cjmine.errors import UsageError


def test_a_frame_and_files(tmp_path: Path) -> None:
    (tmp_path / "journey.yaml").write_text(JOURNEY)
    begun = f"status: done, since: {week(20)}, expected: -15 pp"
    text = f"ideas: [{{id: A, title: x, step: Cart, metric: drop-off, {begun}}}]"
    (tmp_path / "ideas.yaml").write_text(text)
    given = log_of_weeks([20] * 20 + [12] * 6)
    found = notebook.ideas(given, tmp_path / "journey.yaml", tmp_path / "ideas.yaml", min_group=1)
    row = found.ideas.iloc[0]
    assert (row["id"], row["verdict"], row["of_after"]) == ("A", "kept its promise", 240)
    assert row["change"] == pytest.approx(-0.2)
    assert "kept its promise" in repr(found) and "kept its promise" in found._repr_html_()
    found.save(tmp_path / "a.json")
    assert json.loads((tmp_path / "a.json").read_text())["schema"] == "cjmine/ideas/1"
    found.save(tmp_path / "a.html")
    with pytest.raises(UsageError):
        found.save(tmp_path / "a.pdf")
