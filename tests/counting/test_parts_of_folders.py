"""Log folders of one run and of several: the same bytes in any number of parts and processes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import parted_logs
import pyarrow as pa
import pytest
from cli.running import KEY, run

from cjmine.counting.split import Split
from cjmine.eventlog.folder.deliveries import with_delivery
from cjmine.eventlog.folder.manifest import Delivery
from cjmine.eventlog.folder.writing import writing
from cjmine.eventlog.log import EventLog
from cjmine.eventlog.saved import open_saved

ALL = (1, 2, 7, 60)
SAMPLES = Path(__file__).parents[2] / "sample_logs"


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> dict[str, EventLog]:
    """Ties, rare activities, given cases, several journeys a customer, linked identities."""
    folder = tmp_path_factory.mktemp("linked")
    ran = run(folder, "load", str(SAMPLES), "-o", "linked.parquet", key=KEY)
    assert ran.status == 0, ran.err
    linked = open_saved(folder / "linked.parquet", "linked").read()
    return {**parted_logs.made(), "linked": linked}


def in_runs(log: EventLog, number: int, folder: Path) -> None:
    """Save a log as a folder of so many runs: slices of its time, as deliveries are."""
    pieces = [
        EventLog(log.table.take(pa.array(np.sort(rows))), log.about)
        for rows in np.array_split(np.argsort(log.times, kind="stable"), number)
    ]
    with writing(folder, folder.name) as writer:
        runs = tuple(writer.add([piece], piece.events) for piece in pieces)
        writer.publish(with_delivery(None, runs, log.about, Delivery(1, log.events, "test")))
    assert len(runs) == number


@pytest.mark.prove
@pytest.mark.parametrize("name", [*parted_logs.made(), "linked"])
@pytest.mark.parametrize("runs", [1, 5, 8])
def test_the_same_bytes_whatever_the_runs(
    tmp_path: Path, five: dict[str, EventLog], name: str, runs: int
) -> None:
    whole, folders = tmp_path / "whole", tmp_path / "folders"
    in_runs(five[name], 1, whole / name)
    in_runs(five[name], runs, folders / name)
    expected = dict(parted_logs.hashes(whole, Split(), [1]))
    assert len(expected) == 4
    for split, parts in ((Split(jobs=1), ALL), (Split(jobs=2), (7,))):
        for one, text in parted_logs.hashes(folders, split, parts):
            assert text == expected[parted_logs.Place(name, one.verb, 1)], (one, split)
