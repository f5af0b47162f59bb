"""Loads in chunks: whatever the chunk, the same log, the same account and the same notes."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples

from cjmine.eventlog.build import build_log
from cjmine.eventlog.log import TIME, EventLog, one_chunk
from cjmine.eventlog.parquet import write_parts
from cjmine.eventlog.parts import customers_in_order, cuts
from cjmine.eventlog.stored import repeats_cases
from cjmine.ingest.chunks import Chunks
from cjmine.ingest.inputs import Inputs, find_inputs
from cjmine.ingest.load import load, load_chunks
from cjmine.ingest.loaded import Loaded
from cjmine.ingest.ordered import parts_in_order
from cjmine.ingest.pieces import Spill
from cjmine.ingest.reject_budget import RejectBudget
from cjmine.ingest.source_flags import SourceFlags
from cjmine.privacy.pseudonyms import Key

KEY = Key(bytes(range(32)))
BUDGET = RejectBudget(5)
SIZES = [1, 7, 100]


def put_together(chunks: Chunks, events: int) -> EventLog:
    """The chunks as one log: equal times keep the order of the chunks."""
    logs = list(chunks.logs(events))
    assert all(log.events <= max(events, 1) for log in logs)
    table = pa.concat_tables([log.table for log in logs])
    columns = {
        name: one_chunk(table, name).view(pa.int64()) if name == TIME else one_chunk(table, name)
        for name in table.column_names
    }
    return build_log(columns, chunks.about)


def agree(inputs: Inputs, size: int, folder: Path) -> Loaded:
    """The load at once, after a look that chunks of a size give the same."""
    whole = load(inputs, KEY, BUDGET)
    chunks = load_chunks(inputs, KEY, BUDGET, spill=Spill(folder, size))
    assert chunks.about == whole.log.about
    assert (chunks.rejects, chunks.notes, chunks.files) == (
        whole.rejects,
        whole.notes,
        whole.files,
    )
    assert chunks.events == whole.log.events
    together = put_together(chunks, size)
    assert together.table.equals(whole.log.table)
    for name in set(together.table.column_names) - {TIME}:
        assert together.names(name) == whole.log.names(name)
    if whole.log.events >= size:
        assert any(folder.iterdir())
    for file in folder.glob("*"):
        assert np.load(file, allow_pickle=False).dtype.kind in "iub"
    assert written(chunks, Spill(folder, size), size, folder.parent / "parts") == written_at_once(
        whole.log, size, folder.parent / "whole"
    )
    assert not any(folder.glob("*range*"))
    return whole


def written(chunks: Chunks, spill: Spill, size: int, file: Path) -> bytes:
    """The bytes of the log that is written in parts of a size."""
    repeats = chunks.repeats_cases
    parts, is_cut = parts_in_order(chunks, chunks.repeats_cases, spill, size)
    write_parts(parts, file, is_cut, repeats)
    return file.read_bytes()


def written_at_once(log: EventLog, size: int, file: Path) -> bytes:
    """The same of a log in memory, as `write_log` does."""
    is_cut = customers_in_order(log)
    number = -(-log.events // size)
    bounds = cuts(log, number) if is_cut else [*range(0, log.events, size), log.events]
    parts = (log.rows(first, last) for first, last in pairwise(bounds))
    write_parts(parts, file, is_cut, repeats_cases(log))
    return file.read_bytes()


def ties(folder: Path) -> None:
    rows = "".join(f"c{one % 3},a{one % 4},2026-03-02T10:00:0{one % 2}Z\n" for one in range(23))
    (folder / "a.csv").write_text(f"customer,activity,time\n{rows}")
    (folder / "b.csv").write_text(
        f"customer,activity,time\n{rows}c9,,\nc1,b,2026-03-01T00:00:00Z\n"
    )


def given_cases(folder: Path) -> None:
    """A case has its customer late or never; one customer has several cases."""
    who = ["", "ann", "bob", "", "ann", "zoe"]
    rows = "".join(
        f"o{one % 5},a{one % 3},2026-03-0{1 + one % 4}T10:00:00Z,{who[one * one % 6]}\n"
        for one in range(29)
    )
    (folder / "a.csv").write_text(f"case:concept:name,concept:name,time:timestamp,klant\n{rows}")
    (folder / "cjmine.toml").write_text(
        '[source.a]\nfiles = "a.csv"\ncase = { column = "case:concept:name" }\n'
        'customer = { column = "klant", as = "user" }\n'
    )


def linked(folder: Path) -> None:
    """Devices of several persons in turn, persons of two numbers, and a table of customers."""
    rows = "".join(
        f"ck{one % 4},{['', 'a@x.nl', '', 'b@x.nl', 'c@x.nl'][one * 7 % 5]},page{one % 3},"
        f"2026-03-02T{10 + one % 9}:00:00Z\n"
        for one in range(37)
    )
    (folder / "web.csv").write_text(f"visitor,mail,page,time\n{rows}")
    forms = "".join(
        f"{one}@x.nl,+3161234567{place},ask,2026-03-02T1{place}:30:00Z\n"
        for place, one in enumerate("abcb")
    )
    (folder / "forms.csv").write_text(f"mail,phone,page,time\n{forms}")
    (folder / "people.csv").write_text("id,mail\nK1,a@x.nl\nK2,b@x.nl\nK3,none@x.nl\n")
    (folder / "cjmine.toml").write_text(
        '[source.web]\nfiles = "web.csv"\nchannel = "web"\n'
        'customer = { column = "visitor", as = "cookie" }\n'
        'links = [{ column = "mail", as = "email" }]\nactivity = { column = "page" }\n'
        'time = { column = "time" }\n'
        '[source.forms]\nfiles = "forms.csv"\ncustomer = { column = "mail", as = "email" }\n'
        'links = [{ column = "phone", as = "phone", region = "NL" }]\n'
        'activity = { column = "page" }\ntime = { column = "time" }\n'
        '[customers]\nfiles = "people.csv"\ncustomer = { column = "id" }\n'
        'links = [{ column = "mail", as = "email" }]\n'
    )


def placeholder_numbers(folder: Path) -> None:
    """A number of nobody, beside customers and a second identifier; a channel that is nameless."""
    held = ["0"] * 150 + [f"K-{number}" for number in range(100)]
    held = [held[place * 37 % 250] for place in range(250)]
    rows = "".join(
        f"{who},{'m@x.nl' if place % 11 == 0 else ''},a{place % 3},2026-03-03T11:00:00Z,ch{place % 2}\n"
        for place, who in enumerate(held)
    )
    (folder / "web.csv").write_text(f"customer,mail,activity,time,channel\n{rows}")
    (folder / "cjmine.toml").write_text(
        '[source.web]\nfiles = "web.csv"\ncustomer = { column = "customer" }\n'
        'links = [{ column = "mail", as = "email" }]\nactivity = { column = "activity" }\n'
        'time = { column = "time" }\nchannel = { column = "channel" }\n'
    )


def doubled_hours(folder: Path) -> None:
    """Clocks run twice through an hour, in a file with the oldest and one with the newest first."""
    times = ["00:30", "02:10", "02:40", "02:50", "02:05", "02:30", "04:00"]
    for name, order in (("a", times), ("b", times[::-1]), ("c", [*times, "03:00"])):
        rows = "".join(
            f"ann,x{place},2024-10-27 {at}\nann,y{place},2025-10-26 {at}\n"
            for place, at in enumerate(order)
        )
        rows = "".join(
            sorted(rows.splitlines(True), key=lambda row: row[7:17], reverse=name == "b")
        )
        (folder / f"{name}.csv").write_text(f"customer,activity,time\n{rows}")
    (folder / "cjmine.toml").write_text(
        'timezone = "Europe/Amsterdam"\n[source.log]\nfiles = "*.csv"\n'
    )


def redelivered(folder: Path) -> None:
    """A contact of several events that is delivered again and again, and a file without."""
    contacts = [
        {
            "ContactId": f"c-{one % 4}",
            "Channel": "VOICE",
            "InitiationMethod": "INBOUND",
            "InitiationTimestamp": f"2024-05-03T07:0{one % 4}:00Z",
            "LastUpdateTimestamp": f"2024-05-0{1 + one * 5 % 7}T07:12:00Z",
            "CustomerEndpoint": {"Address": f"+3161234567{one % 2}"},
            "Queue": {"Name": f"q{one}", "EnqueueTimestamp": "2024-05-03T07:05:30Z"},
        }
        for one in range(14)
    ]
    (folder / "a.json").write_text("".join(map(json.dumps, contacts[:9])))
    (folder / "b.json").write_text("".join(map(json.dumps, contacts[9:])))
    (folder / "c.csv").write_text("customer,activity,time\nann,a,2024-05-03T00:00:00Z\n")


def process_log(folder: Path) -> None:
    """Cases without customers, which are customers then."""
    rows = "".join(f"o{one % 5},a{one % 3},2026-03-0{1 + one % 4}T10:00:00Z\n" for one in range(29))
    (folder / "a.csv").write_text(f"case:concept:name,concept:name,time:timestamp\n{rows}")


def far_and_backwards(folder: Path) -> None:
    """Times of days that stand for none, and files that are not in order."""
    days = ["1970-01-01", "2099-12-31", *(f"2025-03-{1 + one * 5 % 28:02}" for one in range(40))]
    rows = "".join(f"c{place},a,{day}T00:00:00Z\n" for place, day in enumerate(days))
    (folder / "a.csv").write_text(f"customer,activity,time\n{rows}")


WORLDS = [
    ties,
    given_cases,
    process_log,
    linked,
    placeholder_numbers,
    doubled_hours,
    redelivered,
    far_and_backwards,
]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("world", WORLDS, ids=[world.__name__ for world in WORLDS])
def test_any_chunk_gives_the_log_of_one_piece(
    tmp_path: Path, world: Callable[[Path], None], size: int
) -> None:
    world(tmp_path)
    found = agree(find_inputs([str(tmp_path)], SourceFlags()), size, tmp_path / "spilled")
    assert found.log.events


CELLS = st.tuples(
    st.sampled_from(["ann", "bob", "0", "zoë", "", "Ann"]),
    st.sampled_from(["", "a@x.nl", "b@x.nl", "A@x.nl "]),
    st.sampled_from(["Search", "Buy", "Call"]),
    st.integers(0, 9),
)


@given(
    st.lists(CELLS, min_size=1, max_size=40),
    st.integers(1, 12),
    st.sampled_from(["cookie", "user"]),
)
@examples(40)
def test_any_chunk_of_any_rows(rows: list[tuple[str, str, str, int]], size: int, kind: str) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        lines = "".join(
            f"{who},{mail},{what},2026-03-02T10:0{when}:00Z\n" for who, mail, what, when in rows
        )
        lines += "last,,Search,2026-03-02T10:00:00Z\n"
        (folder / "a.csv").write_text(f"who,mail,what,when\n{lines}")
        (folder / "cjmine.toml").write_text(
            f'[source.a]\nfiles = "a.csv"\ncustomer = {{ column = "who", as = "{kind}" }}\n'
            'links = [{ column = "mail", as = "email" }]\nactivity = { column = "what" }\n'
            'time = { column = "when" }\n'
        )
        agree(find_inputs([name], SourceFlags()), size, folder / "spilled")


def test_more_tokens_than_a_column_of_text_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A column holds 2 GiB of text, some 52 million tokens; here it holds 100.

    In parts the load needs no larger one, be it for a folder or for a file; at once it does.
    """
    rows = "".join(f"c{one:04},a,2026-03-02T10:00:00Z\n" for one in range(1_000))
    (tmp_path / "a.csv").write_text(f"customer,activity,time\n{rows}")
    inputs = find_inputs([str(tmp_path / "a.csv")], SourceFlags())
    expected = load(inputs, KEY).log
    joined = pa.concat_arrays

    def limited(arrays: list[pa.Array]) -> pa.Array:
        found = joined(arrays)
        if len(found) and str(found[0]).startswith("customer_") and len(found) > 100:
            raise pa.ArrowInvalid("offset overflow while concatenating arrays")
        return found

    monkeypatch.setattr(pa, "concat_arrays", limited)
    monkeypatch.setattr("cjmine.loaders.engine.BATCH_ROWS", 64)
    spill = Spill(tmp_path / "spilled", 50)
    chunks = load_chunks(inputs, KEY, spill=spill)
    assert sum(log.events for log in chunks.logs(100)) == 1_000
    parts, is_cut = parts_in_order(chunks, chunks.repeats_cases, spill, 100)
    tokens = [token for part in parts for token in part.names("customer")]
    assert is_cut and tuple(tokens) == expected.names("customer")
    with pytest.raises(pa.ArrowInvalid):
        load(inputs, KEY)
