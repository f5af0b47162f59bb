"""E-mail: a mailbox in one file (mbox, also packed with gzip), or a single message. Headers only.

One message is one event. The customer is the address on the other side: of a received mail the
sender (of a web form, which the organisation sends to itself, the Reply-To address), of a sent
mail the first recipient outside the organisation, in To, then in Cc. Further recipients are not
further events, so that a record counts once. Subjects are shown to the touchpoint rules and
never kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
import pyarrow as pa

from cjmine.columns import numbers, some_strings
from cjmine.loaders.batch import (
    ACTIVITY,
    CASE,
    CHANNEL,
    CUSTOMER,
    DELIVERY,
    TIME,
    VERSION,
    Filtered,
    LeftOut,
    RawBatch,
    Reject,
)
from cjmine.loaders.batch_maker import BatchMaker, ClockMarks, Decided, Rows
from cjmine.loaders.files import Chunks
from cjmine.loaders.head import Head
from cjmine.loaders.loader import Inspection, Opened, Recognition, RoleFound
from cjmine.loaders.mail_headers import Headers, first_lines, leading_names, split
from cjmine.loaders.mail_reader import Mail, MailReader, Outcome, Repeated
from cjmine.loaders.mail_roles import RECEIVED, SENT, check_is_mail, mail_activity, settled
from cjmine.loaders.mail_separators import envelope_time, headers_follow, is_bare
from cjmine.loaders.mail_times import Zoned
from cjmine.loaders.roles import masked
from cjmine.loaders.touchpoints import Touchpoints, touchpoints_of
from cjmine.loaders.unpacking import look_ahead
from cjmine.sources import Source

BATCH_MESSAGES = 1 << 15
_WELL_KNOWN = frozenset(
    (
        "From", "To", "Cc", "Date", "Subject", "Received", "Message-ID", "Message-Id",
        "Return-Path", "Reply-To", "Delivered-To", "MIME-Version", "Mime-Version",
    )
)  # fmt: skip


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
        if lines and is_bare(lines[0]) and headers_follow(lines[1:]):
            return Recognition(0.95, "begins with a separator of a mailbox and headers of a mail")
        names = leading_names(lines)
        known = [name for name in dict.fromkeys(names) if name in _WELL_KNOWN]
        if len(known) < 2:
            return None
        return Recognition(0.9, f"begins with the headers of a mail ({', '.join(known[:3])})")

    def open(self, source: Source, head: Head) -> Opened:
        """The roles are given by the format; the first message serves as a masked sample."""
        check_is_mail(head)
        look_ahead(source.path, source.label, head.most_bytes)
        message = next(iter(split([head.first])))
        headers = Headers(message.headers)
        roles = settled(source)
        direction = (
            f"the other side of mail from or to {', '.join(source.extras.own_domains)}"
            if source.extras.own_domains
            else "the sender: no own domains are declared, so every mail counts as received"
        )
        mailbox = message.envelope is not None or is_bare(first_lines(head.first)[0])
        inspection = Inspection(
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
            frozenset(("customer", "time", "activity")),
        )
        return Opened(inspection, read_mail)


LOADER = MailLoader()


def read_mail(source: Source) -> Iterator[RawBatch]:
    """Stream the messages; those that cannot be events are counted, never a stop."""
    reader, maker = MailReader(source), BatchMaker()
    touchpoints = touchpoints_of(source, mail_activity)
    pieces = Chunks(source)
    messages = split(pieces)
    while outcomes := [reader.outcome(message) for message in islice(messages, BATCH_MESSAGES)]:
        yield replace(maker.make(_rows(outcomes, source, touchpoints)), through=pieces.through)
        touchpoints.forget()  # subjects are not kept longer than a batch


def _rows(outcomes: list[Outcome], source: Source, touchpoints: Touchpoints) -> Rows:
    """The mails among some outcomes as rows; the others are decided already."""
    mails = [outcome for outcome in outcomes if isinstance(outcome, Mail)]
    columns = {
        CUSTOMER: some_strings([mail.customer for mail in mails]),
        ACTIVITY: touchpoints.map(some_strings([mail.label for mail in mails])),
        TIME: numbers(np.array([mail.time for mail in mails], np.int64)),
        DELIVERY: numbers(np.array([mail.delivery for mail in mails], np.uint64)),
        VERSION: numbers(np.zeros(len(mails), np.int64)),
    }
    if source.roles.case is not None:
        columns[CASE] = some_strings([mail.thread for mail in mails])
    names = ([CHANNEL] if source.roles.channel_column else []) + list(source.roles.keep)
    for place, name in enumerate(names):
        values = some_strings([mail.attributes[place] for mail in mails])
        columns[name] = values.dictionary_encode()
    zoned = np.array([mail.zoned for mail in mails], np.int64)
    left_out = Counter(outcome for outcome in outcomes if isinstance(outcome, LeftOut))
    return Rows(
        pa.RecordBatch.from_pydict(columns),
        clock=ClockMarks(
            zoned == Zoned.YES,
            skipped_hour=zoned == Zoned.SKIPPED,
            doubled_hour=zoned == Zoned.DOUBLED,
            redated=np.array([mail.redated for mail in mails], bool),
        ),
        decided=Decided(
            rejects=tuple(outcome for outcome in outcomes if isinstance(outcome, Reject)),
            duplicate=sum(isinstance(outcome, Repeated) for outcome in outcomes),
            filtered=tuple(
                Filtered(reason, left_out[reason]) for reason in LeftOut if left_out[reason]
            ),
        ),
    )
