"""The table of deviations is complete, and everything that speaks of deviations knows its rows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cjmine.conformance.alignments import Move
from cjmine.conformance.moves import MOVE_CLASS_OF
from cjmine.errors import Code, UsageError
from cjmine.ideal.deviations import (
    BY_CLASS,
    BY_MEASURE,
    DEVIATIONS,
    Deviation,
    DeviationClass,
    Evidence,
    Marker,
    Subject,
    code_of,
)
from cjmine.ideal.file import parse_journey
from cjmine.ideal.measures import OF_JOURNEY, OF_STEP, Measure
from cjmine.reporters.check.drawing import draw
from cjmine.reporters.explanations import explanation
from cjmine.reporters.language import Lang, english, language
from cjmine.reporters.terminal import Screen
from cjmine.results.check import Marker as MarkerOfResults

DOCS = Path(__file__).parents[2] / "docs"
ROWS = [pytest.param(one, id=one.of_class.value) for one in DEVIATIONS]
JOURNEY = "{journey: x, goal: Buy, stages: [{stage: One, steps: [{step: Buy%s}]}]%s}"


def test_every_class_has_one_row_in_the_order_of_the_classes() -> None:
    """The order is that of rows in results, and of the numbers in the facts."""
    assert [one.of_class for one in DEVIATIONS] == list(DeviationClass) == list(BY_CLASS)
    assert len({one.code for one in DEVIATIONS}) == len(DEVIATIONS)


def test_every_measure_of_a_share_limits_one_deviation() -> None:
    """Only `reached` and what is about the whole journey limit none."""
    free = {*OF_JOURNEY, Measure.REACHED}
    assert set(BY_MEASURE) == set(Measure) - free
    assert {one.measure for one in DEVIATIONS if one.subject is Subject.STEP} <= {*OF_STEP, None}


@pytest.mark.parametrize("one", ROWS)
def test_its_code_is_explained_and_on_the_page(one: Deviation) -> None:
    """`cjmine explain` knows code and class by the same words as docs/codes.md."""
    found = explanation(one.code)
    assert one.of_class.value in found.words
    page = (DOCS / "codes.md").read_text("utf-8")
    assert f"### {one.code.value}: {found.title}\n" in page
    assert one.code.value.startswith("D2")


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("one", ROWS)
def test_it_has_words_in_every_language(one: Deviation, lang: Lang) -> None:
    """For tables and maps; for drawn journeys where it is drawn; for its expectation."""
    keys = [f"deviation.{one.of_class}"]
    if one.marker is not None:
        keys.append(f"variants.class-{one.of_class}")
        keys.append(f"marker.{one.marker}")
    if one.measure is not None:
        keys.append(f"report.expect-{code_of(one.measure).value}")
    assert [key for key in keys if not language(lang).say(key, step="x")] == []


@pytest.mark.parametrize("one", ROWS)
def test_it_is_in_the_glossary_and_the_journey_file_page(one: Deviation) -> None:
    """Both name every class."""
    glossary = (DOCS / "glossary.md").read_text("utf-8")
    first = re.findall(r"^\| ([^|]+) \|", glossary, re.MULTILINE)
    assert any(one.of_class.value in re.split(r", ", cell) for cell in first)
    assert f"`{one.of_class}`" in (DOCS / "journey-file.md").read_text("utf-8")


@pytest.mark.parametrize("one", ROWS)
def test_it_can_be_accepted(one: Deviation) -> None:
    """Every class may stand under `accepted`; one of a touchpoint takes any name."""
    name = "Elsewhere" if one.subject is Subject.TOUCHPOINT else "Buy"
    accepted = (
        f", accepted: [{{deviation: {one.of_class}, step: {name}, because: y, until: 2099-01-01}}]"
    )
    journey = parse_journey(JOURNEY % ("", accepted), "journey.yaml")
    assert [each.deviation for each in journey.accepted] == [one.of_class]


@pytest.mark.parametrize("one", [one for one in DEVIATIONS if one.need])
def test_its_expectation_needs_its_key(one: Deviation) -> None:
    """Without the key an expectation about an attribute is refused; with it, it is not."""
    assert one.need is not None
    declared = {"channel": "web", "within": f"{{{one.need.bound or 'max'}: 1h}}", "failed": "Oops"}
    expect = f', expect: {{{one.measure}: "<= 5%"}}'
    with pytest.raises(UsageError) as caught:
        parse_journey(JOURNEY % (expect, ""), "journey.yaml")
    assert [each.code for each in caught.value.problems] == [Code.JOURNEY_CONFLICT]
    key = f", {one.need.key}: {declared[one.need.key]}"
    step = parse_journey(JOURNEY % (key + expect, ""), "journey.yaml").steps[0]
    assert one.need.is_met(step)


@pytest.mark.parametrize("one", ROWS)
def test_only_attributes_need_a_key_and_only_they_are_not_drawn(one: Deviation) -> None:
    """What moves show can be drawn; what costs nothing is compared where a step declares it."""
    is_attribute = one.evidence is Evidence.ATTRIBUTE
    assert (one.need is not None) is is_attribute
    assert (one.marker is None) is is_attribute
    counted_by_moves = one.evidence in (Evidence.LOG_MOVE, Evidence.MODEL_MOVE)
    assert (one.of_class in MOVE_CLASS_OF) is counted_by_moves
    assert set(Move.__members__) == {"SYNCHRONOUS", "LOG", "MODEL"}


def test_every_marker_is_of_one_class_and_drawn_on_a_terminal() -> None:
    """No marker is without a row, and none is without a word below its column."""
    from cjmine.results.check import Cell, Example

    assert sorted(one.marker for one in DEVIATIONS if one.marker) == sorted(Marker)
    assert MarkerOfResults is Marker
    words = [
        draw(Example("skipped", 12, (Cell("A", "B", one),)), Screen(english()))[-1].split()[-1]
        for one in Marker
    ]
    assert len(set(words)) == len(Marker)
