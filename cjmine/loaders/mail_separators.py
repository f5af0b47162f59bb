"""The lines between the messages of a mailbox, and lines of bodies that look like them.

Programs write "From ADDRESS DATE" after a blank line; some write "From " alone, "From -", or leave
the blank line out. Such a line begins a message where the headers of a mail follow it. Patches of
git begin with "From COMMIT Mon Sep 17 00:00:00 2001", and are quoted in bodies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_ENVELOPE = re.compile(
    rb'From +(?:"[^"]{0,300}"@)?\S{1,320} +'
    rb"((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) +"
    rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +\d{1,2} +\d{1,2}:\d\d(?::\d\d)?"
    rb"(?: +(?:[A-Z]{1,5}|[+-]\d{4})){0,2} +\d{4}(?: +(?:[A-Z]{1,5}|[+-]\d{4}))?)\s*"
)
_BARE = re.compile(rb"From *(?:-|\S{1,200}@\S{1,200}|MAILER-DAEMON)?\s*")
_OF_GIT = re.compile(rb"From [0-9a-f]{7,64} Mon Sep 17 00:00:00 2001\s*")
_HEADER = re.compile(rb"([!-9;-~]{1,200}):[ \t\r]|([!-9;-~]{1,200}):$")
_OF_MAIL = frozenset(
    (
        *("from", "to", "cc", "date", "subject", "received", "message-id", "return-path"),
        *("reply-to", "delivered-to", "mime-version", "sender", "content-type", "x-mozilla-status"),
        *("x-gmail-labels", "x-gm-thrid", "in-reply-to", "references", "x-uidl", "status"),
        *("dkim-signature", "authentication-results"),
    )
)
LOOKED_AHEAD = 60  # lines


def envelope_time(line: bytes) -> str | None:
    """The time in a line that separates messages; None if it is not such a line.

    >>> envelope_time(b"From a@example.nl Tue Aug  8 12:36:29 2023")
    'Tue Aug  8 12:36:29 2023'
    >>> envelope_time(b"From here on it breaks") is None
    True
    """
    found = _ENVELOPE.fullmatch(line)
    return found[1].decode("ascii") if found else None


def is_bare(line: bytes) -> bool:
    """Whether a line is a separator without its date.

    >>> is_bare(b"From "), is_bare(b"From -"), is_bare(b"From now on")
    (True, True, False)
    """
    return _BARE.fullmatch(line) is not None


def is_of_git(line: bytes) -> bool:
    """Whether a line begins a patch of git, whose date is the same in every patch."""
    return _OF_GIT.fullmatch(line) is not None


def header_name(line: bytes) -> str | None:
    """The name in a line of the shape `Name: value`; None if it has another shape."""
    found = _HEADER.match(line)
    return (found[1] or found[2]).decode("ascii") if found else None


def headers_follow(lines: Iterable[bytes | None]) -> bool:
    """Whether lines begin with the headers of a mail: two that mails have, and no text between."""
    names: set[str] = set()
    for line in lines:
        if line is not None and names and line[:1] in (b" ", b"\t"):
            continue
        name = None if line is None else header_name(line)
        if name is None:
            break
        names.add(name.lower())
    return len(names & _OF_MAIL) >= 2
