"""Mail: every message is accounted for, whatever dates, charsets and bodies it carries."""

from __future__ import annotations

import gzip
import random
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from loaders.reading import inspected
from real_logs import real

from cjmine.errors import Code, DataError, UsageError
from cjmine.loaders.batch import Clock, Filtered, LeftOut, RawBatch
from cjmine.loaders.formats import mail
from cjmine.loaders.formats.mail import LOADER, read_mail
from cjmine.loaders.head import Head
from cjmine.loaders.mail_dates import stamp
from cjmine.loaders.mail_headers import Headers, addresses, split
from cjmine.loaders.mail_separators import envelope_time
from cjmine.loaders.sniff import settle
from cjmine.sources import Extras, File, Identifier, Kind, Roles, Source, TimeColumn, TouchpointRule

HERE = Path(__file__).parent / "mail"
ENVELOPE = b"From a@example.com Tue Aug  8 12:36:29 2023\n"
MESSAGE = b"From: a@example.com\nDate: Tue, 8 Aug 2023 12:36:29 +0200\nSubject: x\n\nbody\n\n"


def source(
    path: Path,
    own: tuple[str, ...] = (),
    rules: tuple[TouchpointRule, ...] = (),
    roles: Roles | None = None,
) -> Source:
    extras = Extras(own_domains=own)
    return Source(File(path), path.name, "mail", "mail", roles or Roles(), rules, extras)


def written(folder: Path, content: bytes) -> Source:
    path = folder / "box.mbox"
    path.write_bytes(content)
    return source(path)


def only(batches: list[RawBatch]) -> RawBatch:
    assert len(batches) == 1
    return batches[0]


def load(what: Source) -> RawBatch:
    return only(list(read_mail(what)))


def utc(batch: RawBatch) -> list[str]:
    times = batch.events["time"].to_pylist()
    return [f"{datetime.fromtimestamp(time / 1e6, UTC):%Y-%m-%d %H:%M:%S}" for time in times]


def recognise(first: bytes) -> bool:
    head = Head(Path("x"), "x", first, first.decode("utf-8", "replace"))
    return LOADER.recognise(head) is not None


@pytest.fixture
def golden() -> RawBatch:
    roles = Roles(time=TimeColumn(("Date",), zone="Europe/Amsterdam"))
    return load(source(HERE / "golden.mbox", own=("example.nl",), roles=roles))


def test_golden_events(golden: RawBatch) -> None:
    """Customer, activity and time of every event of a mailbox full of traps."""
    customers = golden.events["customer"].to_pylist()
    activities = golden.events["activity"].to_pylist()
    assert list(zip(customers, activities, utc(golden), strict=True)) == [
        ("jan@example.com", "Mail received", "2023-08-08 12:36:29"),  # CEST
        ("piet@example.com", "Mail received", "2023-08-08 12:39:58"),  # -0000
        ("anna@example.com", "Mail received", "2023-08-09 08:00:03"),  # topmost Received
        ("kees@example.com", "Mail received", "2023-08-09 09:00:00"),  # year 123: envelope
        ("truus@example.com", "Mail received", "2023-08-09 09:29:58"),  # Dutch, dotted, naive
        ("Piet@Example.com", "Mail sent", "2023-08-09 10:00:00"),  # first outside recipient
        ("mo@example.com", "Mail received", "2023-08-09 11:00:00"),  # web form
        ("nieuws@example.com", "Mail received", "2023-08-09 13:00:00"),  # hour 24: Received
    ]


def test_golden_account(golden: RawBatch) -> None:
    """What is not an event is counted by reason, and a reject says where it is."""
    assert (golden.read, golden.rejected, golden.duplicate) == (13, 1, 1)
    assert golden.filtered == (Filtered(LeftOut.BOT, 2), Filtered(LeftOut.NOBODY, 1))
    assert golden.clock == Clock(naive=2, zoned=6, redated=3)
    reject = golden.rejects[0]
    lines = (HERE / "golden.mbox").read_bytes().split(b"\n")
    assert (reject.record, reject.code, reject.column) == (12, Code.VALUE_MISSING, "From")
    assert reject.line is not None
    assert lines[reject.line - 1].startswith(b"From - Wed Aug  9 14:30:00")


