"""What programs and people write where there is no value.

As an identifier such a word would make one customer of all who have none, and as a label a
touchpoint that never was. A word for a person who is not known (unknown, guest) is no identifier
either, but may be a label that somebody chose.
"""

from __future__ import annotations

import re

_BRACKETED = re.compile(r"[(\[<{]+\s*(.*?)\s*[)\]>}]+")
_TECHNICAL = frozenset(
    (
        *("null", "\\n", "nan", "nat", "none", "nil", "undefined", "dbnull", "pd.na", "pd.nat"),
        *("n/a", "n.a.", "n.a", "not set", "null value", "object object"),
        *("nvt", "n.v.t.", "n.v.t", "n/b", "n.b.", "k.a.", "k. a.", "s.o."),
        *("#n/a", "#n/a n/a", "#na", "#n/b", "#nb", "#nv", "#n/v", "#n/d", "1.#ind", "1.#qnan"),
        *("-nan", "-1.#ind", "-1.#qnan", "nan.0"),
    )
)
# No identifiers; as labels only in brackets, since somebody may have chosen them.
_EMPTY = frozenset(
    (
        *("na", "empty", "blank", "void", "missing", "no value", "no data", "not applicable"),
        *("not available", "not provided", "not specified", "leeg", "ontbreekt", "geen waarde"),
        *("niet van toepassing", "niet ingevuld", "niet opgegeven", "niet beschikbaar"),
        *("leer", "keine angabe", "nicht gesetzt", "nicht verfügbar"),
        *("vide", "non renseigné", "non défini", "sans objet", "vacío"),
    )
)
_PERSON = frozenset(
    (
        *("unknown", "unknown user", "anonymous", "anonymous user", "guest", "guest user"),
        *("nobody", "no one", "not logged in", "logged out", "(other)", "hidden", "private"),
        *("withheld", "unavailable", "restricted", "redacted", "deleted", "removed"),
        *("anonymised", "anonymized", "false", "true", "::", "0.0.0.0"),  # noqa: S104
        *("onbekend", "anoniem", "gast", "niemand", "geen", "niet bekend", "niet ingelogd"),
        *("verborgen", "afgeschermd", "verwijderd", "geanonimiseerd", "onwaar", "waar"),
        *("unbekannt", "anonym", "keine", "keiner", "niemand", "falsch", "gelöscht"),
        *("inconnu", "anonyme", "invité", "aucun", "personne", "faux", "supprimé"),
    )
)
# Errors of spreadsheets (#REF!, #WAARDE!, #NAAM?, Err:502), and marks without a letter.
_ERROR = re.compile(r"#[\w/.ÄÖÜäöü]*[!?]|err:\d{3}")
_MARKS = re.compile(r"[-\u2010-\u2015?.*_#\u2026]+")
_NO_UUID = re.compile(r"\{?(?:0{8}-(?:0{4}-){3}0{12}|f{8}-(?:f{4}-){3}f{12})\}?|0{32}|f{32}")
_UNFILLED = re.compile(r"\{\{.*\}\}|\$\{.*\}|%[a-z_]+%|<%.*%>")
_HIDDEN = re.compile(r"x{3,}")
# A quick filter: it matches every word that means "no identifier", and hardly any identifier.
MAY_BE_NOBODY = r"^[^0-9@]{0,24}$|0{4}|[fF]{4}|^\s*[#%${<(\[]|^[\s0:.]+$|(?i:err:|#ind|#qnan|nan)"


def is_no_value(text: str) -> bool:
    """Whether a label says that there is none.

    >>> [is_no_value(one) for one in ("NULL", "(leeg)", "n.v.t.", "#N/A", "-", "Empty", "/")]
    [True, True, True, True, True, False, False]
    """
    word = text.strip().lower()
    if word in _TECHNICAL or text.strip() == "NA":
        return True
    if not word or _ERROR.fullmatch(word) or _MARKS.fullmatch(word) or _NO_UUID.fullmatch(word):
        return True
    inside = _BRACKETED.fullmatch(word)
    return inside is not None and (inside[1] in _TECHNICAL or inside[1] in _EMPTY)


def no_value_sql(text: str) -> str:
    """The SQL of whether a text is NULL, or one of the words and marks of which that is plain."""
    words = "|".join(map(re.escape, sorted(_TECHNICAL)))
    marks = re.sub(r"\\u(\w{4})", r"\\x{\1}", _MARKS.pattern)  # as the engine spells them
    pattern = f"|{words}|{marks}|{_NO_UUID.pattern}".replace("'", "''")
    bare = f"trim(lower({text}), ' ()[]<>')"
    return f"coalesce(regexp_full_match({bare}, '{pattern}') OR trim({text}) = 'NA', true)"


def is_no_case(text: str) -> bool:
    """Whether the name of a case says that there is none; one may be called NA.

    >>> is_no_case("NULL"), is_no_case("NA")
    (True, False)
    """
    return is_no_value(text) and text.strip() != "NA"


def is_nobody(text: str) -> bool:
    """Whether an identifier says that there is none, or that the person is not known.

    >>> [is_nobody(one) for one in ("Onbekend", "[deleted]", "{{user_id}}", "xxxx", "K-1", "0")]
    [True, True, True, True, False, False]
    """
    word = text.strip().lower()
    inside = _BRACKETED.fullmatch(word)
    return (
        is_no_value(text)
        or any(one in _PERSON or one in _EMPTY for one in (word, inside[1] if inside else word))
        or not any(map(str.isalnum, word))
        or _UNFILLED.fullmatch(word) is not None
        or _HIDDEN.fullmatch(word) is not None
    )
