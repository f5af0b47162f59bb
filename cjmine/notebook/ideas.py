"""What ideas promised and brought, in a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from os import fspath
from pathlib import Path
from typing import TYPE_CHECKING

from cjmine.declared import NOTHING_DECLARED
from cjmine.eventlog.log import EventLog
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ideas.file import read_register
from cjmine.ingest.project import declared_by
from cjmine.notebook.filtered import Filtered, filters_of
from cjmine.notebook.frames import frame
from cjmine.notebook.html import block, heading, table_of_rows
from cjmine.notebook.ideals import File, declared
from cjmine.notebook.reported import ShownResult
from cjmine.notebook.typed import bound_of, duration_of
from cjmine.privacy.group_size import DEFAULT_MIN_GROUP
from cjmine.reporters.ideas.tables import IDEAS
from cjmine.reporters.ideas.words import change, headline, promised, word
from cjmine.reporters.language import DASH, english
from cjmine.results.ideas import Ideas
from cjmine.verbs.ideas import ideas as measure
from cjmine.verbs.settings import JudgedSettings

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, repr=False)
class MeasuredIdeas(ShownResult[Ideas]):
    """Measured ideas that print themselves, and hand out a data frame."""

    @property
    def ideas(self) -> pd.DataFrame:
        """One row an idea: its promise, the change that was measured, and the word for both."""
        return frame(IDEAS, self.result)

    def save(self, file: File) -> None:
        """Write the result; the suffix decides: .html .json .md .csv .txt.

        Raises UsageError U101, OutputError O101.
        """
        self._write(Path(file))

    def _repr_html_(self) -> str:
        """Each idea with its promise and what became of it; without script or style sheet."""
        words = english().about(self.result.privacy)
        cells = [
            (
                row.idea.id,
                row.idea.title,
                promised(row.idea, words),
                DASH
                if row.measured is None
                else change(row.measured.change, row.measured.unit, words),
                word(row, words),
            )
            for row in self.result.ideas
        ]
        heads = ("id", "idea", "expected", "measured", "verdict")
        said = headline(self.result, words)
        return block(heading("Ideas", said), table_of_rows(heads, cells))


def ideas(
    log: EventLog | Filtered,
    ideal: File | CompiledIdeal,
    register: File,
    *,
    config: File | None = None,
    min_group: int = DEFAULT_MIN_GROUP,
    release: bool = False,
    observed_from: str | None = None,
    observed_until: str | None = None,
    deadline: str | None = None,
) -> MeasuredIdeas:
    """What became of the promises of ideas about a journey.

    Parameters
    ----------
    ideal
        A journey file, a process model, or what `Journey.read` made of one.
    register
        The ideas.yaml.
    config
        A cjmine.toml that names contacts.
    min_group, release, observed_from, observed_until, deadline
        As for `check`.

    An idea that did not begin is there without a measure. Raises UsageError J104 to J110 for
    mistakes in the register, and what `check` raises.
    """
    settings = JudgedSettings(
        min_group=min_group,
        release=release,
        observed_from=bound_of(observed_from, "observed_from"),
        observed_until=bound_of(observed_until, "observed_until"),
        deadline=duration_of(deadline),
    )
    project = NOTHING_DECLARED if config is None else declared_by((), Path(config))
    chosen = filters_of(log)
    tried = read_register(Path(register), fspath(register))
    return MeasuredIdeas(
        measure(chosen.log, declared(ideal), tried, chosen.asked(settings), project)
    )
