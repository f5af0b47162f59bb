"""Network addresses in one spelling, however a server or a balancer wrote them.

A port is of a connection and not of a client, and a list such as that of X-Forwarded-For names
the client first and then the proxies on the way. So both are taken off before an address becomes
a token; else each connection would be a customer.
"""

from __future__ import annotations

import ipaddress
import re

_PART = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
# An expression of addresses that are in their one spelling already, for whole columns.
PLAIN_ADDRESS = rf"^(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]\d?)(?:\.{_PART}){{3}}$"
_FORWARDED = re.compile(r"(?i)\bfor\s*=\s*(\"[^\"]*\"|[^;,\s]+)")
_WITH_PORT = re.compile(r"\[([^\]]+)\](?::\w+)?|([^:]+):\d{1,5}")
_PADDED = re.compile(r"\d{3}(?:\.\d{3}){3}")
_LOOKS_LIKE_ONE = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|:.*:|(?i:\bfor\s*=)")
_NAME = re.compile(r"(?i)(?=[^.]*[a-z]|.*\.[^.]*[a-z])[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?")
_PROXY = re.compile(r"-?|[\w.-]+(?::\d{1,5})?|\[[\w:]*\]")  # a name, "unknown" or nothing
_INSIDE = tuple(
    map(
        ipaddress.ip_network,
        (
            *("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8"),
            *("169.254.0.0/16", "fc00::/7", "fe80::/10", "::1/128"),
        ),
    )
)
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def address_of(text: str) -> str | None:
    """The client's address in its one spelling; None where the text does not begin with one.

    Of a list the first address on the public network counts, else the first: a proxy puts the
    address of a client inside a company in front, which many companies use alike.

    >>> address_of("203.0.113.5:33453, 172.16.0.1:49770"), address_of("[2001:DB8::7]:5123")
    ('203.0.113.5', '2001:db8::7')
    >>> address_of('for="[2001:db8::7]:47";proto=https, for=10.0.0.1')
    '2001:db8::7'
    >>> address_of("unknown, 10.0.0.1")
    """
    if _LOOKS_LIKE_ONE.search(text) is None:
        return None
    text = text.replace("%20", " ")  # as content networks write a blank
    entries = _FORWARDED.findall(text) or re.split(r"[,\s+]+", text.strip(" \t+;\"'()"))
    found = [_address(entry) for entry in entries]
    several = "," in text or _FORWARDED.search(text) is not None
    odd = [one for one, is_it in zip(entries, found, strict=True) if is_it is None]
    if found[0] is None or found[0].is_unspecified or (odd and not several):
        return None
    if not all(map(_PROXY.fullmatch, odd)):
        return None
    outside = (one for one in found if one and not any(one in inside for inside in _INSIDE))
    return str(next(outside, found[0]))


def hides_its_client(text: str) -> bool:
    """Whether a list of addresses begins with none: what follows are proxies of many.

    >>> hides_its_client("unknown, 10.0.0.1"), hides_its_client("Jansen, J.")
    (True, False)
    """
    first, comma, rest = text.replace("%20", " ").partition(",")
    is_hidden = first.strip(" \"'(").lower() in ("unknown", "-", "")
    return bool(comma) and is_hidden and address_of(rest) is not None


def client_of(text: str) -> str | None:
    """A client as a server knows it: an address or the name of a host; None for anything else.

    >>> client_of("PC12.isp.example."), client_of("203.0.113.5:80"), client_of("<133>Dec")
    ('pc12.isp.example', '203.0.113.5', None)
    """
    address = address_of(text)
    if address is not None:
        return address
    name = text.strip().rstrip(".")
    return name.lower() if _NAME.fullmatch(name) and len(name) < 254 else None


def _address(entry: str) -> Address | None:
    text = entry.strip(" \t\"'")
    port = _WITH_PORT.fullmatch(text)
    if port is not None:
        text = port[1] or port[2]
    text = re.sub(r"%.*$", "", text.removesuffix("/32").removesuffix("/128"))
    if _PADDED.fullmatch(text):
        text = ".".join(str(int(part)) for part in text.split("."))
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
