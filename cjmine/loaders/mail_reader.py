"""What becomes of a message: an event of one customer, or the reason why it is none."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from hashlib import blake2b, md5
from zoneinfo import ZoneInfo

from cjmine.errors import Code
from cjmine.loaders.batch import LeftOut, Reject
from cjmine.loaders.mail_dates import Stamp, stamp
from cjmine.loaders.mail_headers import Headers, RawMessage
from cjmine.loaders.mail_roles import attributes, zone
from cjmine.sources import Source

_EPOCH = datetime(1970, 1, 1)
_LONGEST_LABEL = 1_000
_INDEX = 29  # characters of a Thread-Index that all mails of its thread share (22 bytes)
# Gmail's labels of what was never sent, not asked for, or no mail; in English and Dutch.
_LABELS = {
    LeftOut.UNDELIVERED: {"drafts", "draft", "concepten"},
    LeftOut.BOT: {"spam"},
    LeftOut.NO_TOUCHPOINT: {"chat", "chats"},
}


class Zoned(IntEnum):
    """How a message states its time, for the account of the clock."""

    YES = 0
    NAIVE = 1
    SKIPPED = 2
    DOUBLED = 3


@dataclass(frozen=True, slots=True)
class Mail:
    """A message that becomes an event unless a rule ignores its label."""

    customer: str = field(repr=False)
    label: str = field(repr=False)
    time: int
    zoned: Zoned
    attributes: tuple[str | None, ...] = field(repr=False)
    thread: str = field(default="", repr=False)
    delivery: int = 0


class Repeated:
    """A message whose Message-ID was loaded before."""


Outcome = Mail | Reject | LeftOut | Repeated


class MailReader:
    """Decides about one message after the other; knows the ids that were loaded."""

    def __init__(self, source: Source) -> None:

        self._own = tuple(domain.lower().lstrip("@.") for domain in source.extras.own_domains)
        self._zone = zone(source.roles)
        self._attributes = attributes(source.roles)
        self._loaded: set[bytes] = set()
        self._thread_of: dict[str, str] | None = {} if source.roles.case else None

    def outcome(self, message: RawMessage) -> Outcome:
        """What becomes of a message: an event, or why not."""
        if message.fault is not None:
            return Reject(message.number, message.fault, message.reason, None, message.line)
        headers = Headers(message.headers)
        identity = headers.plain("Message-ID").strip("<> ")
        # Fixed-size digests keep the memory small; the text of an id often names its sender.
        digest = blake2b(identity.encode(), digest_size=16).digest() if identity else b""
        if digest in self._loaded:
            return Repeated()
        outcome = self._considered(message, headers)
        if digest and isinstance(outcome, Mail):
            self._loaded.add(digest)
        return outcome

    def _considered(self, message: RawMessage, headers: Headers) -> Outcome:
        sender = next(iter(headers.addresses("From") or headers.addresses("Reply-To")), None)
        direction, customer = "in", sender
        typed_by_customer = False
        if sender is not None and self._is_own(sender):
            customer = self._outsider(headers, "To", "Cc")
            if customer is not None:
                direction = "out"
            else:
                customer = self._outsider(headers, "Reply-To")
                typed_by_customer = customer is not None
        if direction == "in" and not typed_by_customer and _by_machine(headers):
            return LeftOut.BOT
        labelled = _by_label(headers)
        if labelled is not None:
            return labelled
        if sender is None:
            reason = "no address of a sender"
            return Reject(message.number, Code.VALUE_MISSING, reason, "From", message.line)
        if customer is None:
            return LeftOut.NOBODY
        time, zoned = _time(headers, message.envelope, self._zone)
        if isinstance(time, Code):
            reason = _REASONS[time]
            return Reject(message.number, time, reason, "Date", message.line)
        label = f"{direction}: {headers.text('Subject')[:_LONGEST_LABEL]}"
        kept = tuple(headers.text(name) or None for name in self._attributes)
        identity = headers.plain("Message-ID").strip("<> ")
        key = identity or f"{message.number}|{time}|{customer}"
        thread = self._thread(headers, identity)
        return Mail(customer, label, time, zoned, kept, thread, _delivery(key))

    def _thread(self, headers: Headers, identity: str) -> str:
        """The mail that began the conversation, as far as headers show.

        A reply that names no other mail goes by the number that Gmail or Outlook gave the thread.
        """
        named = _answered(headers)
        thread = named or identity
        if self._thread_of is not None:
            for number in (headers.plain("X-GM-THRID"), headers.plain("Thread-Index")[:_INDEX]):
                if number:
                    first = self._thread_of.setdefault(number, thread)
                    thread = thread if named else first
        return thread

    def _is_own(self, address: str) -> bool:
        domain = address.rpartition("@")[2].lower()
        return any(domain == own or domain.endswith("." + own) for own in self._own)

    def _outsider(self, headers: Headers, *names: str) -> str | None:
        found = (address for name in names for address in headers.addresses(name))
        return next((address for address in found if not self._is_own(address)), None)


_REASONS = {
    Code.VALUE_MISSING: "no time: neither Date, Received nor an envelope line",
    Code.TIME_UNREADABLE: "the date cannot be read, and no other header has a usable one",
    Code.TIME_IMPLAUSIBLE: "the year is not 1970 to 2100, and no other header has a usable time",
}


def _by_label(headers: Headers) -> LeftOut | None:
    """Why a message of Gmail's archive is no mail of a customer, by its labels."""
    labels = {one.strip(' "').casefold() for one in headers.text("X-Gmail-Labels").split(",")}
    return next((why for why, names in _LABELS.items() if names & labels), None)


