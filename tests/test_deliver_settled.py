"""Deliveries of plain customer numbers and such that link: in any order the log of one load."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from eventlog_rows import check_parts, rows
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import examples
from test_deliver import at_once, brought, export
from test_deliver_linked import loaded_in_order, same

from cjmine.errors import DataError
from cjmine.eventlog.folder import compact
from cjmine.eventlog.folder.deliveries import with_delivery
from cjmine.eventlog.folder.folder_log import open_folder
from cjmine.eventlog.folder.manifest import Delivery
from cjmine.eventlog.folder.writing import writing
from cjmine.eventlog.log import EventLog
from cjmine.ingest.inputs import find_inputs
from cjmine.ingest.source_flags import SourceFlags

CONFIGURATION = """
timezone = "UTC"

[source.orders]
files     = "orders*.csv"
customer  = "who"
timestamp = "at"
activity  = "what"
keep      = ["product"]

[source.stores]
files     = "stores*.csv"
customer  = "who"
timestamp = "at"
activity  = "what"
channel   = "store"

[source.web]
files     = "web*.csv"
customer  = { column = "visitor", as = "cookie" }
links     = [{ column = "login", as = "customer" }]
timestamp = "at"
activity  = "what"
keep      = ["device"]

[source.calls]
files     = "calls*.csv"
customer  = { column = "number", as = "phone", region = "NL" }
timestamp = "at"
activity  = "what"
channel   = "call"

[customers]
files    = "customers.csv"
customer = { column = "id" }
links    = [{ column = "phone", as = "phone", region = "NL" }]
"""
HEADERS = {
    "orders": "who,at,what,product",
    "stores": "who,at,what",
    "web": "visitor,login,at,what,device",
    "calls": "number,at,what",
}
KNOWN = st.sampled_from(["K-1", "K-2", "K-3", "999999"])
TIMES = st.integers(0, 2).map(lambda minute: f"2026-03-02T10:0{minute}:00")
WHAT = st.sampled_from(["Buy", "Ask"])
FILES = st.one_of(
    st.tuples(
        st.just("orders"), st.lists(st.tuples(KNOWN, TIMES, WHAT, st.sampled_from(["a", ""])))
    ),
    st.tuples(st.just("stores"), st.lists(st.tuples(KNOWN, TIMES, WHAT))),
    st.tuples(
        st.just("web"),
        st.lists(
            st.tuples(
                st.sampled_from(["v1", "v2"]),
                st.one_of(st.just(""), KNOWN),
                TIMES,
                WHAT,
                st.sampled_from(["phone", ""]),
            )
        ),
    ),
    st.tuples(
        st.just("calls"),
        st.lists(st.tuples(st.sampled_from(["0612345678", "0612345679"]), TIMES, WHAT)),
    ),
)


def project(folder: Path, has_table: bool) -> SourceFlags:
    config = CONFIGURATION if has_table else CONFIGURATION.partition("[customers]")[0]
    (folder / "cjmine.toml").write_text(config)
    for source in HEADERS:  # a source without files is refused
        (folder / f"{source}.csv").write_text("")
    (folder / "customers.csv").write_text("id,phone\nK-1,0612345678\nK-4,0612345670\n")
    return SourceFlags(config=folder / "cjmine.toml")


def written(folder: Path, number: int, source: str, lines: list[tuple[str, ...]]) -> Path:
    """An export; its last event makes it another file than all others."""
    who = {"web": ("v3", "K-9"), "calls": ("0612345677",)}.get(source, ("K-9",))
    last = (*who, f"2026-03-03T10:00:{number:02d}", "Buy")
    last += ("",) * (HEADERS[source].count(",") + 1 - len(last))
    file = folder / f"{source}{number}.csv"
    file.write_text("\n".join([HEADERS[source], *map(",".join, [*lines, last]), ""]))
    return file


def check(folder: Path, deliveries: list[list[Path]], flags: SourceFlags) -> None:
    """Delivered one after the other, the log is that of one load, whole and in parts."""
    order: list[Path] = []
    for place, files in enumerate(deliveries):
        brought(folder, files, appends=place > 0, flags=flags)
        found = find_inputs([str(file) for file in files], flags)
        order += [one.source.path for one in found.sources]
    whole = loaded_in_order(order, flags)
    log = open_folder(folder, "log")
    found = log.read()
    if len(deliveries) > 1 and not all(one.settled for one in log.manifest.deliveries):
        same(folder, whole)
    assert found.table.equals(whole.table)
    assert replace(log.manifest, about=whole.about).activities == whole.activities
    parts = list(log.parts(3))
    check_parts(found, parts)
    for part in parts:
        mine = set(part.read().names(found.case_column))
        assert rows(part.read()) == [row for row in rows(found) if row[0] in mine]


@given(
    st.lists(FILES, min_size=1, max_size=6),
    st.lists(st.integers(1, 3), min_size=6, max_size=6),
    st.booleans(),
)
@example([("orders", []), ("web", [])], [1] * 6, False)  # intervals that no customer is in
def test_plain_numbers_and_links_in_any_deliveries_are_one_load(
    tmp_path_factory: pytest.TempPathFactory,
    exports: list[tuple[str, list[tuple[str, ...]]]],
    sizes: list[int],
    has_table: bool,
) -> None:
    folder = tmp_path_factory.mktemp("project")
    flags = project(folder, has_table)
    files = [written(folder, number, *one) for number, one in enumerate(exports)]
    deliveries = []
    for size in sizes:
        deliveries.append(files[:size])
        files = files[size:]
    check(folder / "log", [one for one in deliveries if one], flags)


@examples(8)
@given(st.integers(0, 160), st.integers(0, 160), st.randoms())
def test_what_numbers_stand_for_is_decided_over_all_deliveries(
    tmp_path_factory: pytest.TempPathFactory, first: int, then: int, random: Random
) -> None:
    """A number is nobody's by how much it holds of all that its source brought, settled or not."""
    folder = tmp_path_factory.mktemp("project")
    flags = project(folder, has_table=False)
    plain = [[(f"K-{n}", "2026-03-02T10:00:00", "Buy", "a")] for n in range(4)]
    nobody = [[("999999", "2026-03-02T10:01:00", "Buy", "")] * many for many in (first, then)]
    exports = [("orders", lines) for lines in (*plain, *nobody)]
    exports.append(("web", [("v1", "999999", "2026-03-02T10:02:00", "Ask", "")] * 3))
    random.shuffle(exports)
    check(
        folder / "log",
        [[written(folder, number, *one)] for number, one in enumerate(exports)],
        flags,
    )


