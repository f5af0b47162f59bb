"""Reports of contacts: figures are those of the JSON, in every format, hostile labels, widths."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cache

import pyarrow as pa
import pytest
from notation import log
from reporters.hostile import LABELS

from cjmine.declared import Cost, Declared, DeclaredContact
from cjmine.eventlog.log import EventLog
from cjmine.ideal.compiled import compile_ideal
from cjmine.ideal.file import parse_journey
from cjmine.reporters.contact.tables import EVERY
from cjmine.reporters.escaping import columns
from cjmine.reporters.formats import Asked, Format, Subject, formats_of, tables_of
from cjmine.reporters.language import Lang
from cjmine.reporters.registry import render
from cjmine.results.contact import Contact
from cjmine.verbs.contact import contact
from cjmine.verbs.contact_settings import ContactSettings
from tests.observing import at

DAY = 86_400_000_000
IDEAL = compile_ideal(
    parse_journey(
        """
journey: shop
goal: Pay
deadline: 10d
stages:
  - stage: One
    steps:
      - Search
      - step: Confirm
        within: {max: 1d, after: Search}
      - Pay
""",
        "journey.yaml",
    )
)
DECLARED = Declared(
    contact=DeclaredContact((), ("Answer",), (Cost("call", 7.5), Cost("mail", 4.0)))
)


@cache
def found(label: str = "Help") -> Contact:
    """120 journeys: calls after a page of some label, late confirmations, mails, answers."""
    lines = []
    for n in range(120):
        line = f"c{n}: Search@{n}h@web"
        line += f" LABEL@{n * 60 + 20}m@web" if n % 3 else ""
        line += f" Why@{n * 60 + 30}m@call" if n % 2 else ""
        line += (
            f" Ask@{n + 30}h@mail Answer@{n + 40 + (45 if n % 8 else 0)}h@mail"
            if n % 4 == 0
            else ""
        )
        line += f" Confirm@{n + (50 if n % 5 < 3 else 5)}h@post Pay@{n + 200}h@web"
        lines.append(line)
    events = log("\n".join(lines))
    names = [
        {"LABEL": label, "Why": f"Why {label}"}.get(one, one)
        for one in events.table.column("activity").cast("string").to_pylist()
    ]
    place = events.table.column_names.index("activity")
    coded = pa.array(names, pa.string()).dictionary_encode()
    events = EventLog(events.table.set_column(place, "activity", coded), events.about)
    settings = ContactSettings(observed_until=at(60 * DAY), again=(DAY, 7 * DAY))
    return contact(events, IDEAL, settings, DECLARED)


def test_the_screen_says_what_the_json_says() -> None:
    """Each count, share and ratio of the screen is recomputed from the JSON."""
    shown = render(found(), Format.TEXT)
    data = json.loads(render(found(), Format.JSON))
    n, of = (data["with_contact"][key] for key in ("n", "of"))
    assert f"{n} of {of} journeys had contact: {100 * n / of:.1f} %" in shown
    known = data["identified"]
    assert f"Known customers: {100 * known['n'] / known['of']:.1f} % of {known['of']}" in shown
    lines = {line.strip().split("  ")[0]: line for line in shown.splitlines()}
    late = next(row for row in data["types"] if row["type"] == "late")
    said = lines["late: a promise has passed"]
    value, low, high = (f"{late['excess'][key]:z,.0f}" for key in ("value", "low", "high"))
    assert re.search(rf"\b{late['contacts']}\b", said)
    assert f"{late['expected']:.1f}" in said
    assert f"{value} ({low} to {high})".replace("-", "−") in said
    assert f"€ {late['cost']:,.0f}" in said
    total = data["need_not"]
    assert f"{100 * total['n'] / total['of']:.1f} %" in shown
    assert total["n"] == sum(row["contacts"] for row in data["types"][:6])
    row = next(row for row in data["before"] if row["ratio"])
    ratio = row["ratio"]["value"]
    assert f"{ratio:.1f} times" in shown or f"{ratio:,.0f} times" in shown
    for again in data["again"]:
        if again["after"] is None:
            assert f"{100 * again['n'] / again['of']:.1f} %" in shown
    waits = data["unanswered"]
    assert f"No answer within 2 d: {100 * waits['n'] / waits['of']:.1f} %" in shown


def test_known_customers_stand_first() -> None:
    assert render(found(), Format.TEXT).startswith("Known customers: 100.0 % of ")


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_screen(lang: Lang, width: int) -> None:
    shown = render(found("x" * 70), Format.TEXT, Asked(lang=lang, width=width))
    assert max(columns(line) for line in shown.splitlines()) <= width


@pytest.mark.parametrize("label", LABELS)
def test_hostile_labels_stay_text(label: str) -> None:
    """In every format: no control signs, no markup, no formula, no command of a build service."""
    hostile = found(label or "empty")
    for form in formats_of(Subject.CONTACT):
        shown = render(hostile, form)
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202e]", shown.replace("\r\n", "\n"))
        if form in (Format.HTML, Format.MARKDOWN):
            assert "<script>alert" not in shown and "<injected/>" not in shown
        assert not re.search(r"^(::|##\[)", shown, re.MULTILINE)
    for table in tables_of(Subject.CONTACT):
        rows = csv.reader(io.StringIO(render(hostile, Format.CSV, Asked(table))))
        assert not any(cell[:1] in "=+@" for row in rows for cell in row if cell)


def test_every_table_is_in_csv_and_has_its_columns() -> None:
    names = [str(one) for one in tables_of(Subject.CONTACT)]
    assert names == [table.name for table in EVERY]
    for table in tables_of(Subject.CONTACT):
        rows = list(csv.DictReader(io.StringIO(render(found(), Format.CSV, Asked(table)))))
        assert all(None not in row for row in rows)
        assert rows or str(table) == "hours"  # no hour has enough customers


def test_the_page_and_the_summary_have_the_figures() -> None:
    page, summary = (render(found(), form) for form in (Format.HTML, Format.MARKDOWN))
    late = next(row for row in found().types if row.type == "late")
    for text in (page, summary):
        assert "case-time-control" in page
        assert str(late.contacts) in text
        assert "Why Help" in text
