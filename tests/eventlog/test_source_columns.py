"""A saved log says which columns of which source were kept, for what, and which were dropped."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from cjmine.errors import DataError
from cjmine.eventlog.build import log_of
from cjmine.eventlog.log import EventLog
from cjmine.eventlog.parquet import open_file, write_log
from cjmine.eventlog.source_columns import KeptColumn, Role, SourceColumns
from cjmine.ingest.open_log import open_log

COLUMNS = (
    SourceColumns(
        "web",
        "csv",
        None,
        (KeptColumn("who", Role.CUSTOMER, "cookie"), KeptColumn("when", Role.TIME)),
        ("note", "referrer"),
    ),
    SourceColumns("calls", "csv", "call", (KeptColumn("Nummer", Role.CUSTOMER, "phone"),), ()),
)


def saved(folder: Path) -> Path:
    log = log_of([("ann", "Search", 0), ("bob", "Buy", 60)])
    file = folder / "log.parquet"
    write_log(EventLog(log.table, replace(log.about, columns=COLUMNS)), file)
    return file


def test_a_saved_log_keeps_the_names_of_columns(tmp_path: Path) -> None:
    assert open_file(saved(tmp_path), "log").about.columns == COLUMNS


def with_columns(file: Path, columns: object) -> Path:
    """The same log with other words in its metadata; None takes them out."""
    table = pq.read_table(file)
    described = json.loads(pq.read_metadata(file).metadata[b"cjmine"])
    described.pop("columns")
    if columns is not None:
        described["columns"] = columns
    pq.write_table(table.replace_schema_metadata({"cjmine": json.dumps(described)}), file)
    return file


def test_a_log_of_an_older_version_names_none(tmp_path: Path) -> None:
    assert open_file(with_columns(saved(tmp_path), None), "log").about.columns == ()


@pytest.mark.parametrize("columns", [7, ["web"], [["web", "csv", None, [["a", "nose", None]], []]]])
def test_columns_that_are_none_make_a_damaged_log(tmp_path: Path, columns: object) -> None:
    with pytest.raises(DataError) as error:
        open_file(with_columns(saved(tmp_path), columns), "log")
    assert error.value.code.value == "L122"


def test_a_load_names_every_column_of_every_file_once(tmp_path: Path) -> None:
    """Kept by role, else dropped; also those of the customer table; an own name is masked."""
    (tmp_path / "a1.csv").write_text(
        "number,moment,what,day,note of 123456\n06-12345678,2026-03-01T10:00:00Z,Buy,1,x\n"
    )
    (tmp_path / "a2.csv").write_text(
        "number,moment,what,remark\n06-12345679,2026-03-01T11:00:00Z,Buy,x\n"
    )
    (tmp_path / "who.csv").write_text("id,phone,name\n7,06-12345678,Jan\n8,06-12345679,Piet\n")
    (tmp_path / "cjmine.toml").write_text(
        'region = "NL"\n[source.a]\nfiles = "a*.csv"\nformat = "csv"\n'
        'customer = {column = "number", as = "phone"}\ntime = {column = "moment"}\n'
        'activity = {column = "what"}\nchannel = "call"\n'
        '[customers]\nfiles = "who.csv"\ncustomer = {column = "id"}\n'
        'links = [{column = "phone", as = "phone"}]\n'
    )
    found = open_log([str(tmp_path)], keep=["day"]).log.about.columns
    assert found == (
        SourceColumns(
            "a",
            "csv",
            "call",
            (
                KeptColumn("number", Role.CUSTOMER, "phone"),
                KeptColumn("moment", Role.TIME),
                KeptColumn("what", Role.ACTIVITY),
                KeptColumn("day", Role.ATTRIBUTE),
            ),
            ("aaaa aa 999999", "remark"),
        ),
        SourceColumns(
            "customers",
            "customers",
            None,
            (KeptColumn("id", Role.CUSTOMER, "customer"), KeptColumn("phone", Role.LINK, "phone")),
            ("name",),
        ),
    )


def test_every_column_of_a_format_that_knows_its_fields_is_named(tmp_path: Path) -> None:
    """Kept, read by the format, or dropped; nothing that the format makes passes for a column."""
    head = ["email", "verstuurd op", "ingevuld op", "NPS", "toelichting", "naam"]
    rows = [f"c{n}@example.com,2026-03-01 09:00,2026-03-02 09:00,{n % 11},x,y" for n in range(20)]
    (tmp_path / "nps.csv").write_text("\n".join([",".join(head), *rows]) + "\n")
    (one,) = open_log([str(tmp_path / "nps.csv")]).source.about.columns
    roles = {kept.column: kept.role for kept in one.kept}
    assert roles.pop("moments") is Role.ACTIVITY
    assert sorted([*roles, *one.dropped]) == sorted(head)
    assert one.dropped == ("toelichting", "naam")
    assert (roles["email"], roles["verstuurd op"]) == (Role.CUSTOMER, Role.READ)
