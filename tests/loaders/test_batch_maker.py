"""The maker of raw batches: every record is accounted for once, whatever is said of its rows."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples

from cjmine.columns import numbers
from cjmine.errors import Code
from cjmine.loaders.batch import ACTIVITY, MOST_REJECTS, RECORD, TIME, LeftOut
from cjmine.loaders.batch_maker import BatchMaker, ClockMarks, Fault, Omission, Rows

REASONS = (LeftOut.NO_TOUCHPOINT, LeftOut.RULE, LeftOut.NOBODY)


def rows(**columns: list[bool]) -> pa.RecordBatch:
    """Events of one touchpoint, which is null where a rule leaves it out."""
    kept = columns["kept"]
    activity = pa.array(["A" if one else None for one in kept]).dictionary_encode()
    return pa.RecordBatch.from_pydict({ACTIVITY: activity, TIME: numbers(np.arange(len(kept)))})


def marks(*values: bool) -> np.ndarray:
    return np.array(values, bool)


@examples(50)
@given(st.lists(st.tuples(*[st.integers(0, 4)] + [st.booleans()] * 7), max_size=12))
def test_every_record_is_accounted_for_once(drawn: list[tuple[int | bool, ...]]) -> None:
    """One record has one fate: blank, rejected, left out for the first reason, or events."""
    table = sorted(drawn, key=lambda row: row[0])
    record, *flags = (list(column) for column in zip(*table, strict=True)) if table else [[]] * 8
    blank, bad, worse, bot, kept, named, known = (np.array(one, bool) for one in flags)
    events = rows(kept=list(kept)).append_column(RECORD, numbers(np.array(record, np.int64)))
    made = BatchMaker().make(
        Rows(
            events,
            ClockMarks(zoned=True),
            [
                Fault(worse, Code.ROW_STRUCTURE, "worse"),
                Fault(bad, Code.VALUE_MISSING, "bad"),
            ],
            [Omission(LeftOut.BOT, bot)],
            named=named,
            known=known,
            blank=blank,
            numbers=np.array(record, np.int64),
        )
    )
    fates: dict[str, int] = {}
    for number in sorted(set(record)):
        here = [place for place, one in enumerate(record) if one == number]
        first = here[0]
        left = [place for place in here if named[place]]
        ruled = [place for place in left if kept[place]]
        fate = (
            "blank" if blank[first]
            else "worse" if any(worse[here])
            else "bad" if any(bad[here])
            else LeftOut.BOT.name if bot[first]
            else LeftOut.NO_TOUCHPOINT.name if not left
            else LeftOut.RULE.name if not ruled
            else LeftOut.NOBODY.name if not any(known[ruled])
            else "event"
        )  # fmt: skip
        fates[fate] = fates.get(fate, 0) + 1
    assert made.read == sum(fates.values()) - fates.get("blank", 0)
    assert made.records == fates.get("event", 0)
    assert made.rejected == fates.get("bad", 0) + fates.get("worse", 0)
    assert [one.reason for one in made.rejects].count("worse") == fates.get("worse", 0)
    found = {one.reason.name: one.records for one in made.filtered}
    assert found == {
        why.name: fates[why.name] for why in (LeftOut.BOT, *REASONS) if why.name in fates
    }


def test_records_are_numbered_on_from_batch_to_batch() -> None:
    """Blank rows are no records, and count in the numbering."""
    maker = BatchMaker()
    for first in (1, 4):
        made = maker.make(
            Rows(
                rows(kept=[True] * 3),
                ClockMarks(zoned=False),
                [Fault(marks(False, False, True), Code.TIME_UNREADABLE, "no time", "time")],
                blank=marks(True, False, False),
            )
        )
        assert (made.read, made.records, made.clock.naive) == (2, 1, 1)
        assert [one.record for one in made.rejects] == [first + 2]


def test_the_first_thousand_rejects_are_listed_and_all_are_counted() -> None:
    """Over all batches together."""
    maker, half = BatchMaker(), MOST_REJECTS // 2 + 100
    made = [
        maker.make(
            Rows(
                rows(kept=[True] * half),
                ClockMarks(zoned=True),
                [Fault(np.ones(half, bool), Code.TIME_UNREADABLE, "no time")],
            )
        )
        for _ in range(2)
    ]
    assert [one.rejected for one in made] == [half, half]
    assert sum(len(one.rejects) for one in made) == MOST_REJECTS
