"""Drafts in stages: touchpoint rules name them, and the order of the steps stays."""

from __future__ import annotations

from analysis.test_draft import drafted

from cjmine.analysis.draft import Draft
from cjmine.analysis.staging import in_stages
from cjmine.ideal.file import parse_journey
from cjmine.ideal.nodes import steps_of
from cjmine.reporters.journey_file import render
from cjmine.sources import TouchpointRule


def staged(trace: str, **stages: str) -> Draft:
    """A draft of one trace that ends in Pay; `stages` says which step belongs where."""
    rules = tuple(TouchpointRule(step, label=step, stage=stage) for step, stage in stages.items())
    return in_stages(drafted((40, trace)), rules)


def written(found: Draft) -> list[tuple[str, list[str]]]:
    """The stages and their steps, as they stand in the file."""
    read = parse_journey(render(found), "journey.yaml")
    return [
        (stage.name, [step.name for node in stage.nodes for step in steps_of(node)])
        for stage in read.stages
    ]


def test_neighbours_of_one_stage_stand_together() -> None:
    """In the order in which the steps come to the stages."""
    found = staged("Search View Cart Pay", Search="Choose", View="Choose", Cart="Buy", Pay="Buy")
    assert written(found) == [("Choose", ["Search", "View"]), ("Buy", ["Cart", "Pay"])]
    assert "which stages" not in render(found)


def test_a_step_without_a_stage_joins_the_one_before() -> None:
    """And what comes before any stage is in one called Journey, with a question."""
    found = staged("Home Search View Pay", Search="Choose", Pay="Buy")
    assert written(found) == [
        ("Journey", ["Home"]), ("Choose", ["Search", "View"]), ("Buy", ["Pay"]),
    ]  # fmt: skip
    assert "stage: Journey    # QUESTION: which stages" in render(found)


def test_a_stage_stands_once_and_the_step_that_strayed_is_told() -> None:
    """Compare belongs to Choose, and customers come to it while they buy."""
    found = staged("Search Cart Compare Pay", Search="Choose", Cart="Buy", Compare="Choose")
    assert written(found) == [("Choose", ["Search"]), ("Buy", ["Cart", "Compare", "Pay"])]
    assert render(found).count("named for Choose, and comes here; where does it belong?") == 1


def test_without_stages_a_draft_is_what_it_was() -> None:
    """One stage, Journey, as before; rules for other activities change nothing."""
    plain = drafted((40, "Search Pay"))
    assert in_stages(plain, ()) == plain
    assert in_stages(plain, (TouchpointRule("Other", label="x", stage="Buy"),)) == plain


def test_names_of_stages_are_written_as_yaml_reads_them() -> None:
    """Whatever they hold."""
    found = staged("Search Pay", Search="No", Pay='a: "b" # c')
    assert [name for name, _ in written(found)] == ["No", 'a: "b" # c']
