"""The page on notebooks lists every data frame with its columns and types, as the code has them."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pandas as pd
import pytest
from notation import log

import cjmine
from cjmine.notebook.dropoff import dropoff
from cjmine.notebook.hints import hints
from cjmine.notebook.ideas import ideas
from cjmine.notebook.outlying import outliers
from cjmine.notebook.priorities import priorities
from cjmine.notebook.reported import ShownResult
from cjmine.notebook.satisfaction import satisfaction
from cjmine.notebook.trend import trend

PAGE = Path(__file__).parents[1] / "docs" / "notebooks.md"
JOURNEY = """journey: shop
goal: Buy
stages:
  - stage: All
    steps: [Search, Buy]
"""


def frames_of(kind: type) -> list[str]:
    """The names of the properties of a result that are data frames."""
    return [
        name
        for name, found in inspect.getmembers(kind, lambda one: isinstance(one, property))
        if inspect.signature(found.fget).return_annotation == "pd.DataFrame"
    ]


def columns(frame: pd.DataFrame) -> list[str]:
    return [f"{name} `{kind}`" for name, kind in frame.dtypes.items()]


def written(results: dict[str, ShownResult]) -> str:
    """The section as it should be; `results` by their headings."""
    lines = []
    for title, result in results.items():
        lines += [f"### {title}", "", "| frame | columns and types |", "|---|---|"]
        for name in frames_of(type(result)):
            lines.append(f"| `{name}` | {', '.join(columns(getattr(result, name)))} |")
        lines.append("")
    return "\n".join(lines)


@pytest.fixture
def results(tmp_path: Path) -> dict[str, ShownResult]:
    (tmp_path / "j.yaml").write_text(JOURNEY)
    (tmp_path / "i.yaml").write_text("ideas: [{id: A, title: x, metric: goal}]")
    given = log("ann: Search@0@web Buy@60@call\nbob: Search@0@web")
    rated = log("ann: Search@0@web NPS_asked@1d NPS_answer@2d@score=9\nbob: Search@60d@web")
    found = cjmine.discover(given, goal="Buy", min_group=1)
    return {
        "Of a discovery": found,
        "Of a check": cjmine.check(given, tmp_path / "j.yaml", min_group=1, ranges=True),
        "Of a drop-off": dropoff(given, tmp_path / "j.yaml", min_group=1),
        "Of hints": hints(given, tmp_path / "j.yaml", min_group=1, repair=True),
        "Of ideas": ideas(given, tmp_path / "j.yaml", tmp_path / "i.yaml", min_group=1),
        "Of a satisfaction": satisfaction(rated, tmp_path / "j.yaml", min_group=1),
        "Of outliers": outliers(given, tmp_path / "j.yaml", min_group=1),
        "Of priorities": priorities(given, tmp_path / "j.yaml", min_group=1),
        "Of a trend": trend(given, tmp_path / "j.yaml", min_group=1, drift=True),
    }


def test_the_page_lists_every_frame(results: dict[str, ShownResult]) -> None:
    """Column by column; the failure shows the section as it should be."""
    section = re.search(r"(### Of a discovery.*?)## Errors", PAGE.read_text("utf-8"), re.DOTALL)
    assert section is not None and section[1] == written(results) + "\n"
