"""Labels come from logs and are not to be trusted: one function for each place they may go."""

from __future__ import annotations

import re
import unicodedata

_UNSAFE = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
_TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# What a build service obeys: `::` at the start of a word, which may start a line, and `##[`.
_COMMAND = re.compile(r"(?<!\S):(?=:)|#(?=#(?:\[|vso\[))")
_LINKED = re.compile(r"[@#](?=\w)|\bwww(?=\.)", re.IGNORECASE)
_NUMBER = re.compile(r"^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$")


def visible(text: str) -> str:
    r"""The text with everything written out that hides, or that a terminal or a build obeys.

    >>> visible("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    if not (text.isascii() and text.isprintable()):
        text = "".join(_escape(sign) if _hides(sign) else sign for sign in text)
    return _COMMAND.sub(lambda found: _escape(found[0]), text)


def unobeyed(quoted: str, escape: str) -> str:
    """A quoted text with hashes before hashes in the escape of its format.

    Build services obey `##[` anywhere in a line.

    >>> unobeyed('"##[error]"', "&#35;")
    '"&#35;#[error]"'
    """
    return re.sub("#(?=#)", lambda _: escape, quoted)


def _hides(sign: str) -> bool:
    """Whether a sign does something instead of being seen, or is none: no XML may hold U+FFFE."""
    category = unicodedata.category(sign)
    return category in _UNSAFE or (category == "Cn" and _is_no_character(ord(sign)))


def _is_no_character(code: int) -> bool:
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def fitted(text: str, width: int) -> str:
    """The visible text in at most `width` columns of a terminal, cut with an ellipsis."""
    shown = visible(text)
    if columns(shown) <= width:
        return shown
    cut = ""
    for sign in shown:
        if columns(cut + sign) > width - 1:
            break
        cut += sign
    return cut.rstrip() + "…"


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
    )


def padded(text: str, width: int) -> str:
    """The text cut or filled to exactly `width` columns."""
    shown = fitted(text, width)
    return shown + " " * (width - columns(shown))


def markdown(text: str) -> str:
    """The text as plain text inside a Markdown table: no markup, link, mention or HTML."""
    shown = visible(text)
    escaped = re.sub(r"([\\`*_{}\[\]()#+!|~$^:-])", r"\\\1", shown)
    escaped = escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _LINKED.sub("\\g<0>\u200b", escaped)


def spreadsheet(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula.

    >>> spreadsheet("=1+1"), spreadsheet("-5")
    ("'=1+1", '-5')
    """
    shown = visible(text)
    if _NUMBER.match(shown):
        return shown
    return (
        "'" + shown
        if shown.lstrip().startswith(_TRIGGERS) or text.startswith(_TRIGGERS)
        else (shown)
    )


def _escape(sign: str) -> str:
    code = ord(sign)
    return (
        f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else (f"\\U{code:08x}")
    )
