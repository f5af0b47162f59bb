"""What is in front of the time in a line of an access log: client, user, and further fields.

The Common format has `client ident user`. Servers put the name of the virtual host, a relay puts
its own time and name, and balancers put the list of X-Forwarded-For in front. Whatever is there,
a part is the client only where that is plain; a name of a server as the client would make one
customer of all visitors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# The usual one, for whole columns: a virtual host, an address, and a user without blanks.
USUAL_FRONT = (
    r"^(?P<forwarded>[A-Za-z_][\w-]*(?:\.[\w-]+)*(?::\d{1,5})?)"
    r" (?P<host>(?:\d{1,3}\.){3}\d{1,3}) - (?P<user>\S+)$"
)
# A relay (syslog, journal, containers): priority, time, and its name and program with a colon.
_RELAYED = re.compile(
    r"(?:<\d{1,3}>)?(?:\d )?"
    r"(?:[A-Z][a-z]{2} [ \d]\d (?:\d{4} )?\d\d:\d\d:\d\d|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*)\s+"
    r"(?:std(?:out|err) [FP] |(?:\S+ )?[\w./-]+(?:\[[\w.]+\])?: "
    r"|\S+ [\w./-]+ \S+ \S+ (?:-|\[.*?\]) \ufeff?(?=\S+ \S+ ))?"
)
_PART = re.compile(r'"[^"]*",?|\([^()]*\),?|\S+')
_SERVER = re.compile(
    r"[A-Za-z0-9_](?:[\w.-]*[A-Za-z][\w.-]*):\d{1,5}"  # a name with a port
    r"|(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9A-Fa-f:.]+\]):(?:80|443|8\d{3})"
)
_ADDRESS = re.compile(
    r"\[?(?:(?:\d{1,3}\.){3}\d{1,3}|(?=[^:]*:[^:]*:)[0-9A-Fa-f:]+(?:\.\d{1,3}){0,3}(?:%\w+)?)\]?(?::\d+)?"
)


@dataclass(frozen=True, slots=True)
class LineFront:
    """The parts of one front; None where a part is not there.

    `forwarded` is what is in front of the host: with several addresses, the first is that of the
    client if it is the list of X-Forwarded-For. `is_plain` says that the host is the client.
    """

    host: str | None
    user: str | None
    forwarded: str | None = None
    is_plain: bool = True


def line_front(front: str) -> LineFront | None:
    """Take the text in front of the time apart; None where it has no client, ident and user.

    >>> line_front("203.0.113.5 - jan jansen")
    LineFront(host='203.0.113.5', user='jan jansen', forwarded=None, is_plain=True)
    >>> line_front("<133>Dec 23 15:31:15 web05 acc 203.0.113.21 - -").host
    '203.0.113.21'
    >>> line_front("203.0.113.5, 10.0.0.1 127.0.0.1 - -").is_plain
    False
    """
    relayed = _RELAYED.match(front)
    found = _joined(_PART.findall(front[relayed.end() :] if relayed else front))
    # The ident is a dash nowadays: what is before it is in front, and what is behind is the user.
    ident = next((place for place, part in enumerate(found) if part == "-" and place), None)
    if len(found) == 3 and ident != 1:
        return None if is_address(found[1]) else _of(found[:1], found[2])
    if ident is None or ident + 1 == len(found):
        return None
    user = found[ident + 1 :]
    if user[0] == "-" and len(user) > 1:  # the client itself is a dash
        return _of(found[: ident + 1], " ".join(user[1:]))
    return _of(found[:ident], " ".join(user))


def is_address(part: str) -> bool:
    """Whether a part of a line looks like a network address, with or without a port.

    >>> is_address("203.0.113.5:33453"), is_address("2001:db8::7"), is_address("15:31:15")
    (True, True, False)
    """
    return _ADDRESS.fullmatch(part) is not None and (
        "." in part or "::" in part or part.count(":") >= 7
    )


def _joined(parts: list[str]) -> list[str]:
    """The same parts with lists as one: what ends in a comma goes on."""
    found: list[str] = []
    goes_on = False
    for part in parts:
        if goes_on:
            found[-1] += " " + part
        else:
            found.append(part)
        goes_on = part.endswith(",")
    return found


def _of(front: list[str], user: str) -> LineFront:
    host, before = front[-1], front[:-1]
    forwarded = before[0] if before else None
    servers = all(map(_SERVER.fullmatch, before))
    if not before:
        plain = _SERVER.fullmatch(host) is None or is_address(host)
    elif servers:
        plain = True
    else:
        first = re.split(r"[,\s]", host.strip('"( '))[0]
        plain = is_address(first) and not any(map(_is_list_or_address, before))
    return LineFront(_without_dash(host), _without_dash(user), _without_dash(forwarded), plain)


def _is_list_or_address(part: str) -> bool:
    """Whether a part may be a list of addresses, or a dash for none."""
    if part == "-" or "," in part:
        return True
    inside = re.split(r"[\s\"();]+", part)
    return _SERVER.fullmatch(part) is None and any(map(is_address, inside))


def _without_dash(part: str | None) -> str | None:
    return None if part is None or not part.strip('-" ') else part
