"""Which column plays which role, where none is declared: the strongest claim, and how sure it is.

A guess is sure where no other column could as well be meant: by a name that says so, or because
all other columns are something else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cjmine.loaders.column_values import Form
from cjmine.loaders.header_words import Word
from cjmine.loaders.role_claims import (
    ADDRESS,
    ASIDE,
    BEGIN,
    BY_VALUES,
    HAPPENING,
    LEFT_OVER,
    MATTER,
    PERSON_ALONE,
    SESSION,
    VAGUE,
    Claim,
    Column,
    Role,
)

_MANY = 50  # values, none of which comes again, are numbers of rows rather than of people
_NAME, _VALUES, _CLOCK = "its name", "its values", "a date column and a clock column"


@dataclass(frozen=True, slots=True)
class Guess:
    """A role, the column or two columns for it, why, and whether nothing else could be meant."""

    role: Role
    columns: tuple[str, ...]
    because: str
    is_sure: bool


def guess_roles(columns: Sequence[Column], roles: frozenset[Role]) -> tuple[Guess, ...]:
    """The best guess for each of some roles; none for a role that no column could play.

    A column is guessed once: times are taken first, then identifiers, then what happened. A case
    makes a customer needless, unless only its number says that it is one.
    """
    claims = [claim for column in columns for claim in column.claims]
    found: list[Guess] = []

    def left(*wanted: Role) -> list[Claim]:
        taken = {name for one in found for name in one.columns}
        mine = [one for one in claims if one.role in wanted and one.column.name not in taken]
        filled = [one for one in mine if one.column.samples]
        return sorted(filled or mine, key=lambda claim: claim.rank)

    if Role.TIME in roles:
        found += _time(columns, left(Role.TIME))
    if roles & {Role.CASE, Role.CUSTOMER}:
        found += _identifier(left(*(roles & {Role.CASE, Role.CUSTOMER})))
    if Role.ACTIVITY in roles:
        is_blank = not any(one.samples for one in columns)
        found += _activity(left(Role.ACTIVITY), is_blank)
    if Role.CHANNEL in roles:
        found += [_guess(one, True) for one in left(Role.CHANNEL)[:1]]
    return tuple(found)


def could_be(column: Column) -> tuple[Role, ...]:
    """The roles that a column could play."""
    return tuple(one.role for one in column.claims)


def _guess(claim: Claim, is_sure: bool) -> Guess:
    because = _VALUES if claim.by_values else _NAME
    return Guess(claim.role, (claim.column.name,), because, is_sure)


def _time(columns: Sequence[Column], claims: list[Claim]) -> list[Guess]:
    split = _date_and_clock(columns, claims)
    if split is not None:
        return [split]
    if not claims:
        return []
    first, *others = claims
    is_plain = first.tier != ASIDE and not any(one.rank == first.rank for one in others)
    if first.tier == BEGIN and not first.by_values:
        # To begin is plain; of several others, such as sent and received, either may be meant.
        rivals = [one for one in others if one.tier == BEGIN]
        is_plain = is_plain and (not rivals or first.rank[1] < _BEGINS)
    return [_guess(first, is_plain)]


_BEGINS = 20  # the first of the words that say that a time is a beginning


def _date_and_clock(columns: Sequence[Column], claims: list[Claim]) -> Guess | None:
    """A column of dates and the clock times that go with it, as many exports have."""
    times = [one for one in claims if one.tier < ASIDE]
    dates = [one for one in times if one.column.values.is_date]
    clocks = [one for one in columns if one.values.form is Form.CLOCK]
    if not dates or len(dates) < len(times) or not clocks:
        return None
    begins = [one for one in clocks if one.words & {Word.BEGIN, Word.MOMENT}]
    begins = [one for one in begins if Word.END not in one.words] or clocks
    begins.sort(key=lambda one: Word.BEGIN not in one.words)
    is_sure = len(dates) == 1 and (len(clocks) == 1 or len(begins) < len(clocks))
    of_two = (dates[0].column.name, begins[0].name)
    return Guess(Role.TIME, of_two, _CLOCK, is_sure or Word.BEGIN in begins[0].words)


def _identifier(claims: list[Claim]) -> list[Guess]:
    if not claims:
        return []
    case = [one for one in claims if one.role is Role.CASE and one.tier <= 0]
    first, *others = [*case, *(one for one in claims if one not in case)]
    values = first.column.values
    is_plain = bool(case) or not any(one.rank[:2] == first.rank[:2] for one in others)
    if first.tier >= MATTER and not case:
        vague = [one for one in others if one.tier >= VAGUE and one.column.values.repeat]
        comes_again = values.repeat or (values.count < _MANY and first.tier < BY_VALUES)
        is_bare = all(word is not None for _, word in first.column.parts)
        comes_again = comes_again and not (values.is_counter and is_bare)
        is_plain = is_plain and comes_again and (first.tier == MATTER or not vague)
    if first.tier == ADDRESS and (Word.IP in first.column.words or values.form is Form.ADDRESS):
        is_plain = False  # many people share an address, and one has several
    if first.tier == PERSON_ALONE and values.form in (Form.LABEL, Form.TEXT):
        is_plain = is_plain and not any(one.tier <= SESSION for one in others)
    return [_guess(first, is_plain)]


def _activity(claims: list[Claim], is_blank: bool) -> list[Guess]:
    varied = [one for one in claims if one.column.values.distinct != 1] or claims
    if not varied:
        return []
    first, *others = varied
    if first.tier <= HAPPENING:
        is_plain = not any(one.rank == first.rank for one in others)
    else:
        # Values alone do not say that a column is safe to print: names of people come again too.
        is_plain = first.tier < LEFT_OVER and not any(one.tier == first.tier for one in others)
    # A column without a value, where others have some, names no event.
    return [_guess(first, is_plain and (bool(first.column.samples) or is_blank))]
