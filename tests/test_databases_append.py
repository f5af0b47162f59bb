"""A log that grows from a real PostgreSQL: no row of it comes twice, and none is lost unsaid."""

from __future__ import annotations

from pathlib import Path

import pytest
from eventlog_rows import rows
from postgresql import server
from test_databases import ROLES, Shop, shop
from test_deliver import KEY, brought

from cjmine.errors import Code, DataError
from cjmine.eventlog.folder.folder_log import open_folder
from cjmine.ingest.inputs import find_inputs
from cjmine.ingest.load import load
from cjmine.ingest.loaded import Loaded
from cjmine.ingest.source_flags import SourceFlags

__all__ = ["server", "shop"]

TABLE = "id text, who text, what text, at timestamptz, added timestamptz"
QUERY = "SELECT * FROM calls"
SINCE = 'since = "added"\n' + ROLES


def moment(minute: int) -> str:
    return f"'2026-03-02 10:{minute:02d}:00.5+01'"


def insert(shop: Shop, *added: str) -> None:
    """Rows that were added at these moments."""
    values = ", ".join(f"('e', 'K-1', 'Buy', {moment(1)}, {one})" for one in added)
    shop.server.run(f"INSERT INTO calls VALUES {values}")


def appended(shop: Shop, config: Path) -> Loaded:
    log = shop.folder / "log"
    return brought(log, [], log.is_dir(), KEY, SourceFlags(config=config))


def same(shop: Shop, config: Path) -> None:
    """The log folder has the events and the counts of one load of all."""
    whole = load(find_inputs([], SourceFlags(config=config)), KEY).log
    found = open_folder(shop.folder / "log", "log")
    assert rows(found.read()) == rows(whole)
    counts = [sum(one.read for one in log.about.sources) for log in (found, whole)]
    assert counts[0] == counts[1]


def refused(shop: Shop, config: Path) -> None:
    """What cannot be told apart stops an append, and nothing changes."""
    before = (shop.folder / "log/manifest.json").read_bytes()
    with pytest.raises(DataError) as found:
        appended(shop, config)
    assert found.value.code is Code.SOURCES_DISAGREE
    assert (shop.folder / "log/manifest.json").read_bytes() == before


def test_rows_that_have_no_end_come_once(shop: Shop) -> None:
    """Rows without a value and with infinity are those of the first delivery, and not new ones."""
    shop.table(TABLE)
    config = shop.asks(QUERY, SINCE)
    insert(shop, "NULL", "'infinity'", moment(3))
    appended(shop, config)
    insert(shop, moment(5))
    appended(shop, config)
    same(shop, config)
    assert open_folder(shop.folder / "log", "log").events == 4


@pytest.mark.parametrize("added", ["NULL", "'infinity'", moment(3)])
def test_a_row_that_cannot_be_told_from_others_stops_the_load(shop: Shop, added: str) -> None:
    shop.table(TABLE)
    config = shop.asks(QUERY, SINCE)
    insert(shop, "NULL", moment(3))
    appended(shop, config)
    insert(shop, added, moment(5))
    refused(shop, config)


@pytest.mark.parametrize("first", [ROLES, 'since = "at"\n' + ROLES])
def test_a_log_that_was_not_read_by_this_column_is_not_gone_on_with(shop: Shop, first: str) -> None:
    """Its rows would come once more, or new ones would not."""
    shop.table(TABLE)
    insert(shop, moment(3))
    appended(shop, shop.asks(QUERY, first))
    refused(shop, shop.asks(QUERY, SINCE))


def test_copies_with_a_declared_id_come_from_a_database_too(shop: Shop) -> None:
    """A row that was changed comes again with a later moment, and is the newest copy."""
    shop.table(TABLE)
    config = shop.asks(QUERY, SINCE + 'delivery = "id"\nversion = "added"\n')
    insert(shop, moment(3))
    appended(shop, config)
    shop.server.run(f"UPDATE calls SET what = 'Return', added = {moment(8)}")
    appended(shop, config)
    found = open_folder(shop.folder / "log", "log").read()
    assert found.table["activity"].to_pylist() == ["Return"]
