"""Records that systems deliver more than once: one copy is loaded, the newest, in whatever file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from loaders.reading import REAL

import cjmine as cj

CONTACT: dict[str, Any] = {
    "ContactId": "c-1",
    "Channel": "VOICE",
    "InitiationMethod": "INBOUND",
    "InitiationTimestamp": "2024-05-03T07:05:00Z",
    "LastUpdateTimestamp": "2024-05-03T07:12:00Z",
    "CustomerEndpoint": {"Address": "+31612345678"},
    "Queue": {"Name": "claims", "EnqueueTimestamp": "2024-05-03T07:05:30Z"},
}
ANSWERED = CONTACT | {
    "LastUpdateTimestamp": "2024-05-09T07:12:00Z",
    "Agent": {"ConnectedToAgentTimestamp": "2024-05-03T07:06:00Z"},
}


def accounts(log: cj.EventLog) -> dict[str, tuple[int, int, int, int]]:
    """Read, loaded, duplicate and events of each file."""
    return {
        Path(one.path).name: (one.read, one.loaded, one.duplicate, one.events)
        for one in log.about.sources
    }


def test_a_contact_delivered_three_times_is_one(tmp_path: Path) -> None:
    """Twice in one file and once in another: the copy that was updated last is the contact."""
    (tmp_path / "a.json").write_text(json.dumps(CONTACT) + json.dumps(ANSWERED))
    (tmp_path / "b.json").write_text(json.dumps(CONTACT) + json.dumps(CONTACT | {"ContactId": "d"}))
    log = cj.load(tmp_path)
    assert accounts(log) == {"a.json": (2, 1, 1, 3), "b.json": (2, 1, 1, 2)}
    activities = log.table["activity"].to_pylist()
    assert activities.count("Call answered: claims") == 1
    assert activities.count("Call started") == 2


def event(name: str, index: int) -> dict[str, Any]:
    return {
        "event_timestamp": "1712385390431476",
        "event_name": name,
        "event_params": [],
        "user_pseudo_id": "1.2",
        "stream_id": "1",
        "batch_event_index": str(index),
    }


def test_daily_and_intraday_tables_overlap(tmp_path: Path) -> None:
    """The same event in both tables is loaded once; another of the same time is another."""
    one, two, three = event("a", 1), event("b", 2), event("b", 3)
    for name, events in (("events_20240406", [one, two]), ("events_intraday", [two, three])):
        text = "".join(json.dumps(each) + "\n" for each in events)
        (tmp_path / f"{name}.json").write_text(text)
    log = cj.load(tmp_path)
    assert accounts(log) == {
        "events_20240406.json": (2, 2, 0, 2),
        "events_intraday.json": (2, 1, 1, 1),
    }


MAIL = (
    "From a@example.com Fri May  3 10:00:00 2024\nFrom: a@example.com\nTo: info@example.nl\n"
    "Date: Fri, 3 May 2024 10:00:00 +0000\nMessage-ID: <{id}@example.com>\nSubject: x\n\nbody\n\n"
)
TRACE = (
    "origin_timestamp_utc,sender_address,recipient_status,message_subject,message_id,"
    "directionality\n"
    "2024-05-03T10:00:00Z,a@example.com,info@example.nl##Receive,x,<m1@example.com>,Incoming\n"
    "2024-05-03T11:00:00Z,a@example.com,info@example.nl##Receive,x,<m9@example.com>,Incoming\n"
)


def test_one_mail_through_three_tools(tmp_path: Path) -> None:
    """In a mailbox, as a single message, and in a message trace: one mail, by its Message-ID."""
    (tmp_path / "a.mbox").write_text(MAIL.format(id="m1") + MAIL.format(id="m2"))
    (tmp_path / "b.eml").write_text(MAIL.format(id="m1").partition("\n")[2])
    (tmp_path / "c.csv").write_text(TRACE)
    log = cj.load(tmp_path)
    assert accounts(log) == {"a.mbox": (2, 2, 0, 2), "b.eml": (1, 0, 1, 0), "c.csv": (2, 1, 1, 1)}


def test_a_maildir_is_a_folder_of_mails(tmp_path: Path) -> None:
    """cur and new hold messages under odd names."""
    for place, name in enumerate(("cur/1700000000.M1P1.host:2,S", "new/1700000001.M2P1.host")):
        path = tmp_path / "desk" / name
        path.parent.mkdir(parents=True)
        path.write_text(MAIL.format(id=f"m{place}").partition("\n")[2])
    assert cj.load(tmp_path / "desk").events == 2


def test_a_thread_can_be_the_case(tmp_path: Path) -> None:
    """The first mail and its answer are one case, a third mail another."""
    answer = MAIL.format(id="m2").replace("Subject", "References: <m1@example.com>\nSubject")
    text = MAIL.format(id="m1") + answer + MAIL.format(id="m3")
    (tmp_path / "a.mbox").write_text(text)
    log = cj.load(tmp_path / "a.mbox", case="Thread")
    assert len(set(log.table["case"].to_pylist())) == 2


@pytest.mark.real_data
def test_real_mails_as_files_and_as_one_mailbox(tmp_path: Path) -> None:
    """350 mails, once one by one and once joined: every one that became an event is there once."""
    folder = REAL / "mail" / "ham"
    alone = cj.load(folder, tz="UTC", max_rejects=350)
    joined = tmp_path / "all.mbox"
    parts = []
    for path in sorted(folder.iterdir()):
        text = path.read_bytes()
        first = (
            b"" if text.startswith(b"From ") else b"From x@example.com Thu Aug 22 12:36:23 2002\n"
        )
        parts.append(first + text.rstrip() + b"\n\n")
    joined.write_bytes(b"".join(parts))
    both = cj.load(folder, joined, tz="UTC", max_rejects=700)
    assert both.events == alone.events
    last = both.about.sources[-1]
    assert last.duplicate >= last.read - last.rejected - last.filtered - last.loaded
    assert last.loaded == 0