def test_subjects_reach_rules_and_nothing_else() -> None:
    """Rules see decoded subjects with their direction; no subject becomes an activity."""
    rules = (
        TouchpointRule("Answer", glob="in: Antw:*"),
        TouchpointRule("Question", label="in: Vraag over één café"),
        TouchpointRule("Café", label="in: Café zonder opgave"),
        TouchpointRule("Reply", glob="out: Re:*"),
        TouchpointRule(None, label="in: Nieuwsbrief"),
        TouchpointRule("Never", source="web", glob="*"),
    )
    batch = load(source(HERE / "golden.mbox", ("example.nl",), rules))
    assert batch.events["activity"].to_pylist() == [
        *("Question", "Answer", "Mail received", "Mail received", "Café", "Reply"),
        "Mail received",
    ]
    assert Filtered(LeftOut.RULE, 1) in batch.filtered
    assert batch.clock.naive + batch.clock.zoned == batch.events.num_rows == 7


def test_without_own_domains_every_mail_is_received() -> None:
    """Without own domains the customer is whoever wrote the mail."""
    batch = load(source(HERE / "golden.mbox"))
    assert set(batch.events["activity"].to_pylist()) == {"Mail received"}
    assert "service@mail.example.nl" in batch.events["customer"].to_pylist()


def test_single_message() -> None:
    """An .eml with CRLF line ends, folded subject and Dutch month is one event."""
    rules = (TouchpointRule("Address change", label="in: Wijziging van adres"),)
    batch = load(source(HERE / "single.eml", rules=rules))
    known = batch.events.select(["customer", "activity", "time"])
    assert known.to_pylist() == [
        {"customer": "zoe@example.com", "activity": "Address change", "time": 1677830700000000}
    ]


def test_gzip_and_line_ends_change_nothing(tmp_path: Path) -> None:
    """Packed, or with CRLF, or in small batches: the same events."""
    plain = (HERE / "golden.mbox").read_bytes()
    expected = load(source(HERE / "golden.mbox")).events
    assert load(written(tmp_path, gzip.compress(plain))).events.equals(expected)
    assert load(written(tmp_path, plain.replace(b"\n", b"\r\n"))).events.equals(expected)


