"""Many small files: read by few queries, and each as it is read alone."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from cjmine.errors import Code, DataError
from cjmine.ingest import read_ahead as ahead
from cjmine.ingest.inputs import find_inputs
from cjmine.ingest.load import load
from cjmine.ingest.reject_budget import RejectBudget
from cjmine.ingest.source_flags import SourceFlags
from cjmine.loaders import connections
from cjmine.loaders.batch import RawBatch
from cjmine.loaders.sniff import Sniffed
from cjmine.loaders.together import in_groups
from cjmine.privacy.pseudonyms import Key

KEY = Key(bytes(range(32)))
HEAD = "customer_id,activity,timestamp\n"
IIS = "#Fields: date time cs-method cs-uri-stem c-ip cs(User-Agent) sc-status time-taken\n"
ACCESS = (
    '198.51.100.7 - - [02/Mar/2026:10:0{0}:00 +0100] "GET /p{0} HTTP/1.1" 200 5 "-" "Mozilla"\n'
)


def rows(number: int, times: str = "2026-03-{day:02}T10:{minute:02}:00Z") -> str:
    """Five rows of a table; each file has its own customers."""
    return "".join(
        f"c{number}{minute % 3},step {minute},{times.format(day=number + 1, minute=minute)}\n"
        for minute in range(5)
    )


def folder_of_all_kinds(folder: Path) -> Path:
    """Files of several kinds that follow each other in turn, some of them with odd rows."""
    for number in range(6):
        lines = "".join(
            f"2026-03-0{number + 1} 10:0{minute}:00 GET /page{minute} 192.0.2.{number} Mozilla 200 5\n"
            for minute in range(4)
        )
        json = "".join(
            f'{{"customer_id": "j{number}{minute}", "activity": "mail", "timestamp": "2026-03-0{number + 1}T09:0{minute}:00Z"}}\n'
            for minute in range(4)
        )
        bad = f"c{number},step\nc{number},step,soon\n\n" if number % 2 else ""
        for suffix, text in (
            ("csv", HEAD + rows(number)[:40] + "\n" + bad + rows(number)),
            ("dates.csv", HEAD.replace(",", ";") + rows(number, "{day}-13-2026").replace(",", ";")),
            ("words.csv", HEAD + rows(number, "{day} mrt 2026 10:{minute:02}")),
            ("iis.log", IIS + lines + (IIS if number == 2 else "") + "not a line\n"),
            ("access.log", "".join(ACCESS.format(minute) for minute in range(3)) + "\n"),
            ("jsonl", json + ("{broken\n" if number == 3 else "")),
        ):
            (folder / f"{number}.{suffix}").write_text(text, encoding="utf-8")
        (folder / f"{number}.bom.csv").write_text(HEAD + rows(number), encoding="utf-8-sig")
        (folder / f"{number}.packed.csv").write_bytes(gzip.compress((HEAD + rows(number)).encode()))
        (folder / f"{number} it's [odd] *.csv").write_text(HEAD + rows(number), encoding="utf-8")
    (folder / "empty.csv").write_text(HEAD, encoding="utf-8")
    return folder


def told(batches: Sequence[RawBatch]) -> list[object]:
    """All that batches say, whatever their sizes."""
    events = [row for one in batches for row in one.events.drop_columns([]).to_pylist()]
    whole = sum((one.clock for one in batches[1:]), batches[0].clock) if batches else None
    counts = [sum(getattr(one, name) for one in batches) for name in ("read", "rejected")]
    filtered = sorted((f.reason, f.records) for one in batches for f in one.filtered)
    return [events, whole, counts, filtered, [one for batch in batches for one in batch.rejects]]


def sources_of(folder: Path) -> tuple[Sniffed, ...]:
    return find_inputs([str(folder)], SourceFlags(lenient=True)).sources


def test_every_file_is_read_as_it_is_read_alone(tmp_path: Path) -> None:
    """Events, counts, clocks and rejects of each file, whatever lies beside it."""
    sources = sources_of(folder_of_all_kinds(tmp_path))
    together = []
    with closing(ahead.read_ahead(sources)) as every:
        for batches in every:
            together.append(told(list(batches)))
    alone = [told(list(one.read())) for one in sources]
    for one, both in zip(sources, zip(together, alone, strict=True), strict=True):
        assert both[0] == both[1], one.source.label
    assert sum(len(events) for events, *_ in alone) > 200
    assert sum(len(rejects) for *_, rejects in alone) > 10


def test_files_of_one_kind_are_read_by_one_query(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that differ in nothing but their rows, also where others lie between them."""
    for number in range(8):
        line = f"2026-03-0{number + 1} 10:00:00 GET /a 192.0.2.1 M 200 5\n"
        (tmp_path / f"{number}.csv").write_text(HEAD + rows(number), encoding="utf-8")
        (tmp_path / f"{number}.log").write_text(IIS + line, encoding="utf-8")
    sources = sources_of(tmp_path)
    assert in_groups(sources) == [[*range(0, 16, 2)], [*range(1, 16, 2)]]
    connect, made = connections._Sharing.cursor, []
    monkeypatch.setattr(
        connections._Sharing, "cursor", lambda *given: made.append(given) or connect(*given)
    )
    with closing(ahead.read_ahead(sources)) as every:
        assert [sum(batch.read for batch in batches) for batches in every] == [5, 1] * 8
    assert len(made) == 2


