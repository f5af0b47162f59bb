"""The journey map as a picture: well-formed, inert, the same everywhere, alarmed only by cause."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reporters.hostile import LABELS, check, judged

from cjmine.reporters.journey_map import render
from cjmine.reporters.journey_map.bands import GUTTER, MARGIN, MOST_COLUMNS, WIDTH, bands
from cjmine.reporters.language import Lang
from cjmine.reporters.text_width import cut, lines, width
from cjmine.reporters.theme import Colour, Theme
from cjmine.results.expectations import Verdict
from cjmine.results.map import Bracket, Column, JourneyMap, Notation

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {"svg", "title", "desc", "style", "g", "rect", "circle", "path", "text"}


def texts(picture: str) -> list[str]:
    return [one.text or "" for one in Xml.fromstring(picture).iter(f"{SVG}text")]


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("few", [False, True])
def test_labels_are_text_and_nothing_else(label, few):
    """Whatever a log says, the picture holds the elements that it always holds."""
    root = Xml.fromstring(render(check(label, few), Lang.NL))
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= ELEMENTS
    for one in root.iter():
        assert not [name for name in one.attrib if name.startswith("on") or "href" in name]


@pytest.mark.parametrize("lang", Lang)
def test_withheld_figures_are_dashes(lang):
    shown = " ".join(texts(render(check(few=True), lang)))
    assert "2,232" not in shown and "2.232" not in shown and "–" in shown


def test_every_step_is_reached_by_keyboard_and_says_what_it_shows():
    root = Xml.fromstring(render(check("Pay")))
    steps = [one for one in root.iter(f"{SVG}g") if one.get("tabindex") == "0"]
    assert [one.get("role") for one in steps] == ["img"]
    said = steps[0].get("aria-label")
    assert said is not None
    assert "reached by" in said and "320 of 2,232" in said and "broken: D101" in said
    assert (
        root.get("aria-label") == root[0].text
    )  # the title: without ids, as on one page are several
    assert root[1].tag == f"{SVG}desc"


def test_only_what_broke_an_expectation_alarms_and_a_sign_stands_with_it():
    broken = check("Pay")
    rows = tuple(
        replace(row, verdict=Verdict.KEPT)
        if row.verdict in (Verdict.BROKEN, Verdict.WARNED, Verdict.INCONCLUSIVE)
        else row
        for row in broken.expectations
    )
    calm = judged(broken, rows)
    for found, alarms in ((broken, True), (calm, False)):
        root = Xml.fromstring(render(found))
        alarmed = [one for one in root.iter() if "jm-alert" in one.get("class", "")]
        assert bool(alarmed) is alarms
        assert all((one.text or "").startswith("✗") for one in alarmed)


def test_the_same_bytes_under_any_hash_seed():
    code = (
        "import sys; sys.path.insert(0, 'tests'); from reporters.hostile import check;"
        "from cjmine.reporters.journey_map import render; print(render(check()))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1", "PATH": ""},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "77")
    }
    assert len(runs) == 1


def test_themes_differ_in_colours_alone():
    pictures = {theme: render(check(), theme=theme) for theme in Theme}
    bare = {re.sub("<style>.*?</style>", "", one) for one in pictures.values()}
    assert len(bare) == 1
    assert "@media" in pictures[Theme.AUTO]
    assert "@media" not in pictures[Theme.LIGHT] + pictures[Theme.DARK]
    assert Colour.BACKGROUND.dark not in pictures[Theme.LIGHT]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("side", ["light", "dark"])
@pytest.mark.parametrize("ground", [Colour.BACKGROUND, Colour.LANE])
def test_text_and_shapes_stand_out(side, ground):
    """WCAG 2.2: text 4.5 to 1, shapes that tell something 3 to 1, on paper and on lanes."""
    below = getattr(ground, side)
    for colour in (Colour.TEXT, Colour.MUTED, Colour.ALERT):
        assert contrast(getattr(colour, side), below) >= 4.5, colour
    for colour in (Colour.LINE, Colour.MEASURED, Colour.LOSS):
        assert contrast(getattr(colour, side), below) >= 3, colour
    assert contrast(getattr(Colour.MEASURED, side), getattr(Colour.RIBBON, side)) >= 3


@st.composite
def shapes(draw: st.DrawFn) -> JourneyMap:
    """Up to forty columns in stages, with brackets anywhere."""
    stages = draw(st.lists(st.integers(1, 9), min_size=1, max_size=8))
    columns = [
        Column(f"s{len(stages)}", f"stage {one}") for one, n in enumerate(stages) for _ in range(n)
    ]
    ends = st.integers(0, len(columns) - 1)
    pairs = draw(st.lists(st.tuples(ends, ends).map(sorted), max_size=4))
    brackets = [Bracket(Notation.OPTIONAL, first, last, 0) for first, last in pairs]
    return JourneyMap(tuple(columns), tuple(brackets))


@given(shapes())
def test_bands_hold_every_column_once_and_fit_the_page(shape):
    found = bands(shape.columns, shape.brackets)
    assert [place for band in found for place in band.places] == list(range(len(shape.columns)))
    for band in found:
        assert 1 <= len(band.places) <= MOST_COLUMNS
        assert band.end <= WIDTH - MARGIN + 1e-6 and band.left(band.first) == GUTTER
        assert band.column == found[0].column >= 100
    assert [band.is_first for band in found] == [True] + [False] * (len(found) - 1)
    assert [band.is_last for band in found] == [False] * (len(found) - 1) + [True]


labels = st.sampled_from(LABELS) | st.text(
    st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60
)


@given(labels, st.floats(30, 200), st.integers(1, 4), st.booleans())
def test_labels_fit_their_room(label, room, most, bold):
    found = lines(label, 12, room, most, bold)
    assert len(found) <= most
    assert all(width(line, 12, bold) <= room for line in found)
    assert width(cut(label, 12, room, bold), 12, bold) <= room


@given(labels)
def test_a_label_with_room_enough_is_whole(label):
    whole = " ".join(lines(label, 12, 10_000, 2))
    assert whole == " ".join(lines(label, 12, 20_000, 1))
    assert "…" not in whole or "…" in label
