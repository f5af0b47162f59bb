"""Notes whose text has figures about customers."""

from __future__ import annotations

from dataclasses import dataclass

from cjmine.errors import Code
from cjmine.results.figures import Counted


@dataclass(frozen=True, slots=True)
class CountedNote:
    """A note with the figures for the `{}` in its text, before anything is withheld.

    `is_exact`: the text was written when the log was loaded, and its figures cannot be rounded.
    """

    code: Code
    text: str
    counts: tuple[Counted, ...] = ()
    is_exact: bool = False
