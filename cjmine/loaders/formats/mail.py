"""E-mail: a mailbox in one file (mbox, also packed with gzip), or a single message. Headers only.

One message is one event. The customer is the address on the other side: of a received mail the
sender (of a web form, which the organisation sends to itself, the Reply-To address), of a sent
mail the first recipient outside the organisation, in To, then in Cc. Further recipients are not
further events, so that a record counts once. Subjects are shown to the touchpoint rules and
never kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from hashlib import blake2b
from itertools import islice
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa

from cjmine.errors import Code
from cjmine.loaders.batch import (
    ACTIVITY,
    CHANNEL,
    CUSTOMER,
    TIME,
    Clock,
    Filtered,
    Head,
    Inspection,
    LeftOut,
    RawBatch,
    Recognition,
    Reject,
    RoleFound,
)
from cjmine.loaders.files import chunks
from cjmine.loaders.mail_dates import Stamp, stamp
from cjmine.loaders.mail_headers import (
    Headers,
    RawMessage,
    envelope_time,
    first_lines,
    leading_names,
    split,
)
from cjmine.loaders.mail_roles import attributes, beginning, settled, zone
from cjmine.loaders.roles import masked
from cjmine.sources import Source

BATCH_MESSAGES = 1 << 15
MOST_REJECTS = 1000
RECEIVED, SENT = "Mail received", "Mail sent"
_EPOCH = datetime(1970, 1, 1)
_LONGEST_LABEL = 1_000
_WELL_KNOWN = frozenset(
    (
        "From", "To", "Cc", "Date", "Subject", "Received", "Message-ID", "Message-Id",
        "Return-Path", "Reply-To", "Delivered-To", "MIME-Version", "Mime-Version",
    )
)  # fmt: skip


class _Zoned(IntEnum):
    """How a message states its time, for the account of the clock."""

    YES = 0
    NAIVE = 1
    SKIPPED = 2
    DOUBLED = 3


@dataclass(frozen=True, slots=True)
class _Mail:
    """A message that becomes an event unless a rule ignores its label."""

    customer: str = field(repr=False)
    label: str = field(repr=False)
    time: int
    zoned: _Zoned
    attributes: tuple[str | None, ...] = field(repr=False)


class _Repeated:
    """A message whose Message-ID was loaded before."""


_Outcome = _Mail | Reject | LeftOut | _Repeated


@dataclass(frozen=True, slots=True)
class MailLoader:
    """Reads mbox and single messages; bodies and attachments are passed over."""

    name: str = "mail"
    title: str = "e-mail (mbox or a single message)"

    def recognise(self, head: Head) -> Recognition | None:
        """An envelope line, or a block of headers with two that every mail has."""
        lines = first_lines(head.first)
        if lines and envelope_time(lines[0]) is not None:
            return Recognition(0.95, "begins with the envelope line of a mailbox")
        names = leading_names(lines)
        known = [name for name in dict.fromkeys(names) if name in _WELL_KNOWN]
        if len(known) < 2:
            return None
        return Recognition(0.9, f"begins with the headers of a mail ({', '.join(known[:3])})")

    def inspect(self, source: Source) -> Inspection:
        """The roles are given by the format; the first message serves as a masked sample."""
        first = beginning(source)
        message = next(iter(split([first])))
        headers = Headers(message.headers)
        roles = settled(source)
        direction = (
            f"the other side of mail from or to {', '.join(source.own_domains)}"
            if source.own_domains
            else "the sender: no own domains are declared, so every mail counts as received"
        )
        mailbox = message.envelope is not None
        return Inspection(
            "a mailbox (mbox), headers only" if mailbox else "a single e-mail, headers only",
            roles,
            (
                RoleFound(
                    "time",
                    "Date",
                    "when the mail was written; else its arrival (Received), else its envelope",
                    masked(headers.plain("Date")),
                ),
                RoleFound(
                    "activity",
                    "Subject",
                    f'"in: …" or "out: …" for the rules; else "{RECEIVED}" or "{SENT}"',
                    masked(headers.text("Subject")),
                ),
                RoleFound("customer (email)", "From", direction, masked(headers.plain("From"))),
            ),
            ("bodies and attachments", "the text of subjects", "every other header"),
        )

    def read(self, source: Source) -> Iterator[RawBatch]:
        """Stream the messages; those that cannot be events are counted, never a stop."""
        beginning(source)
        desk = _Desk(source)
        messages = split(chunks(source.path, source.label))
        room = MOST_REJECTS
        while True:
            outcomes = [desk.outcome(message) for message in islice(messages, BATCH_MESSAGES)]
            if not outcomes:
                return
            batch = _batch(outcomes, source, room)
            room -= len(batch.rejects)
            yield batch


LOADER = MailLoader()


class _Desk:
    """Decides about one message after the other; knows the ids that were loaded."""

    def __init__(self, source: Source) -> None:
        self._own = tuple(domain.lower().lstrip("@.") for domain in source.own_domains)
        self._zone = zone(source.roles)
        self._attributes = attributes(source.roles)
        self._loaded: set[bytes] = set()

    def outcome(self, message: RawMessage) -> _Outcome:
        """What becomes of a message: an event, or why not."""
        if message.fault is not None:
            return Reject(message.number, message.fault, message.reason, None, message.line)
        headers = Headers(message.headers)
        identity = headers.plain("Message-ID").strip("<> ")
        # Fixed-size digests keep the memory small; the text of an id often names its sender.
        digest = blake2b(identity.encode(), digest_size=16).digest() if identity else b""
        if digest in self._loaded:
            return _Repeated()
        outcome = self._considered(message, headers)
        if digest and not isinstance(outcome, Reject):
            self._loaded.add(digest)
        return outcome

    def _considered(self, message: RawMessage, headers: Headers) -> _Outcome:
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
        return _Mail(customer, label, time, zoned, kept)

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
) -> tuple[int | Code, _Zoned]:
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
    return wrong, _Zoned.YES


def _utc(stated: Stamp, zone: ZoneInfo | None) -> tuple[int, _Zoned]:
    """A skipped hour counts on from before the change, a doubled hour is the later one."""
    offset, zoned = stated.offset, _Zoned.YES
    if offset is None:
        earlier = later = timedelta(0)
        if zone is not None:
            earlier = stated.local.replace(tzinfo=zone).utcoffset() or earlier
            later = stated.local.replace(tzinfo=zone, fold=1).utcoffset() or later
        offset = min(earlier, later)
        zoned = _Zoned.NAIVE
        if earlier != later:
            zoned = _Zoned.DOUBLED if earlier > later else _Zoned.SKIPPED
    return (stated.local - _EPOCH - offset) // timedelta(microseconds=1), zoned


def _batch(outcomes: list[_Outcome], source: Source, room: int) -> RawBatch:
    from cjmine.loaders.touchpoints import Touchpoints

    mails = [outcome for outcome in outcomes if isinstance(outcome, _Mail)]
    rejects = [outcome for outcome in outcomes if isinstance(outcome, Reject)]
    # One set of rules a batch: what it remembers of subjects goes with it.
    rules = Touchpoints(source.rules, source.name, _default_activity)
    activity = rules.map(pa.array([mail.label for mail in mails], pa.string()))
    wanted = activity.is_valid()
    columns = {
        CUSTOMER: pa.array([mail.customer for mail in mails], pa.string()),
        ACTIVITY: activity,
        TIME: pa.array([mail.time for mail in mails], pa.int64()),
    }
    names = ([CHANNEL] if source.roles.channel_column else []) + list(source.roles.keep)
    for place, name in enumerate(names):
        values = pa.array([mail.attributes[place] for mail in mails], pa.string())
        columns[name] = values.dictionary_encode()
    events = pa.RecordBatch.from_arrays(list(columns.values()), names=list(columns)).filter(wanted)
    seen = np.array([mail.zoned for mail in mails], dtype=np.int64)
    clock = np.bincount(seen[wanted.to_numpy(zero_copy_only=False)], minlength=len(_Zoned))
    counts = {
        reason: sum(1 for outcome in outcomes if outcome is reason)
        for reason in (LeftOut.BOT, LeftOut.NOBODY)
    }
    counts[LeftOut.RULE] = len(mails) - events.num_rows
    return RawBatch(
        events,
        read=len(outcomes),
        rejected=len(rejects),
        duplicate=sum(isinstance(outcome, _Repeated) for outcome in outcomes),
        rejects=tuple(rejects[:room]),
        filtered=tuple(Filtered(reason, count) for reason, count in counts.items() if count),
        clock=Clock(
            naive=int(clock[1:].sum()),
            zoned=int(clock[_Zoned.YES]),
            skipped_hour=int(clock[_Zoned.SKIPPED]),
            doubled_hour=int(clock[_Zoned.DOUBLED]),
        ),
    )


def _default_activity(label: str) -> str:
    return SENT if label.startswith("out: ") else RECEIVED
