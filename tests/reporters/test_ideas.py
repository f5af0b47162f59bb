"""Reports of ideas: hostile labels through every format, both languages, narrow screens."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from ideas.logs import ideal, log_of_weeks, week
from reporters.hostile import LABELS

from cjmine.disclosure.ideas import idea_list
from cjmine.disclosure.policy import Policy
from cjmine.eventlog.where import Where
from cjmine.ideas.declared import Idea, Metric, Promise, PromiseUnit, Register, Status
from cjmine.reporters.escaping import columns
from cjmine.reporters.formats import Asked, Format, Subject, formats_of, tables_of
from cjmine.reporters.ideas.tables import EVERY
from cjmine.reporters.ideas.text import listed
from cjmine.reporters.language import Lang, language
from cjmine.reporters.registry import render
from cjmine.results.ideas import Ideas
from cjmine.verbs.ideas import ideas
from cjmine.verbs.settings import JudgedSettings

LOG = log_of_weeks([20] * 20 + [12] * 6)
SINCE = date.fromisoformat(week(20))


def register(label: str) -> Register:
    promise = Promise(-0.15, PromiseUnit.POINTS)
    begun = Idea(
        *(label, label, Metric.DROP_OFF),
        step="Cart",
        owner=label,
        status=Status.DONE,
        since=SINCE,
        expected=promise,
    )
    absent = Idea("B", label, Metric.LATE, step=label, status=Status.RUNNING, since=SINCE)
    elsewhere = Idea("C", label, Metric.UNEXPECTED, touchpoint=label, where=(Where(label, ("x",)),))
    other = Idea("D", label, Metric.GOAL, step="Cart", status=Status.RUNNING, since=SINCE)
    return Register((begun, absent, elsewhere, other), f"{label}.yaml", "")


def found(label: str = "Call") -> Ideas:
    return ideas(LOG, ideal(), register(label), JudgedSettings(min_group=1))


def test_tables_are_those_that_can_be_asked_for() -> None:
    assert [table.name for table in EVERY] == tables_of(Subject.IDEAS)


@pytest.mark.parametrize("label", LABELS)
def test_no_label_does_harm(label: str) -> None:
    result = found(label)
    for form in formats_of(Subject.IDEAS):
        for lang in Lang:
            text = render(result, form, Asked(lang=lang))
            assert "\x1b" not in text and "\u202e" not in text and "##[" not in text
            if form is Format.HTML:
                assert "<script>alert" not in text
            if form is Format.CSV:
                rows = list(csv.reader(io.StringIO(text)))
                assert all(not cell.startswith(("=", "+", "@")) for row in rows for cell in row)
    shown = listed(idea_list(register(label), Policy()), language(Lang.EN), 80)
    assert "\x1b" not in shown and "\u202e" not in shown and "##[" not in shown


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("lang", Lang)
def test_words_fit_the_screen(width: int, lang: Lang) -> None:
    text = render(found("確認" * 30), Format.TEXT, Asked(width=width, lang=lang))
    assert all(columns(line) <= width for line in text.split("\n"))


SCREEN = """\
4 ideas about order, from Call.yaml

  Call  Call  (done, since 25 May 2026)
      drop-off “Cart”: expected −15.0 pp, measured −20.0 pp (−27.0 to −12.4):
      kept its promise
      before 50.0 %, 340 of 680 (17 weeks); after 30.0 %, 72 of 240 (6 weeks)
      naive, against the month in which it was born: −20.0 pp

  B  Call  (running, since 25 May 2026)
      late “Call”: expected –: the journey or the log has no such step,
      touchpoint or column

  C  Call  (idea)
      unexpected “Call”: expected –

  D  Call  (running, since 25 May 2026)
      goal: expected –, measured +20.0 pp (12.4 to 27.0)
      before 50.0 %, 340 of 680 (17 weeks); after 70.0 %, 168 of 240 (6 weeks)
      naive, against the month in which it was born: +20.0 pp

Closed so far: 1; 1 with the promise inside what was measured; on average 1.3 of
  what was promised came about.

Notes
  N421  Call and D run together at one place: what each of them brings cannot be
        told apart
"""


def test_the_screen() -> None:
    assert render(found(), Format.TEXT).startswith(SCREEN.removesuffix("\n"))
