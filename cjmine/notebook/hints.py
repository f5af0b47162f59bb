"""What the measured journeys suggest for the journey file, in a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from os import fspath
from pathlib import Path
from typing import TYPE_CHECKING

from cjmine.eventlog.log import EventLog
from cjmine.notebook.filtered import Filtered, filters_of
from cjmine.notebook.frames import frame
from cjmine.notebook.html import block, heading, table_of_rows
from cjmine.notebook.ideals import File
from cjmine.notebook.reported import ShownResult
from cjmine.notebook.typed import bound_of, duration_of
from cjmine.output import Access, write_text
from cjmine.privacy.group_size import DEFAULT_MIN_GROUP
from cjmine.reporters.hints.tables import EDITS, HINTS
from cjmine.reporters.hints.words import edit_name, fitting, headline, hint_text, tip_name
from cjmine.reporters.language import english
from cjmine.results.hints import Hints
from cjmine.verbs.hints import hints as measure
from cjmine.verbs.hints_settings import HintsSettings
from cjmine.verbs.ideals import read_written
from cjmine.verbs.periods import points

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, repr=False)
class HintsForJourney(ShownResult[Hints]):
    """Hints that print themselves, and hand out data frames and the edited journey file."""

    @property
    def hints(self) -> pd.DataFrame:
        """One row a hint: tip, step, other, its share, what is compared, and the verdict."""
        return frame(HINTS, self.result)

    @property
    def edits(self) -> pd.DataFrame:
        """One row an edit of the journey file: edit, what, most, journeys that fit by it."""
        return frame(EDITS, self.result)

    @property
    def edited(self) -> str:
        """The text of the edited journey file; "" without an edit."""
        return self.result.edited

    def save(self, file: File) -> None:
        """Write the result, whole or not at all; the suffix decides.

        .yaml is the edited journey file, .html the page; .json, .md, .csv (the edits) and .txt are
        what `cjmine hints -o` writes. Raises UsageError U101, OutputError O101.
        """
        path = Path(file)
        if path.suffix.lower() in (".yaml", ".yml") and self.edited:
            write_text(path, self.edited, Access.of(self.result.privacy.release))
        else:
            self._write(path)

    def _repr_html_(self) -> str:
        """The hints, the edits, how many journeys fit by them; without script or style sheet."""
        words = english().about(self.result.privacy)
        said = [(tip_name(one.tip, words), hint_text(one, words)) for one in self.result.hints]
        parts = [heading("Hints", headline(self.result, words))]
        parts.append(table_of_rows(("tip", "what journeys show"), said))
        repaired = self.result.repaired
        if repaired is not None:
            cells = [(edit_name(row, words), words.count(row.journeys)) for row in repaired.edits]
            parts.append(heading("Repair", fitting(repaired, words)))
            parts.append(table_of_rows(("edit", "journeys"), cells))
        return block(*parts)


def hints(
    log: EventLog | Filtered,
    ideal: File,
    *,
    repair: bool = False,
    margin: str = "3pp",
    min_group: int = DEFAULT_MIN_GROUP,
    release: bool = False,
    observed_from: str | None = None,
    observed_until: str | None = None,
    deadline: str | None = None,
) -> HintsForJourney:
    """What the journeys of a log suggest for a journey file.

    Parameters
    ----------
    ideal
        A journey file.
    repair
        Whether the fewest edits are looked for that fit more journeys.
    margin
        The harm that would not matter, in percentage points of the goal.
    min_group, release, observed_from, observed_until, deadline
        As for `check`.

    An empty log gives empty frames; open journeys are not counted. Raises UsageError U101 for a
    process model, and what `check` raises.
    """
    settings = HintsSettings(
        repair=repair,
        margin=points(margin, "margin"),
        min_group=min_group,
        release=release,
        observed_from=bound_of(observed_from, "observed_from"),
        observed_until=bound_of(observed_until, "observed_until"),
        deadline=duration_of(deadline),
    )
    chosen = filters_of(log)
    written = read_written(Path(ideal), fspath(ideal))
    return HintsForJourney(measure(chosen.log, written, chosen.asked(settings)))
