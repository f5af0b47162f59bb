"""Records that systems deliver more than once: one copy is loaded, the newest, in whatever file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from real_logs import real

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


EXTENDED = "date_time_utc,event_id,source,message_id,recipient_address,sender_address\n"
HOP = "2024-05-03T09:05:0{second}Z,{event},SMTP,{id},info@example.nl,a@example.com\n"


def test_a_trace_that_was_exported_in_parts(tmp_path: Path) -> None:
    """A mail is received twice on its way, and lies in two parts; capitals make another id."""
    parts = {
        "a.csv": [(0, "RECEIVE", "<m1@x>"), (1, "RECEIVE", "<m1@x>"), (2, "DELIVER", "<m1@x>")],
        "b.csv": [(3, "RECEIVE", "<m1@x>"), (4, "RECEIVE", "<M1@x>")],
    }
    for name, hops in parts.items():
        rows = (HOP.format(second=second, event=event, id=id) for second, event, id in hops)
        (tmp_path / name).write_text(EXTENDED + "".join(rows))
    log = cj.load(tmp_path)
    assert accounts(log) == {"a.csv": (3, 1, 1, 1), "b.csv": (2, 1, 1, 1)}


def test_mails_without_an_id_are_not_one_mail(tmp_path: Path) -> None:
    """An empty Message-ID is no key: naively all but one of such rows are lost as duplicates."""
    rows = [HOP.format(second=second, event="RECEIVE", id="") for second in (1, 2, 2)]
    (tmp_path / "a.csv").write_text(EXTENDED + "".join(rows))
    assert accounts(cj.load(tmp_path)) == {"a.csv": (3, 2, 1, 2)}


def test_contacts_without_an_id_are_not_one_contact(tmp_path: Path) -> None:
    """A record that lacks its key is the same as none but its exact copy."""
    nameless = CONTACT | {"ContactId": None}
    later = nameless | {"InitiationTimestamp": "2024-05-04T07:05:00Z"}
    (tmp_path / "a.json").write_text("".join(map(json.dumps, (nameless, later, nameless))))
    assert accounts(cj.load(tmp_path)) == {"a.json": (3, 2, 1, 4)}


EDGE = "#Version: 1.0\n#Fields: date time c-ip cs-method cs(Host) cs-uri-stem sc-status {key}\n"
REQUEST = "2024-10-05\t21:48:33\t198.51.100.9\tGET\td.example.com\t{path}\t200\t{id}\n"


def test_an_edge_request_that_was_delivered_twice(tmp_path: Path) -> None:
    """The request id tells a second delivery; where no field has it, requests that look alike are two."""
    head = EDGE.format(key="x-edge-request-id")
    first, second = REQUEST.format(path="/a", id="r1"), REQUEST.format(path="/a", id="r2")
    (tmp_path / "a.log").write_text(head + first + second)
    (tmp_path / "b.log").write_text(head + first + REQUEST.format(path="/b", id="r3"))
    assert accounts(cj.load(tmp_path)) == {"a.log": (2, 2, 0, 2), "b.log": (2, 1, 1, 1)}
    (tmp_path / "b.log").unlink()
    (tmp_path / "a.log").write_text(EDGE.format(key="x-edge-location") + first + first)
    assert accounts(cj.load(tmp_path)) == {"a.log": (2, 2, 0, 2)}


RECORD = (
    '"{account}","0612345678","800","from-trunk","""Jansen, J."" <0612345678>","SIP/t-1",'
    '"SIP/21-2","Dial","SIP/21,30","2024-05-03 09:05:01","2024-05-03 09:05:03",'
    '"2024-05-03 09:11:40",399,397,"ANSWERED","DOCUMENTATION","1714719901.12",""\n'
)


def test_asterisk_writes_a_call_into_two_files(tmp_path: Path) -> None:
    """Into the master and the account's own: one call, and no call handed on."""
    for name in ("Master.csv", "sales.csv"):
        (tmp_path / name).write_text(RECORD.format(account="sales"))
    joined = tmp_path / "joined" / "Master.csv"
    joined.parent.mkdir()
    joined.write_text(RECORD.format(account="sales") * 2)
    two = cj.load(tmp_path / "Master.csv", tmp_path / "sales.csv", tz="Europe/Amsterdam")
    one = cj.load(joined, tz="Europe/Amsterdam")
    assert accounts(two) == {"Master.csv": (1, 1, 0, 2), "sales.csv": (1, 0, 1, 0)}
    assert accounts(one) == {"Master.csv": (2, 1, 1, 2)}
    assert one.table["activity"].to_pylist() == ["Call started", "Call answered"]


def conversation(id: str, *segments: dict[str, str]) -> dict[str, Any]:
    session = {"mediaType": "voice", "ani": "tel:+31612345678", "segments": list(segments)}
    return {
        "conversationId": id,
        "conversationStart": "2024-05-03T07:05:00.000Z",
        "participants": [{"purpose": "agent", "sessions": [session]},
                         {"purpose": "customer", "sessions": [session | {"segments": []}]}],
    }  # fmt: skip


