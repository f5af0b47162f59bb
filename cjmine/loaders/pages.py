"""The page that a label names, in one spelling and without what is of one visitor or session.

Exports carry the same page as path, address, encoded once or twice, with a query, a session id in
a path parameter, or as the route of a single-page site behind `#`. All of that is settled here,
before rules see a label and before anything is stored. Labels that are no pages stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from urllib.parse import quote, unquote_to_bytes

import numpy as np
import pyarrow as pa

from cjmine.columns import array, labels
from cjmine.loaders.null_words import is_no_case, is_no_value

_PLAIN = re.compile(r"(?:[A-Z]{3,16} )?/[\w~./-]*", re.ASCII)
_METHOD = re.compile(r"[A-Z]{3,16} (?=/|[a-z]+://)")
_ADDRESS = re.compile(r"(?i)(?:https?|wss?|app|capacitor|ionic)://[^/?#\s]*")
_HOST = re.compile(
    r"(?i)(?:www\.[\w.-]+|[\w-]+(?:\.[\w-]+)*\.(?:nl|com|org|net|eu|be|de|fr|info|uk|io))"
    r"(?::\d+)?(?=[/?#])"
)
_NO_PAGE = re.compile(r"(?i)([a-z][a-z0-9+.-]*):(?://|(?<=data:|blob:|file:)|(?<=javascript:))")
_WITHIN = re.compile(r"(?i)\b[a-z][a-z0-9+.-]{1,15}://[^\s\"'<>]+")
_ENCODED = re.compile(r"(?:%[0-9A-Fa-f]{2})+|(?:\\x[0-9A-Fa-f]{2})+")
_START = re.compile(r"/|(?i:%2f|%252f)")
_QUERY = re.compile(r"[^\s?]+\?[\w.%\[\]-]+=")
_PARAMETER = re.compile(r";[^/]*|[,:$!](?i:j?session_?id|phpsessid|sid)=[^/]*|&[^/=&]+=.*$", re.S)
_SESSION = re.compile(r"(?i);(?:j?session_?id|phpsessid|sid|cfid|cftoken)=[^\s/?#]*")
_COOKIELESS = re.compile(r"/\((?:(?:[A-Za-z]\([^()/]*\))+|[a-z0-9]{24})\)(?=/|$)")
_MOST_ROUNDS = 5


def as_pages(column: pa.DictionaryArray) -> pa.DictionaryArray:
    """The same labels as pages, decided once for each distinct label; an empty page is null."""
    return _named(column, page)


def as_values(column: pa.DictionaryArray) -> pa.DictionaryArray:
    """The same kept values as pages; words for no value are null. NA may be a country."""
    return _named(column, lambda value: "" if is_no_case(value) else page(value))


def as_channels(column: pa.DictionaryArray) -> pa.DictionaryArray:
    """The same channels; words for none are null."""
    return _named(column, lambda value: "" if is_no_value(value) else page(value))


def _named(column: pa.DictionaryArray, name_of: Callable[[str], str]) -> pa.DictionaryArray:
    named = [name_of(label) for label in column.dictionary.to_pylist()]
    codes: dict[str, int] = {}
    places = [codes.setdefault(name, len(codes)) if name else -1 for name in named]
    taken = np.append(np.array(places, np.int32), np.int32(-1))[array(column.indices, len(named))]
    return labels(taken, list(codes))


def page(label: str) -> str:
    """The page that a label names; other labels as they are.

    A fragment is kept where it is the route of a single-page site: it begins with / or !/.

    >>> page("https://www.example.nl:443/caf%c3%a9/menu;jsessionid=AB12?x=1#top")
    '/café/menu'
    >>> page("/%2523/x"), page("https://example.nl/?a=1#/step/two?b=2"), page("Is that so?")
    ('/', '/#/step/two', 'Is that so?')
    """
    if _PLAIN.fullmatch(label) and "//" not in label and "/." not in label:
        return label
    text = label.strip()
    method = _METHOD.match(text)
    if method is not None:
        text = text[method.end() :]
    address = _ADDRESS.match(text) or _HOST.match(text, 2 if text.startswith("//") else 0)
    if address is not None:
        path = text[address.end() :] or "/"
        return (method[0] if method else "") + _path(path if path[0] == "/" else "/" + path)
    if _START.match(text):
        return (method[0] if method else "") + _path(text)
    other = _NO_PAGE.match(text)
    if other is not None:
        return other[1].lower() + ":"
    if text[:1] in "?#" and len(text) > 1 and not text[1:2].isspace():
        route = _route(text.partition("#")[2])
        return "/" + route if route else ("" if text[0] == "?" else label)
    if _QUERY.match(text):
        return _path(text)
    if "://" in text or ";" in text:
        return _SESSION.sub("", _WITHIN.sub(lambda found: page(found[0]), label))
    return label


def decoded(text: str) -> str:
    """A text without percent codes, however often it was encoded; what is no sign stays encoded.

    >>> decoded("/caf%c3%a9"), decoded("/caf%25C3%25A9"), decoded("100%"), decoded("a%0ab%ff")
    ('/café', '/café', '100%', 'a%0Ab%FF')
    """
    for _ in range(_MOST_ROUNDS):
        before, text = text, _ENCODED.sub(_signs, text)
        if text == before:
            break
    return text


def _path(text: str) -> str:
    path, _, fragment = text.partition("#")
    path = re.split(r"[?#]", decoded(path.partition("?")[0]), maxsplit=1)[0]
    path = _COOKIELESS.sub("", _PARAMETER.sub("", path).rstrip())
    path = _without_dots(path.rstrip())
    return unicodedata.normalize("NFC", path or "/") + _route(fragment)


def _without_dots(path: str) -> str:
    """A path without empty parts, and without parts that mean this folder or the one above."""
    parts = path.split("/")
    kept: list[str] = []
    for part in parts[1:]:
        if part == ".." and kept:
            kept.pop()
        elif part not in ("", ".", ".."):
            kept.append(part)
    folder = kept and parts[-1] in ("", ".", "..")
    return "/".join([parts[0], *kept]) + ("/" if folder else "")


def _route(fragment: str) -> str:
    """What is behind the # of a single-page site; empty for a place on a page."""
    route = decoded(fragment.partition("?")[0])
    if not route.startswith(("/", "!/")):
        return ""
    path = _path(route.removeprefix("!"))
    return "" if path == "/" else "#" + path


def _signs(codes: re.Match[str]) -> str:
    """The signs behind some codes; capitals where they are no text that can be shown."""
    written = codes[0].replace("\\x", "%")
    try:
        text = unquote_to_bytes(written).decode("utf-8")
    except UnicodeDecodeError:
        return written.upper()
    return "".join(sign if sign.isprintable() else quote(sign) for sign in text)