def test_batches_add_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A duplicate is known across batches, and record numbers go on."""
    monkeypatch.setattr(mail, "BATCH_MESSAGES", 5)
    batches = list(read_mail(source(HERE / "golden.mbox")))
    assert [batch.read for batch in batches] == [5, 5, 3]
    assert sum(batch.duplicate for batch in batches) == 1
    assert [reject.record for batch in batches for reject in batch.rejects] == [12]


@pytest.mark.parametrize(
    "line",
    [
        "From a@example.nl Tue Aug  8 12:36:29 2023",
        "From a@example.nl  Tue Aug 08 12:36:29 2023",
        "From 1773664405479613283@xxx Tue Aug 08 12:36:29 +0000 2023",
        "From - Tue Aug 08 12:36:29 2023",
        "From MAILER-DAEMON Tue Aug  8 12:36 CEST 2023",
        "From a@example.nl Tue Aug  8 12:36:29 2023 +0200\r",
        'From "jan jansen"@example.nl Tue Aug  8 12:36:29 2023',
    ],
)
def test_envelope_lines(line: str) -> None:
    """The spellings of mail programs separate messages."""
    assert envelope_time(line.encode()) is not None


@pytest.mark.parametrize(
    "line",
    [
        "From here it breaks",
        "From Tuesday on, Aug 8 2023",
        ">From a@example.nl Tue Aug  8 12:36:29 2023",
        "From: a@example.nl Tue Aug  8 12:36:29 2023",
        "From a@example.nl Tue Aug  8 12:36:29 2023 I wrote",
    ],
)
def test_lines_that_do_not_separate(line: str) -> None:
    """Text that begins with "From " stays in its message."""
    assert envelope_time(line.encode()) is None
    messages = list(split([ENVELOPE + MESSAGE + line.encode() + b"\n\n" + ENVELOPE + MESSAGE]))
    assert [message.line for message in messages] == [1, 10]


def test_envelope_needs_a_blank_line_before_it() -> None:
    """A quoted envelope in running text does not split."""
    quoted = ENVELOPE + MESSAGE.rstrip(b"\n") + b"\n" + ENVELOPE + b"more\n"
    assert len(list(split([quoted]))) == 1


def test_pieces_do_not_matter() -> None:
    """Messages are the same however the bytes arrive."""
    content = (HERE / "golden.mbox").read_bytes()
    whole = list(split([content]))
    assert list(split(bytes([byte]) for byte in content)) == whole
    assert list(split([content[:100], b"", content[100:]])) == whole


@pytest.mark.parametrize(
    ("text", "local", "hours"),
    [
        ("Tue, 8 Aug 2023 14:36:29 +0200 (CEST)", "2023-08-08 14:36:29", 2),
        ("Tue, 8 Aug 2023 14:36:29 CEST", "2023-08-08 14:36:29", 2),
        ("Tue, 8 Aug 2023 14:36:29 (CEST)", "2023-08-08 14:36:29", 2),
        ("Tue, 8 Aug 2023 14:36:29 MET", "2023-08-08 14:36:29", 1),
        ("Tue, 8 Aug 2023 14:36:29 MET DST", "2023-08-08 14:36:29", 2),
        ("Tue, 8 Aug 2023 14:36:29 EDT", "2023-08-08 14:36:29", -4),
        ("Tue, 8 Aug 2023 14:36:29 MST", "2023-08-08 14:36:29", -7),
        ("Tue, 8 Aug 2023 14:36:29 -0000", "2023-08-08 14:36:29", 0),
        ("Tue, 8 Aug 2023 14:36:29 -0330", "2023-08-08 14:36:29", -3.5),
        ("Tue, 8 Aug 2023 14:36:29 GMT+0200 (zomertijd)", "2023-08-08 14:36:29", 2),
        ("di, 08 aug 2023 14.36.29 +02:00", "2023-08-08 14:36:29", 2),
        ("vr 3 mrt. 2023 9:05", "2023-03-03 09:05:00", None),
        ("3 mei 23 09:05:00 Somewhere", "2023-05-03 09:05:00", None),
        ("zondag, 1 oktober 2023 10:00:00 Z", "2023-10-01 10:00:00", 0),
        ("Fri, 31 Dec 99 23:59:60 GMT", "1999-12-31 23:59:59", 0),
        ("Tue Aug  8 14:36:29 2023", "2023-08-08 14:36:29", None),
        ("Tue Aug 08 12:36:29 +0000 2023", "2023-08-08 12:36:29", 0),
        ("2023-08-08T14:36:29.123+02:00", "2023-08-08 14:36:29", 2),
        ("8 Aug 2023 2:36:29 PM GMT", "2023-08-08 14:36:29", 0),
        ("Wed, 09 Aug 123 11:00:00 +0200", "0123-08-09 11:00:00", 2),
    ],
)
def test_dates(text: str, local: str, hours: float | None) -> None:
    """Zone names, Dutch names, dotted clocks and short years mean what people mean by them."""
    read = stamp(text)
    assert read is not None
    assert str(read.local) == local
    assert (read.offset.total_seconds() / 3600 if read.offset is not None else None) == hours


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "09-08-2023 10:00",
        "Tue, 8 Aug 2023 24:00:00 +0200",
        "Wed, 31 Feb 2023 10:00:00 +0200",
        "Tue, 8 Foo 2023 10:00:00 +0200",
        "Tue, 8 Aug 2023 10:00:00 +9900",
        "Tue, 8 Aug 2023 10:00:00 +02000",
        "Tue, 8 Aug 0000 10:00:00 +0200",
    ],
)
def test_dates_that_are_not_guessed(text: str) -> None:
    """A date that means nothing certain is no date."""
    assert stamp(text) is None


def test_hours_that_the_clock_skips_or_doubles(tmp_path: Path) -> None:
    """Naive times around a clock change are counted; the doubled hour is the later one."""
    dates = (b"Sun, 31 Mar 2024 02:30:00", b"Sun, 27 Oct 2024 02:30:00")
    box = written(
        tmp_path, b"".join(b"%sFrom: a@example.com\nDate: %s\n\n" % (ENVELOPE, d) for d in dates)
    )
    zone = Roles(time=TimeColumn((), zone="Europe/Amsterdam"))
    batch = load(source(box.path, roles=zone))
    assert batch.clock == Clock(naive=2, skipped_hour=1, doubled_hour=1)
    assert utc(batch) == ["2024-03-31 01:30:00", "2024-10-27 01:30:00"]
    with pytest.raises(UsageError):
        list(read_mail(source(box.path, roles=Roles(time=TimeColumn((), zone="Mars/Base")))))


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        (b"From: a@example.com\nSubject: x\n", Code.VALUE_MISSING),
        (b"From: a@example.com\nDate: soon\n", Code.TIME_UNREADABLE),
        (b"From: a@example.com\nDate: 8 Aug 102 10:00:00 Z\n", Code.TIME_IMPLAUSIBLE),
        (b"From: a@example.com\nDate: 1 Jan 1970 00:30:00 +0100\n", Code.TIME_IMPLAUSIBLE),
        (b"From: nobody\nDate: 8 Aug 2023 10:00:00 Z\n", Code.VALUE_MISSING),
    ],
)
def test_rejects(tmp_path: Path, headers: bytes, code: Code) -> None:
    """Without a usable time or address a message is rejected, with its place and no value."""
    batch = load(written(tmp_path, b"\n" + headers + b"\nbody\n"))
    assert (batch.read, batch.rejected) == (1, 1)
    reject = batch.rejects[0]
    assert (reject.record, reject.line, reject.code) == (1, 2, code)
    assert not any(value in reject.reason for value in ("example", "soon", "102", "nobody"))


@pytest.mark.parametrize(
    ("filler", "code"),
    [
        (b"X-Filler: " + b"y" * 70 + b"\n", Code.ROW_STRUCTURE),
        (b"X-Filler: " + b"y" * (1 << 20) + b"\n", Code.LINE_TOO_LONG),
    ],
)
def test_giant_headers_cost_one_message(tmp_path: Path, filler: bytes, code: Code) -> None:
    """A header block or a line without end is rejected; the messages around it load."""
    giant = ENVELOPE + filler * (1 + (1 << 19) // len(filler)) + MESSAGE
    batch = load(written(tmp_path, ENVELOPE + MESSAGE + giant + ENVELOPE + MESSAGE))
    assert (batch.read, batch.events.num_rows) == (3, 2)
    assert [(reject.record, reject.line, reject.code) for reject in batch.rejects] == [(2, 8, code)]


def test_rejects_are_listed_up_to_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All rejects count, the first ones are listed, over all batches of a file together."""
    monkeypatch.setattr(mail, "BATCH_MESSAGES", 600)
    batches = list(read_mail(written(tmp_path, (ENVELOPE + b"Subject: x\n\n") * 1500)))
    assert sum(batch.rejected for batch in batches) == 1500
    assert sum(len(batch.rejects) for batch in batches) == 1000


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"=?utf-8?B?w6k=?= =?utf-8?B?w6k=?=", "éé"),
        ("één €".encode(), "één €"),
        ("één €".encode("cp1252"), "één €"),
        ("€ =?utf-8?Q?=C3=A9?= é".encode(), "€ é é"),
        (b"=?no-such-charset?Q?caf=E9?=", "café"),
        (b"=?utf-8?Q?caf=E9?=", "café"),
        (b"=?utf-8?B?x?= rest", "=?utf-8?B?x?= rest"),
        (b"=?utf-8*nl?Q?=C3=A9?=", "é"),
        (b"=?zip?Q?x?= =?undefined?Q?y?=", "xy"),
        (b"=?unicode_escape?Q?=5Cud800?=", "?"),
        (b"a\x00\x07b\n\tc", "a b c"),
    ],
)
def test_header_text(raw: bytes, text: str) -> None:
    """Encoded words are decoded as far as they can be; nothing raises, one line comes out."""
    assert Headers(b"Subject: " + raw + b"\n").text("subject") == text


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("a@example.nl", ["a@example.nl"]),
        ('"Jan <x@example.com>, dir." <jan@example.nl>', ["jan@example.nl"]),
        ("x@example.com <jan@example.nl>", ["jan@example.nl"]),
        ("jan@example.nl (x@example.com)", ["jan@example.nl"]),
        ("(x@example.com) jan@example.nl", ["jan@example.nl"]),
        ('"jan.jansen"@example.nl', ["jan.jansen@example.nl"]),
        ("Team: a@example.nl, b@example.nl;", ["a@example.nl", "b@example.nl"]),
        ("undisclosed-recipients:;", []),
        ("<mailto:a@example.nl>", ["a@example.nl"]),
        ("(" * 5000 + '"' * 5001, []),
        ('"\\' * 100_000, []),
        ("<" * 100_000, []),
        ("<>", []),
    ],
)
def test_addresses(value: str, found: list[str]) -> None:
    """Only addresses that mail would go to; names and comments do not count."""
    assert addresses(value) == found


