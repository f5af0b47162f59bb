"""Names in which `*` holds for any text, as people write them for touchpoints."""

from __future__ import annotations

from fnmatch import fnmatchcase


def fits(name: str, written: str) -> bool:
    """Whether a name is one that is written, in which only `*` means something.

    >>> fits("Call: bill", "Call: *"), fits("Mail [urgent]", "Mail [urgent]"), fits("ab", "a?")
    (True, True, False)
    """
    return fnmatchcase(name, written.replace("[", "[[]").replace("?", "[?]"))
