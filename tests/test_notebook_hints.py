"""Hints in a notebook: the frame of edits, the edited file, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from notation import log

from cjmine.errors import UsageError
from cjmine.notebook.hints import HintsForJourney
from cjmine.notebook.log import EventLog

JOURNEY = """journey: shop <b>
goal: Pay
deadline: 10d
stages:
  - stage: All
    steps: [Search, Cart, Pay]
"""
LINES = "\n".join(f"c{one}: Search {'Cart' if one % 2 else 'Call'} Pay" for one in range(80))


@pytest.fixture
def found(tmp_path: Path) -> HintsForJourney:
    (tmp_path / "j.yaml").write_text(JOURNEY)
    made = log(LINES)
    shop = EventLog(made.table, made.about)
    return shop.hints(tmp_path / "j.yaml", repair=True, observed_until="1970-03-01")


def test_the_frame_and_the_text_say_the_same(found: HintsForJourney, tmp_path: Path) -> None:
    assert found.edits.values.tolist()[0][:2] == ["optional", ("Cart",)]
    assert found.edits["journeys"].tolist() == [0, 40]
    assert "[Search, {optional: Cart}, Pay]\nallow: [Call]\n" in found.edited
    found.save(tmp_path / "new.yaml")
    assert (tmp_path / "new.yaml").read_text() == found.edited
    found.save(tmp_path / "new.json")
    assert found.to_dict()["repaired"]["fitting_after"]["n"] == 80


def test_it_shows_itself_without_script(found: HintsForJourney) -> None:
    shown = found._repr_html_()
    assert "may come anywhere" in shown and "<script" not in shown and "<b>" not in shown
    assert "--- " in repr(found)


def test_without_edits_there_is_no_journey_file_to_save(found, tmp_path: Path) -> None:
    made = log(LINES)
    plain = EventLog(made.table, made.about).hints(tmp_path / "j.yaml")
    assert plain.edited == "" and len(plain.edits) == 0
    with pytest.raises(UsageError):
        plain.save(tmp_path / "other.yaml")
