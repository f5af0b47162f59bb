"""Calls of cloud contact centres: Amazon Connect, Genesys Cloud, Twilio."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from loaders.exports import ZONED, read, read_file
from real_logs import real

from cjmine.sources import Extras, Identifier, Kind, Roles

CONTACT: dict[str, Any] = {
    "ContactId": "c-1",
    "Channel": "VOICE",
    "InitiationMethod": "INBOUND",
    "InitiationTimestamp": "2024-05-03T07:05:00Z",
    "DisconnectTimestamp": "2024-05-03T07:11:00Z",
    "LastUpdateTimestamp": "2024-05-03T07:12:00Z",
    "CustomerEndpoint": {"Address": "+31612345678", "Type": "TELEPHONE_NUMBER"},
    "Queue": {
        "Name": "claims",
        "EnqueueTimestamp": "2024-05-03T07:05:30Z",
        "DequeueTimestamp": "2024-05-03T07:06:00Z",
    },
    "Agent": {"Username": "agent.smit", "ConnectedToAgentTimestamp": "2024-05-03T07:06:00Z"},
    "Attributes": {"customerNumber": "K-1", "CustomerNumber": "other"},
}


def test_contact_records_become_the_moments_of_a_call(tmp_path: Path) -> None:
    """Waiting and being answered; naively a record would be one call."""
    told = read(tmp_path, json.dumps(CONTACT)).told
    assert told == [
        "+31612345678 | Call started | 2024-05-03T07:05:00",
        "+31612345678 | Call waiting: claims | 2024-05-03T07:05:30",
        "+31612345678 | Call answered: claims | 2024-05-03T07:06:00",
    ]


def test_objects_glued_together_are_records(tmp_path: Path) -> None:
    """Stream files have no line ends between objects: read line by line all but one is lost."""
    second = CONTACT | {"ContactId": "c-2"}
    found = read(tmp_path, json.dumps(CONTACT) + json.dumps(second)).found
    assert (found.read, found.records) == (2, 2)


def test_a_caller_who_gives_up_has_a_queue_and_no_agent(tmp_path: Path) -> None:
    """Abandoned when the queue let go; the naive way calls every record answered."""
    gone = CONTACT | {"Agent": None}
    assert read(tmp_path, json.dumps(gone)).told[-1] == (
        "+31612345678 | Call abandoned while waiting: claims | 2024-05-03T07:06:00"
    )


def test_a_transfer_chain_is_one_call_handed_on(tmp_path: Path) -> None:
    """The second contact of a chain is no second call: it waits and is answered."""
    first = CONTACT | {"TransferCompletedTimestamp": "2024-05-03T07:08:00Z"}
    second = CONTACT | {
        "ContactId": "c-2",
        "PreviousContactId": "c-1",
        "InitiationMethod": "TRANSFER",
        "InitiationTimestamp": "2024-05-03T07:08:00Z",
        "Queue": CONTACT["Queue"] | {"Name": "experts", "EnqueueTimestamp": "2024-05-03T07:08:01Z"},
        "Agent": {"ConnectedToAgentTimestamp": "2024-05-03T07:09:00Z"},
    }
    activities = read(tmp_path, json.dumps(first) + json.dumps(second)).found.activities
    assert activities == [
        "Call started",
        "Call waiting: claims",
        "Call answered: claims",
        "Call transferred",
        "Call waiting: experts",
        "Call answered: experts",
    ]


def test_names_of_attributes_keep_their_case(tmp_path: Path) -> None:
    """customerNumber and CustomerNumber are two attributes; a column reader would mix them."""
    roles = Roles(customer=Identifier("Attributes.customerNumber", Kind.CUSTOMER))
    assert set(read(tmp_path, json.dumps(CONTACT), declared=roles).found.customers) == {"K-1"}


def test_a_damaged_contact_among_lines_is_rejected_at_its_line(tmp_path: Path) -> None:
    """One line each: the broken one and the one without a readable time are told."""
    bad = CONTACT | {"InitiationTimestamp": "yesterday"}
    monitor = CONTACT | {"ContactId": "c-3", "InitiationMethod": "MONITOR"}
    text = "\n".join(
        [json.dumps(CONTACT), '{"ContactId": "c', json.dumps(bad), json.dumps(monitor)]
    )
    found = read(tmp_path, text)
    assert found.rejects == [(2, 2, "L115"), (3, 3, "L108")]
    assert found.filtered == {"INTERNAL": 1}


def test_which_way_a_contact_went(tmp_path: Path) -> None:
    """Calls that we make, chats that begin by an interface, and contacts of nobody."""
    each = [
        {"InitiationMethod": "OUTBOUND", "Queue": None},
        {"InitiationMethod": "API", "Channel": "CHAT", "Queue": None, "Agent": None},
        {"InitiationMethod": "CALLBACK", "Agent": None},
        {"CustomerEndpoint": None},
    ]
    records = [CONTACT | {"ContactId": str(number)} | more for number, more in enumerate(each)]
    found = read(tmp_path, "".join(map(json.dumps, records)))
    channels = found.found.table["channel"].to_pylist()
    assert list(zip(channels, found.found.activities, strict=True)) == [
        ("call", "Called by us"),
        ("call", "Call answered"),
        ("chat", "Call started"),
        ("call", "Called by us"),
        ("call", "Call waiting: claims"),
        ("call", "Call abandoned while waiting: claims"),
    ]
    assert found.filtered == {"NOBODY": 1}


def session(purpose: str, *segments: tuple[str, str, str], **more: Any) -> dict[str, Any]:
    """A participant with one session; segments are (type, start, end) on 3 May 2024."""
    day = "2024-05-03T07:"
    return {
        "purpose": purpose,
        "sessions": [
            {
                "mediaType": "voice",
                "direction": "inbound",
                "ani": "tel:+31612345678",
                **{key: value for key, value in more.items() if key not in ("queueId", "ended")},
                "segments": [
                    {
                        "segmentType": kind,
                        "segmentStart": f"{day}{start}.000Z",
                        "segmentEnd": f"{day}{end}.000Z",
                        **({"queueId": more["queueId"]} if "queueId" in more else {}),
                        **({"disconnectType": more["ended"]} if "ended" in more else {}),
                    }
                    for kind, start, end in segments
                ],
            }
        ],
    }


def test_handed_on_from_the_queue_is_not_given_up(tmp_path: Path) -> None:
    """A queue without an agent whose contact was transferred: the customer is still there."""
    moved = CONTACT | {"Agent": None, "TransferCompletedTimestamp": "2024-05-03T07:06:00Z"}
    activities = read(tmp_path, json.dumps(moved)).found.activities
    assert activities == ["Call started", "Call waiting: claims", "Call transferred"]


QUEUE = "6f9619ff-8b86-d011-b42d-00c04fc964ff"


def conversation(*participants: dict[str, Any], number: int = 1) -> dict[str, Any]:
    return {
        "conversationId": f"v-{number}",
        "conversationStart": "2024-05-03T07:05:00.000Z",
        "originatingDirection": "inbound",
        "participants": [session("customer", ("interact", "05:00", "11:00")), *participants],
    }


def page(*conversations: dict[str, Any]) -> str:
    return json.dumps({"conversations": list(conversations), "cursor": "x"})


def test_a_conversation_is_told_by_its_segments(tmp_path: Path) -> None:
    """Menu, waiting, a ring that nobody took, answered, handed on; the id of the queue is dropped."""
    found = read(
        tmp_path,
        page(
            conversation(
                session("ivr", ("ivr", "05:00", "05:20"), flow={"flowName": "Main menu"}),
                session("acd", ("interact", "05:20", "06:00"), queueId=QUEUE, ended="transfer"),
                session("agent", ("alert", "05:30", "05:40"), queueId=QUEUE),
                session("agent", ("interact", "06:00", "08:00"), queueId=QUEUE),
                session("agent", ("interact", "08:00", "11:00"), queueId=QUEUE),
            )
        ),
    )
    assert found.found.activities == [
        "Call started",
        "Call menu: Main menu",
        "Call waiting",
        "Call answered",
        "Call transferred",
    ]
    assert found.found.read == 1, "one conversation, whatever its participants"


def test_queues_get_their_names_from_a_table(tmp_path: Path) -> None:
    """With a table of names the id of the queue becomes its name."""
    names = tmp_path / "queues.csv"
    names.write_text(f"id;name\n{QUEUE};Claims\n")
    text = page(conversation(session("acd", ("interact", "05:20", "06:00"), queueId=QUEUE)))
    found = read(tmp_path, text, extras=Extras(names=names)).found
    assert found.activities == [
        "Call started",
        "Call waiting: Claims",
        "Call abandoned while waiting: Claims",
    ]


def test_who_was_answered_did_not_give_up(tmp_path: Path) -> None:
    """Waiting that ends with the call is only giving up where nobody answered."""
    found = read(
        tmp_path,
        page(
            conversation(
                session("acd", ("interact", "05:20", "06:00"), queueId=QUEUE, ended="client"),
                session("agent", ("interact", "06:00", "08:00"), queueId=QUEUE),
            )
        ),
    )
    assert found.found.activities == ["Call started", "Call waiting", "Call answered"]


def test_reasons_and_scores_come_after_the_call(tmp_path: Path) -> None:
    """The wrap-up by its name, a zero in the survey; the wrap-up is no second answer."""
    table = tmp_path / "names.csv"
    table.write_text(f"id;name\n{QUEUE};Price\n")
    call = conversation(
        session("agent", ("interact", "06:00", "08:00"), ("wrapup", "11:00", "12:00"))
    )
    call["participants"][1]["sessions"][0]["segments"][1]["wrapUpCode"] = QUEUE
    call["surveys"] = [
        {"surveyPromoterScore": 0, "surveyCompletedDate": "2024-05-04T07:00:00"},
        {"surveyPromoterScore": 11, "surveyCompletedDate": "2024-05-04T07:00:00.000Z"},
    ]
    found = read(tmp_path, page(call), extras=Extras(names=table))
    assert found.told == [
        "tel:+31612345678 | Call started | 2024-05-03T07:05:00",
        "tel:+31612345678 | Call answered | 2024-05-03T07:06:00",
        "tel:+31612345678 | Call reason: Price | 2024-05-03T07:11:00",
        "tel:+31612345678 | NPS detractor | 2024-05-04T07:00:00",
    ]
    assert found.found.table["score"].to_pylist() == [None, None, None, "0"]
    assert found.found.table["scale"].to_pylist() == [None, None, None, "nps"]


def test_other_ways_to_be_known(tmp_path: Path) -> None:
    """Of a call that we make the number called; of a mail its address; the cookie of the site."""
    ours = session("customer", ("interact", "05:00", "06:00"), ani="tel:+3120", dnis="tel:+316")
    mail = session(
        "customer", ("interact", "05:00", "06:00"), mediaType="email", ani=None,
        addressFrom="jan@example.com", journeyCustomerId="c-9", journeyCustomerIdType="cookie",
    )  # fmt: skip
    calls = [conversation(number=number) for number in (1, 2, 3)]
    calls[0] |= {"originatingDirection": "outbound", "participants": [ours]}
    calls[1] |= {"participants": [mail]}
    calls[2] |= {"conversationStart": "soon"}
    found = read(tmp_path, page(*calls))
    table = found.found.table
    assert found.told == [
        "tel:+316 | Called by us | 2024-05-03T07:05:00",
        "- | Mail started | 2024-05-03T07:05:00",
    ]
    assert table["link 0"].to_pylist() == [None, "jan@example.com"]
    assert table["link 1"].to_pylist() == [None, "c-9"]
    assert table["channel"].to_pylist() == ["call", "mail"]
    assert found.rejects == [(3, None, "L108")]


@pytest.mark.real_data
def test_real_genesys_conversations_are_counted_once() -> None:
    """25 conversations of 90-odd sessions: 21 with a number, 4 chats of nobody known."""
    path = real("calls/genesys/conversation_details.json")
    conversations = json.loads(path.read_text())["conversations"]
    chats = sum(
        all(s["mediaType"] == "chat" for p in one["participants"] for s in p["sessions"])
        for one in conversations
    )
    answered = sum(
        any(
            segment["segmentType"] == "interact"
            for p in one["participants"]
            if p["purpose"] in ("agent", "user")
            for s in p["sessions"]
            if s["mediaType"] != "chat"
            for segment in s["segments"]
        )
        for one in conversations
    )
    found = read_file(path)
    assert (found.found.read, found.found.records) == (
        len(conversations),
        len(conversations) - chats,
    )
    assert found.filtered == {"NOBODY": chats}
    assert sum("answered" in name for name in found.found.activities) == answered


TWILIO = (
    "sid,parent_call_sid,direction,status,start_time,end_time,from,to,duration\n"
    'CA1,,inbound,completed,"Fri, 03 May 2024 07:05:00 +0000","Fri, 03 May 2024 07:06:00 +0000",'
    "+31612345678,+31201234567,60\n"
    "CA2,CA1,outbound-dial,completed,2024-05-03T07:05:10Z,2024-05-03T07:06:00Z,"
    "+31612345678,client:jan,50\n"
    "CA3,,outbound-api,no-answer,2024-05-03T08:00:00Z,2024-05-03T08:00:20Z,"
    "+31201234567,+31612345678,0\n"
)


def test_twilio_legs_and_both_ways_of_writing_times(tmp_path: Path) -> None:
    """A dialled leg belongs to its parent; of calls that we make, the other side is the customer."""
    found = read(tmp_path, TWILIO)
    assert found.told == [
        "+31612345678 | Call started | 2024-05-03T07:05:00",
        "+31612345678 | Called by us | 2024-05-03T08:00:00",
        "+31612345678 | Call not answered | 2024-05-03T08:00:20",
    ]
    assert found.filtered == {"FURTHER_LEG": 1}


def test_twilio_pages_of_its_interface(tmp_path: Path) -> None:
    """Numbers as text, times as in mails, callers that are no numbers; a bad time is rejected."""
    call = {
        "sid": "CA1", "parent_call_sid": None, "direction": "inbound", "status": "completed",
        "start_time": "Tue, 31 Aug 2010 20:36:28 +0000", "duration": "16", "queue_time": "1000",
        "end_time": "Tue, 31 Aug 2010 20:36:44 +0000", "from": "+31612345678", "to": "+3120",
    }  # fmt: skip
    calls = [
        call,
        call | {"sid": "CA2", "start_time": "yesterday"},
        call | {"sid": "CA3", "from": "client:jan", "status": "busy", "end_time": None},
        call | {"sid": "CA4", "parent_call_sid": "CA1", "direction": "outbound-dial"},
    ]
    found = read(tmp_path, json.dumps({"calls": calls, "page": 0}, indent=1))
    assert found.told == [
        "+31612345678 | Call started | 2010-08-31T20:36:28",
        "client:jan | Call started | 2010-08-31T20:36:28",
        "client:jan | Call not answered | 2010-08-31T20:36:28",
    ]
    assert found.rejects == [(2, None, "L108")]
    assert found.filtered == {"FURTHER_LEG": 1}


@pytest.mark.real_data
def test_real_twilio_calls() -> None:
    """Nine rows, one of them on 30 February; canceled calls were not answered."""
    path = real("calls/twilio/twilio_call_data.csv")
    rows = list(csv.DictReader(path.read_text().splitlines()))
    bad = [place for place, row in enumerate(rows, 1) if row["start_time"].startswith("2022-02-30")]
    found = read_file(path, ZONED)
    assert (found.found.read, found.found.records) == (len(rows), len(rows) - len(bad))
    assert found.rejects == [(place, place + 1, "L108") for place in bad]
    canceled = sum(row["status"] == "canceled" for row in rows)
    assert found.found.activities.count("Call not answered") == canceled


@pytest.mark.real_data
def test_real_twilio_messages() -> None:
    """Every row is a message; its text is nowhere."""
    path = real("calls/twilio/twilio_message_data.csv")
    rows = list(csv.DictReader(path.read_text().splitlines()))
    found = read_file(path)
    assert found.found.records == len(rows)
    assert set(found.found.activities) <= {"SMS sent", "SMS received"}
    body = rows[0]["body"]
    assert body not in str(found.found.table.to_pylist())


HOSTILE = [
    '{"ContactId": [], "InitiationMethod": {}, "InitiationTimestamp": 5}',
    '{"ContactId": "c", "InitiationMethod": "INBOUND", "InitiationTimestamp": 1e400}',
    '[{"conversationId": "v", "conversationStart": null, "participants": "none"}]',
    '{"conversations": [{"conversationId": "v", "conversationStart": "2024-05-03T07:05:00Z",'
    ' "participants": [null, {"sessions": [null, {"segments": [null]}]}]}]}',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_wrong_types_are_accounted_for(tmp_path: Path, text: str) -> None:
    """Whatever the values are, a record is an event, a reject or left out, and nothing breaks."""
    found = read(tmp_path, text).found
    assert found.read == 1
