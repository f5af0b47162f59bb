"""What each column could be, by the parts of its header and by its values.

A claim says how plain it is: the smaller its rank, the plainer. Which of several claims is
settled is decided elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from cjmine.loaders.column_values import Form, Values, values_of
from cjmine.loaders.header_words import Word, parts_of, rank_of


class Role(StrEnum):
    """What a column can be for."""

    TIME = "time"
    CASE = "case"
    CUSTOMER = "customer"
    ACTIVITY = "activity"
    CHANNEL = "channel"


@dataclass(frozen=True)
class Column:
    """A column as it was found: its name, and some of its values."""

    name: str
    samples: tuple[str, ...]

    @cached_property
    def parts(self) -> tuple[tuple[str, Word | None], ...]:
        """The parts of the name and what they say."""
        return parts_of(self.name)

    @cached_property
    def words(self) -> frozenset[Word]:
        """What the parts of the name say that are known."""
        return frozenset(word for _, word in self.parts if word is not None)

    @cached_property
    def values(self) -> Values:
        """What the values look like."""
        return values_of(self.samples)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Every role that it could play; none where nothing speaks for it."""
        return _claims_of(self)

    def rank(self, word: Word) -> int:
        """How plainly the name says something."""
        return min((rank_of(part) for part, one in self.parts if one is word), default=0)


@dataclass(frozen=True, slots=True)
class Claim:
    """A role that a column could play; of two claims the one with the smaller `rank` is plainer.

    `rank` begins with a tier: claims of one tier are as plain as each other, but for the words.
    """

    role: Role
    column: Column
    rank: tuple[int, int, int]
    by_values: bool = False

    @property
    def tier(self) -> int:
        """How plain a claim of this sort is."""
        return self.rank[0]


# Tiers of identifiers; what comes from VAGUE on is only taken where nothing else could be meant.
PERSON, PERSON_ALONE, ADDRESS, CONTRACT, SESSION, CONTACT, MATTER, VAGUE, BY_VALUES = range(9)
# Tiers of activities.
HAPPENING, ABOUT, SORT, LEFT_OVER = range(4)
# Tiers of times.
OF_EVENT, BEGIN, END, ASIDE, BY_NAME = range(5)

_STANDARD = {
    "case:concept:name": Role.CASE,
    "concept:name": Role.ACTIVITY,
    "time:timestamp": Role.TIME,
}
_PLURAL = re.compile(r"(?<!ni)s$|en$")  # events, actions: how many there were
_TIMES = {Word.MOMENT, Word.BEGIN, Word.END}
_PERIOD = {Form.TIME, Form.CLOCK}
_NO_IDENTIFIER = {*_PERIOD, Form.FLAG, Form.FRACTION}
_NO_ACTIVITY = {*_PERIOD, Form.MAIL, Form.ADDRESS, Form.FLAG, Form.FRACTION}
_WORDS = {Form.LABEL, Form.TEXT}
_NUMBERED = {Form.CODE, Form.WHOLE}


def _claims_of(column: Column) -> tuple[Claim, ...]:
    standard = _STANDARD.get(column.name)
    if standard is not None:
        return (Claim(standard, column, (-1, 0, 0)),)
    found = (_time(column), _identifier(column), _activity(column), _channel(column))
    return tuple(one for one in found if one is not None)


def _claim(role: Role, column: Column, tier: int, word: Word | None = None) -> Claim:
    """A claim by a tier, how plain its word is, and how little else the name says."""
    rank = column.rank(word) if word else 0
    return Claim(role, column, (tier, rank, len(column.parts)), by_values=word is None)


def _time(column: Column) -> Claim | None:
    words, form = column.words, column.values.form
    named = bool(words & _TIMES)
    is_epoch = column.values.is_epoch and named
    if form is not Form.TIME and not is_epoch:
        other = words & {Word.ASIDE, Word.OTHER, Word.PERSON, Word.THING, Word.SORT, Word.MARK}
        if form is Form.CLOCK or other or not words & {Word.MOMENT, Word.BEGIN}:
            return None
        word = Word.MOMENT if Word.MOMENT in words else Word.BEGIN
        return _claim(Role.TIME, column, BY_NAME, word)
    if Word.ASIDE in words:
        return _claim(Role.TIME, column, ASIDE, Word.ASIDE)
    if Word.END in words and Word.BEGIN not in words:
        return _claim(Role.TIME, column, END, Word.END)
    if Word.BEGIN in words:
        return _claim(Role.TIME, column, BEGIN, Word.BEGIN)
    if Word.MOMENT in words:
        return _claim(Role.TIME, column, OF_EVENT, Word.MOMENT)
    return _claim(Role.TIME, column, BEGIN)


