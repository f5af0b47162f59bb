"""What identifies somebody in a web path, folded to `{id}`: numbers, addresses and random words.

The rest of the path is the page, as people named it.
"""

from __future__ import annotations

import re

from cjmine.loaders.randomness import is_random

_PART = re.compile(r"(?<=/)[^/#]+")
_WHOLE = re.compile(
    r"""\d+                                                   # a number
      | [^/]*(?:@|%40)[^/]*                                    # an address
      | \w*(?:sess(?:ion)?_?id|sid|token|ticket|cfid)=.*      # a session, whatever it is called
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WITHIN = re.compile(
    r"""[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}                          # a UUID
      | (?<![^\W_])(?=\d*[a-f])(?=[a-f]*\d)[0-9a-f]{8,}(?![^\W_])                     # a hash
      | (?<!\d)(?!(?:19|20)\d\d(?:0[1-9]|1[0-2])[0-3]\d(?!\d))\d{6,}   # a number, but no day
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]{8,}")
_SUFFIX = re.compile(r"\.[A-Za-z]\w{0,4}$")
_ID, _SHORT = "{id}", 8


def web_activity(label: str) -> str:
    """The default name of a web request: its path, with what identifies a person folded.

    >>> web_activity("/order/12345/items/"), web_activity("/stap-1-persoonsgegevens")
    ('/order/{id}/items', '/stap-1-persoonsgegevens')
    >>> web_activity("/reset/dGhpc2lzYXRlc3Q"), web_activity("/folder-4f2c0d9a8b.pdf")
    ('/reset/{id}', '/folder-{id}.pdf')
    """
    path = _PART.sub(lambda part: _folded(part[0]), label)
    return path.rstrip("/") if len(path) > 1 and path.endswith("/") else path


def table_activity(label: str) -> str:
    """The same for a label that is a page; other labels as they are.

    >>> table_activity("/order/12345"), table_activity("A/12345")
    ('/order/{id}', 'A/12345')
    """
    return web_activity(label) if re.match(r"(?:[A-Z]+ )?/", label) else label


def _folded(part: str) -> str:
    """One part of a path; folded as a whole where nearly all of it identifies."""
    if part.isalpha() and len(part) < _SHORT:
        return part
    if _WHOLE.fullmatch(part):
        return _ID
    name = _SUFFIX.sub("", part)
    found = _WORD.sub(lambda word: _ID if is_random(word[0]) else word[0], _WITHIN.sub(_ID, name))
    if found == name:
        return part
    kept = sum(map(str.isalnum, found.replace(_ID, "")))
    if 4 * kept <= sum(map(str.isalnum, name)):
        return _ID
    return found + part[len(name) :]