def test_declared_headers_are_kept(tmp_path: Path) -> None:
    """Declared attributes and a channel header come as columns; absent ones are null."""
    box = written(tmp_path, ENVELOPE + b"X-Queue: =?utf-8?Q?B=C3=A9?=\n" + MESSAGE)
    roles = Roles(keep=("X-Queue", "X-None"), channel_column="x-queue")
    batch = load(source(box.path, roles=roles))
    row = batch.events.to_pylist()[0]
    assert (row["X-Queue"], row["X-None"], row["channel"]) == ("Bé", None, "Bé")


@pytest.mark.parametrize(
    ("labels", "reason"),
    [
        ("Postvak IN,Belangrijk", None),
        ('Verzonden,"Klachten, open"', None),
        ("Concepten", LeftOut.UNDELIVERED),
        ("Drafts,Important", LeftOut.UNDELIVERED),
        ("=?UTF-8?Q?Spam,Categorie=C3=ABn?=", LeftOut.BOT),
        ("Chat", LeftOut.NO_TOUCHPOINT),
        ("Chatbot-vragen,Spamfilter", None),
    ],
)
def test_what_gmail_exports_beside_mail(
    tmp_path: Path, labels: str, reason: LeftOut | None
) -> None:
    """Drafts were never sent and spam was never asked for; labels are localised and quoted."""
    batch = load(written(tmp_path, ENVELOPE + f"X-Gmail-Labels: {labels}\n".encode() + MESSAGE))
    assert batch.events.num_rows == (reason is None)
    assert batch.filtered == (() if reason is None else (Filtered(reason, 1),))


