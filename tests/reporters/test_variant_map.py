"""Pictures of variants and of what differs from the ideal: complete, readable, inert."""

from __future__ import annotations

from dataclasses import replace

import pytest
from notation import log
from reporters.hostile import LABELS, check
from reporters.pictured import SVG, outside, overlapping, parsed, words

from cjmine.ideal.deviations import DeviationClass, Marker
from cjmine.reporters.language import Lang, language
from cjmine.reporters.variant_map import differences_svg, variants_svg
from cjmine.reporters.variant_map.chips import WIDEST
from cjmine.results.discovery import Discovery, VariantRow
from cjmine.verbs.discover import discover
from cjmine.verbs.settings import DiscoverSettings


def measured(label: str = "Search") -> Discovery:
    """Three journeys in two variants, and a folded row and a long one."""
    events = log("ann: Search Buy\nbob: Search Buy\ncas: Search")
    found = discover(events, DiscoverSettings(min_group=1))
    extra = (
        VariantRow((label, "(other)"), 1, True),
        VariantRow(tuple(f"{label} {number}" for number in range(40)), 1, False),
    )
    rows = (*found.variants, *extra)
    return replace(found, variants=rows, log=replace(found.log, journeys=5))


def is_readable(svg: str) -> list[str]:
    root = parsed(svg)
    found = words(root)
    assert overlapping(found) == [] and outside(root, found) == []
    assert float(root.get("width", "")) <= WIDEST
    return [word.text for word in found]


def test_each_variant_has_its_share_and_its_touchpoints() -> None:
    texts = is_readable(variants_svg(measured()))
    assert texts.count("40.0 %") == 1 and texts.count("2 of 5") == 1
    assert texts.count("20.0 %") == 3 and texts.count("1 of 5") == 3
    assert texts.count("Buy") == 1 and "and others" in texts
    assert "Search 39" in texts, "a long journey goes on below"


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("label", LABELS)
def test_hostile_labels_stay_in_their_chip(label: str, lang: Lang) -> None:
    """No text leaves its chip or covers another, in both languages."""
    is_readable(variants_svg(measured(label), lang))
    is_readable(differences_svg(check(label), lang))


def test_a_difference_shows_ideal_measured_and_marker() -> None:
    """Columns of the example one by one: what is missing is a dot, what differs has a word."""
    found = check("Checkout")
    svg = differences_svg(found)
    texts = is_readable(svg)
    cells = found.examples[0].columns
    assert texts.count("Checkout") == sum(
        (cell.ideal == "Checkout") + (cell.measured == "Checkout") for cell in cells
    )
    assert texts.count("lost") == sum(cell.marker is Marker.LOST for cell in cells)
    dots = list(parsed(svg).iter(f"{SVG}circle"))
    assert len(dots) == sum((cell.ideal is None) + (cell.measured is None) for cell in cells)
    assert any("44 of 4,812" in text for text in texts)


@pytest.mark.parametrize("lang", Lang)
def test_every_class_and_marker_has_words(lang: Lang) -> None:
    """Nothing that a check can hold is without a word."""
    said = language(lang)
    moved = list(DeviationClass)[: [*DeviationClass].index(DeviationClass.WRONG_CHANNEL)]
    assert all(said.say(f"variants.class-{one}") for one in moved)
    assert all(said.say(f"marker.{one.value}") for one in Marker)


def test_nothing_to_show_is_said() -> None:
    assert any(
        "No journey" in text for text in is_readable(differences_svg(replace(check(), examples=())))
    )
    empty = log("")
    found = discover(empty, DiscoverSettings())
    assert any("0 of 0" in text for text in is_readable(variants_svg(found)))
