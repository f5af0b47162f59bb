"""Contacts in a notebook: frames, files, and what the shell says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from notation import log

from cjmine.errors import UsageError
from cjmine.notebook.contacted import ContactFound
from cjmine.notebook.log import EventLog, Journey

JOURNEY = """journey: shop <b>
goal: Pay
deadline: 10d
stages:
  - stage: All
    steps: [Search, Pay]
"""
LINES = "\n".join(
    f"c{one}: Search@0@web {'Call@30m@call' if one % 2 else ''} Pay@2d@web" for one in range(80)
)
SEEN = {"observed_until": "1970-03-01"}


@pytest.fixture
def found(tmp_path: Path) -> ContactFound:
    (tmp_path / "j.yaml").write_text(JOURNEY)
    made = log(LINES)
    ideal = Journey.read(tmp_path / "j.yaml")
    return EventLog(made.table, made.about).contact(
        ideal, again=("1h", "7d"), cost="call=2", listed="hour", **SEEN
    )


def test_frames(found: ContactFound) -> None:
    types = found.types.set_index("type")
    assert types.loc["other", "contacts"] == 40
    assert types.loc["other", "cost"] == 80.0
    assert found.again["within_seconds"].tolist() == [3600.0, 3600.0, 604_800.0, 604_800.0]
    assert found.before["touchpoint"].tolist() == ["Search"]
    assert found.contained["of"].tolist() == [80, 80]
    assert found.hours["contacts"].tolist() == [40]
    assert found.groups["name"].tolist() == ["00:00"]


def test_files_and_the_shell(found: ContactFound, tmp_path: Path) -> None:
    for name in ("a.json", "a.md", "a.csv", "a.txt", "a.html"):
        found.save(tmp_path / name)
    assert json.loads((tmp_path / "a.json").read_text()) == found.to_dict()
    shown = found._repr_html_()
    assert "40 of 80 journeys had contact" in shown and "<b>" not in shown
    with pytest.raises(UsageError):
        found.save(tmp_path / "a.doc")


def test_without_an_ideal_and_with_a_filter() -> None:
    made = log(LINES)
    events = EventLog(made.table, made.about)
    alone = events.contact(**SEEN).result
    assert (alone.with_contact.n, alone.with_contact.of) == (40, 80)
    chosen = events.filter(having="Call").contact(min_group=1, **SEEN).result
    assert (chosen.with_contact.n, chosen.with_contact.of) == (40, 40)
