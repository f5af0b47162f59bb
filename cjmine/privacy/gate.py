"""The gate on what leaves: no label of a log may look like somebody's address or number.

A log holds tokens, times and labels, nothing else; tokens hold no digit. So a label is the one
place where a person could slip through, and every distinct label is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from cjmine.errors import Code, Place, PrivacyError, Problem

_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+(?:@|%40)[A-Za-z0-9-]+\.[A-Za-z]{2,}")
_PHONE = re.compile(
    r"(?<![\w.])(?:(?:\+|00)\d{2}[\s-]?(?:\(0\))?\d(?:[\s-]?\d){7,9}|0\d(?:[\s-]?\d){8})(?![\w.])"
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}[A-Z]{4}\d{7,18}\b|\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}\b")


def looks_personal(label: str) -> str | None:
    """What a label looks like if it may identify somebody, else None.

    >>> looks_personal("Mail to j.jansen@example.nl"), looks_personal("Moving page")
    ('an e-mail address', None)
    """
    if _EMAIL.search(label):
        return "an e-mail address"
    if _PHONE.search(label):
        return "a phone number"
    if any(_is_iban(found[0]) for found in _IBAN.finditer(label)):
        return "a bank account"
    return None


def check_labels(labels: Iterable[str], column: str) -> None:
    """Refuse labels that may identify somebody.

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


def _is_iban(text: str) -> bool:
    compact = text.replace(" ", "")
    turned = compact[4:] + compact[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1
