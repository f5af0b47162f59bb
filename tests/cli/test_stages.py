"""Stages in `cjmine touchpoints` and `init`: what they cover, and which are proposed."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from cjmine.config import read_config
from cjmine.ideal.file import read_journey
from cjmine.sources import TouchpointRule
from cjmine.touchpoints.label_counts import LabelCount, Named, SourceLabels
from cjmine.touchpoints.proposals import propose
from cjmine.touchpoints.stages import StageCount, stages_of
from cli.running import run

RULES = (
    TouchpointRule("Search", label="/s", stage="Choose"),
    TouchpointRule("Search", label="/z"),
    TouchpointRule("Pay", label="/p", stage="Buy"),
)


def met(label: str, activity: str | None, customers: int) -> LabelCount:
    named = Named.LEFT_OVER if activity is None else Named.RULE
    return LabelCount(label, customers, named, activity, (label,), np.arange(customers))


def source(*labels: LabelCount, rules: tuple[TouchpointRule, ...] = RULES) -> SourceLabels:
    return SourceLabels("web", labels, "path", rules)


def test_a_stage_counts_all_labels_of_its_activities() -> None:
    """Also of the rule that does not name the stage; the events add up."""
    found = source(
        met("/s", "Search", 20), met("/z", "Search", 10), met("/p", "Pay", 12), met("/x", None, 9)
    )
    assert stages_of(found, 10) == (
        StageCount("Choose", 30, 2), StageCount("Buy", 12, 1), StageCount(None, 9, 1),
    )  # fmt: skip


def test_a_stage_of_few_customers_counts_with_what_has_none() -> None:
    """Nine customers pay: that is not told."""
    found = source(met("/s", "Search", 20), met("/p", "Pay", 9), met("/x", None, 5))
    assert stages_of(found, 10) == (StageCount("Choose", 20, 1), StageCount(None, 14, 2))


def test_without_stages_nothing_is_said() -> None:
    """And nothing of an empty source either."""
    assert stages_of(source(met("/s", "Search", 20), rules=()), 10) == ()
    assert stages_of(source(), 10) == (StageCount(None, 0, 0),)


def test_proposals_name_stages_where_they_are_plain() -> None:
    """For common labels and for topics; an activity that has a stage keeps it."""
    labels = [met("/winkelwagen", None, 40), met("/nieuws", None, 40)]
    found = {one.rule.activity: one.rule.stage for one in propose(source(*labels, rules=()), 10)}
    assert found == {"Winkelwagen": "Order", "Nieuws": None}
    mine = (TouchpointRule("Winkelwagen", label="x", stage="Kopen"),)
    assert {one.rule.stage for one in propose(source(*labels, rules=mine), 10)} == {None}


ROWS = "klant,datum,pagina\n" + "".join(
    f"K-{who},2024-05-{1 + who % 28:02} 1{hour}:00:00Z,{page}\n"
    for who in range(40)
    for hour, page in enumerate(("/zoeken", "/winkelwagen", "/betalen", "/bedankt"))
)


def test_init_drafts_in_the_stages_that_it_proposes(tmp_path: Path) -> None:
    """A Dutch shop: search, basket, payment; thanks belongs to what is before it."""
    (tmp_path / "web.csv").write_text(ROWS)
    ran = run(tmp_path, "init", "--from", "web.csv", "--no-input", "--goal", "Bedankt")
    assert ran.status == 0, ran.err
    journey = read_journey(tmp_path / "journey.yaml", "journey.yaml").journey
    assert [stage.name for stage in journey.stages] == ["Choose", "Order", "Pay"]
    told = run(tmp_path, "touchpoints").out
    rows = {line[:26].strip(): line[26:].split() for line in told.splitlines() if line[:2] == "  "}
    assert rows["Choose"] == ["40", "25.0", "%", "1"]
    assert rows["none, or fewer than 10"] == ["40", "25.0", "%", "1"]
    assert len(read_config(tmp_path / "cjmine.toml").rules) == 4
