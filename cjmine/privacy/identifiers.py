"""Spelling variants of one identifier meet, different identifiers do not: one rule a kind.

Works on distinct values. A value that cannot be an identifier of its kind (an internal extension
as a phone number, a robot sender) becomes None: its events stay, unlinked and counted.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Callable, Iterable

import pyarrow as pa
import pyarrow.compute as pc

from cjmine.columns import array, strings
from cjmine.sources import Identifier, Kind

PLACEHOLDERS = (
    *("na", "n/a", "n.a.", "nan", "null", "none", "nil", "undefined"),
    *("-", "--", "?", "unknown", "onbekend", "anonymous", "anoniem"),
)
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
_EXCEL_FLOAT = re.compile(r"^\d+\.0$")
_EXCEL_POWER = re.compile(r"(?i)\d(?:[.,]\d+)?E\+\d+")


def normalise(identifier: Identifier, values: Iterable[str]) -> list[str | None]:
    """Bring each raw value into the one spelling of its kind; None where it is not usable.

    >>> normalise(Identifier("tel", Kind.PHONE, "NL"), ["06-12345678", "0031 6 12345678", "1234"])
    ['+31612345678', '+31612345678', None]
    """
    rule = _rule(identifier)
    return [rule(value) for value in values]


def normal_column(identifier: Identifier, values: pa.Array) -> list[str | None]:
    """The same for a column of text; kinds without a form of their own are done all at once."""
    if identifier.kind in (Kind.PHONE, Kind.EMAIL, Kind.IP) or identifier.width is not None:
        return normalise(identifier, values.to_pylist())
    trimmed = pc.utf8_normalize(pc.utf8_trim_whitespace(values), "NFC")
    names: list[str | None] = trimmed.to_pylist()
    return names if array(pc.binary_length(trimmed)).all() else [name or None for name in names]


def placeholders_among(values: pa.Array) -> frozenset[str]:
    """The values that mean "no customer" (NA, unknown, -, ...).

    >>> sorted(placeholders_among(strings(["K-1", " NA ", "Onbekend"])))
    [' NA ', 'Onbekend']
    """
    folded = pc.utf8_lower(pc.utf8_trim_whitespace(values))
    return frozenset(values.filter(pc.is_in(folded, value_set=strings(PLACEHOLDERS))).to_pylist())


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
        case _:
            return _text


def _text(value: str) -> str | None:
    trimmed = value.strip()
    return (trimmed if trimmed.isascii() else unicodedata.normalize("NFC", trimmed)) or None


def _number_rule(width: int) -> Callable[[str], str | None]:
    """Numbers of a declared width: without gaps, in capitals, with the zeros that were lost.

    A number that is longer even without its leading zeros is not of that width. Nor is
    one that a spreadsheet wrote as a power of ten: it has lost digits.
    """

    def rule(value: str) -> str | None:
        if _EXCEL_POWER.fullmatch(value.strip()):
            return None
        number = re.sub(r"[\s.\-]", "", value[:-2] if _EXCEL_FLOAT.match(value.strip()) else value)
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
    try:
        address = ipaddress.ip_address(value.strip().strip("[]"))
    except ValueError:
        return _text(value)
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)


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
        if _EXCEL_FLOAT.match(digits):
            digits = digits[:-2]
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
