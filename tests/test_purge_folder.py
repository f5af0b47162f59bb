"""A purge of a log folder: what is past goes from every file of it, and what is left adds up."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from eventlog_rows import rows
from test_deliver import brought, export
from test_deliver_linked import CONFIG, FILES

from cjmine.eventlog.folder.folder_log import open_folder
from cjmine.eventlog.folder.writing import leftovers
from cjmine.eventlog.parquet import open_file, write_log
from cjmine.results.purge import Purged
from cjmine.verbs.purge import purge
from cjmine.verbs.purge_settings import PurgeSettings

KEPT_DAYS = 60
TODAY = date(2026, 5, 31)
FIRST_DAY = datetime(2026, 4, 1, tzinfo=UTC)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "cjmine.toml").write_text(f'[privacy]\nretention = "{KEPT_DAYS}d"\n')
    return tmp_path


def purged(project: Path, log: Path, today: date = TODAY) -> Purged:
    settings = PurgeSettings(today=today, min_group=1)
    found = purge([str(log)], project / "cjmine.toml", settings)
    assert found.unpurged == ()
    return found.logs[0].became


def times(folder: Path) -> list[datetime]:
    """The time of every event in any file of a log."""
    found: list[datetime] = []
    for file in folder.rglob("*.parquet"):
        table = pq.read_table(file)
        for name in {"time", "time:timestamp"} & set(table.column_names):
            moments = table.column(name).to_pylist()
            is_plain = isinstance(moments[0], int) if moments else False
            found += [
                datetime.fromtimestamp(one / 1e6, UTC) if is_plain else one for one in moments
            ]
    return found


@pytest.mark.parametrize("files", [FILES, FILES[6:9]])
def test_the_rest_is_what_a_purge_of_one_file_leaves(project: Path, files: list[Path]) -> None:
    folder, file = project / "log", project / "one.parquet"
    brought(folder, files[:2], appends=False, flags=CONFIG)
    brought(folder, files[2:], appends=True, flags=CONFIG)
    write_log(open_folder(folder, "log").read(), file)
    assert purged(project, folder) is purged(project, file) is Purged.REWRITTEN
    found, alone = open_folder(folder, "log"), open_file(file, "one")
    assert rows(found.read()) == rows(alone.read())
    assert found.about == alone.about
    assert min(times(folder)) >= datetime(2026, 3, 31, 22, tzinfo=UTC)
    assert leftovers(folder, found.manifest) == []
    assert found.manifest.first == int(alone.read().times.min())
    assert purged(project, folder) is Purged.UNCHANGED


def test_a_delivery_after_a_purge_brings_nothing_back(project: Path) -> None:
    folder = project / "log"
    brought(folder, FILES[:6], appends=False, flags=CONFIG)
    assert purged(project, folder) is Purged.REWRITTEN
    since = open_folder(folder, "log").about.observed_from
    brought(folder, [FILES[4].with_name("calls_2026-05.csv")], appends=True, flags=CONFIG)
    about = open_folder(folder, "log").about
    assert about.observed_from == since is not None
    assert [note.code.name for note in about.notes].count("PURGED") == 1
    assert min(times(folder)) >= datetime(2026, 3, 31, 22, tzinfo=UTC)


def test_a_log_of_which_nothing_is_left_is_deleted(project: Path) -> None:
    folder = project / "log"
    brought(folder, [export(project / "old.csv", range(2, 9))], appends=False)
    assert purged(project, folder, today=date(2027, 1, 1)) is Purged.REMOVED
    assert not folder.exists()


def test_folders_are_found_and_their_runs_are_no_logs_of_their_own(project: Path) -> None:
    brought(project / "deep" / "log", [export(project / "a.csv", range(2, 9))], appends=False)
    settings = PurgeSettings(today=TODAY, min_group=1, dry_run=True)
    found = purge([str(project)], project / "cjmine.toml", settings)
    assert [one.log for one in found.logs] == ["log"]
    assert found.unpurged == ()
