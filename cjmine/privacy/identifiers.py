"""Spelling variants of one identifier meet, different identifiers do not: one rule a kind.

Works on distinct values. A value that cannot be an identifier of its kind (an internal extension
as a phone number, a robot sender) becomes None: its events stay, unlinked and counted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from cjmine.columns import array, mask
from cjmine.loaders.addresses import PLAIN_ADDRESS, address_of, client_of, hides_its_client
from cjmine.loaders.null_words import MAY_BE_NOBODY, is_nobody
from cjmine.loaders.rounded import is_rounded
from cjmine.sources import Identifier, Kind

_ADDRESS = re.compile(r"<([^<>]*)>\s*$")
_PHONE_NOISE = re.compile(
    r"^(?:tel:|sip:)|@.*$|^(?:\*31\*|#31#)|\(0\)(?=\s*\d)|[\s\-./()\u2010-\u2015]"
)
_NO_LOCAL = re.compile(r"[\s,;:@<>()\"]|^'")
_NO_DOMAIN = re.compile(r"[\s,;()<>\[\]\"']|\.\.|^\.")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_COMMENT = re.compile(r"\s*\([^()]*\)$")
_REWRITTEN = re.compile(
    r"srs[01][=+-](?:[^=]+=[^=]+=[=+-])?[^=]+=[^=]+=(?P<domain>[^=@]+\.[^=@]+)=(?P<srs>.+)"
    r"|prvs=[^=]+=(?P<prvs>.+)|btv1==[^=]+==(?P<btv>.+)"
)
_ROBOT = re.compile(
    r"(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|mailer-daemon|postmaster|bounces?)(?:[-+=].*)?|owner-.*"
)
_TWO_NUMBERS = re.compile(r";[\s+(]*\d")
# What a spreadsheet is given so that it keeps a number as it is: ="00123", '00123.
_KEPT_AS_TEXT = re.compile(
    r"=\s*(?:T\()?\"(?P<formula>[^\"]*)\"\)?|'(?P<text>.*?)'?|\"(?P<quoted>.*)\"", re.DOTALL
)
# Three zeros behind one to three digits may be thousands: 10.000 is not 10.
_WHOLE = re.compile(r"([+-]?\d{1,15})[.,](?:0{1,2}|0{4,}|(?<=\d{4}[.,])000)")
_NO_NUMBER = frozenset((Kind.COOKIE, Kind.EMAIL, Kind.IP, Kind.PHONE))
_CODED = re.compile(r"[\w=+/-]*[A-Za-z][\w=+/-]*")  # an address that was hashed
# One written in capitals or in brackets is the same (RFC 9562).
_UUID = re.compile(
    r"(?:urn:uuid:)?[{(]?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})[)}]?", re.IGNORECASE
)
_ODD = (
    r"^[='\"]|^[+-]?\d+[.,]0+$|[eE][+-]?\d+|\d{16,}[.,]0|\d\.\d+\.\d+\.\d|:.*:|for\s*="
    r"|^(?i:urn:uuid:)|^[{(]|^[0-9A-Fa-f-]*[A-F][0-9A-Fa-f-]*-[0-9A-Fa-f]{12}$"
    r"|[\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}\x{feff}]"
)


def normalise(identifier: Identifier, values: Iterable[str]) -> list[str | None]:
    """Bring each raw value into the one spelling of its kind; None where it is not usable.

    >>> normalise(Identifier("tel", Kind.PHONE, "NL"), ["06-12345678", "0031 6 12345678", "1234"])
    ['+31612345678', '+31612345678', None]
    >>> normalise(Identifier("customer"), ['="00123"', "10023.0", "3,16123E+10"])
    ['00123', '10023', None]
    """
    rule = _rule(identifier)
    return [rule(_cell(value)) if not is_rounded(value) else None for value in values]


def normal_column(identifier: Identifier, values: pa.Array) -> list[str | None]:
    """The same for a column of text; kinds without a form of their own are done all at once."""
    if identifier.kind in (Kind.PHONE, Kind.EMAIL) or identifier.width is not None:
        return normalise(identifier, values.to_pylist())
    if identifier.kind is Kind.IP:
        names: list[str | None] = values.to_pylist()
        odd = np.flatnonzero(~mask(pc.match_substring_regex(values, PLAIN_ADDRESS)))
        return _with_normal(identifier, names, odd)
    trimmed = pc.utf8_normalize(pc.utf8_trim_whitespace(values), "NFC")
    odd = np.flatnonzero(mask(pc.match_substring_regex(trimmed, _ODD)))
    names = _with_normal(identifier, trimmed.to_pylist(), odd)
    return names if array(pc.binary_length(trimmed)).all() else [name or None for name in names]


def _with_normal(
    identifier: Identifier, names: list[str | None], odd: npt.NDArray[np.intp]
) -> list[str | None]:
    """The same names, those at some places in the spelling of their kind."""
    places = odd.tolist()
    normal = normalise(identifier, (names[place] or "" for place in places))
    for place, name in zip(places, normal, strict=True):
        names[place] = name
    return names


def placeholders_among(values: pa.Array) -> frozenset[str]:
    """The values that mean "no customer" (NA, unknown, -, ...).

    >>> sorted(placeholders_among(pa.array(["K-1", " NA ", "Onbekend"])))
    [' NA ', 'Onbekend']
    """
    may = pc.match_substring_regex(values, MAY_BE_NOBODY)
    return frozenset(filter(is_nobody, values.filter(may).to_pylist()))


def _cell(value: str) -> str:
    """A value as it was before a spreadsheet or a copy got at it."""
    before = None
    value = _INVISIBLE.sub("", value).strip()
    while before != value:
        before = value
        found = _KEPT_AS_TEXT.fullmatch(value)
        if found is not None:
            value = next(part for part in found.groups() if part is not None).strip()
    return value


def _rule(identifier: Identifier) -> Callable[[str], str | None]:
    match identifier.kind:
        case Kind.PHONE:
            return _phone_rule(identifier.region)
        case Kind.EMAIL:
            return _email
        case Kind.IP:
            return _ip
        case _ if identifier.width is not None:
            return _number_rule(identifier.width)
        case kind:
            return _text if kind in _NO_NUMBER else _number_or_text


def _text(value: str) -> str | None:
    trimmed = value.strip()
    text = trimmed if trimmed.isascii() else unicodedata.normalize("NFC", trimmed)
    if not text or text.replace(".", "").isdigit():
        return text or None
    if (uuid := _UUID.fullmatch(text)) is not None:
        return uuid[1].lower()
    return None if hides_its_client(text) else address_of(text) or text


def _number_or_text(value: str) -> str | None:
    """A whole number without the fraction that a program gave it; else the text."""
    whole = _WHOLE.fullmatch(value.strip())
    return whole[1] if whole else _text(value)


def _number_rule(width: int) -> Callable[[str], str | None]:
    """Numbers of a declared width: without gaps, in capitals, with the zeros that were lost.

    A number that is longer even without its leading zeros is not of that width.
    """

    def rule(value: str) -> str | None:
        whole = _WHOLE.fullmatch(value.strip())
        number = re.sub(r"[\s.\-]", "", whole[1] if whole else value)
        number = unicodedata.normalize("NFC", number).upper().lstrip("0")
        return number.zfill(width) if number and len(number) <= width else None

    return rule


def _email(value: str) -> str | None:
    """An address as people write it; None for robots, and for what is not one address."""
    found = _ADDRESS.search(value)
    address = _INVISIBLE.sub("", unicodedata.normalize("NFC", found[1] if found else value)).lower()
    address = _COMMENT.sub("", address.strip().strip("'")).strip()
    if address.startswith("mailto:"):
        address = address.removeprefix("mailto:").partition("?")[0]
    local, _, domain = address.rstrip(".").rpartition("@")
    while (rewritten := _REWRITTEN.fullmatch(local)) is not None:
        domain = rewritten["domain"] or domain
        local = rewritten["srs"] or rewritten["prvs"] or rewritten["btv"]
    domain = ".".join(map(_readable, domain.split(".")))
    if not local or "." not in domain or _NO_LOCAL.search(local) or _NO_DOMAIN.search(domain):
        return None
    return None if _ROBOT.fullmatch(local) else f"{local}@{domain}"


def _readable(part: str) -> str:
    """A part of a domain in letters, where it is encoded in ASCII."""
    if not part.startswith("xn--"):
        return part
    try:
        read = unicodedata.normalize("NFC", part[4:].encode("ascii").decode("punycode")).lower()
    except UnicodeError:
        return part
    return read if read.replace("-", "").isalnum() else part


def _ip(value: str) -> str | None:
    """An address in its one spelling, or the name of a host; None for a network, which is many."""
    address = address_of(value)
    if address is not None:
        return address
    return client_of(value) or (_text(value) if _CODED.fullmatch(value) else None)


def _phone_rule(region: str | None) -> Callable[[str], str | None]:
    """Phone numbers in E.164; numbers without a country need the declared region.

    Without a region such numbers are only stripped of their punctuation: they meet each other, not
    their international spelling.
    Service numbers and extensions are not valid subscriber numbers and are not linked on.
    """
    import phonenumbers

    subscriber = {
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
        phonenumbers.PhoneNumberType.VOIP,
        phonenumbers.PhoneNumberType.PERSONAL_NUMBER,
    }

    def rule(value: str) -> str | None:
        digits = value.strip()
        if _TWO_NUMBERS.search(digits):
            return None
        if (whole := _WHOLE.fullmatch(digits)) is not None:
            digits = whole[1]
        previous = None
        while previous != digits:
            previous, digits = digits, _PHONE_NOISE.sub("", digits)
        if digits.startswith("00"):
            digits = "+" + digits[2:]
        if region is None and not digits.startswith("+"):
            return digits if re.fullmatch(r"\d{8,15}", digits) else None
        try:
            number = phonenumbers.parse(digits, region)
        except phonenumbers.NumberParseException:
            return None
        if not phonenumbers.is_valid_number(number):
            return None
        if phonenumbers.number_type(number) not in subscriber:
            return None
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    return rule