def _answered(headers: Headers) -> str:
    """The mail that a reply names: the first of References, else In-Reply-To."""
    for name in ("References", "In-Reply-To"):
        found = re.search(r"<([^<>\s]+)>", headers.plain(name))
        if found:
            return found[1]
    return ""


def _delivery(identity: str) -> int:
    """The number by which a mail is known in every archive, and in message traces."""
    digest = md5(b"mail|" + identity.encode(), usedforsecurity=False).digest()
    return int.from_bytes(digest[8:], "little")


def _by_machine(headers: Headers) -> bool:
    """Bounces and automatic answers. Mail of lists is not: people write it."""
    submitted = headers.plain("Auto-Submitted").partition(";")[0].strip().lower()
    return (
        submitted not in ("", "no")
        or headers.plain("Return-Path") == "<>"
        or re.search(r"\bmailer-daemon(?![\w.-])", headers.plain("From").lower()) is not None
    )


def _time(
    headers: Headers, envelope: str | None, zone: ZoneInfo | None
) -> tuple[int | Code, Zoned]:
    """Microseconds in UTC from the first usable of Date, Received and envelope.

    Where none is usable, what is wrong with the first that is there.
    """
    wrong = Code.VALUE_MISSING
    arrival = headers.plain("Received").rpartition(";")
    for written in (headers.plain("Date"), arrival[2] if arrival[1] else "", envelope or ""):
        if not written.strip():
            continue
        stated = stamp(written)
        if stated is not None:
            time, zoned = _utc(stated, zone)
            if 1970 <= stated.local.year <= 2100 and time >= 0:
                return time, zoned
        if wrong is Code.VALUE_MISSING:
            wrong = Code.TIME_IMPLAUSIBLE if stated else Code.TIME_UNREADABLE
    return wrong, Zoned.YES


def _utc(stated: Stamp, zone: ZoneInfo | None) -> tuple[int, Zoned]:
    """A skipped hour counts on from before the change, a doubled hour is the later one."""
    offset, zoned = stated.offset, Zoned.YES
    if offset is None:
        earlier = later = timedelta(0)
        if zone is not None:
            earlier = stated.local.replace(tzinfo=zone).utcoffset() or earlier
            later = stated.local.replace(tzinfo=zone, fold=1).utcoffset() or later
        offset = min(earlier, later)
        zoned = Zoned.NAIVE
        if earlier != later:
            zoned = Zoned.DOUBLED if earlier > later else Zoned.SKIPPED
    return (stated.local - _EPOCH - offset) // timedelta(microseconds=1), zoned
