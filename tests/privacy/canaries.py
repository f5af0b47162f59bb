"""Canaries: unique invented values in every place where a person can stand, and how to find them.

Every planted text holds one marker, so one search finds them all, however a value is written:
letter case, reversed, percent-coded, JSON-escaped, in base64, in hex. Telephone numbers must stay
valid, so they are known one by one, as are the unkeyed hashes of everything.
"""

from __future__ import annotations

import base64
import binascii
import csv
import gzip
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pyarrow as pa
import pyarrow.parquet as pq

MARK = "zq7kxw"
WORD = "brontolavik"  # labels are shown with what looks random folded, which would hide the other
SAMPLE_LOGS = Path(__file__).parents[2] / "sample_logs"
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{8,}")
_HEX = re.compile(rb"(?:[0-9A-Fa-f]{2}){5,}[0-9A-Fa-f]?")
_PHONE = re.compile(rb"6\D{0,3}1\D{0,3}2\D{0,3}3\D{0,3}4(?:\D{0,3}\d){4}")
_ACCESS = re.compile(
    r'^(\S+) (\S+) (\S+) (\[[^]]*\]) "(\S+) (\S+) ([^"]*)" (\d+) (\d+) "([^"]*)" "([^"]*)" "([^"]*)"((?: "[^"]*"){5})$'
)


class Aviary:
    """Makes canaries and remembers them."""

    def __init__(self) -> None:
        self.planted: list[str] = []
        self.phones: set[str] = set()
        self._instead: dict[str, str] = {}

    def new(self) -> str:
        self.planted.append(f"{MARK}{len(self.planted):05}")
        return self.planted[-1]

    def instead_of(self, value: str) -> str:
        """One canary for one value, whatever its case: links between files stay."""
        return self._instead.setdefault(value.casefold(), self.new())

    def address(self, written: str) -> str:
        """A mail address with another local part and the case that it had."""
        local, _, domain = written.partition("@")
        canary = self.instead_of(written)
        return f"{canary.upper() if local[:1].isupper() else canary}@{domain}"

    def phone(self, written: str) -> str:
        """A telephone number stays what it is; its last nine digits are known from now on."""
        digits = re.sub(r"\D", "", written)
        if len(digits) >= 9 and digits[-9:].startswith("61234"):
            self.phones.add(digits[-9:])
            self.planted.append(written)
        return written

    def hashes(self) -> set[bytes]:
        """Unkeyed hashes, in hex, of every planted value and its likely spellings."""
        spellings = set(self.planted)
        spellings |= {value.upper() for value in self.planted}
        spellings |= {f"{value}@example.com" for value in self.planted}
        spellings |= {f"{value}@example.org" for value in self.planted}
        spellings |= {f"L{value}" for value in self.planted}
        for phone in self.phones:
            spellings |= {phone, f"0{phone}", f"+31{phone}", f"0031{phone}", f"31{phone}"}
        return {
            make(value.encode()).hexdigest().encode()
            for value in spellings
            for make in (hashlib.md5, hashlib.sha1, hashlib.sha256)
        }


class Scanner:
    """Finds canaries in bytes; `hits` names the forms in which it found any."""

    def __init__(self, aviary: Aviary) -> None:
        self._phones = {phone.encode() for phone in aviary.phones}
        self._hashes = aviary.hashes()

    def hits(self, data: bytes) -> set[str]:
        found = {form for form, view in _views(data) if self._stands_in(view)}
        for run in _HEX.findall(data):
            lower = run.lower()
            for size in (32, 40, 64):
                windows = range(min(len(lower) - size + 1, 200))
                if any(lower[at : at + size] in self._hashes for at in windows):
                    found.add("hash")
        return found

    def _stands_in(self, view: bytes) -> bool:
        lower = view.lower()
        if WORD.encode() in lower or WORD[::-1].encode() in lower:
            return True
        if MARK.encode() in lower or MARK[::-1].encode() in lower:
            return True
        return any(
            re.sub(rb"\D", b"", number) in self._phones
            for text in (lower, lower[::-1])
            for number in _PHONE.findall(text)
        )


