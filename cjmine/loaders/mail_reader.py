"""What becomes of a message: an event of one customer, or the reason why it is none."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import md5

from cjmine.errors import Code
from cjmine.loaders.batch import LeftOut, Reject
from cjmine.loaders.mail_copies import Copies
from cjmine.loaders.mail_headers import Headers, RawMessage
from cjmine.loaders.mail_roles import attributes, zone
from cjmine.loaders.mail_times import Zoned, mail_time
from cjmine.sources import Source

_LONGEST_LABEL = 1_000
_INDEX = 29  # characters of a Thread-Index that all mails of its thread share (22 bytes)
# Gmail's labels of what was never sent, not asked for, or no mail; in English and Dutch.
_LABELS = {
    LeftOut.UNDELIVERED: {"drafts", "draft", "concepten"},
    LeftOut.BOT: {"spam"},
    LeftOut.NO_TOUCHPOINT: {"chat", "chats"},
}


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
    redated: bool = False


class Repeated:
    """A message whose Message-ID was loaded before."""


Outcome = Mail | Reject | LeftOut | Repeated


class MailReader:
    """Decides about one message after the other; knows the ids that were loaded."""

    def __init__(self, source: Source) -> None:

        self._own = tuple(domain.lower().lstrip("@.") for domain in source.extras.own_domains)
        self._zone = zone(source.roles)
        self._attributes = attributes(source.roles)
        self._copies = Copies()
        self._thread_of: dict[str, str] | None = {} if source.roles.case else None

    def outcome(self, message: RawMessage) -> Outcome:
        """What becomes of a message: an event, or why not."""
        if message.fault is not None:
            return Reject(message.number, message.fault, message.reason, None, message.line)
        headers = Headers(message.headers)
        return self._considered(message, headers)

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
        when = mail_time(headers, message.envelope, self._zone)
        if isinstance(when, Code):
            return Reject(message.number, when, _REASONS[when], "Date", message.line)
        label = f"{direction}: {headers.text('Subject')[:_LONGEST_LABEL]}"
        kept = tuple(headers.text(name) or None for name in self._attributes)
        identity = headers.plain("Message-ID").strip("<> ")
        # Forms on web sites give all mails one id, so that the sender belongs to it.
        writer = (sender or "").lower()
        key = f"{identity}|{writer}" if identity else f"{message.number}|{when.us}|{customer}"
        if identity and (known := self._copies.seen(key, when.us)) is not None:
            if known:
                return Repeated()
            key += f"|{when.us}"
        thread = self._thread(headers, identity)
        return Mail(
            customer, label, when.us, when.zoned, kept, thread, _delivery(key), when.redated
        )

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
