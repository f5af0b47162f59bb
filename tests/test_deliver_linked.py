"""Deliveries that say whose earlier events are: appended, the log is that of one load of all."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random

import pyarrow.parquet as pq
import pytest
from eventlog_rows import rows
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples
from test_deliver import KEY, brought

from cjmine.eventlog.folder.folder_log import open_folder
from cjmine.eventlog.log import About, EventLog
from cjmine.ingest.inputs import find_inputs
from cjmine.ingest.load import load
from cjmine.ingest.source_flags import SourceFlags

SAMPLES = Path(__file__).parent.parent / "sample_logs"
FILES = [
    SAMPLES / name
    for name in (
        "web/access.log",
        "web/access.log.1.gz",
        "analytics.csv",
        "chats.csv",
        "calls_2026-01.csv",
        "calls_2026-02.csv",
        "calls_2026-03.csv",
        "servicebox.mbox",
        "surveys.csv",
    )
]
CONFIG = SourceFlags(config=SAMPLES / "cjmine.toml")


def at_once(files: list[Path], flags: SourceFlags = CONFIG) -> EventLog:
    return load(find_inputs([str(file) for file in files], flags), KEY).log


def same(folder: Path, whole: EventLog) -> None:
    found = open_folder(folder, "log").read()
    assert rows(found) == rows(whole)
    assert found.table.equals(whole.table)
    assert _sorted(found.about) == _sorted(whole.about)


def _sorted(about: About) -> About:
    """What is said of columns comes in the order of deliveries; copies are named last."""
    return replace(about, columns=tuple(sorted(about.columns, key=repr)))


@pytest.mark.parametrize("cuts", [[4], [1, 2, 3], [7], [2, 6, 8]])
def test_the_sample_logs_in_any_deliveries_are_the_sample_logs(
    tmp_path: Path, cuts: list[int]
) -> None:
    for place, (first, last) in enumerate(pairwise([0, *cuts, len(FILES)])):
        brought(tmp_path / "log", FILES[first:last], appends=place > 0, flags=CONFIG)
    same(tmp_path / "log", at_once(FILES))


CONFIGURATION = """
[source.web]
files    = "web*.csv"
format   = "csv"
customer = { column = "visitor", as = "cookie" }
links    = [{ column = "login", as = "customer" }]
time     = { column = "at", zone = "UTC" }
activity = { column = "page" }

[source.calls]
files    = "calls*.csv"
format   = "csv"
customer = { column = "number", as = "phone", region = "NL" }
time     = { column = "at", zone = "UTC" }
activity = { column = "reason" }

[customers]
files    = "customers.csv"
customer = { column = "id" }
links    = [{ column = "phone", as = "phone", region = "NL" }]
"""
moments = st.integers(0, 3).map(lambda minute: f"2026-03-02T10:0{minute}:00")
visits = st.tuples(
    st.sampled_from(["v1", "v2", "v3"]),
    st.sampled_from(["", "", "K-1", "K-2", "999999"]),
    moments,
    st.sampled_from(["Home", "Basket"]),
)
calls = st.tuples(
    st.sampled_from(["0612345678", "0612345679", "0612345670"]),
    moments,
    st.sampled_from(["Question", "Complaint"]),
)


@examples(10)
@given(
    st.lists(st.lists(visits, min_size=1, max_size=6), min_size=1, max_size=3),
    st.lists(st.lists(calls, min_size=1, max_size=4), min_size=1, max_size=2),
    st.randoms(),
    st.booleans(),
)
def test_who_is_who_does_not_depend_on_how_exports_are_delivered(
    tmp_path_factory: pytest.TempPathFactory,
    web: list[list[tuple[str, ...]]],
    phone: list[list[tuple[str, ...]]],
    order: Random,
    has_table: bool,
) -> None:
    """Cookies that are learned late, devices in turns, placeholder numbers, ties; any order."""
    folder = tmp_path_factory.mktemp("project")
    config = CONFIGURATION if has_table else CONFIGURATION.partition("[customers]")[0]
    (folder / "cjmine.toml").write_text(config)
    (folder / "customers.csv").write_text("id,phone\nK-1,0612345678\nK-3,0612345670\n")
    files = []
    for name, header, parts in (
        ("web", "visitor,login,at,page", web),
        ("calls", "number,at,reason", phone),
    ):
        for number, part in enumerate(parts):
            files.append(folder / f"{name}{number}.csv")
            files[-1].write_text("\n".join([header, *map(",".join, part), ""]))
    order.shuffle(files)
    flags = SourceFlags(config=folder / "cjmine.toml")
    contents = {file.read_bytes() for file in files}
    for place, one in enumerate(files):
        brought(folder / "log", [one], appends=place > 0, flags=flags)
    if len(contents) == len(files):  # a file given twice has an account at once, and a note here
        same(folder / "log", loaded_in_order(files, flags))


def loaded_in_order(files: list[Path], flags: SourceFlags) -> EventLog:
    """One load of all, in the order in which they were delivered."""
    inputs = find_inputs([str(file) for file in files], flags)
    places = {one.source.path: one for one in inputs.sources}
    ordered = tuple(places[file] for file in files)
    return load(replace(inputs, sources=ordered), KEY).log


def test_a_newer_copy_of_a_mail_replaces_the_earlier_delivery(tmp_path: Path) -> None:
    """Mail that is delivered again is counted as duplicate, whichever load brought it first."""
    head = "From a@example.org Mon Mar  2 10:00:00 2026\nFrom: a@example.org\nTo: us@shop.example\n"
    mails = [
        f"{head}Date: Mon, 2 Mar 2026 10:0{n}:00 +0000\nMessage-ID: <{n}@example.org>\nSubject: Hi\n\nx\n\n"
        for n in range(4)
    ]
    files = [tmp_path / "one.mbox", tmp_path / "two.mbox"]
    files[0].write_text("".join(mails[:3]))
    files[1].write_text("".join(mails[1:]))
    flags = SourceFlags()
    for place, one in enumerate(files):
        brought(tmp_path / "log", [one], appends=place > 0, flags=flags)
    whole = at_once(files, flags)
    assert sum(one.duplicate for one in whole.about.sources) == 2
    same(tmp_path / "log", whole)


def test_no_raw_identifier_is_kept(tmp_path: Path) -> None:
    """The files of a delivery as it was read hold tokens, and hashes that need the key."""
    brought(tmp_path / "log", FILES[4:8], appends=False, flags=CONFIG)
    held = b"".join(file.read_bytes() for file in (tmp_path / "log").rglob("*") if file.is_file())
    text = repr([pq.read_table(file).to_pydict() for file in (tmp_path / "log").rglob("*.parquet")])
    customers = (SAMPLES / "customers.csv").read_text().split("\n")[1:200]
    values = {value for row in customers for value in row.split(";")[:5] if len(value) > 6}
    assert len(values) > 100
    for value in values:
        assert value.encode() not in held and value not in text
