"""The templates of journeys: they can be checked as they are, and both languages say the same."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from cjmine.ideal.file import parse_journey
from cjmine.ideal.journey import IdealJourney
from cjmine.ideal.nodes import Node, Optional, Repeat, Step
from cjmine.reporters.language import Lang
from cjmine.setup.journey_templates import Service, template_text
from cli.running import run


def template(service: Service, lang: Lang) -> IdealJourney:
    return parse_journey(template_text(service, lang.value), "template")


def shape(node: Node) -> str:
    """A part of a journey without its names."""
    if isinstance(node, Step):
        longest = node.within.max if node.within else None
        return f"{node.moment_of_truth} {longest}"
    inner = [node.node] if isinstance(node, Optional | Repeat) else list(node.nodes)
    return f"{type(node).__name__}({', '.join(map(shape, inner))})"


@pytest.mark.parametrize("service", Service)
def test_both_languages_have_the_same_journey(service: Service) -> None:
    """Stage by stage the same parts, times and expectations, under other names."""
    english, dutch = (template(service, lang) for lang in (Lang.EN, Lang.NL))
    assert shape(english.root) == shape(dutch.root)
    assert english.deadline == dutch.deadline and len(english.exits) == len(dutch.exits)
    budgets, others = (
        [(row.measure, row.budget, row.level) for row in one.expectations]
        for one in (english, dutch)
    )
    assert budgets == others and budgets
    assert {one.name for one in english.steps} != {one.name for one in dutch.steps}


@pytest.mark.parametrize("service", Service)
def test_a_template_names_no_owner_and_no_purpose_of_yours(service: Service) -> None:
    """Both are questions: what nobody decided is no evidence, and in no register."""
    for lang in Lang:
        one = template(service, lang)
        assert one.owner is None and one.purpose is None


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("service", Service)
def test_journeys_as_the_template_has_them_fit_it(
    tmp_path: Path, service: Service, lang: Lang
) -> None:
    """250 customers do every step in turn, an hour apart; all reach the goal and none deviates."""
    ran = run(tmp_path, "init", "--journey", service.value, "--lang", lang.value)
    assert ran.status == 0 and f"wrote {service}.yaml" in ran.err, ran.err
    steps = [one.name for one in template(service, lang).steps]
    with (tmp_path / "log.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["case_id", "customer_id", "activity", "timestamp"])
        for one in range(250):
            for hour, step in enumerate(steps):
                rows.writerow([f"j{one}", f"c{one}", step, f"2026-01-05T{hour:02}:00:00Z"])
    typed = [
        "check",
        "log.csv",
        "-i",
        f"{service}.yaml",
        "--observed-until",
        "2027-01-05",
        "--json",
    ]
    ran = run(tmp_path, *typed)
    assert ran.status == 0, ran.err
    found = json.loads(ran.out)
    assert (found["goal"]["n"], found["goal"]["of"]) == (250, 250), found["goal"]
    assert found["counted"]["fits"]["n"] == 250
    assert {one["verdict"] for one in found["expectations"]} == {"kept"}


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "claim.yaml").write_text("mine")
    ran = run(tmp_path, "init", "--journey", "claim")
    assert ran.status == 5 and (tmp_path / "claim.yaml").read_text() == "mine", ran.err
    assert run(tmp_path, "init", "--journey", "claim", "--force").status == 0
    assert "Damage reported" in (tmp_path / "claim.yaml").read_text("utf-8")


@pytest.mark.parametrize("typed", [[], ["--journey", "claim", "--from", "."], ["--journey", "x"]])
def test_init_needs_either_exports_or_a_service(tmp_path: Path, typed: list[str]) -> None:
    ran = run(tmp_path, "init", *typed)
    assert ran.status == 2 and "error[U101]" in ran.err and not list(tmp_path.iterdir())
