"""The gate on what leaves: no label of a log may look like a person's address or number.

A log holds tokens, times and labels, nothing else; tokens hold no digit. So a label is the one
place where a person could slip through, and every distinct label is looked at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import unquote

from cjmine.errors import Code, Place, PrivacyError, Problem

_EMAIL = re.compile(r"[\w.%+-]@\w[\w.-]*\.[^\W\d_]{2}")
_GAP = r"[\s./()\u2010-\u2015-]"
# Dates and fractions are no numbers of subscribers.
_NO_DATE = r"(?<!\d[.,/-])(?!\d\d[./ -]\d\d[./ -](?:19|20)\d\d(?!\d))"
_PHONE = re.compile(
    rf"(?<![\w.])(?:(?:\+\d|00\d{{2}}){_GAP}{{0,3}}\d(?:{_GAP}{{0,3}}\d){{6,12}}"
    rf"|{_NO_DATE}\(?0\d(?:{_GAP}{{0,3}}\d){{8}})(?!\w|\.\w)"
)
_IBAN = re.compile(r"(?<![^\W_])[A-Za-z]{2}\d\d(?:[ -]?[A-Za-z0-9]){11,30}")
_IBAN_LENGTHS = {
    country: length
    for length, countries in {
        15: "NO", 16: "BE", 18: "DK FI FO NL", 19: "MK SI", 20: "AT BA EE LT LU XK",
        21: "CH HR LI LV", 22: "BG DE GB GE IE ME RS", 23: "GI IL", 24: "AD CZ ES MD RO SA SE SK",
        25: "PT", 26: "IS TR", 27: "FR GR IT MC SM", 28: "AL CY HU PL", 29: "UA", 31: "MT",
    }.items()
    for country in countries.split()
}  # fmt: skip

# Nine digits alone prove nothing: that one is a citizen service number (BSN) has to be said.
_BSN = re.compile(
    r"(?i)(?<![^\W\d_])(?:bsn|burgerservicenummer|sofi-?nummer)[\W_]{0,3}"
    r"(?:nr|nummer|is|van)?[\W_]{0,3}\d(?:[ .-]?\d){7,8}(?!\d)"
)


def looks_personal(label: str) -> str | None:
    """What a label looks like if it may identify a person, else None.

    >>> looks_personal("Mail to j.jansen@example.nl"), looks_personal("Moving page")
    ('an e-mail address', None)
    """
    text = unicodedata.normalize("NFKC", unquote(label) if "%" in label else label)
    if _EMAIL.search(text):
        return "an e-mail address"
    if any(is_iban(found[0]) for found in _IBAN.finditer(text)):
        return "a bank account"
    if _BSN.search(text):
        return "a citizen service number"
    if _PHONE.search(text):
        return "a phone number"
    return None


def check_labels(labels: Iterable[str], column: str) -> None:
    """Refuse labels that may identify a person.

    Raises
    ------
    PrivacyError
        P104 with the number of such labels and their kind, never the labels.
    """
    found: dict[str, int] = {}
    for label in labels:
        if (kind := looks_personal(label)) is not None:
            found[kind] = found.get(kind, 0) + 1
    if found:
        raise PrivacyError(
            *(
                Problem(
                    Code.LOOKS_PERSONAL,
                    f"{count:,} distinct {'value looks' if count == 1 else 'values look'}"
                    f" like {kind}",
                    Place(column=column),
                    cause="labels are printed and stored as they are",
                    remedy="name them by a [[touchpoint]] rule, or use another column",
                )
                for kind, count in sorted(found.items())
            )
        )


def is_iban(text: str) -> bool:
    """Whether a text begins with a bank account: length of its country, check digits, a number."""
    compact = re.sub("[ -]", "", text).upper()
    account = compact[: _IBAN_LENGTHS.get(compact[:2], 0)]
    if len(account) < _IBAN_LENGTHS.get(compact[:2], 99) or sum(map(str.isdigit, account)) < 9:
        return False
    return int("".join(str(int(sign, 36)) for sign in account[4:] + account[:4])) % 97 == 1
