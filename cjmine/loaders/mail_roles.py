"""The roles of a mail, which its format gives, and whether a file is a mailbox at all."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.head import Head
from cjmine.loaders.mail_headers import first_lines
from cjmine.loaders.mail_separators import header_name, is_bare
from cjmine.loaders.times import known_zone
from cjmine.sources import Identifier, Kind, Roles, Source, TimeColumn

RECEIVED, SENT = "Mail received", "Mail sent"


def attributes(roles: Roles) -> tuple[str, ...]:
    """The headers to keep, the channel first."""
    return ((roles.channel_column,) if roles.channel_column else ()) + roles.keep


def zone(roles: Roles) -> ZoneInfo | None:
    """The zone of dates that name none; None where none is declared."""
    if roles.time is None or roles.time.zone is None:
        return None

    return ZoneInfo(known_zone(roles.time.zone))


def settled(source: Source) -> Roles:
    """The roles of a mail; what was declared must agree. Raises DataError L106."""
    declared = source.roles
    fixed = (
        ("customer", "From", declared.customer.column if declared.customer else None),
        ("activity", "Subject", declared.activity),
        ("case", "Thread", declared.case),
        *(("link", "", link.column) for link in declared.links),
        *(("time", "Date", column) for column in (declared.time.columns if declared.time else ())),
    )
    problems = [
        Problem(
            Code.COLUMN_MISSING,
            f'a mail has no column "{column}" for the {role}',
            Place(source.label),
            remedy=f"leave the {role} out: mail needs no such declaration",
        )
        for role, header, column in fixed
        if column and column.lower() != header.lower()
    ]
    if problems:
        raise DataError(*problems)
    by_column = declared.channel_column
    return Roles(
        time=TimeColumn(("Date",), zone=declared.time.zone if declared.time else None),
        activity="Subject",
        case=declared.case and "Thread",
        customer=declared.customer or Identifier("From", Kind.EMAIL),
        channel=declared.channel or (None if by_column else "mail"),
        channel_column=by_column,
        keep=declared.keep,
    )


def mail_activity(label: str) -> str:
    """What a mail is that no rule names, by the direction in front of its subject."""
    return SENT if label.startswith("out: ") else RECEIVED


def check_is_mail(head: Head) -> None:
    """Raise DataError L103 or L122 where a file does not begin as a mailbox or a message does."""
    lines = first_lines(head.first)
    if not lines:
        raise DataError(Problem(Code.FILE_EMPTY, "the file holds no mail", Place(head.label)))
    if (
        not lines[0].startswith((b"From ", b">From "))
        and not is_bare(lines[0])
        and header_name(lines[0]) is None
    ):
        raise DataError(
            Problem(
                Code.LOG_FORMAT,
                "the file begins neither with an envelope line nor with the headers of a mail",
                Place(head.label, 1),
                remedy="export the mailbox as mbox, or single messages as .eml",
            )
        )