def test_what_is_asked_of_a_file_by_its_lines_is_asked_of_it_alone(tmp_path: Path) -> None:
    """A log whose fields change, and a table that says its own order."""
    change = "#Fields: date time c-ip cs-method cs-uri-stem sc-status cs(User-Agent)\n"
    for number in range(3):
        lines = f"2026-03-0{number + 1} 10:00:00 GET /a 192.0.2.1 M 200 5\n"
        more = f"2026-03-0{number + 1} 11:00:00 192.0.2.1 GET /b 200 M\n"
        (tmp_path / f"{number}.log").write_text(IIS + lines + change + more)
        (tmp_path / f"{number}.csv").write_text(
            "customer_id,activity,timestamp,_SORTING\n"
            + "".join(
                f"c{number},b{place},2026-03-02T10:00:00Z,{9 - place}\n" for place in range(4)
            )
        )
    sources = sources_of(tmp_path)
    assert all(len(group) == 1 for group in in_groups(sources))


def test_large_groups_are_parted(tmp_path: Path) -> None:
    """What is held of a group is bounded by the bytes of its files."""
    text = HEAD + "".join(f"c{n},a,2026-03-02T10:00:{n % 60:02}Z\n" for n in range(24_000))
    for number in range(5):
        (tmp_path / f"{number}.csv").write_text(text + rows(number), encoding="utf-8")
    assert [len(group) for group in in_groups(sources_of(tmp_path))] == [2, 2, 1]


def test_one_file_of_a_group_that_goes_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    """A query of many files that fails leaves each to be read alone."""
    for number in range(5):
        (tmp_path / f"{number}.csv").write_text(HEAD + rows(number), encoding="utf-8")
    inputs = find_inputs([str(tmp_path)], SourceFlags(lenient=True))
    (tmp_path / "2.csv").unlink()
    found = load(inputs, KEY)
    assert [one.place.file for one in found.left] == [f"{tmp_path.name}/2.csv"]
    assert [count.loaded for count in found.log.about.sources] == [5] * 4


def test_rejects_name_the_file_and_the_line(tmp_path: Path) -> None:
    """Of a group too, and by the budget of all."""
    for number in range(4):
        odd = "c,step\n" if number == 2 else "c,step,soon\n" if number == 3 else ""
        (tmp_path / f"{number}.csv").write_text(HEAD + rows(number) + odd, encoding="utf-8")
    inputs = find_inputs([str(tmp_path)], SourceFlags())
    found = load(inputs, KEY, RejectBudget(2))
    named = [
        (one.file.rpartition("/")[2], one.reject.line, one.reject.code) for one in found.rejects
    ]
    assert named == [("2.csv", 7, Code.ROW_STRUCTURE), ("3.csv", 7, Code.TIME_UNREADABLE)]
    with pytest.raises(DataError) as caught:
        load(find_inputs([str(tmp_path)], SourceFlags()), KEY)
    assert caught.value.code is Code.REJECTS_OVER_BUDGET
