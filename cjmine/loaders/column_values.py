"""What the values of a column look like, whatever its header says."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from itertools import islice, pairwise

from cjmine.errors import DataError
from cjmine.loaders.addresses import address_of
from cjmine.loaders.times import Shape, recognise_format

_MOST = 0.9  # of the values have to look so
_DATE = re.compile(
    r"^(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T]00:00(?::00)?)?|\d{8}"
    r"|\d{1,4}(?:er|e|ste|de|st|nd|rd|th)?[-/. ]+[^\W\d_]{3,10}[-/. ,]+\d{1,4}"
    r"|[^\W\d_]{3,10}\.?\s+\d{1,2},?\s+\d{4})$"
)
_PACKED_DATE = re.compile(r"^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])$")
_CLOCK = re.compile(
    r"^(?:1899-12-3[01]\s)?\d{1,2}(?:[:.]|\s?[hHuU]\s?)\d{2}(?:[:.]\d{2})?(?:[.,]\d+)?"
    r"\s*(?:[AaPp]\.?\s?[Mm]\.?|[Uu]ur|[Uu]hr)?$"
)
_COLON = re.compile(r":|[a-z]")  # 12.30 alone is an amount
_MAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
_WHOLE = re.compile(r"^-?\d+$")
_FRACTION = re.compile(r"^[-+]?[€$£]? ?-?\d+(?:[.,]\d+)*[.,]\d{1,6} ?(?:[€$£%]|EUR|USD)?$|^\d+ ?%$")
_FLAGS_WRITTEN = """
    0 1 y n j t f yes no ja nee nein true false waar onwaar wahr falsch oui non vrai faux
"""
_FLAGS = frozenset(_FLAGS_WRITTEN.split())
_CODE = re.compile(r"^(?=.*\d)[\w.,\-/:|*+=]{3,}$")
_LETTERS = re.compile(r"[^\W\d_]")
_LONG = 5  # digits: shorter numbers count or measure something
_LOOKED_AT = 200  # values are enough to see what they look like
_FEW = 5  # values say little about the others


class Form(Enum):
    """What values look like."""

    EMPTY = auto()
    TIME = auto()
    CLOCK = auto()
    MAIL = auto()
    ADDRESS = auto()  # of a network
    FLAG = auto()
    FRACTION = auto()
    WHOLE = auto()  # whole numbers
    CODE = auto()  # with digits and without blanks
    LABEL = auto()  # words, some of which come again
    TEXT = auto()  # words that hardly do


@dataclass(frozen=True, slots=True)
class Values:
    """The form of a column's values, how many there are, and how many are distinct.

    Times may be dates without a clock. Whole numbers may count rows, or seconds since 1970.
    """

    form: Form
    count: int
    distinct: int
    is_date: bool = False
    is_counter: bool = False
    is_epoch: bool = False
    is_long: bool = False

    @property
    def repeat(self) -> bool:
        """Whether some value comes again, or there are too few to say."""
        return self.distinct < self.count or self.count < _FEW

    @property
    def identifies(self) -> bool:
        """Whether these look like identifiers, whatever they are called: with several digits."""
        return self.form is Form.CODE or (self.is_long and not self.is_counter)


def values_of(samples: Iterable[str]) -> Values:
    """What some values look like.

    >>> values_of(["call", "mail", "call"]).form.name, values_of(["K-7", "K-9"]).form.name
    ('LABEL', 'CODE')
    """
    values = [one.strip() for one in samples if one.strip()]
    distinct, seen = len(set(values)), values[:_LOOKED_AT]
    if not values:
        return Values(Form.EMPTY, 0, 0)
    may_differ = len(seen) - math.ceil(_MOST * len(seen))

    def most(shape: re.Pattern[str]) -> bool:
        others = (one for one in seen if not shape.match(one))
        return next(islice(others, may_differ, None), None) is None

    def found(form: Form) -> Values:
        return Values(form, len(values), distinct)

    whole = most(_WHOLE)
    if most(_PACKED_DATE) or (not whole and not most(_CLOCK) and _is_time(seen)):
        return Values(Form.TIME, len(values), distinct, is_date=most(_DATE))
    if most(_CLOCK) and any(map(_COLON.search, seen)):
        return found(Form.CLOCK)
    if most(_MAIL):
        return found(Form.MAIL)
    if sum(1 for one in seen if address_of(one)) >= _MOST * len(seen):
        return found(Form.ADDRESS)
    if len(values) >= _FEW and distinct <= 2 and {one.casefold() for one in seen} <= _FLAGS:
        return found(Form.FLAG)
    if whole:
        counts, epoch = _counts_up(seen), _is_time(seen, epoch=True)
        is_long = 2 * sum(1 for one in seen if len(one) >= _LONG) > len(seen)
        return Values(Form.WHOLE, len(values), distinct, False, counts, epoch, is_long)
    if most(_FRACTION):
        return found(Form.FRACTION)
    lettered = sum(1 for one in seen if _LETTERS.search(one))
    if most(_CODE) or lettered < 0.5 * len(seen):
        return found(Form.CODE)
    again = 2 * distinct <= len(values) or (distinct < len(values) and distinct <= 12)
    again = again or len(values) < _FEW
    return found(Form.LABEL if again else Form.TEXT)


def _is_time(values: list[str], epoch: bool = False) -> bool:
    try:
        how = recognise_format(values)
    except DataError:  # it is one; which part is the day stays open
        return True
    return how is not None and (how.shape is Shape.EPOCH) is epoch


def _counts_up(values: list[str]) -> bool:
    """Whether whole numbers go up by one from row to row, as the numbers of rows do."""
    numbers = [int(one) for one in values if _WHOLE.match(one)]
    steps = [later - one for one, later in pairwise(numbers)]
    return len(steps) > 1 and sum(1 for one in steps if one == 1) >= _MOST * len(steps)