CASES = """
timezone = "UTC"

[source.tickets]
files     = "tickets*.csv"
case      = "ticket"
customer  = "who"
timestamp = "at"
activity  = "what"

[source.tasks]
files     = "tasks*.csv"
case      = "ticket"
timestamp = "at"
activity  = "what"
"""
TICKETS = st.lists(
    st.tuples(
        st.sampled_from(["T-1", "T-2", "T-3"]),
        st.sampled_from(["", "K-1", "K-2"]),
        TIMES,
        WHAT,
    ),
    min_size=1,
    max_size=4,
)


def tickets(folder: Path, number: int, lines: list[tuple[str, ...]]) -> Path:
    file = folder / f"tickets{number}.csv"
    last = (f"T-9{number}", "K-1", "2026-03-03T10:00:00", "Buy")
    file.write_text("\n".join(["ticket,who,at,what", *map(",".join, [*lines, last]), ""]))
    return file


def cases(folder: Path) -> SourceFlags:
    (folder / "cjmine.toml").write_text(CASES)
    for source in ("tickets", "tasks"):
        (folder / f"{source}.csv").write_text("")
    return SourceFlags(config=folder / "cjmine.toml")


@examples(8)
@given(st.lists(TICKETS, min_size=1, max_size=4))
def test_a_case_gets_its_customer_from_any_delivery(
    tmp_path_factory: pytest.TempPathFactory, exports: list[list[tuple[str, ...]]]
) -> None:
    folder = tmp_path_factory.mktemp("project")
    flags = cases(folder)
    files = [[tickets(folder, number, lines)] for number, lines in enumerate(exports)]
    check(folder / "log", files, flags)


def test_customers_do_not_join_cases_that_began_without(tmp_path: Path) -> None:
    flags, folder = cases(tmp_path), tmp_path / "log"
    for number in range(2):
        tasks = tmp_path / f"tasks{number}.csv"
        tasks.write_text(f"ticket,at,what\nT-{number},2026-03-02T10:00:00,Buy\n")
        brought(folder, [tasks], appends=number > 0, flags=flags)
    before = (folder / "manifest.json").read_bytes()
    with pytest.raises(DataError, match="of whom earlier cases are"):
        brought(folder, [tickets(tmp_path, 0, [])], appends=True, flags=flags)
    assert (folder / "manifest.json").read_bytes() == before


