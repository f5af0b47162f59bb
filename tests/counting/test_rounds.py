"""Every part answers every question once, here or in other processes, and errors keep their words."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import parts_counted
import pytest
from parts_counted import Answer, Asked
from strategies import log_from

from cjmine.counting.rounds import Rounds
from cjmine.counting.split import Split
from cjmine.errors import Code, DataError
from cjmine.eventlog.journeys import WHOLE, CutRules
from cjmine.eventlog.log import EventLog
from cjmine.eventlog.parquet import open_file, write_log
from cjmine.eventlog.parts import SavedLog


def whole() -> EventLog:
    return log_from([(f"{n // 4:03d}", f"step {n % 3}", n) for n in range(200)])


@pytest.fixture
def saved(tmp_path: Path) -> SavedLog:
    write_log(whole(), tmp_path / "log.parquet")
    return open_file(tmp_path / "log.parquet", "log")


def lengths(answers: list[Answer]) -> list[int]:
    return np.concatenate([one.lengths for one in answers]).tolist()


@pytest.mark.parametrize("parts", [None, 1, 2, 7])
def test_every_part_is_asked_once_in_order(saved: SavedLog, parts: int | None) -> None:
    for log in (whole(), saved):
        with Rounds(log, parts_counted.prepare, WHOLE, Split(1, parts)) as rounds:
            answers = rounds.ask(parts_counted.lengths, Asked("step 1"), Answer)
            again = rounds.ask(parts_counted.lengths, Asked("step 2"), Answer)
        assert len(answers) == (parts or 1)
        assert lengths(answers) == [4] * 50
        assert sum(one.named for one in answers) == 67
        assert sum(one.named for one in again) == 66


def test_facts_of_one_part_are_made_once() -> None:
    made = []

    def prepare(log: EventLog, rules: CutRules) -> object:
        made.append(log)
        return parts_counted.prepare(log, rules)

    for parts, expected in ((1, 1), (3, 6)):
        made.clear()
        with Rounds(whole(), prepare, WHOLE, Split(1, parts)) as rounds:
            for _ in range(2):
                rounds.ask(parts_counted.lengths, Asked(""), Answer)
        assert len(made) == expected


def test_other_processes_give_the_same_answers(saved: SavedLog) -> None:
    with Rounds(saved, parts_counted.prepare, WHOLE, Split(2, 3)) as rounds:
        answers = rounds.ask(parts_counted.lengths, Asked("step 1"), Answer)
        with pytest.raises(DataError) as refused:
            rounds.ask(parts_counted.refuses, Asked(""), Answer)
        with pytest.raises(MemoryError):
            rounds.ask(parts_counted.needs_memory, Asked(""), Answer)
        with pytest.raises(DataError) as ended:
            rounds.ask(parts_counted.is_ended, Asked(""), Answer)
    assert lengths(answers) == [4] * 50 and sum(one.named for one in answers) == 67
    assert os.getpid() not in {one.process for one in answers}
    assert (refused.value.code, refused.value.problems[0].place.file) == (Code.NO_EVENTS, "here")
    assert ended.value.code is Code.OUT_OF_MEMORY and ended.value.exit_status == 3


def test_a_log_in_memory_stays_in_the_process() -> None:
    with Rounds(whole(), parts_counted.prepare, WHOLE, Split(2, 3)) as rounds:
        answers = rounds.ask(parts_counted.lengths, Asked(""), Answer)
    assert {one.process for one in answers} == {os.getpid()}


@pytest.mark.parametrize(
    ("events", "jobs", "parts"),
    [(0, 1, 1), (5_000_000, 1, 1), (5_000_001, 2, 6), (20_000_000, 4, 20), (40_000_000, 4, 40)],
)
def test_large_logs_are_divided(
    monkeypatch: pytest.MonkeyPatch, events: int, jobs: int, parts: int
) -> None:
    monkeypatch.setattr("cjmine.counting.split.usable_cores", lambda: 8)
    split = Split()
    assert (split.jobs_for(events), split.parts_for(events)) == (jobs, parts)
    assert (Split(3).jobs_for(events), Split(parts=5).parts_for(events)) == (3, 5)
