"""Times as people and programs write them, put into one plain form that a cast can read.

The same rules run in Python, to recognise a column by its first values, and as SQL, to read it.
`named` puts the words of a time into English and keeps the order of its parts, so that a declared
pattern fits; `plain` then puts a date that names its month into ISO order, and the clock behind it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from cjmine.loaders.connections import quote_text
from cjmine.loaders.zone_names import ZONE_HOURS, offset_text

# Marks of writing direction, and every kind of blank; both engines take the signs themselves.
_UNSEEN = "[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+"
_BLANKS = "[\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"
# How the names of months begin, without accents, in English, Dutch, German, French, Spanish,
# Italian, Portuguese, Danish, Norwegian and Swedish.
_MONTHS = {
    beginning: english
    for english, beginnings in (
        ("jan", "jan ene gen"), ("feb", "feb fev"), ("mar", "mar mrt maa mae mrz"),
        ("apr", "apr abr avr"), ("may", "may mei mai maj mag"), ("jun", "jun juin giu"),
        ("jul", "jul juil lug"), ("aug", "aug aou ago"), ("sep", "sep set"),
        ("oct", "oct okt out ott"), ("nov", "nov"), ("dec", "dec dez dic des"),
    )
    for beginning in beginnings.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_NUMBERS = {name: f"{place:02}" for place, name in enumerate(dict.fromkeys(_MONTHS.values()), 1)}
_NAME = "|".join(_NUMBERS)
_OFFSETS = {name.lower(): " " + offset_text(hours) for name, hours in ZONE_HOURS.items()}
_CLOCK = r"\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: [ap]m)?"
_ENDING = r"(?:st|nd|rd|th|ste|de|er|e|o)?"  # of 1st, 2nd, 12e, 1er
_OF = r"(?:de |del |of )?"
ZONE = r"[+-]\d\d:\d\d|[a-z]+/[a-z_/]+"
# What `plain` gives: a date, a clock, a zone.
_YEAR_FIRST = r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
_YEAR_LAST = r"(?P<a>\d{1,2})(?P<s>[-/.])(?P<b>\d{1,2})(?P=s)(?P<y>\d{4}|\d\d)"
PLAIN = re.compile(
    rf"(?:{_YEAR_FIRST}|{_YEAR_LAST})(?P<clock> {_CLOCK})?(?: (?P<zone>{ZONE}))?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class _Rule:
    """What is replaced by what, in both engines.

    With `words` the second of three groups is looked up there, in the first match, and the text
    stays as it is where the word is unknown; without, every match is replaced.
    """

    found: str
    by: str = ""
    words: Mapping[str, str] | None = None

    def apply(self, text: str) -> str:
        if self.words is None:
            return re.sub(self.found, _template(self.by), text, flags=re.ASCII)
        match = re.search(self.found, text, re.ASCII)
        if match is None or match[2] not in self.words:
            return text
        begin, end = match.span()
        return text[:begin] + match[1] + self.words[match[2]] + match[3] + text[end:]

    def sql(self, text: str) -> str:
        found = quote_text(self.found)
        if self.words is None:
            return f"regexp_replace({text}, {found}, {quote_text(self.by)}, 'g')"
        pairs = ", ".join(f"{quote_text(key)}: {quote_text(by)}" for key, by in self.words.items())
        word = f"MAP {{{pairs}}}[regexp_extract(w, {found}, 2)]"
        by = rf"coalesce(regexp_replace(w, {found}, '\1' || {word} || '\3'), w)"
        # A lambda names the text, which would else be worked out three times.
        return f"list_transform([{text}], lambda w: {by})[1]"


@cache
def _template(by: str) -> str:
    """A replacement whose groups may have digits behind them."""
    return re.sub(r"\\(\d)", r"\\g<\1>", by)


_TIDY = (_Rule(_UNSEEN), _Rule(_BLANKS, " "), _Rule("^ | $"), _Rule("\u2212", "-"))
# A date and a clock of digits need no other rule.
_SIMPLE = (
    r"^(?:\d{4}|\d{1,2})[-/.]\d{1,2}[-/.](?:\d{4}|\d{1,2})"
    r"(?: \d{1,2}:\d\d(?::\d\d)?(?: [ap]m)?)?$"
)
_SECONDS = r"([:.]\d\d(?:[.,]\d+)?(?: [ap]m)?)"
_TO_NAMED = (
    _Rule(r"(\d) ?([ap])\.? ?m\b\.?", r"\1 \2m"),
    # The basic form of ISO 8601, with a zone behind it.
    _Rule(
        r"^(\d{4})([01]\d)([0-3]\d)t([0-2]\d)([0-5]\d)([0-5]\d(?:[.,]\d+)?) ?(z|[+-]\d\d:?\d\d)$",
        r"\1-\2-\3 \4:\5:\6\7",
    ),
    # JavaScript and Java write an offset, and behind it the name of the zone in brackets.
    _Rule(r"([+-]\d\d:?\d\d|\dz) ?[(\[][^()\[\]]*[)\]]$", r"\1"),
    # Sales systems write the offset in brackets, and behind it the names of the zone.
    _Rule(r" ?[(\[](?:utc|gmt)([+-]\d\d:?\d\d)[)\]] [a-z][a-z ,/_()&-]*$", r" \1"),
    _Rule(r" ?[(\[]([a-z0-9+:/_-]+)[)\]]$", r" \1"),
    _Rule(rf"{_SECONDS} ?(?:utc|gmt)([+-])(\d)((?::\d\d)?(?: \d{{4}})?)$", r"\1 \20\3\4"),
    _Rule(rf"{_SECONDS} ([+-])(\d:\d\d)$", r"\1 \20\3"),
    _Rule(rf"{_SECONDS} ?(?:utc|gmt)?([+-]\d\d):?(\d\d)((?: \d{{4}})?)$", r"\1 \2:\3\4"),
    _Rule(rf"{_SECONDS} ?(?:utc|gmt)?([+-]\d\d)((?: \d{{4}})?)$", r"\1 \2:00\3"),
    _Rule(r"((?:\d|[ap]m)) ?([a-z]+)((?: \d{4})?)$", words=_OFFSETS),
    # The day of the week.
    _Rule(rf"^[a-z]+[.,]* (\d{{1,2}}{_ENDING}\.?[ -]{_OF}[a-z]|[a-z]+\.? \d|\d+[-/.]\d)", r"\1"),
    _Rule(rf"((?:^|[^a-z]))({_MONTH})[a-z]*\.?([ ,/.'-]*{_OF}\d)", words=_MONTHS),
)
_TO_PLAIN = (
    _Rule(r"(:\d\d),(\d)", r"\1.\2"),
    _Rule(r",", ""),
    _Rule(r"(\d\d:\d\d):(\d\d\d)\b", r"\1.\2"),
    _Rule(r"(\d) ?(?:uur|uhr|hrs?)\b", r"\1"),
    _Rule(r"(\d) ?[hu] ?(\d\d)\b", r"\1:\2"),
    _Rule(r" (?:at|om|um|a|as|a las|alle|kl\.?|te|-) (\d)", r" \1"),
    _Rule(rf"^({_CLOCK}) (.*[-/.].*|.*(?:{_NAME}).*)$", r"\2 \1"),
    _Rule(r"^((?:19|20)\d\d)([01]\d)([0-3]\d)\b", r"\1-\2-\3"),
    _Rule(r"^((?:19|20)\d\d)([01]\d)([0-3]\d)t?([0-2]\d[0-5]\d)", r"\1-\2-\3 \4"),
    _Rule(rf"^(\d{{1,2}}){_ENDING}[ ./-]*{_OF}({_NAME})[ ./-]*{_OF}(\d{{4}})\b", r"\3-\2-\1"),
    _Rule(rf"^(\d{{1,2}})[ ./-]*({_NAME})[ ./'-]*([0-6]\d)\b", r"20\3-\2-\1"),
    _Rule(rf"^(\d{{1,2}})[ ./-]*({_NAME})[ ./'-]*([7-9]\d)\b", r"19\3-\2-\1"),
    _Rule(rf"^({_NAME})[ ./-]*(\d{{1,2}}){_ENDING}[ /-]+(\d{{4}})\b", r"\3-\1-\2"),
    _Rule(rf"^({_NAME}) (\d{{1,2}}) ({_CLOCK}.*) (\d{{4}})$", r"\4-\1-\2 \3"),
    _Rule(rf"^(\d{{4}})[ ./-]*({_NAME})[ ./-]*(\d{{1,2}})\b", r"\1-\2-\3"),
    _Rule(rf"^(\d{{4}}-)({_NAME})(-)", words=_NUMBERS),
    _Rule(rf"^({_YEAR_FIRST}|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{4}}) ?[t:_-](\d)", r"\1 \2"),
    _Rule(r"^(\S+) (\d{1,2})\.(\d\d)\.(\d\d)", r"\1 \2:\3:\4"),
    _Rule(r"^(\S+) (\d{1,2})\.(\d\d)( |$)", r"\1 \2:\3\4"),
    _Rule(r"^(\S+) (\d\d)(\d\d)(\d\d)( |$)", r"\1 \2:\3:\4\5"),
    _Rule(r"^(\S+) (\d\d)(\d\d)( |$)", r"\1 \2:\3\4"),
    _Rule(r"^(\S+ \d{1,2}) ([ap]m)", r"\1:00 \2"),
    _Rule(r"(\.\d{6})\d+", r"\1"),
)

# What every date has: three digits or more, and two marks, a month's name or a year in front.
_DIGITS = re.compile(r"(?:[^0-9]*[0-9]){3}")
_DATED = re.compile(
    r"[-/.\u2212].*[-/.\u2212]|(?:[^\W\d_].*?){3}|^[\W_]*(?:1[\W_]*9|2[\W_]*0)(?:[\W_]*[0-9]){6}",
    re.DOTALL,
)


def has_digits(text: str) -> bool:
    """Whether a text has the three digits that the shortest time has.

    >>> has_digits("1 mei 26"), has_digits("Stap 12")
    (True, False)
    """
    return _DIGITS.match(text) is not None


def may_be_time(text: str) -> bool:
    """Whether a text has what a date is made of; `plain` makes no time of another.

    >>> may_be_time("12 mei 2026"), may_be_time("20260512"), may_be_time("K-104")
    (True, True, False)
    """
    return has_digits(text) and _DATED.search(text) is not None


def named(text: str) -> str:
    """A time with its words in English and its parts in their order.

    >>> named("ma\u202f12 maart 2026, 8:30 A.M.")
    '12 mar 2026, 8:30 am'
    """
    return _rewritten(text, _TO_NAMED)


def plain(text: str) -> str:
    """A time as date, clock and zone; of what is no time nothing is promised.

    >>> plain("di 12 mei 2026 om 8.30 uur"), plain("Tue Oct 10 00:00:00 CEST 2023")
    ('2026-05-12 8:30', '2023-10-10 00:00:00 +02:00')
    """
    return _rewritten(text, (*_TO_NAMED, *_TO_PLAIN))


@cache
def named_sql(text: str) -> str:
    """The SQL of what `named` gives for the SQL of a text."""
    return _rewritten_sql(text, _TO_NAMED)


@cache
def plain_sql(text: str) -> str:
    """The SQL of what `plain` gives for the SQL of a text."""
    return _rewritten_sql(text, (*_TO_NAMED, *_TO_PLAIN))


def _rewritten(text: str, rules: tuple[_Rule, ...]) -> str:
    signs = unicodedata.normalize("NFD", text)
    tidy = _applied(_TIDY, "".join(one for one in signs if not unicodedata.combining(one)).lower())
    return tidy if re.search(_SIMPLE, tidy, re.ASCII) else _applied(rules, tidy)


def _rewritten_sql(text: str, rules: tuple[_Rule, ...]) -> str:
    tidy = _applied_sql(_TIDY, f"lower(strip_accents({text}))")
    simple = f"regexp_matches(t, {quote_text(_SIMPLE)})"
    either = f"CASE WHEN {simple} THEN t ELSE {_applied_sql(rules, 't')} END"
    return f"list_transform([{tidy}], lambda t: {either})[1]"


def _applied(rules: tuple[_Rule, ...], text: str) -> str:
    for rule in rules:
        text = rule.apply(text)
    return text


def _applied_sql(rules: tuple[_Rule, ...], text: str) -> str:
    for rule in rules:
        text = rule.sql(text)
    return text
