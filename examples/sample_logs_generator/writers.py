"""The records in the file formats of the exports."""

import csv
import gzip
import io
import quopri
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from email.header import Header
from email.utils import format_datetime, formataddr
from pathlib import Path

from .clock import MONTHS, WEEKDAYS, zoned
from .dice import Dice
from .people import Person, spelled
from .records import Call, Chat, Machine, Mail, PortalEvent, Records, WebRequest
from .surveys import Question, Survey, written

OWN_ADDRESS = "service@example.nl"
ROTATED = date(2026, 4, 6)  # requests before this day are in access.log.1.gz
ACCESS_LOGS = ("web/access.log", "web/access.log.1.gz")
CALL_MONTHS = (1, 2, 3, 4, 5)
CALL_HEADER = (
    "Gespreks-id", "Datum", "Begintijd", "Telefoonnummer", "Keuzemenu", "Wachtrij", "Wachttijd",
    "Gesprekstijd", "Gespreksreden", "Medewerker", "Notitie",
)  # fmt: skip


def call_file(month: int) -> str:
    """The name of the contact-centre export of a month."""
    return f"calls_2026-{month:02d}.csv"


def access_log_of(record: WebRequest | Machine) -> str:
    """The access log, rotated or current, that holds this request."""
    return ACCESS_LOGS[1] if record.time.date() < ROTATED else ACCESS_LOGS[0]


def write_access_logs(folder: Path, records: Records) -> None:
    """Both access logs, in the order of time."""
    requests: list[WebRequest | Machine] = [*records.web, *records.machines]
    requests.sort(key=lambda record: zoned(record.time))
    (folder / "web").mkdir(parents=True, exist_ok=True)
    for name in ACCESS_LOGS:
        lines = [_access_line(record) for record in requests if access_log_of(record) == name]
        data = "".join(lines).encode()
        if name.endswith(".gz"):
            packed = io.BytesIO()
            with gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0) as stream:
                stream.write(data)
            data = packed.getvalue()
        (folder / name).write_bytes(data)


def _access_line(record: WebRequest | Machine) -> str:
    time = zoned(record.time)
    stamp = f"{time:%d}/{MONTHS[time.month - 1]}/{time:%Y:%H:%M:%S %z}"
    if isinstance(record, Machine):
        address, agent, cookie = record.address, record.agent, record.cookie
        request, status = f"GET {record.path}", 200
        kinds = ("",) * 5
    else:
        address, agent, cookie = record.person.address, record.person.agent, record.identifier
        method = "POST" if record.touchpoint.text.startswith("POST ") else "GET"
        request, status = f"{method} {record.path}{record.query}", record.status
        arms = (record.login, record.banner)
        kinds = (record.person.device, *arms, record.customer_type, record.fund)
    fields = " ".join(f'"{one or "-"}"' for one in (cookie, *kinds))
    return (
        f'{address} - - [{stamp}] "{request} HTTP/1.1" {status} {record.size}'
        f' "{record.referrer}" "{agent}" {fields}\n'
    )


def write_analytics(folder: Path, events: Iterable[PortalEvent]) -> None:
    """The events of the portal and the app: ISO times with offset."""
    rows = [
        (
            zoned(event.time).isoformat(), event.identifier, event.touchpoint.text,
            event.platform, event.detail,
        )
        for event in sorted(events, key=lambda event: zoned(event.time))
    ]  # fmt: skip
    header = ("event_time", "visitor", "event", "platform", "detail")
    (folder / "analytics.csv").write_bytes(_table(header, rows, ",", "\n").encode())


def write_chats(folder: Path, chats: Iterable[Chat]) -> None:
    """The chats of the last months, with their time in UTC."""
    rows = [
        (
            f"{zoned(chat.time).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", chat.identifier,
            chat.touchpoint.text, chat.minutes,
        )
        for chat in sorted(chats, key=lambda chat: zoned(chat.time))
    ]  # fmt: skip
    header = ("started", "visitor", "event", "minutes")
    (folder / "chats.csv").write_bytes(_table(header, rows, ",", "\n").encode())