def _identifier(column: Column) -> Claim | None:
    words, form = column.words, column.values.form
    damaged = form in {Form.FLAG, Form.FRACTION} and words & {Word.MARK, Word.PERSON, Word.PHONE}
    if form in _NO_IDENTIFIER and not damaged:
        return None
    about_something = {
        *(Word.MOMENT, Word.BEGIN, Word.END, Word.ASIDE, Word.HAPPENING, Word.ABOUT),
        *(Word.SORT, Word.CHANNEL, Word.THING),
    }
    marked = Word.MARK in words
    if marked and Word.PERSON in words:  # the number of an end user is none of an end
        about_something -= {Word.BEGIN, Word.END}
    if words & {Word.MAIL, Word.PHONE, Word.IP} and not words & about_something:
        is_one = marked or form not in {Form.LABEL, Form.FLAG}
        kind = next(one for one in (Word.MAIL, Word.PHONE, Word.IP) if one in words)
        return _claim(Role.CUSTOMER, column, ADDRESS, kind) if is_one else None
    if words & {*about_something, Word.OTHER}:
        return None
    if Word.CASE in words and (marked or form in _NUMBERED or words == {Word.CASE}):
        return _claim(Role.CASE, column, 0, Word.CASE)
    is_one = marked or form in {*_NUMBERED, Form.EMPTY}
    for word, tier in ((Word.MATTER, MATTER), (Word.SESSION, SESSION), (Word.CONTRACT, CONTRACT)):
        is_named = word is Word.CONTRACT and Word.NAME in words and form in _WORDS
        is_alone = word is not Word.MATTER and words == {word} and form is Form.TEXT
        if word in words and (is_one or is_named or is_alone):
            role = Role.CASE if word is Word.MATTER else Role.CUSTOMER
            return _claim(role, column, tier, word)
    if Word.PERSON in words:
        tier = PERSON if marked and Word.NAME not in words else PERSON_ALONE
        return _claim(Role.CUSTOMER, column, tier, Word.PERSON)
    if form is Form.MAIL:
        return _claim(Role.CUSTOMER, column, ADDRESS)
    if Word.CONTACT in words and marked:
        return _claim(Role.CUSTOMER, column, CONTACT, Word.CONTACT)
    if marked and (form in {*_NUMBERED, Form.EMPTY} or Word.NAME not in words):
        return _claim(Role.CUSTOMER, column, VAGUE, Word.MARK)
    if not words and column.values.identifies:
        return _claim(Role.CUSTOMER, column, BY_VALUES)
    return None


def _activity(column: Column) -> Claim | None:
    words, form = column.words, column.values.form
    if form in _NO_ACTIVITY or words & {Word.MOMENT, Word.ASIDE, Word.CHANNEL}:
        return None
    identifies = Word.MARK in words and not {"code", "key"} & {part for part, _ in column.parts}
    if identifies or (form is Form.CODE and not column.values.repeat):
        return None
    of_whom = words & {Word.PERSON, Word.THING, Word.CONTRACT, Word.SESSION, Word.OTHER}
    is_count = form is Form.WHOLE and any(_PLURAL.search(part) for part, _ in column.parts)
    if Word.HAPPENING in words and Word.OTHER not in words and not is_count:
        return _claim(Role.ACTIVITY, column, HAPPENING, Word.HAPPENING)
    if of_whom or form is Form.WHOLE:
        return None
    for word, tier in ((Word.ABOUT, ABOUT), (Word.SORT, SORT), (Word.MATTER, SORT)):
        if word in words and (word is not Word.MATTER or form is Form.LABEL):
            return _claim(Role.ACTIVITY, column, tier, word)
    if words & {Word.MAIL, Word.PHONE, Word.IP} or form is not Form.LABEL:
        return None
    return _claim(Role.ACTIVITY, column, LEFT_OVER)


def _channel(column: Column) -> Claim | None:
    if Word.CHANNEL not in column.words or column.values.form in _NO_ACTIVITY:
        return None
    return _claim(Role.CHANNEL, column, 0, Word.CHANNEL)
