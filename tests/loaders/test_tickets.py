"""Message traces, Zendesk and Salesforce: mail and tickets as tables."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from loaders.exports import ZONED, read, read_file
from real_logs import real

from cjmine.sources import Extras, Roles

SUMMARY = (
    "origin_timestamp_utc,sender_address,recipient_status,message_subject,total_bytes,message_id,"
    "network_message_id,original_client_ip,directionality,connector_id,delivery_priority\r\n"
)
IN = (
    "2024-05-03T09:05:01.1234567Z,klant@example.com,"
    '"info@example.nl##Receive, Deliver;help@example.nl##Receive",Vraag over nota,1,<a@x>,n1,,'
    "{direction},,Normal\r\n"
)
OUT = (
    "2024-05-03T10:05:01.1234567Z,info@example.nl,"
    '"chef@example.nl##Receive, Deliver;klant@example.com##Receive, Send",Re: Vraag,1,<b@x>,n2,,'
    "{direction},,Normal\r\n"
)


@pytest.mark.parametrize(("one", "two"), [("1", "2"), ("Incoming", "Originating"), ("", "")])
def test_a_trace_in_utf16_without_a_mark(tmp_path: Path, one: str, two: str) -> None:
    """NUL bytes everywhere, packed recipients; direction as numbers, words, or by own domain."""
    text = SUMMARY + IN.format(direction=one) + OUT.format(direction=two)
    extras = Extras(own_domains=("example.nl",))
    found = read(tmp_path, text.encode("utf-16-le"), extras=extras)
    assert found.told == [
        "klant@example.com | Mail received | 2024-05-03T09:05:01.123456",
        "klant@example.com | Mail sent | 2024-05-03T10:05:01.123456",
    ]
    assert "Vraag over nota" not in str(found.found.table.to_pylist())


def test_sixteen_rows_of_one_mail_are_one_mail(tmp_path: Path) -> None:
    """The extended report has a row a transport event: only the receipt is told."""
    head = "date_time_utc,event_id,source,message_id,recipient_address,sender_address,message_subject\n"
    events = ["RECEIVE", "AGENTINFO", "DELIVER", *["HAREDIRECT"] * 5, *["NOTIFYMAPI"] * 8]
    rows = "".join(
        f"2024-05-03T09:05:{place:02}Z,{event},SMTP,<a@x>,info@example.nl,klant@example.com,Vraag\n"
        for place, event in enumerate(events)
    )
    found = read(tmp_path, head + rows)
    assert (found.found.read, found.found.records) == (16, 1)
    assert found.filtered == {"TRACE_ROW": 15}


def test_bounces_are_no_customers(tmp_path: Path) -> None:
    """An empty sender and the mail system are left out, and counted."""
    rows = IN.format(direction="1").replace("klant@example.com", "<>")
    rows += IN.format(direction="1").replace("klant@example.com", "postmaster@example.com")
    assert read(tmp_path, SUMMARY + rows).filtered == {"BOT": 2}


def test_a_full_report_is_doubted(tmp_path: Path) -> None:
    """Exactly a thousand rows: the report may hold no more, and cuts in silence."""
    row = IN.format(direction="1")
    doubts = [
        read(tmp_path, SUMMARY + row * number).sniffed.inspection.doubts for number in (999, 1000)
    ]
    assert [len(each) for each in doubts] == [0, 1]


def test_rows_of_the_command_line(tmp_path: Path) -> None:
    """UTC although no zone is written; American dates are rejected, not guessed."""
    text = (
        "Received,SenderAddress,RecipientAddress,Subject,Status,MessageId\n"
        "2022-09-05T18:10:13.4907658,klant@example.com,info@example.nl,x,Delivered,<a@x>\n"
        "9/5/2022 6:10:13 PM,klant@example.com,info@example.nl,x,Delivered,<b@x>\n"
        "soon,klant@example.com,info@example.nl,x,Delivered,<c@x>\n"
    )
    found = read(tmp_path, text)
    assert found.told == ["klant@example.com | Mail received | 2022-09-05T18:10:13.490765"]
    assert found.rejects == [(2, 3, "L108"), (3, 4, "L108")]


def test_mail_among_colleagues_is_nobodys(tmp_path: Path) -> None:
    """No address outside the own domains: no customer, whatever the direction says."""
    text = SUMMARY + OUT.format(direction="2").replace("klant@example.com", "jan@sub.example.nl")
    extras = Extras(own_domains=("example.nl",))
    assert read(tmp_path, text, extras=extras).filtered == {"NOBODY": 1}


TICKETS = (
    "id,created_at,updated_at,status,requester_id,submitter_id,via_channel,subject\n"
    "7,2024-05-03 07:00:00,2024-05-09 07:00:00,closed,100,100,email,my claim\n"
    "8,2024-05-03 08:00:00,2024-05-09 07:00:00,open,101,900,voice,call\n"
)
USERS = "id,role,moderator,ticket_restriction,email\n100,end-user,,,a@example.nl\n900,agent,,,b@example.nl\n"
COMMENTS = (
    "id,ticket_id,user_id,created,public,body\n"
    "1,7,100,2024-05-03 07:00:00,TRUE,my claim\n"
    "2,7,900,2024-05-03 09:00:00,TRUE,an answer\n"
    "3,7,900,2024-05-03 09:05:00,FALSE,a note\n"
    "4,7,100,2024-05-04 09:00:00,TRUE,thanks\n"
    "5,99,555,2024-05-04 09:00:00,TRUE,another\n"
)
HISTORY = (
    "field_name,ticket_id,updated,user_id,value\n"
    "status,7,2024-05-03 09:00:00,900,pending\n"
    "priority,7,2024-05-03 09:00:00,900,high\n"
    "status,7,2024-05-05 09:00:00,900,solved\n"
    "status,7,2024-05-09 09:00:00,,closed\n"
)


def desk(folder: Path) -> None:
    """The four tables of a desk, side by side."""
    for name, text in (
        ("tickets.csv", TICKETS),
        ("users.csv", USERS),
        ("ticket_comments.csv", COMMENTS),
        ("ticket_history.csv", HISTORY),
    ):
        (folder / name).write_text(text)


def test_the_tables_of_a_desk_tell_of_each_other(tmp_path: Path) -> None:
    """Who wrote is told by tickets and users; notes, the first comment and the closing are not met."""
    desk(tmp_path)
    tickets = read_file(tmp_path / "tickets.csv")
    assert tickets.told == [
        "zendesk:100 | Ticket opened | 2024-05-03T07:00:00",
        "zendesk:101 | Ticket opened | 2024-05-03T08:00:00",
    ]
    assert tickets.found.table["channel"].to_pylist() == ["mail", "call"]
    comments = read_file(tmp_path / "ticket_comments.csv")
    assert comments.told == [
        "zendesk:100 | We replied | 2024-05-03T09:00:00",
        "zendesk:100 | Customer wrote | 2024-05-04T09:00:00",
        "zendesk-ticket:99 | Ticket comment | 2024-05-04T09:00:00",
    ]
    assert comments.filtered == {"INTERNAL": 1, "AUTOMATIC": 1}
    history = read_file(tmp_path / "ticket_history.csv")
    assert [line.split(" | ")[1] for line in history.told] == ["Ticket pending", "Ticket solved"]
    assert history.filtered == {"INTERNAL": 1, "AUTOMATIC": 1}
    assert read_file(tmp_path / "users.csv").filtered == {"LOOKUP": 2}


def test_what_merging_wrote_is_no_reply(tmp_path: Path) -> None:
    """Merging leaves a comment in both tickets, in the name of an agent."""
    desk(tmp_path)
    head, *rows = COMMENTS.splitlines()
    marked = [row + (",merge" if row.startswith("2,") else ",") for row in rows]
    text = "\n".join([head + ",via_source_rel", *marked]) + "\n"
    (tmp_path / "ticket_comments.csv").write_text(text)
    told = read_file(tmp_path / "ticket_comments.csv").found.activities
    assert told == ["Customer wrote", "Ticket comment"]


TICKET = {
    "id": 7, "created_at": "2024-05-03T07:00:00Z", "updated_at": "2024-05-09T07:00:00Z",
    "requester_id": 100, "submitter_id": 900, "status": "open",
    "via": {"channel": "email", "source": {"from": {"address": "a@example.nl", "name": "Jan"}}},
}  # fmt: skip


@pytest.mark.parametrize("form", ["lines", "page"])
def test_tickets_as_json(tmp_path: Path, form: str) -> None:
    """One a line or in pages; the address within `via` goes nowhere; rejects have their place."""
    tickets = [TICKET, TICKET | {"id": 8, "created_at": "soon"}, TICKET | {"requester_id": None}]
    by_line = "".join(json.dumps(one) + "\n" for one in tickets)
    page = json.dumps({"tickets": tickets, "next_page": None}, indent=1)
    found = read(tmp_path, by_line if form == "lines" else page)
    assert found.told == ["zendesk:100 | Ticket opened | 2024-05-03T07:00:00"]
    assert found.found.table["channel"].to_pylist() == ["mail"]
    assert found.rejects == [(2, 2 if form == "lines" else None, "L108")]
    assert found.filtered == {"NOBODY": 1}
    assert "example" not in str(found.found.table.to_pylist())


def test_comments_without_a_time_are_rejected(tmp_path: Path) -> None:
    """At their line; the others are told."""
    found = read(tmp_path, COMMENTS + "6,7,100,soon,TRUE,x\n")
    assert found.rejects == [(6, 7, "L108")]


def test_comments_alone_keep_their_tickets_apart(tmp_path: Path) -> None:
    """Without the other tables a ticket stands for its customer, and nobody is guessed."""
    found = read(tmp_path, COMMENTS, "comments.csv")
    assert set(found.found.customers) == {"zendesk-ticket:7", "zendesk-ticket:99"}
    assert set(found.found.activities) == {"Ticket comment"}


def test_what_a_trigger_wrote_is_no_reply(tmp_path: Path) -> None:
    """Triggers act as agents: naively the first reply came after a second."""
    desk(tmp_path)
    text = COMMENTS.replace("public,body\n", "public,body,via_channel\n", 1)
    head, *rows = text.splitlines()
    marked = [row + (",rule" if ",900," in row else ",email") for row in rows]
    (tmp_path / "ticket_comments.csv").write_text("\n".join([head, *marked]) + "\n")
    told = read_file(tmp_path / "ticket_comments.csv").found.activities
    assert told == ["Customer wrote", "Ticket comment"]


@pytest.mark.real_data
def test_real_tickets_comments_and_changes() -> None:
    """Ten tickets, twenty comments, 38 changes of which 31 are of the status."""
    folder = real("mail/zendesk")

    def rows(name: str) -> list[dict[str, str]]:
        return list(csv.DictReader((folder / name).read_text().splitlines()))

    assert read_file(folder / "ticket_data.csv").found.records == len(rows("ticket_data.csv"))
    comments = rows("ticket_comment_data.csv")
    wrote = read_file(folder / "ticket_comment_data.csv")
    public = [row for row in comments if row["public"] == "TRUE"]
    known = {row["id"] for row in rows("ticket_data.csv")} | {
        row["id"] for row in rows("user_data.csv")
    }
    assert not known & {row[name] for row in comments for name in ("ticket_id", "user_id")}
    assert (wrote.found.read, wrote.filtered) == (len(comments), {})
    assert wrote.found.activities == ["Ticket comment"] * len(public)
    assert wrote.found.customers == [f"zendesk-ticket:{row['ticket_id']}" for row in public]
    changes = rows("ticket_field_history_data.csv")
    told = read_file(folder / "ticket_field_history_data.csv").found
    status = [row["value"] for row in changes if row["field_name"] == "status"]
    assert (told.read, told.activities) == (
        len(changes),
        [f"Ticket {value}" for value in status if value != "closed"],
    )


CASES = (
    '"Case Number","Date/Time Opened","Date/Time Closed","Case Origin","Contact ID","Case Reason"\n'
    '"00001001","13-05-2024 10:00","14-05-2024 11:00","Phone","0035g00000abcDE","Billing"\n'
    '"00001002","03-05-2024 10:00","","Email","0035g00000abcDEAAQ",""\n'
    '"00001003","03-05-2024 10:00","","Web","0035g00000abcde",""\n'
    "\n"
    '"Copyright (c) 2000-2024 salesforce.com, inc. All rights reserved."\n'
    '"Confidential Information - Do Not Distribute"\n'
)


def test_cases_of_a_report_with_its_footer(tmp_path: Path) -> None:
    """15 and 18 signs are one contact, other capitals are another; the footer is no case."""
    found = read(tmp_path, CASES, declared=ZONED)
    assert found.told == [
        "salesforce:0035g00000abcDE | Case opened: Billing | 2024-05-13T08:00:00",
        "salesforce:0035g00000abcDE | Case closed | 2024-05-14T09:00:00",
        "salesforce:0035g00000abcDE | Case opened | 2024-05-03T08:00:00",
        "salesforce:0035g00000abcde | Case opened | 2024-05-03T08:00:00",
    ]
    assert found.found.table["channel"].to_pylist() == ["call", "call", "mail", "web"]
    assert found.filtered == {"TOTALS": 2}


def test_a_case_without_its_opening_is_rejected(tmp_path: Path) -> None:
    """It has a number, so it is no footer."""
    found = read(tmp_path, CASES.replace('"03-05-2024 10:00","","Web"', '"","","Web"'),
                 declared=ZONED)  # fmt: skip
    assert found.rejects == [(3, 4, "L117")]
    assert (found.found.records, found.filtered) == (2, {"TOTALS": 2})


def test_data_loader_times_are_utc(tmp_path: Path) -> None:
    """The interface writes ISO with an offset; no zone is needed."""
    text = (
        "Id,CaseNumber,CreatedDate,ClosedDate,Origin,ContactId\n"
        "5005g00000AAAAA,00001,2024-05-03T07:00:00.000+0000,,Phone,0035g00000abcDE\n"
    )
    found = read(tmp_path, text, declared=Roles())
    assert found.told == ["salesforce:0035g00000abcDE | Case opened | 2024-05-03T07:00:00"]
    assert (found.found.clock.naive, found.found.clock.zoned) == (0, 1)
    assert read(tmp_path, CASES, declared=ZONED).found.clock.naive == 4