def write_calls(folder: Path, calls: Iterable[Call]) -> None:
    """One export a month, as a Dutch spreadsheet saves it."""
    ordered = sorted(calls, key=lambda call: call.time)
    numbered = list(enumerate(ordered, start=60_417))
    for month in CALL_MONTHS:
        rows = [_call_row(number, call) for number, call in numbered if call.time.month == month]
        text = _table(CALL_HEADER, rows, ";", "\r\n")
        (folder / call_file(month)).write_bytes(text.encode("utf-8-sig"))


def _call_row(number: int, call: Call) -> Sequence[str]:
    moving = call.touchpoint.text in ("Meterstanden doorgeven", "Waar blijft mijn bevestiging")
    menu = "1 Verhuizen" if moving or "erhuizing" in call.touchpoint.text else "9 Overig"
    return (
        f"G{number:07d}", f"{call.time:%d-%m-%Y}", f"{call.time:%H:%M:%S}",
        call.spelling or "Anoniem", menu, "Verhuizen" if menu[0] == "1" else "Algemeen",
        _length(call.wait), _length(call.talk), call.touchpoint.text, call.agent, call.note,
    )  # fmt: skip


def _length(seconds: int) -> str:
    return f"00:{seconds // 60:02d}:{seconds % 60:02d}"


def write_surveys(folder: Path, surveys: Iterable[Survey]) -> None:
    """One export a question: who was asked, and the answer of those who gave one."""
    for question in Question:
        rows = [
            (
                one.number, written(one.asked), written(one.answered),
                "" if one.score is None else one.score,
            )
            for one in surveys
            if one.question is question
        ]  # fmt: skip
        header = ("klantnummer", "verstuurd op", "ingevuld op", question.metric)
        (folder / question.file).write_bytes(_table(header, rows, ";", "\n").encode())


def write_customers(folder: Path, customers: Iterable[Person], dice: Dice) -> None:
    """The customer table that links cookies, phone numbers and mail addresses."""
    rows = [
        (
            person.number, person.name, person.cookie if person.cookie_listed else "",
            spelled(person.phone, dice) if person.phone_listed else "",
            person.email, person.postcode,
        )
        for person in customers
    ]  # fmt: skip
    header = ("klantnummer", "naam", "cookie", "telefoon", "email", "postcode")
    (folder / "customers.csv").write_bytes(_table(header, rows, ";", "\n").encode())


def _table(
    header: Sequence[str], rows: Iterable[Sequence[object]], delimiter: str, end: str
) -> str:  # fmt: skip
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def write_mailbox(folder: Path, mails: Iterable[Mail], dice: Dice) -> None:
    """The mailbox of the service desk; body lines that begin with "From " are escaped."""
    ordered = sorted(mails, key=lambda mail: zoned(mail.time))
    text = "".join(_message(number, mail, dice) for number, mail in enumerate(ordered, start=1))
    (folder / "servicebox.mbox").write_bytes(text.encode("ascii"))


def _message(number: int, mail: Mail, dice: Dice) -> str:
    direction, subject = mail.touchpoint.text.split(": ", 1)
    # some people type their address with capitals
    address = mail.person.email.title() if dice.chance(0.1) else mail.person.email
    customer = formataddr((mail.person.name, address))
    own = f"Lichtland Energie <{OWN_ADDRESS}>"
    incoming = direction == "in"
    time = zoned(mail.time)
    lines = [
        f"From {address if incoming else OWN_ADDRESS} {_envelope_time(time)}",
        f"From: {customer if incoming else own}",
        f"To: {own if incoming else customer}",
        f"Subject: {_encoded(subject.format(mail.detail))}",
        f"Date: {format_datetime(time)}",
        f"Message-ID: <{number:06d}.{time:%m%d%H%M}@{'mail.' if incoming else ''}example.nl>",
    ]
    body = mail.body.splitlines()
    if not mail.body.isascii():
        lines += [
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable",
        ]
        body = quopri.encodestring(mail.body.encode()).decode("ascii").splitlines()
    lines.append("")
    lines += [f">{line}" if line.startswith("From ") else line for line in body]
    return "\n".join(lines) + "\n\n"


def _encoded(subject: str) -> str:
    return subject if subject.isascii() else Header(subject, "utf-8", maxlinelen=76).encode()


def _envelope_time(time: datetime) -> str:
    utc = time.astimezone(UTC)
    return f"{WEEKDAYS[utc.weekday()]} {MONTHS[utc.month - 1]} {utc.day:2d} {utc:%H:%M:%S %Y}"
