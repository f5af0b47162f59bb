"""What is odd about the journeys of a log, in a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cjmine.declared import NOTHING_DECLARED
from cjmine.eventlog.log import EventLog
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ingest.project import declared_by
from cjmine.notebook.filtered import Filtered, filters_of
from cjmine.notebook.frames import frame
from cjmine.notebook.html import block, heading, table_of_rows
from cjmine.notebook.ideals import File, declared
from cjmine.notebook.reported import ShownResult
from cjmine.notebook.typed import bound_of, duration_of
from cjmine.privacy.group_size import DEFAULT_MIN_GROUP
from cjmine.reporters.language import english
from cjmine.reporters.outliers.tables import CONTRASTS, COVERAGE, WAVES
from cjmine.reporters.outliers.words import (
    came_before,
    condition,
    contrasts,
    headline,
    times,
    wave_name,
    wave_size,
)
from cjmine.results.outliers import Outliers
from cjmine.verbs.outliers import outliers as measure
from cjmine.verbs.outliers_settings import OutliersSettings

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, repr=False)
class OutliersFound(ShownResult[Outliers]):
    """Outliers that print themselves and hand out data frames."""

    @property
    def contrasts(self) -> pd.DataFrame:
        """One row a condition: how many times as often on both halves, q, verdict."""
        return frame(CONTRASTS, self.result)

    @property
    def waves(self) -> pd.DataFrame:
        """One row a wave: reason, days, events, expected, the excess with its interval, p."""
        return frame(WAVES, self.result)

    @property
    def coverage(self) -> pd.DataFrame:
        """What begins or ends inside the log."""
        return frame(COVERAGE, self.result)

    def save(self, file: File) -> None:
        """Write the result, whole or not at all; the suffix decides.

        .html is the page; .json, .md, .csv (the contrasts) and .txt are what `cjmine outliers -o`
        writes. Raises UsageError U101, OutputError O101.
        """
        self._write(Path(file))

    def _repr_html_(self) -> str:
        """What is confirmed, and the waves; without script or style sheet."""
        found, words = self.result, english().about(self.result.privacy)
        shared = [
            (condition(one, words), times(one.found, words), times(one.confirmed, words))
            for one in contrasts(found)
        ]
        waves = [
            (wave_name(one, words), wave_size(one, words), came_before(one, words))
            for one in found.waves or ()
        ]
        return block(
            heading("Outliers", headline(found, words)),
            table_of_rows(("what the others share", "times as often", "other half"), shared),
            table_of_rows(("wave", "how many", "before it"), waves),
        )


def outliers(
    log: EventLog | Filtered,
    ideal: File | CompiledIdeal,
    *,
    happy: float = 1.0,
    by: str | None = None,
    config: File | None = None,
    min_group: int = DEFAULT_MIN_GROUP,
    release: bool = False,
    observed_from: str | None = None,
    observed_until: str | None = None,
    deadline: str | None = None,
) -> OutliersFound:
    """What the journeys outside the happy flow share, who had no answer, and waves of contact.

    Parameters
    ----------
    ideal
        A journey file, a process model, or what `Journey.read` made of one.
    happy
        The least fitness of a happy journey, from 0 to 1.
    by
        A column that must be there.
    config
        A cjmine.toml that declares contacts, answers and dated changes.
    min_group, release, observed_from, observed_until, deadline
        As for `check`.

    An empty log gives empty frames; open journeys are not judged. Raises what `check` raises.
    """
    settings = OutliersSettings(
        happy=happy,
        by=by,
        min_group=min_group,
        release=release,
        observed_from=bound_of(observed_from, "observed_from"),
        observed_until=bound_of(observed_until, "observed_until"),
        deadline=duration_of(deadline),
    )
    project = NOTHING_DECLARED if config is None else declared_by((), Path(config))
    asked, chosen = declared(ideal), filters_of(log)
    return OutliersFound(measure(chosen.log, asked, chosen.asked(settings), project))