def test_settled_events_are_written_once(tmp_path: Path) -> None:
    """Neither are they kept beside their run, nor written again by a delivery that links."""
    flags, folder = project(tmp_path, has_table=True), tmp_path / "log"
    plain = [(f"K-{n % 7}", f"2026-03-02T10:{n % 60:02d}:00", "Buy", "a") for n in range(300)]
    visit = ("v1", "K-1", "2026-03-02T10:00:00", "Ask", "phone")
    brought(folder, [written(tmp_path, 0, "orders", plain)], appends=False, flags=flags)
    (run,) = open_folder(folder, "log").manifest.runs
    before = (folder / "runs" / run.file).read_bytes()
    for number in (1, 2):
        export = written(tmp_path, number, "web", [visit] * number)
        brought(folder, [export], appends=True, flags=flags)
        runs = open_folder(folder, "log").manifest.runs
        assert [(one.settled, one.events) for one in runs[:1]] == [(True, 301)]
        assert sum(one.events for one in runs[1:]) == (2, 5)[number - 1]
        assert runs[0] == run and (folder / "runs" / run.file).read_bytes() == before


def test_many_deliveries_of_both_kinds_are_compacted(tmp_path: Path) -> None:
    flags = project(tmp_path, has_table=False)
    exports = []
    for number in range(12):
        moment = f"2026-03-02T10:{number % 3:02d}:00"
        exports.append(("orders", [("K-1", moment, "Buy", "a"), ("K-2", moment, "Ask", "")]))
        exports.append(("web", [("v1", "K-1", moment, "Ask", ""), ("v2", "", moment, "Buy", "")]))
    files = [[written(tmp_path, number, *one)] for number, one in enumerate(exports)]
    check(tmp_path / "log", files, flags)
    assert len(open_folder(tmp_path / "log", "log").manifest.runs) < compact.MOST_RUNS


def test_links_join_a_log_that_began_with_plain_numbers(tmp_path: Path) -> None:
    """Its first exports are gone by then; their tokens say all that is needed."""
    flags, folder = project(tmp_path, has_table=False), tmp_path / "log"
    plain = written(tmp_path, 0, "orders", [("K-2", "2026-03-02T10:00:00", "Buy", "a")])
    brought(folder, [plain], appends=False, flags=flags)
    text = plain.read_text()
    plain.unlink()
    web = written(tmp_path, 1, "web", [("v1", "K-1", "2026-03-02T10:00:00", "Ask", "")])
    brought(folder, [web], appends=True, flags=flags)
    plain.write_text(text)
    whole = loaded_in_order([plain, web], flags)
    assert [one.unlinked for one in whole.about.sources] == [1, 0]
    same(folder, whole)


def test_a_log_that_a_notebook_saved_takes_no_links(tmp_path: Path) -> None:
    flags, folder = project(tmp_path, has_table=False), tmp_path / "log"
    log = at_once([export(tmp_path / "plain.csv", range(2, 5))])
    saved(folder, log)
    web = written(tmp_path, 1, "web", [("v1", "K-1", "2026-03-02T10:00:00", "Ask", "")])
    before = (folder / "manifest.json").read_bytes()
    with pytest.raises(DataError, match="a notebook saved"):
        brought(folder, [web], appends=True, flags=flags)
    assert (folder / "manifest.json").read_bytes() == before


def saved(folder: Path, log: EventLog) -> None:
    with writing(folder, "log") as writer:
        run = writer.add([log], log.events)
        writer.publish(with_delivery(None, (run,), log.about, Delivery(1, run.events, "test")))


def test_ids_of_records_are_declared_from_the_first_delivery_on(tmp_path: Path) -> None:
    flags, folder = project(tmp_path, has_table=False), tmp_path / "log"
    order = ("K-1", "2026-03-02T10:00:00", "Buy", "a")
    brought(folder, [written(tmp_path, 0, "orders", [order])], appends=False, flags=flags)
    config = tmp_path / "cjmine.toml"
    config.write_text(
        config.read_text().replace('keep      = ["product"]', 'delivery = "product"', 1)
    )
    before = (folder / "manifest.json").read_bytes()
    with pytest.raises(DataError, match="without its record ids"):
        brought(folder, [written(tmp_path, 1, "orders", [order])], appends=True, flags=flags)
    assert (folder / "manifest.json").read_bytes() == before
