"""A log folder holds what one log holds: deliveries put together, in parts of whole customers."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from eventlog_rows import check_parts, rows
from hypothesis import given
from hypothesis import strategies as st
from strategies import logs

from cjmine.columns import labels, numbers
from cjmine.counting.packed import packed, unpacked
from cjmine.errors import DataError, OutputError
from cjmine.eventlog.build import build_log
from cjmine.eventlog.folder import compact, run_file
from cjmine.eventlog.folder.deliveries import with_delivery
from cjmine.eventlog.folder.folder_log import FolderPart, open_folder
from cjmine.eventlog.folder.manifest import Delivery, Manifest
from cjmine.eventlog.folder.prefixes import PREFIXES, prefixes
from cjmine.eventlog.folder.writing import leftovers, writing
from cjmine.eventlog.log import ACTIVITY, CUSTOMER, TIME, About, Cases, EventLog
from cjmine.eventlog.saved import is_log, open_saved
from cjmine.loaders.folders import expand
from cjmine.log_folders import RUNS, is_log_folder, is_log_place

READ_A_PART = """
import sys
from pathlib import Path
import pyarrow as pa
from cjmine.eventlog.folder.folder_log import open_folder
found = open_folder(Path(sys.argv[1]), "log").parts(1)[0].read()
print(pa.default_memory_pool().max_memory(), found.table.nbytes)
"""


def delivered(folder: Path, pieces: list[EventLog]) -> Manifest:
    for piece in pieces:
        with writing(folder, "log") as writer:
            run = writer.add([piece], piece.events)
            delivery = Delivery(1, run.events, "test")
            found = writer.publish(with_delivery(writer.manifest, (run,), piece.about, delivery))
    return found


def in_time_order(whole: EventLog, cuts: list[int]) -> list[EventLog]:
    """The log as deliveries: by ranks in time, whatever the customer; ties stay in their order."""
    order = np.argsort(whole.times, kind="stable")
    bounds = [0, *sorted(min(cut, whole.events) for cut in cuts), whole.events]
    return [
        whole.__class__(whole.table.take(pa.array(np.sort(order[a:b]))), whole.about)
        for a, b in zip(bounds, bounds[1:], strict=False)
    ]


@given(logs(), st.lists(st.integers(0, 40), max_size=3), st.integers(1, 70), st.integers(1, 30))
def test_deliveries_together_are_the_log_that_one_load_makes(
    whole: EventLog, cuts: list[int], number: int, group: int
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(run_file, "_SMALL_GROUP", group)
        delivered(Path(folder), in_time_order(whole, cuts))
        log = open_folder(Path(folder), "log")
        assert log.events == whole.events
        assert rows(log.read()) == rows(whole)
        parts = log.parts(number)
        assert all(unpacked(packed(part), FolderPart) == part for part in parts)
        check_parts(replace(whole, about=log.about), list(parts))


@pytest.mark.parametrize("deliveries", [1, 2, 7])
def test_reading_takes_the_memory_of_a_part_twice_whatever_the_deliveries(
    tmp_path: Path, deliveries: int
) -> None:
    number = np.arange(400_000)
    columns = {
        CUSTOMER: labels((number % 2_000).astype(np.int32), [f"{n:032d}" for n in range(2_000)]),
        ACTIVITY: labels((number % 7).astype(np.int32), [f"step {n}" for n in range(7)]),
        TIME: numbers(number),
    }
    whole = build_log(columns, About(Cases.CUSTOMER))
    cuts = (np.arange(1, deliveries) * whole.events // deliveries).tolist()
    delivered(tmp_path, in_time_order(whole, cuts))
    ran = subprocess.run(
        [sys.executable, "-c", READ_A_PART, tmp_path], capture_output=True, text=True, check=True
    )
    held, kept = map(int, ran.stdout.split())
    assert kept < held < 2.5 * kept


def test_prefixes_spread_tokens_evenly_and_never_depend_on_the_others() -> None:
    tokens = [f"customer_{'bcdfghjklmnpqrst'[n % 16]}{'b' * 31}" for n in range(32)]
    found = prefixes(pa.array(tokens))
    assert sorted(set(found.tolist())) == [n * PREFIXES // 16 for n in range(16)]
    mixed = [*tokens, "", "é", "short"]
    alone = [prefixes(pa.array([one])).tolist()[0] for one in mixed]
    assert prefixes(pa.array(mixed)).tolist() == alone


def test_what_no_manifest_names_is_no_part_of_the_log(tmp_path: Path, small: EventLog) -> None:
    folder = tmp_path / "log"
    delivered(folder, [small])
    before = rows(open_folder(folder, "log").read())
    with writing(folder, "log") as writer:
        writer.add([small], small.events)
    (folder / RUNS / ".cjmine-abc").write_bytes(b"half")
    assert rows(open_folder(folder, "log").read()) == before
    manifest = open_folder(folder, "log").manifest
    assert [file.name for file in leftovers(folder, manifest)] == [".cjmine-abc", "000002.parquet"]
    with writing(folder, "log") as writer:
        assert leftovers(folder, writer.manifest) == []


def test_only_one_writes_and_reading_goes_on(tmp_path: Path, small: EventLog) -> None:
    folder = tmp_path / "log"
    delivered(folder, [small])
    with writing(folder, "log"):
        assert open_folder(folder, "log").read().events == small.events
        with pytest.raises(OutputError, match="O104"), writing(folder, "log"):
            pass


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("hello")
    with pytest.raises(OutputError, match="O102"), writing(tmp_path, "log"):
        pass
    assert [one.name for one in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema": "cjmine/log-folder/1"}'])
def test_a_damaged_manifest_is_an_error_of_its_own(
    tmp_path: Path, small: EventLog, text: str
) -> None:
    folder = tmp_path / "log"
    delivered(folder, [small])
    (folder / "manifest.json").write_text(text)
    with pytest.raises(DataError, match="L122"):
        open_folder(folder, "log")
    assert is_log_folder(folder) is (text.startswith('{"schema'))


def test_a_newer_version_says_what_to_install(tmp_path: Path, small: EventLog) -> None:
    folder = tmp_path / "log"
    delivered(folder, [small])
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace("cjmine/log-folder/1", "cjmine/log-folder/2"))
    with pytest.raises(DataError, match="newer version") as raised:
        open_folder(folder, "log")
    assert "--upgrade" in raised.value.problems[0].remedy


def test_a_run_that_is_gone_or_cut_short_is_an_error(tmp_path: Path, small: EventLog) -> None:
    folder = tmp_path / "log"
    delivered(folder, [small])
    file = folder / RUNS / "000001.parquet"
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(DataError, match="L122"):
        open_folder(folder, "log").read()
    file.unlink()
    with pytest.raises(DataError, match="L122"):
        open_folder(folder, "log").read()


def test_changed_bytes_and_changed_files_are_no_other_figures(
    tmp_path: Path, small: EventLog
) -> None:
    """A disk that forgets a bit, and a file of another delivery under the name of one."""
    folder = tmp_path / "log"
    delivered(folder, [small])
    file = folder / RUNS / "000001.parquet"
    whole = bytearray(file.read_bytes())
    footer = len(whole) - 8 - int.from_bytes(whole[-8:-4], "little")
    found = 0
    for place in range(4, footer):
        whole[place] ^= 1
        file.write_bytes(whole)
        whole[place] ^= 1
        try:
            assert rows(open_folder(folder, "log").read()) == rows(small)
        except DataError as error:
            assert "000001.parquet" in error.problems[0].cause
            found += 1
    assert found > 0.8 * (footer - 4)  # the rest are headers, whose change is no other value
    several = tmp_path / "several"
    delivered(several, in_time_order(small, [1]))
    (several / RUNS / "000002.parquet").replace(several / RUNS / "000001.parquet")
    with pytest.raises(DataError, match="L122"):
        open_folder(several, "several").parts(2)[0].read()


@given(logs(), st.integers(0, 9), st.integers(1, 30))
def test_compacting_changes_no_event_and_leaves_few_runs(
    whole: EventLog, step: int, group: int
) -> None:
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(run_file, "_SMALL_GROUP", group)
        patch.setattr(compact, "_AT_ONCE", 7)
        folder = Path(name)
        delivered(folder, in_time_order(whole, [step * place for place in range(1, 9)]))
        with writing(folder, "log") as writer:
            assert compact.compact(writer) is not None
            assert compact.compact(writer) is None
        log = open_folder(folder, "log")
        assert rows(log.read()) == rows(whole)
        assert len(log.manifest.runs) < compact.MOST_RUNS
        check_parts(replace(whole, about=log.about), list(log.parts(5)))
        assert len(log.manifest.retired) == 10 - len(log.manifest.runs)


def test_compacted_once_or_bit_by_bit_the_bytes_of_a_run_are_the_same(
    tmp_path: Path, small: EventLog
) -> None:
    pieces = in_time_order(small, [7, 14, 21, 28, 35, 42, 49])
    for name in ("one", "other"):
        delivered(tmp_path / name, pieces)
        with writing(tmp_path / name, "log") as writer:
            compact.compact(writer)
    runs = [(tmp_path / name / RUNS / "000009.parquet").read_bytes() for name in ("one", "other")]
    assert runs[0] == runs[1]


def test_every_event_is_written_again_a_few_times_only() -> None:
    """A thousand equal deliveries: by how often each is part of a compaction."""
    runs: list[list[int]] = []
    again = [0] * 1000
    for number in range(1000):
        runs.append([number])
        if len(runs) >= compact.MOST_RUNS:
            first = compact.first_to_compact([len(run) for run in runs])
            for one in (merged := [one for run in runs[first:] for one in run]):
                again[one] += 1
            runs[first:] = [merged]
        assert len(runs) < compact.MOST_RUNS
    assert max(again) <= 12


@pytest.mark.parametrize("manifest", ["", "{", None])
def test_files_of_a_log_without_its_manifest_are_no_exports(
    tmp_path: Path, small: EventLog, manifest: str | None
) -> None:
    """A damaged manifest, and a first load that was killed before there was one."""
    folder = tmp_path / "exports" / "log"
    folder.parent.mkdir()
    delivered(folder, [small])
    if manifest is None:
        (folder / "manifest.json").unlink()
    else:
        (folder / "manifest.json").write_text(manifest)
    assert not is_log_folder(folder) and is_log_place(folder) and is_log(folder)
    with pytest.raises(DataError, match="L122"):
        open_saved(folder, "log")
    (folder.parent / "calls.csv").write_text("customer,activity,time\n")
    assert [file.name for file in expand(str(folder.parent))] == ["calls.csv"]
    (folder / "letter.txt").write_text("hello")
    assert not is_log_place(folder)