def test_a_draft_does_not_stand_for_the_mail_that_was_sent(tmp_path: Path) -> None:
    """Both have one Message-ID: only a mail that was loaded makes the next one a duplicate."""
    sent = b"Message-ID: <one@example.com>\n" + MESSAGE
    box = ENVELOPE + b"X-Gmail-Labels: Drafts\n" + sent + ENVELOPE + sent
    batch = load(written(tmp_path, box))
    assert (batch.events.num_rows, batch.duplicate) == (1, 0)


@pytest.mark.parametrize(
    "first",
    [
        ENVELOPE,
        b"\xef\xbb\xbf\r\n" + ENVELOPE.replace(b"\n", b"\r\n"),
        b"Return-Path: <a@example.nl>\nReceived: from x\n\tby y; z\nSubject: x\n\nbody",
        b"X-Spam: no\nFrom: a@example.nl\nDate: soon\n",
    ],
)
def test_recognised(first: bytes) -> None:
    """Content tells a mail: an envelope line, or two headers that every mail has."""
    assert recognise(first)


@pytest.mark.parametrize(
    "first",
    [
        b"",
        b"From;To;Subject;Date\na@example.nl;b@example.nl;x;2023-08-08\n",
        b"From,Date\na,b\n",
        b'{"From": "a@example.nl", "Date": "x"}\n',
        b"<mail><From>a</From></mail>\n",
        b"# From\n\nFrom: a\nDate: b\n",
        b"---\nFrom: a\nDate: b\n---\n",
        b"date: 2023-08-08\nsubject: x\n",
        b"From here on nothing works\n",
        b'192.0.2.1 - - [08/Aug/2023:12:36:29 +0200] "GET / HTTP/1.1" 200 1\n',
        b"HTTP/1.1 200 OK\nDate: Tue, 8 Aug 2023 10:00:00 GMT\nFrom: a\n",
        b"\x00\x01From: a\nDate: b\n",
    ],
)
def test_not_recognised(first: bytes) -> None:
    """Tables, logs, JSON, XML, Markdown and binaries are left to others."""
    assert not recognise(first)


