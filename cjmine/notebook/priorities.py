"""What to fix first, in a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cjmine.declared import NOTHING_DECLARED
from cjmine.eventlog.log import EventLog
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ingest.project import declared_by
from cjmine.notebook.filtered import Filtered, Names, filters_of, names
from cjmine.notebook.frames import frame
from cjmine.notebook.html import block, heading, picture, table_of_rows
from cjmine.notebook.ideals import File, declared
from cjmine.notebook.picture import PICTURES, Picture, spoken
from cjmine.notebook.reported import ShownResult
from cjmine.notebook.typed import bound_of, duration_of
from cjmine.privacy.group_size import DEFAULT_MIN_GROUP
from cjmine.reporters.language import english
from cjmine.reporters.priorities.bars import bars
from cjmine.reporters.priorities.tables import ITEMS
from cjmine.reporters.priorities.words import amount, gap, headline, name, verdict
from cjmine.results.priorities import Priorities
from cjmine.verbs.periods import points
from cjmine.verbs.priorities import priorities as measure
from cjmine.verbs.priorities_settings import PrioritiesSettings

if TYPE_CHECKING:
    import pandas as pd

_SHOWN = 20


@dataclass(frozen=True, repr=False)
class RankedPriorities(ShownResult[Priorities]):
    """Priorities that print themselves, draw their bars and hand out a data frame."""

    @property
    def items(self) -> pd.DataFrame:
        """One row a deviation, in order: journeys, shares, effect, gain, q, verdict, money."""
        return frame(ITEMS, self.result)

    def plot(self, lang: str = "en") -> Picture:
        """The gains as bars with whiskers, ceilings hollow. Raises UsageError U101."""
        from cjmine.reporters.language import language

        svg = bars(self.result, language(spoken(lang)).about(self.result.privacy))
        return Picture("the gains", svg, None, self.result.privacy.release)

    def save(self, file: File) -> None:
        """Write the result, whole or not at all; the suffix decides.

        .html is the page, .svg and .png are the bars, .md is the backlog, .json, .csv and .txt are
        what `cjmine priorities -o` writes. Raises UsageError U101, OutputError O101.
        """
        path = Path(file)
        if path.suffix.lower() in PICTURES:
            self.plot().save(path)
        else:
            self._write(path)

    def _repr_html_(self) -> str:
        """The bars and the first deviations; without script or style sheet."""
        found = self.result
        words = english().about(found.privacy)
        rows = [
            (
                name(row, words),
                words.count(row.journeys),
                gap(row.naive, words),
                gap(row.effect, words),
                amount(row.gain, words),
                verdict(row, words),
            )
            for row in found.items[:_SHOWN]
        ]
        said = headline(found, words)
        heads = ("what", "journeys", "bare difference", "held equal", "gain in goals", "verdict")
        return block(
            heading("What to fix first", said),
            picture(self.plot().svg, said),
            table_of_rows(heads, rows),
        )


def priorities(
    log: EventLog | Filtered,
    ideal: File | CompiledIdeal,
    *,
    like: Names = (),
    margin: str = "1pp",
    config: File | None = None,
    min_group: int = DEFAULT_MIN_GROUP,
    release: bool = False,
    observed_from: str | None = None,
    observed_until: str | None = None,
    deadline: str | None = None,
) -> RankedPriorities:
    """What to fix first: deviations by what like journeys achieve without them.

    Parameters
    ----------
    ideal
        A journey file, a process model, or what `Journey.read` made of one.
    like
        Columns to hold equal beside begin, month, progress and earlier contacts.
    margin
        The harm that would not matter, in percentage points of the goal.
    config
        A cjmine.toml that says what a goal is worth, what is contact, and what is held equal.
    min_group, release, observed_from, observed_until, deadline
        As for `check`.

    An empty log gives an empty frame; open journeys are not counted. Raises UsageError U101 for a
    column that is not there, and what `check` raises.
    """
    settings = PrioritiesSettings(
        like=names(like),
        margin=points(margin, "margin"),
        min_group=min_group,
        release=release,
        observed_from=bound_of(observed_from, "observed_from"),
        observed_until=bound_of(observed_until, "observed_until"),
        deadline=duration_of(deadline),
    )
    project = NOTHING_DECLARED if config is None else declared_by((), Path(config))
    chosen = filters_of(log)
    found = measure(chosen.log, declared(ideal), chosen.asked(settings), project)
    return RankedPriorities(found)
