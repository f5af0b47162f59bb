"""Open sources: looked at once, read as often as asked, and without anything left behind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from loaders.reading import outcome_of, source, written

from cjmine.errors import DataError
from cjmine.loaders import engine, tabular
from cjmine.loaders.sniff import settle, sniff
from cjmine.setup.recognise import look
from cjmine.sources import Roles

ROWS = "klant;event;time\nc1;Zoeken;13-05-2024 10:00:00\nc2;Kopen;13-05-2024 10:05:00\nc3;x;y\n"


def test_a_format_asked_for_by_name_is_imported_alone() -> None:
    """A check of CSV files needs no other format."""
    asked = (
        "import sys; from cjmine.loaders.registry import loader_named; loader_named('csv');"
        " print([one for one in sys.modules if one.startswith('cjmine.loaders.formats.')])"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "['cjmine.loaders.formats.csv']"


def test_a_table_is_planned_once_and_read_over_one_connection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading does not ask again what looking has settled."""
    plans, connections = [], []
    plan, connect = tabular.plan, engine.connect
    monkeypatch.setattr(
        "cjmine.loaders.formats.csv.plan", lambda *given: plans.append(1) or plan(*given)
    )
    monkeypatch.setattr(engine, "connect", lambda *given: connections.append(1) or connect(*given))
    found = outcome_of(settle(source(written(tmp_path, ROWS), "csv", Roles())))
    assert found.customers == ["c1", "c2"] and found.rejected == 1
    assert (len(plans), len(connections)) == (1, 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_source_is_read_again_after_it_rested(tmp_path: Path, encoding: str) -> None:
    """The same events and rejects, also by way of a pipe."""
    opened = sniff(written(tmp_path, ROWS.encode(encoding)), "export.csv", Roles())
    opened.opened.rest()
    first, again = outcome_of(opened), outcome_of(opened)
    assert first.events == again.events and first.places == again.places
    assert len(first.events) == 2 and first.places == [(3, 4, "L108")]


def test_a_workbook_that_rested_is_read_from_its_file(tmp_path: Path) -> None:
    """Its rows are not kept between looking and reading where many sources are open."""
    book = openpyxl.Workbook()
    for row in ROWS.splitlines():
        book.active.append(row.split(";"))
    book.save(tmp_path / "export.xlsx")
    opened = sniff(tmp_path / "export.xlsx", "export.xlsx", Roles())
    kept = outcome_of(opened)
    assert outcome_of(opened).events == kept.events and len(kept.events) == 2
    (tmp_path / "export.xlsx").unlink()
    opened.opened.rest()
    with pytest.raises(DataError):
        outcome_of(opened)


def test_a_file_that_changed_is_seen_as_it_is(tmp_path: Path) -> None:
    """Nothing is remembered of a path, even within one tick of the clock."""
    path = written(tmp_path, ROWS)
    before = sniff(path, "export.csv", Roles())
    stamp = path.stat()
    path.write_text(ROWS.replace("13-05-2024", "2024/05/13"))
    after = sniff(path, "export.csv", Roles())
    assert stamp.st_size == path.stat().st_size
    assert before.source.roles.time != after.source.roles.time
    assert [one[0] for one in outcome_of(after).events] == ["c1", "c2"]


@pytest.mark.parametrize(
    ("times", "local"),
    [
        (pa.array([1_700_000_000_000_000], pa.timestamp("us")), True),
        (pa.array([1_700_000_000_000_000], pa.timestamp("us", "UTC")), False),
        (pa.array(["2026-03-02 10:00:00"]), True),
        (pa.array(["2026-03-02T10:00:00+01:00"]), False),
        (pa.array(["1700000000"]), False),
    ],
)
def test_a_project_is_asked_for_the_zone_of_local_times(
    tmp_path: Path, times: pa.Array, local: bool
) -> None:
    """Also where they are typed: a column of times without a zone says nothing of it."""
    path = tmp_path / "export.parquet"
    pq.write_table(pa.table({"customer": ["c"], "activity": ["a"], "time": times}), path)
    found = look([str(path)], ())
    assert (len(found.without_zone) == 1) is local
    assert found.sources[0].first.inspection.local_times is local