def test_inspection_shows_no_value() -> None:
    """Roles carry reasons and masked samples; what is dropped is said."""
    inspection = inspected(source(HERE / "golden.mbox", ("example.nl",)))
    assert inspection.roles == Roles(
        time=TimeColumn(("Date",)),
        activity="Subject",
        customer=Identifier("From", Kind.EMAIL),
        channel="mail",
    )
    assert "bodies and attachments" in inspection.dropped
    samples = " ".join(row.sample for row in inspection.found)
    assert "@" in samples
    assert set(re.findall(r"\w", samples)) <= {"a", "9"}


def test_declared_roles_are_merged() -> None:
    """A declared zone, channel and attribute stay; a column that mail lacks is an error."""
    declared = Roles(time=TimeColumn((), zone="UTC"), channel="post", keep=("X-Queue",))
    roles = inspected(source(HERE / "single.eml", roles=declared)).roles
    assert roles.time == TimeColumn(("Date",), zone="UTC")
    assert (roles.channel, roles.keep) == ("post", ("X-Queue",))
    wrong = Roles(customer=Identifier("klantnummer"))
    with pytest.raises(DataError) as error:
        inspected(source(HERE / "single.eml", roles=wrong))
    assert error.value.code is Code.COLUMN_MISSING


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Code.FILE_EMPTY),
        (b"\n\r\n\n", Code.FILE_EMPTY),
        (b"\x00" * 100, Code.LOG_FORMAT),
        (b"\x89PNG\r\n\x1a\n\x00", Code.LOG_FORMAT),
        (b"just words\n", Code.LOG_FORMAT),
        (gzip.compress(random.Random(7).randbytes(9000), mtime=0)[:5000], Code.FILE_TRUNCATED),
        (gzip.compress(ENVELOPE + MESSAGE * 9000, mtime=0)[:-20], Code.FILE_TRUNCATED),
    ],
)
def test_hostile_files(tmp_path: Path, content: bytes, code: Code) -> None:
    """What is no mailbox, or a damaged one, is a problem with a code."""
    with pytest.raises(DataError) as error:
        list(settle(written(tmp_path, content)).read())
    assert error.value.code is code


def test_damaged_mailboxes_never_raise(tmp_path: Path) -> None:
    """Random damage to a mailbox changes what is loaded, but everything stays accounted for."""
    content = (HERE / "golden.mbox").read_bytes()
    dice = random.Random(20230808)
    for _ in range(150):
        damaged = bytearray(content)
        for _ in range(60):
            damaged[dice.randrange(50, len(damaged))] = dice.choice(b'\x00\xff\xc3\n\r(<"=?:;,@ 9')
        batch = load(written(tmp_path, bytes(damaged)))
        assert batch.read >= 1  # that the counts add up is checked by the batch itself


@pytest.mark.real_data
def test_real_mails() -> None:
    """All 350 real mails load with the sender that a plain search finds, in 2002."""
    paths = sorted(real("mail/ham").iterdir())
    batches = [load(source(path)) for path in paths]
    assert len(paths) == sum(batch.read for batch in batches) == 350
    assert sum(batch.events.num_rows for batch in batches) == 350
    years = [time[:4] for batch in batches for time in utc(batch)]
    assert set(years) == {"2002"}
    for path, batch in zip(paths, batches, strict=True):
        head = path.read_bytes().partition(b"\n\n")[0].decode("latin-1")
        sender = re.search(r"^From:.*(?:\n[ \t].*)*", head, re.MULTILINE | re.IGNORECASE)
        same = sender is not None and batch.events["customer"][0].as_py() in sender[0]
        assert same, "a sender differs"  # no address in a message of a test


@pytest.mark.real_data
def test_real_mails_as_one_mailbox(tmp_path: Path) -> None:
    """Put together in one mailbox, the mails are still 350, repeated ids counted by hand."""
    mails = [path.read_bytes() for path in sorted(real("mail/ham").iterdir())]
    framed = [mail if mail.startswith(b"From ") else ENVELOPE + mail for mail in mails]
    ids = [
        re.search(rb"^Message-ID:\s*<?([^\s>]*)", mail, re.MULTILINE | re.IGNORECASE)
        for mail in mails
    ]
    present = [found[1] for found in ids if found]
    batch = load(written(tmp_path, b"\n\n".join(framed)))
    assert (batch.read, batch.rejected) == (350, 0)
    assert batch.duplicate == len(present) - len(set(present))
