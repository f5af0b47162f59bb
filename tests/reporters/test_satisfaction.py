"""Reports of a satisfaction: its figures are those of its JSON, in every format; hostile labels."""

from __future__ import annotations

import csv
import io
import json
import re

import pyarrow as pa
import pytest
from notation import log
from reporters.hostile import LABELS

from cjmine.eventlog.log import EventLog
from cjmine.ideal.compiled import compile_ideal
from cjmine.ideal.journey import IdealJourney, Stage
from cjmine.ideal.nodes import Step, Within
from cjmine.reporters.escaping import columns
from cjmine.reporters.formats import Asked, Format, Subject, formats_of, tables_of
from cjmine.reporters.language import Lang
from cjmine.reporters.registry import render
from cjmine.reporters.satisfaction.tables import EVERY
from cjmine.results.satisfaction import Satisfaction
from cjmine.verbs.satisfaction import satisfaction
from cjmine.verbs.satisfaction_settings import SatisfactionSettings
from tests.observing import at

DAY = 86_400_000_000


def found(label: str = "Mail", **settings: object) -> Satisfaction:
    """160 customers: half get a mail of some label late; three of four answer."""
    mail = Step(label, within=Within(max=7_200_000_000, after="Search"), moment_of_truth=True)
    steps = (Step("Search"), mail, Step("Pay"))
    ideal = compile_ideal(
        IdealJourney(
            name=f"shop {label}",
            goal=("Pay",),
            stages=(Stage("All", steps),),
            deadline=10 * DAY,
        )
    )
    lines = [
        f"c{n}: Search@{n}h@web@x={'AB'[n % 2]} LABEL@{n + 1 + 3 * (n % 2)}h@mail "
        f"{'Pay' if n % 5 else 'LABEL'}@{n + 5}h@web@x={'AB'[n % 2]} NPS_asked@{n + 6}h"
        + (f" NPS_answer@{n + 7}h@score={9 - 5 * (n % 2) + n % 3 // 2}" if n % 4 else "")
        for n in range(160)
    ]
    events = log("\n".join(lines))
    names = [label if one == "LABEL" else one for one in _texts(events, "activity")]
    kinds = [label if one == "B" else one for one in _texts(events, "x")]
    events = _with(_with(events, "activity", names), "x", kinds)
    asked = {"observed_until": at(90 * DAY), **settings}
    return satisfaction(events, ideal, SatisfactionSettings(**asked))


def _texts(events: EventLog, column: str) -> list[str | None]:
    return events.table.column(column).cast("string").to_pylist()


def _with(events: EventLog, column: str, values: list[str | None]) -> EventLog:
    place = events.table.column_names.index(column)
    coded = pa.array(values, pa.string()).dictionary_encode()
    return EventLog(events.table.set_column(place, column, coded), events.about)


def test_the_screen_says_what_the_json_holds() -> None:
    """Every figure of the screen is made again from the JSON."""
    one = found(by="x")
    text = render(one, Format.TEXT)
    score = json.loads(render(one, Format.JSON))["scores"][0]
    shown = re.search(r"NPS (\S+) \((\S+) to (\S+)\) from (\d+) customers, mean (\S+) \(", text)
    assert shown is not None
    ends = [f"{score[key]:z.0f}".replace("-", "−") for key in ("value", "low", "high")]
    assert shown.groups() == (*ends, str(score["n"]), f"{score['mean']:.1f}")
    share = 100 * score["n"] / score["asked"]
    assert f"{score['n']} of {score['asked']} asked, {share:.1f} %" in text
    weighted = [
        f"{score['weighted'][key]:z.0f}".replace("-", "−") for key in ("value", "low", "high")
    ]
    assert "weighted for who answers: {} ({} to {})".format(*weighted) in text
    for row in score["by"]:
        if row["dimension"] in ("state", "x") and row["mean"] is not None:
            ends = [f"{row[key]:.1f}" for key in ("mean", "mean_low", "mean_high")]
            line = "{} ({} to {})".format(*ends)
            counts = str(row["n"])
            if row["response"]["of"] is not None:
                share = 100 * row["response"]["value"]
                counts += f" of {row['response']['of']}, {share:.1f} %"
            assert re.search(rf"{counts} .*{re.escape(line)}", text)
    moments = json.loads(render(one, Format.JSON))["moments"]
    for row in moments:
        if row["difference"] is not None:
            ends = [row["difference"][key] for key in ("value", "low", "high")]
            said = f"{ends[0]:+.1f} ({ends[1]:.1f} to {ends[2]:.1f})".replace("-", "−")
            assert said in text and f"{row['bad']['mean']:.1f}, n {row['bad']['n']}" in text
    assert "◆ declared and measured: Mail" in text
    for row in score["ends"]:
        if row["n"]:
            assert (
                f"{row['mean']:.1f} ({row['low']:.1f} to {row['high']:.1f}), n {row['n']}" in text
            )
    assert max(columns(line) for line in text.splitlines()) <= 80


def test_words_never_say_what_customers_feel() -> None:
    """What goes with a score is no feeling and no cause."""
    one = found(by="x")
    for form in (Format.TEXT, Format.MARKDOWN, Format.HTML):
        shown = render(one, form).casefold()
        assert "goes with the score" in shown
        assert "feel" not in shown


@pytest.mark.parametrize("lang", Lang)
def test_every_format_in_every_language(lang: Lang) -> None:
    one = found(by="x")
    for form in formats_of(Subject.SATISFACTION):
        assert render(one, form, Asked(lang=lang)).strip()
    words = {Lang.EN: "who answered", Lang.NL: "wie antwoordde"}
    for form in (Format.TEXT, Format.MARKDOWN, Format.HTML):
        shown = render(one, form, Asked(lang=lang))
        assert words[lang] in shown
        assert all(word not in shown for other, word in words.items() if other is not lang)


@pytest.mark.parametrize("label", LABELS)
def test_hostile_labels_break_nothing(label: str) -> None:
    """Whatever stands in a label: lines stay lines, nothing is markup or a formula."""
    one = found(label or " ", min_group=1, by="x")
    text, page = render(one, Format.TEXT), render(one, Format.HTML)
    assert "\x1b" not in text and max(columns(line) for line in text.splitlines()) <= 80
    assert "<script>alert" not in page and "<injected" not in page
    for table in tables_of(Subject.SATISFACTION):
        header, *rows = list(csv.reader(io.StringIO(render(one, Format.CSV, Asked(table)))))
        assert rows and all(len(row) == len(header) for row in rows)
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "@", "\t", "\r"))]
    markdown = render(one, Format.MARKDOWN)
    assert "<script" not in markdown and "\n::" not in markdown and "##[" not in markdown


def test_what_is_withheld_is_a_dash_in_every_format() -> None:
    """Of 160 customers nothing may be shown at 200 but that there is a score."""
    small = found(min_group=100)
    assert small.scores[0].value is None and small.scores[0].weighted is None
    for form in formats_of(Subject.SATISFACTION):
        assert render(small, form).strip()
    released = found(release=True, min_group=10)
    (score,) = released.scores
    assert score.n is not None and score.n % 5 == 0
    assert score.mean_low is None or len(f"{score.mean_low:g}".replace(".", "")) <= 2


def test_the_tables_are_those_that_csv_offers() -> None:
    assert [one.name for one in EVERY] == tables_of(Subject.SATISFACTION)
