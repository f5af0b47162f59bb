"""Each table is declared once; every output shows the same values of it."""

from __future__ import annotations

import csv
import io
from typing import Any

import pandas as pd
import pytest
from reporters.hostile import check
from reporters.test_html import discovery

from cjmine.notebook.frames import frame
from cjmine.reporters.check import tables as check_tables
from cjmine.reporters.csv import render
from cjmine.reporters.discovery import tables as discovery_tables
from cjmine.reporters.formats import Asked, Subject, TableName, tables_of
from cjmine.reporters.language import Lang, language
from cjmine.reporters.table import Place, Table

OF_DISCOVERY, OF_CHECK = discovery_tables.EVERY, check_tables.EVERY
EVERY = [
    one
    for tables in (discovery_tables, check_tables)
    for one in vars(tables).values()
    if isinstance(one, Table)
]


def test_the_command_line_offers_every_table_that_csv_holds() -> None:
    assert [one.name for one in OF_DISCOVERY] == tables_of(Subject.DISCOVERY)
    assert [one.name for one in OF_CHECK] == tables_of(Subject.CHECK)


@pytest.mark.parametrize("table", EVERY, ids=lambda one: one.name)
def test_columns_have_a_heading_where_people_read_them(table: Table[Any, Any]) -> None:
    """In each language; and no key twice in one place."""
    for place in Place:
        keys = [one.key for one in table.at(place)]
        assert len(set(keys)) == len(keys)
    for lang in Lang:
        for one in (*table.at(Place.PAGE), *table.at(Place.SUMMARY)):
            assert language(lang).say(f"report.head-{one.heading}")


def test_a_row_of_csv_is_a_row_of_the_frame() -> None:
    """The columns that both have hold the same."""
    for found, every in ((discovery(), OF_DISCOVERY), (check(), OF_CHECK)):
        for table in every:
            rows = list(csv.DictReader(io.StringIO(render(found, Asked(TableName(table.name))))))
            shown = frame(table, found)
            assert len(rows) == len(shown) == len(table.rows(found))
            both = [one.key for one in table.at(Place.CSV) if one.key in shown.columns]
            assert both
            for row, (_, other) in zip(rows, shown.iterrows(), strict=True):
                for key in both:
                    value = int(other[key]) if row[key] in ("0", "1") else other[key]
                    assert row[key] == ("" if pd.isna(value) else str(value))
