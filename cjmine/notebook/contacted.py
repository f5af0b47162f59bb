"""Contacts in a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cjmine.notebook.frames import frame
from cjmine.notebook.html import block, heading, table_of_rows
from cjmine.notebook.picture import File
from cjmine.notebook.reported import ShownResult
from cjmine.reporters.contact.tables import AGAIN, BEFORE, CONTAINED, GROUPS, HOURS, TYPES
from cjmine.reporters.contact.words import headline, ratio, type_name, word
from cjmine.reporters.language import english
from cjmine.results.contact import Contact

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, repr=False)
class ContactFound(ShownResult[Contact]):
    """Contacts that print themselves and hand out data frames."""

    @property
    def types(self) -> pd.DataFrame:
        """One row a type: contacts, expected, the excess with its interval, cost."""
        return frame(TYPES, self.result)

    @property
    def before(self) -> pd.DataFrame:
        """One row a touchpoint in the hour before: the odds ratio with interval, q, verdict."""
        return frame(BEFORE, self.result)

    @property
    def again(self) -> pd.DataFrame:
        """How many contacts are followed by another, after any and after each touchpoint."""
        return frame(AGAIN, self.result)

    @property
    def contained(self) -> pd.DataFrame:
        """The share of digital visits to each step that no contact follows."""
        return frame(CONTAINED, self.result)

    @property
    def hours(self) -> pd.DataFrame:
        """Contacts by hour of the week; weekday 1 is Monday."""
        return frame(HOURS, self.result)

    @property
    def groups(self) -> pd.DataFrame:
        """Contacts by what was asked for: channel, hour of the day or reason."""
        return frame(GROUPS, self.result)

    def save(self, file: File) -> None:
        """Write the result, whole or not at all; the suffix decides.

        .html is the page, .json, .md, .csv (the types) and .txt what `cjmine contact -o` writes.
        Raises UsageError U101, OutputError O101.
        """
        self._write(Path(file))

    def _repr_html_(self) -> str:
        """The types, and what came before; without script or style sheet."""
        found = self.result
        words = english().about(found.privacy)
        types = [(type_name(row.type, words), words.count(row.contacts)) for row in found.types]
        before = [
            (row.touchpoint, words.count(row.contacts), ratio(row, words), word(row, words))
            for row in found.before
        ]
        return block(
            heading("Contact", headline(found, words)),
            table_of_rows(("type", "contacts"), types),
            table_of_rows(("in the hour before", "contacts", "against like journeys", ""), before),
        )
