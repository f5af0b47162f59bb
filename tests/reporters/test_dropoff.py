"""Reports of a drop-off: the words, every format, both languages, the picture, hostile labels."""

from __future__ import annotations

import csv
import io
import re
from xml.etree import ElementTree

import pytest
from notation import log
from reporters.hostile import LABELS

from cjmine.ideal.compiled import compile_ideal
from cjmine.ideal.journey import IdealJourney, Stage
from cjmine.ideal.nodes import Step
from cjmine.reporters.dropoff.chart import chart
from cjmine.reporters.dropoff.tables import EVERY
from cjmine.reporters.dropoff.words import part
from cjmine.reporters.escaping import columns
from cjmine.reporters.formats import Asked, Format, Subject, formats_of, tables_of
from cjmine.reporters.language import Lang, language
from cjmine.reporters.registry import render
from cjmine.results.dropoff import Dropoff
from cjmine.verbs.dropoff import dropoff
from cjmine.verbs.dropoff_settings import DropoffSettings

DAY = 86_400_000_000


def found(label: str = "Call", **settings: object) -> Dropoff:
    """Forty journeys towards a goal, past a step, an exit and a touchpoint of some label."""
    steps = tuple(Step(name) for name in ("Search", "Cart", "Pay"))
    ideal = compile_ideal(
        IdealJourney(
            name=f"shop {label}",
            goal=("Pay",),
            stages=(Stage("All", steps),),
            exits=(f"Stop {label}",),
            deadline=10 * DAY,
        )
    )
    lines = [
        f"c{n}: Search@{n}h@web@x={'AB'[n % 2]} Cart@{n + 1}h@web "
        + ("Pay@{}h@web", "LABEL@{}h@call", "STOP@{}h", "")[n % 4].format(n + 5 + n // 2)
        for n in range(40)
    ]
    events = log("\n".join([*lines, "end: Search@30d@web"]))
    names = {"LABEL": label, "STOP": f"Stop {label}"}
    column = events.table.column("activity").cast("string").to_pylist()
    renamed = [names.get(one, one) for one in column]
    return dropoff(_with_labels(events, renamed), ideal, DropoffSettings(**settings))


def _with_labels(events, names):
    import pyarrow as pa

    from cjmine.eventlog.log import EventLog

    place = events.table.column_names.index("activity")
    coded = pa.array(names, pa.string()).dictionary_encode()
    return EventLog(events.table.set_column(place, "activity", coded), events.about)


def every(**settings: object) -> Dropoff:
    return found(min_group=1, at=(DAY, 5 * DAY, 10 * DAY), **settings)


def test_the_screen_says_where_journeys_are() -> None:
    shown = render(every(by="x"), Format.TEXT)
    assert "shop Call: where 41 journeys are, by time since their begin" in shown
    assert re.search(r"^ +10 d  25\.\d %", shown, re.MULTILINE)
    assert re.search(r"Cart +20 +\d\d\.\d %", shown)
    assert re.search(r"Call 50\.0 % \(0\.0 %\)", shown)
    assert "against A: Pay" in shown
    assert max(columns(line) for line in shown.splitlines()) <= 80


def test_many_causes_are_said_in_a_row() -> None:
    """Where a table does not fit, each time is a sentence."""
    shown = render(found("a very long label of an exit " * 3, min_group=1), Format.TEXT)
    assert max(columns(line) for line in shown.splitlines()) <= 80
    two = compile_ideal(
        IdealJourney(
            name="two",
            goal=("Pay", "Cart"),
            stages=(),
            exits=("Stop", "Search"),
            deadline=DAY,
        )
    )
    many = dropoff(log("a: Pay\nb: Cart\nd: Stop\ne: Pay@30d"), two, DropoffSettings(min_group=1))
    shown = render(many, Format.TEXT)
    assert "Pay 50.0 % (5.8 to 84.5) · Cart 25.0 %" in shown
    assert max(map(columns, shown.splitlines())) <= 80


@pytest.mark.parametrize("lang", Lang)
def test_every_format_in_every_language(lang: Lang) -> None:
    one = every(by="x")
    for form in formats_of(Subject.DROPOFF):
        assert render(one, form, Asked(lang=lang)).strip()
    words = {Lang.EN: "under way", Lang.NL: "onderweg"}
    for form in (Format.TEXT, Format.MARKDOWN, Format.HTML):
        shown = render(one, form, Asked(lang=lang))
        assert words[lang] in shown
        assert all(word not in shown for other, word in words.items() if other is not lang)


@pytest.mark.parametrize("label", LABELS)
def test_hostile_labels_break_nothing(label: str) -> None:
    """Whatever stands in a label: the page is well formed, lines stay lines, nothing is markup."""
    if not label:
        label = " "
    one = found(label, min_group=1, by="x")
    text, page = render(one, Format.TEXT), render(one, Format.HTML)
    assert "\x1b" not in text and max(columns(line) for line in text.splitlines()) <= 80
    assert "<script>alert" not in page and "<injected" not in page
    svg = ElementTree.fromstring(chart(one, language(Lang.EN)))
    assert svg.find("{*}desc") is not None
    header, *rows = list(csv.reader(io.StringIO(render(one, Format.CSV, Asked(None)))))
    assert rows and all(len(row) == len(header) for row in rows)
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "@", "\t", "\r"))]
    markdown = render(one, Format.MARKDOWN)
    assert "<script" not in markdown and "\n::" not in markdown and "##[" not in markdown


def test_the_tables_are_those_that_csv_offers() -> None:
    assert [one.name for one in EVERY] == tables_of(Subject.DROPOFF)


def test_the_picture_is_of_the_figures() -> None:
    """One area a cause, the band of the goal, and in words what it shows."""
    one = every()
    drawn = chart(one, language(Lang.EN))
    svg = ElementTree.fromstring(drawn)
    areas = [shape.get("class") for shape in svg.findall(".//{*}path")]
    assert [areas.count(name) for name in ("cj-goal", "cj-exit", "cj-late", "cj-band")] == [1] * 4
    said = svg.findtext("{*}desc") or ""
    assert "10 d" in said and part(one.horizons[-1].causes[0].value, language(Lang.EN)) in said
    empty = dropoff(log("a: Search").rows(0, 0), _goal(), DropoffSettings(min_group=1))
    assert ElementTree.fromstring(chart(empty, language(Lang.NL))) is not None


def _goal():
    from cjmine.verbs.ideals import goal_alone
    from cjmine.verbs.settings import GoalSettings

    return goal_alone(GoalSettings(goal=("Pay",)))