def _views(data: bytes) -> Iterator[tuple[str, bytes]]:
    yield "raw, any case, reversed", data
    yield "UTF-16", data.replace(b"\0", b"")
    yield "percent-coded", unquote_to_bytes(data)
    yield (
        "JSON-escaped",
        re.sub(rb"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)).encode(), data),
    )
    pieces = []
    for run in set(_BASE64.findall(data)):
        plain = run.translate(bytes.maketrans(b"-_", b"+/"))
        for start in range(4):
            part = plain[start:]
            part = part[:-1] if len(part) % 4 == 1 else part + b"=" * (-len(part) % 4)
            pieces.append(base64.b64decode(part))
    yield "base64", b"\n".join(pieces)
    pieces = []
    for run in set(_HEX.findall(data)):
        for start in range(2):
            part = run[start : len(run) - (len(run) - start) % 2]
            pieces.append(binascii.unhexlify(part))
    yield "hex", b"\n".join(pieces)


def forms(value: str) -> dict[str, bytes]:
    """How a value may be written: what a scanner must find, wherever it stands."""
    raw = value.encode()
    return {
        "raw": raw,
        "lower": value.lower().encode(),
        "upper": value.upper().encode(),
        "reversed": value[::-1].encode(),
        "percent": "".join(f"%{byte:02X}" for byte in raw).encode(),
        "JSON": "".join(f"\\u{ord(sign):04x}" for sign in value).encode(),
        "base64": base64.b64encode(raw),
        "base64 within": base64.b64encode(b"x" + raw),
        "hex": raw.hex().encode(),
        "UTF-16": value.encode("utf-16-le"),
        "md5": hashlib.md5(raw).hexdigest().encode(),
        "sha1": hashlib.sha1(raw).hexdigest().upper().encode(),
        "sha256": hashlib.sha256(raw).hexdigest().encode(),
    }


def unpacked(file: Path) -> Iterable[bytes]:
    """The bytes of a file and of what it packs; of Parquet also every value and its metadata."""
    data = file.read_bytes()
    yield data
    if data[:2] == b"\x1f\x8b":
        yield gzip.decompress(data)
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as members:
            yield from (members.read(name) for name in members.namelist())
    if data[:4] == b"PAR1" and data[-4:] == b"PAR1":
        table = pq.read_table(file)
        yield repr(table.schema.metadata).encode()
        yield str(pq.read_metadata(file).to_dict()).encode()
        for column in table.columns:
            yield "\n".join(map(str, column.unique().to_pylist())).encode()


# Planting: the sample logs, smaller, with a canary in every place that can identify somebody.


def plant(folder: Path, aviary: Aviary) -> None:
    """Write the planted logs: a folder as configured, and three more files beside it."""
    logs = folder / "logs"
    (logs / "web").mkdir(parents=True)
    (logs / "cjmine.toml").write_bytes((SAMPLE_LOGS / "cjmine.toml").read_bytes())
    access = (SAMPLE_LOGS / "web" / "access.log").read_text().splitlines()[:900]
    (logs / "web" / "access.log").write_text(_lines(_access(line, aviary) for line in access))
    packed = gzip.decompress((SAMPLE_LOGS / "web" / "access.log.1.gz").read_bytes()).decode()
    old = _lines(_access(line, aviary) for line in packed.splitlines()[:300])
    (logs / "web" / "access.log.1.gz").write_bytes(gzip.compress(old.encode(), mtime=0))
    _plant_table(
        logs / "analytics.csv", aviary, 250, ",", "utf-8", {"visitor": _cookie, "detail": _anything}
    )
    _plant_table(
        logs / "chats.csv", aviary, 100, ",", "utf-8", {"visitor": _cookie, "minutes": _anything}
    )
    for month in ("03", "04", "05"):
        _plant_table(
            logs / f"calls_2026-{month}.csv", aviary, 120, ";", "utf-8-sig",
            {
                "Telefoonnummer": lambda value, aviary: aviary.phone(value),
                "Gespreks-id": _anything, "Keuzemenu": _anything, "Wachtrij": _anything,
                "Medewerker": _anything, "Notitie": _note,
            },
        )  # fmt: skip
    _plant_table(
        logs / "customers.csv", aviary, 2000, ";", "utf-8",
        {
            "klantnummer": lambda value, aviary: "L" + aviary.instead_of(value),
            "naam": _anything, "cookie": _cookie, "postcode": _anything,
            "telefoon": lambda value, aviary: aviary.phone(value),
            "email": lambda value, aviary: aviary.address(value) if value else value,
        },
    )  # fmt: skip
    for name in ("surveys.csv", "surveys_csat.csv"):
        _plant_table(
            logs / name, aviary, 100, ";", "utf-8",
            {"klantnummer": lambda value, aviary: "L" + aviary.instead_of(value)},
        )  # fmt: skip
    mails = re.split(r"\n(?=From \S+@)", (SAMPLE_LOGS / "servicebox.mbox").read_text())[:250]
    (logs / "servicebox.mbox").write_text("\n".join(_mail(mail, aviary) for mail in mails))
    (folder / "events.jsonl").write_text(_lines(_records(aviary)))
    (folder / "process.xes").write_text(_xes(aviary))
    _parquet(folder / "events.parquet", aviary)


def spoil(folder: Path, aviary: Aviary) -> None:
    """Add records that cannot be read to the planted logs, each with canaries in it."""
    logs = folder / "logs"
    one = aviary.new
    with (logs / "web" / "access.log").open("a") as file:
        file.write(f"{one()} is no line of a log {one()}\n")
        file.write(
            f'{one()} - {one()} [99/Foo/2026:{one()}] "GET /{one()} HTTP/1.1" 200 1 "-" "-"\n'
        )
        file.write(f'192.0.2.1 - - [06/Apr/2026:04:44:27 +0200] "GET /?q={one()}\n')
    with (logs / "analytics.csv").open("a") as file:
        file.write(f"{one()},{one()},chat_geopend,web,{one()}\n")
        file.write(f"2026-03-04T08:39:36+01:00,{one()},chat_geopend,web,{one()},{one()},{one()}\n")
        file.write(f"{one()}\n")
        file.write(f'2026-03-04T08:39:36+01:00,{one()},chat_geopend,web,"{one()}" {one()}\n')
    with (logs / "calls_2026-05.csv").open("a", newline="") as file:
        phone = aviary.phone("06 1234 0007")
        file.write(f"{one()};31-05-2026;{one()};{phone};x;x;x;x;Klacht;{one()};{one()}\r\n")
        file.write(f"{one()};{one()};25:61:99;{phone};{one()};Klacht\r\n")
    with (logs / "surveys.csv").open("a") as file:
        file.write(f"L{one()};{one()};{one()};{one()}\n")
    with (logs / "servicebox.mbox").open("a") as file:
        file.write(
            f"\n\nFrom {one()}@example.com Tue Mar  3 18:22:32 2026\nFrom: {one()} <{one()}@example.com>\n"
            f"To: service@example.nl\nSubject: Vraag {one()}\nDate: {one()}\n\n{one()}\n"
        )
    with (folder / "events.jsonl").open("a") as file:
        file.write(f'{{"customer": "{one()}", "event": \n')
        file.write(json.dumps({"customer": one(), "event": "Search", "time": one()}) + "\n")
        file.write(json.dumps([one(), one()]) + "\n")
    xes = folder / "process.xes"
    xes.write_text(xes.read_text().replace("2026-03-07T10:00:00+01:00", one()))


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _cookie(value: str, aviary: Aviary) -> str:
    return aviary.instead_of(value) if value.startswith("v") else value


def _anything(value: str, aviary: Aviary) -> str:
    return f"{value} {aviary.new()}"


def _note(value: str, aviary: Aviary) -> str:
    return f"{value} bel {aviary.phone('0612340099')}, {aviary.new()}@example.com\n{aviary.new()}"


def _access(line: str, aviary: Aviary) -> str:
    found = _ACCESS.match(line)
    assert found is not None, line
    _, _, _, time, verb, path, protocol, status, size, referrer, agent, cookie, arms = (
        found.groups()
    )
    return (
        f"{aviary.new()}.example.net {aviary.new()} {aviary.new()} {time}"
        f' "{verb} {path}?naam={aviary.new()}&mail={aviary.new()}%40example.com {protocol}" {status}'
        f' {size} "{referrer}{aviary.new()}?q={aviary.new()}" "{agent} {aviary.new()}"'
        f' "{_cookie(cookie, aviary)}"{arms}'
    )


def _plant_table(
    target: Path,
    aviary: Aviary,
    most: int,
    delimiter: str,
    encoding: str,
    columns: dict[str, object],
) -> None:
    text = (SAMPLE_LOGS / target.name).read_text(encoding=encoding)
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))[:most]
    with target.open("w", encoding=encoding, newline="") as sink:
        writer = csv.DictWriter(sink, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        for row in rows:
            for column, planted in columns.items():
                row[column] = planted(row[column], aviary)  # type: ignore[operator]
            writer.writerow(row)


def _letters(canary: str) -> str:
    """The number of a canary in letters."""
    return canary.removeprefix(MARK).translate(str.maketrans("0123456789", "abcdefghij"))


def _mail(mail: str, aviary: Aviary) -> str:
    """Envelope, From, To, Cc, Subject, Message-ID and body, all with canaries."""
    head, _, body = mail.partition("\n\n")

    def other(found: re.Match[str]) -> str:
        return found[0] if found[0].endswith("@example.nl") else aviary.address(found[0])

    head = re.sub(r"[\w.+-]+@(?:mail\.)?[Ee]xample\.\w+", other, head)
    named = f"=?utf-8?b?{base64.b64encode(f'Zoë {aviary.new()}'.encode()).decode()}?="
    head = re.sub(r"(?m)^(From|To): [^<\n]*<(?!service)", rf"\1: {named} <", head)
    head = re.sub(r"(?m)^Message-ID: .*$", f"Message-ID: <{aviary.new()}@mail.example.nl>", head)
    head = re.sub(
        r"(?m)^Subject: (.*(?:\n .*)*)$", rf"Subject: \1 {WORD}{_letters(aviary.new())}", head
    )
    head += f"\nCc: {aviary.new()} <{aviary.new()}@example.com>\nX-Note: {aviary.new()}"
    return f"{head}\n\n{body}\n{aviary.new()}\n"


def _records(aviary: Aviary) -> Iterator[str]:
    for number in range(60):
        person = aviary.new()
        for step, event in enumerate(("Search", "Compare", "Buy")):
            time = f"2026-03-{1 + number % 28:02}T1{step}:00:00+01:00"
            yield json.dumps(
                {
                    "customer": person, "event": event, "time": time, "note": aviary.new(),
                    "user": {"name": aviary.new(), "mail": f"{aviary.new()}@example.com"},
                    "tags": [aviary.new()], "phone": aviary.phone(f"06-1234{number:04}"),
                }
            )  # fmt: skip


def _xes(aviary: Aviary) -> str:
    def attribute(key: str, value: str, kind: str = "string") -> str:
        return f'<{kind} key="{key}" value="{value}"/>'

    parts = [f'<?xml version="1.0"?><!-- {aviary.new()} --><log xes.version="1.0">']
    parts.append(attribute("description", aviary.new()))
    for number in range(40):
        parts.append("<trace>" + attribute("concept:name", aviary.new()))
        parts.append(attribute("klant", aviary.new()) + f"<!-- {aviary.new()} -->")
        for step, event in enumerate(("Register", "Decide")):
            time = f"2026-03-{1 + number % 28:02}T1{step}:00:00+01:00"
            parts.append("<event>" + attribute("concept:name", event))
            parts.append(attribute("time:timestamp", time, "date"))
            parts.append(attribute("org:resource", aviary.new()) + attribute("note", aviary.new()))
            parts.append("</event>")
        parts.append("</trace>")
    return "\n".join([*parts, "</log>"])


def _parquet(target: Path, aviary: Aviary) -> None:
    rows = [(aviary.new(), step) for _ in range(40) for step in range(3)]
    people = {number: aviary.new() for number in range(40)}
    pq.write_table(
        pa.table(
            {
                "customer": [people[place // 3] for place in range(len(rows))],
                "activity": [("Search", "Compare", "Buy")[step] for _, step in rows],
                "time": [f"2026-03-{1 + place % 28:02}T10:00:00Z" for place in range(len(rows))],
                "remark": [remark for remark, _ in rows],
            },
            metadata={"author": aviary.new()},
        ),
        target,
    )
