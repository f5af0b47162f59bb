"""A condition on a column of a log, as it is typed: `fund = "A"`.

Light, because `--help` reads it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cjmine.errors import Code, Place, Problem, UsageError

_TOKEN = re.compile(
    r"""\s*(?:"(?P<double>(?:[^"]|"")*)" | '(?P<single>(?:[^']|'')*)'
      | (?P<sign>!=|<>|=|[(),]) | (?P<word>[^\s"'=!<>(),]+))""",
    re.VERBOSE,
)
_EQUAL, _UNEQUAL = ("=",), ("!=", "<>")


@dataclass(frozen=True, slots=True)
class Where:
    """Journeys by the first value that they have of a column: one of `values`, or none of them.

    `(none)` is the value of journeys without one, as `--by` lists them.
    """

    column: str
    values: tuple[str, ...]
    is_other: bool = False

    def __str__(self) -> str:
        values = [quoted(one) for one in self.values]
        if len(values) == 1:
            return f"{_name(self.column)} {'!=' if self.is_other else '='} {values[0]}"
        return f"{_name(self.column)} {'not in' if self.is_other else 'in'} ({', '.join(values)})"


@dataclass(frozen=True, slots=True)
class _Token:
    """A name or a value, or a sign between them."""

    text: str
    is_sign: bool = False
    is_word: bool = False


def where(written: str, name: str) -> Where:
    """Read a condition; `name` is the option for errors.

    A column, then `=`, `!=`, `in (…)` or `not in (…)`, then values, in quotes where they hold
    blanks or signs; a quote inside is doubled. Raises UsageError U101.

    >>> where('fund = "A"', "--where")
    Where(column='fund', values=('A',), is_other=False)
    >>> str(where("plan not in (gold, 'no plan')", "--where"))
    'plan not in ("gold", "no plan")'
    """
    found = _tokens(written, name)
    match found:
        case [column, _Token(sign, True), value] if not column.is_sign and not value.is_sign:
            if sign in (*_EQUAL, *_UNEQUAL):
                return Where(column.text, (value.text,), sign in _UNEQUAL)
        case [column, _Token("in", False, True), *listed] if not column.is_sign:
            return Where(column.text, _listed(listed, name))
        case [column, _Token("not", False, True), _Token("in", False, True), *listed]:
            if not column.is_sign:
                return Where(column.text, _listed(listed, name), True)
    raise _unread(name, "a condition is a column, then = or !=, then one value")


def _tokens(written: str, name: str) -> list[_Token]:
    found, at = [], 0
    written = written.rstrip()
    while at < len(written):
        token = _TOKEN.match(written, at)
        if token is None:
            raise _unread(name, f"character {at + 1} begins no column, sign or value")
        at = token.end()
        match token.lastgroup:
            case "double":
                found.append(_Token(token["double"].replace('""', '"')))
            case "single":
                found.append(_Token(token["single"].replace("''", "'")))
            case "sign":
                found.append(_Token(token["sign"], is_sign=True))
            case _:
                found.append(_Token(token["word"], is_word=True))
    return found


def _listed(found: list[_Token], name: str) -> tuple[str, ...]:
    """The values between brackets, with commas between them."""
    inner = found[1:-1]
    is_list = (
        len(found) >= 3
        and found[0] == _Token("(", True)
        and found[-1] == _Token(")", True)
        and len(inner) % 2 == 1
        and all(one == _Token(",", True) for one in inner[1::2])
        and not any(one.is_sign for one in inner[::2])
    )
    if not is_list:
        raise _unread(name, "a list of values is in brackets, with commas between them")
    return tuple(dict.fromkeys(one.text for one in inner[::2]))


def _unread(name: str, cause: str) -> UsageError:
    return UsageError(
        Problem(
            Code.USAGE,
            "a condition is needed",
            Place(name),
            cause=cause,
            remedy=f'for example {name} \'fund = "A"\' or {name} \'fund in ("A", "B")\'',
        )
    )


def quoted(value: str) -> str:
    """A value in quotes; those inside are doubled."""
    return '"' + value.replace('"', '""') + '"'


def _name(column: str) -> str:
    is_word = re.fullmatch(r"[^\s\"'=!<>(),]+", column) is not None
    return column if is_word else quoted(column)