def test_pages_of_conversations_overlap(tmp_path: Path) -> None:
    """The same conversation, first while it ran and then with its answer: the longer one stays."""
    answer = {"segmentType": "interact", "segmentStart": "2024-05-03T07:06:00.000Z"}
    ran, ended, other = conversation("v"), conversation("v", answer), conversation("w")
    (tmp_path / "a.json").write_text(json.dumps({"conversations": [ran, other]}))
    (tmp_path / "b.json").write_text(json.dumps({"conversations": [ended]}))
    log = cj.load(tmp_path)
    assert accounts(log) == {"a.json": (2, 1, 1, 1), "b.json": (1, 1, 0, 2)}
    assert log.table["activity"].to_pylist().count("Call answered") == 1


CASE = '"Case Number","Date/Time Opened","Date/Time Closed","Case Origin","Contact ID"\n'
CALL = "sid,direction,status,start_time,end_time,from,to,duration\n"
STATES = {
    "a case that was closed since": (
        CASE + '"00001001","13-05-2024 10:00","","Phone","0035g00000abcDE"\n',
        CASE + '"00001001","13-05-2024 10:00","14-05-2024 11:00","Phone","0035g00000abcDE"\n',
        ["Case opened", "Case closed"],
    ),
    "a call that rang while it was exported": (
        CALL + "CA1,inbound,ringing,2024-05-03T07:05:00Z,,+31612345678,+3120,\n",
        CALL + "CA1,inbound,no-answer,2024-05-03T07:05:00Z,2024-05-03T07:06:00Z,+31612345678,+3120,0\n",
        ["Call started", "Call not answered"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("older", "newer", "told"), STATES.values(), ids=list(STATES))
@pytest.mark.parametrize("names", [("a.csv", "b.csv"), ("b.csv", "a.csv")])
def test_exports_of_a_state_that_went_on(
    tmp_path: Path, older: str, newer: str, told: list[str], names: tuple[str, str]
) -> None:
    """Two exports of one record: the one that knows its end counts, whichever comes first."""
    for name, text in zip(names, (older, newer), strict=True):
        (tmp_path / name).write_text(text)
    log = cj.load(tmp_path, tz="Europe/Amsterdam")
    assert log.table["activity"].to_pylist() == told


def test_a_maildir_has_folders_that_look_hidden(tmp_path: Path) -> None:
    """Sent mail lies in `.Sent`: passed over, every question would look unanswered.

    Halves of mails in tmp, drafts, and the server's own notes are no mails.
    """
    mail = MAIL.format(id="{}").partition("\n")[2]
    for place, name in enumerate(
        ("cur/1.host:2,S", "new/5.host", ".Sent/cur/2.host:2,S", ".Sent/new/3.host")
    ):
        path = tmp_path / "desk" / name
        path.parent.mkdir(parents=True)
        path.write_text(mail.format(f"m{place}"))
    others = ("tmp/4.host", "maildirsize", "dovecot-uidlist", ".git/cur.txt", ".Drafts/new/6.host")
    for name in (*others, ".Drafts/cur/7.host"):
        path = tmp_path / "desk" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("From: a@exam")
    assert cj.load(tmp_path / "desk").events == 4


THREADS = {
    "the headers of the thread": ("References: <m1@example.com>", ""),
    "a blank before the id": ("In-Reply-To:  <m1@example.com>", ""),
    "an export of Gmail": ("X-GM-THRID: 177", "X-GM-THRID: 177"),
    "Outlook": (
        "Thread-Index: AdvKQw2F8zJ1kQqbTYq2Nf7l5m8W3wAAAAo=",
        "Thread-Index: AdvKQw2F8zJ1kQqbTYq2Nf7l5m8W3w==",
    ),
}


@pytest.mark.parametrize(("reply", "first"), THREADS.values(), ids=list(THREADS))
@pytest.mark.parametrize("newest_first", [False, True])
def test_how_mails_tell_their_thread(
    tmp_path: Path, reply: str, first: str, newest_first: bool
) -> None:
    """A reply joins the mail that it answers, whichever of the two the archive has first."""

    def mail(id: str, more: str) -> str:
        return MAIL.format(id=id).replace("Subject", f"{more}\nSubject" if more else "Subject")

    mails = [mail("m1", first), mail("m2", reply), mail("m3", "")]
    (tmp_path / "a.mbox").write_text("".join(reversed(mails) if newest_first else mails))
    cases = cj.load(tmp_path / "a.mbox", case="Thread").table["case"].to_pylist()
    assert sorted(cases.count(case) for case in set(cases)) == [1, 2]


@pytest.mark.real_data
def test_real_mails_as_files_and_as_one_mailbox(tmp_path: Path) -> None:
    """350 mails, once one by one and once joined: every one that became an event is there once."""
    folder = real("mail/ham")
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
