"""Canaries in the exports of many systems: in every field where a person or free text can stand."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from openpyxl import Workbook
from privacy.canaries import Aviary

CUSTOMERS = 30
_TEXT_IN_QUERY = "/mijn/stap-{step}?naam={canary}&token={canary}"


def plant_exports(folder: Path, aviary: Aviary) -> None:
    """One file of each kind, thirty customers each, with a canary wherever something is dropped."""
    folder.mkdir(parents=True)
    numbers = range(CUSTOMERS)
    phones = [aviary.phone(f"+3161234{number:04}") for number in numbers]
    mails = [f"{aviary.new()}@example.com" for _ in numbers]
    cookies = [f"{aviary.new()}.{number}" for number in numbers]
    (folder / "genesys.json").write_text(
        json.dumps({"conversations": [_conversation(n, phones[n], aviary) for n in numbers]})
    )
    (folder / "connect.json").write_text(
        "".join(json.dumps(_contact(n, phones[n], aviary)) for n in numbers)
    )
    (folder / "ga4.json").write_text(
        "".join(json.dumps(_event(n, cookies[n], aviary)) + "\n" for n in numbers)
    )
    (folder / "matomo.json").write_text(
        json.dumps([_visit(n, cookies[n], aviary) for n in numbers])
    )
    (folder / "trace.csv").write_bytes(_trace(mails, aviary).encode("utf-16-le"))
    (folder / "nps.csv").write_text(_survey(mails, aviary))
    (folder / "tickets.csv").write_text(_tickets(aviary))
    (folder / "u_ex240503.log").write_text(_iis(cookies, aviary))
    _workbook(folder / "calls.xlsx", phones, aviary)


def _conversation(number: int, phone: str, aviary: Aviary) -> dict[str, object]:
    when = f"2024-05-03T07:{number:02}:00.000Z"
    return {
        "conversationId": aviary.new(),
        "conversationStart": when,
        "originatingDirection": "inbound",
        "participants": [
            {
                "purpose": "customer",
                "participantName": aviary.new(),
                "sessions": [
                    {
                        "mediaType": "voice",
                        "direction": "inbound",
                        "ani": f"tel:{phone}",
                        "journeyCustomerId": aviary.new(),
                        "journeyCustomerIdType": "cookie",
                        "segments": [
                            {
                                "segmentType": "interact",
                                "segmentStart": when,
                                "subject": aviary.new(),
                                "wrapUpNote": aviary.new(),
                            }
                        ],
                    }
                ],
            },
        ],
    }


def _contact(number: int, phone: str, aviary: Aviary) -> dict[str, object]:
    when = f"2024-05-03T08:{number:02}:00Z"
    return {
        "ContactId": aviary.new(),
        "Channel": "VOICE",
        "InitiationMethod": "INBOUND",
        "InitiationTimestamp": when,
        "CustomerEndpoint": {"Address": phone},
        "Queue": {"Name": "claims", "EnqueueTimestamp": when},
        "Agent": {"Username": aviary.new(), "ConnectedToAgentTimestamp": when},
        "Attributes": {"name": aviary.new(), "question": aviary.new()},
    }


def _event(number: int, cookie: str, aviary: Aviary) -> dict[str, object]:
    page = "https://www.example.nl" + _TEXT_IN_QUERY.format(step=1, canary=aviary.new())
    return {
        "event_timestamp": str(1714719900000000 + number),
        "event_name": "page_view",
        "event_params": [
            {"key": "page_location", "value": {"string_value": page}},
            {"key": "page_title", "value": {"string_value": aviary.new()}},
        ],
        "user_pseudo_id": cookie,
        "user_id": aviary.new(),
        "platform": "WEB",
        "geo": {"city": aviary.new()},
    }


def _visit(number: int, cookie: str, aviary: Aviary) -> dict[str, object]:
    page = "https://www.example.nl" + _TEXT_IN_QUERY.format(step=2, canary=aviary.new())
    return {
        "idVisit": str(number),
        "visitorId": cookie,
        "userId": aviary.new(),
        "visitIp": aviary.new(),
        "actionDetails": [
            {"type": "action", "url": page, "pageTitle": aviary.new(), "timestamp": 1714719900},
            {"type": "search", "siteSearchKeyword": aviary.new(), "timestamp": 1714719901},
        ],
    }


def _table(rows: list[list[str]]) -> str:
    sink = io.StringIO()
    csv.writer(sink, lineterminator="\n").writerows(rows)
    return sink.getvalue()


def _trace(mails: list[str], aviary: Aviary) -> str:
    names = "origin_timestamp_utc,sender_address,recipient_status,message_subject,message_id"
    rows = [[*names.split(","), "directionality"]]
    for number, mail in enumerate(mails):
        packed = f"info@example.nl##Receive;{aviary.new()}@example.nl##Receive"
        rows.append(
            [
                f"2024-05-03T09:{number:02}:00Z", mail, packed, f"vraag {aviary.new()}",
                f"<{aviary.new()}@example.com>", "Incoming",
            ]
        )  # fmt: skip
    return _table(rows)


def _survey(mails: list[str], aviary: Aviary) -> str:
    rows = [["email", "verstuurd op", "ingevuld op", "NPS", "toelichting", "naam"]]
    for number, mail in enumerate(mails):
        asked, moment = (f"2024-05-03T{hour}:{number:02}:00Z" for hour in ("09", "10"))
        score = "" if number == 4 else str(number % 11)
        rows.append([mail, asked, moment, score, aviary.new(), aviary.new()])
    return _table(rows)


def _tickets(aviary: Aviary) -> str:
    rows = [
        [
            "id",
            "created_at",
            "updated_at",
            "status",
            "requester_id",
            "submitter_id",
            "subject",
            "description",
            "from",
        ]
    ]
    for number in range(CUSTOMERS):
        moment = f"2024-05-03T11:{number:02}:00Z"
        told = [aviary.new() for _ in range(5)]
        rows.append([told[0], moment, moment, "open", told[1], "1", told[2], told[3], told[4]])
    return _table(rows)


def _iis(cookies: list[str], aviary: Aviary) -> str:
    lines = [
        "#Fields: date time cs-method cs-uri-stem cs-uri-query cs-username c-ip cs(User-Agent)"
        " cs(Cookie) sc-status"
    ]
    for number, cookie in enumerate(cookies):
        lines.append(
            f"2024-05-03 12:{number:02}:00 GET /mijn/stap-3 naam={aviary.new()} {aviary.new()}"
            f" 198.51.100.{number} {aviary.new()} sessie={cookie};x={aviary.new()} 200"
        )
    return "\n".join(lines) + "\n"


def _workbook(path: Path, phones: list[str], aviary: Aviary) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append([f"Rapport van {aviary.new()}"])
    sheet.append(["Start", "Telefoonnummer", "Wachtrij", "Wachttijd", "Medewerker", "Notitie"])
    for number, phone in enumerate(phones):
        sheet.append(
            [f"2024-05-03 13:{number:02}:00", phone, "klachten", 10, aviary.new(), aviary.new()]
        )
    book.save(path)
