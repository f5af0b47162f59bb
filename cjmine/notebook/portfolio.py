"""All journeys of a portfolio beside a log, in a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cjmine.declared import NOTHING_DECLARED
from cjmine.eventlog.log import EventLog
from cjmine.ingest.project import declared_by
from cjmine.notebook.filtered import Filtered, filters_of
from cjmine.notebook.frames import frame
from cjmine.notebook.html import block, heading, table_of_rows
from cjmine.notebook.picture import File
from cjmine.notebook.reported import ShownResult
from cjmine.notebook.typed import bound_of
from cjmine.privacy.group_size import DEFAULT_MIN_GROUP
from cjmine.reporters.language import english
from cjmine.reporters.portfolio.lines import lines
from cjmine.reporters.portfolio.tables import (
    COURSES,
    FINDINGS,
    GROUP_COURSES,
    GROUP_SCORES,
    JOURNEYS,
    OWNERS,
    PARENTS,
    PHASES,
    REASONS,
    SCORES,
    VALUES,
)
from cjmine.reporters.portfolio.words import close, contact, headline
from cjmine.results.portfolio import Portfolio
from cjmine.verbs.portfolio import portfolio as measure
from cjmine.verbs.portfolio_journeys import read_journeys
from cjmine.verbs.portfolio_settings import PortfolioSettings, refuse_others

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, repr=False)
class PortfolioOfJourneys(ShownResult[Portfolio]):
    """A portfolio that prints itself and hands out data frames, in the order of its file."""

    @property
    def journeys(self) -> pd.DataFrame:
        """One row a journey, or a value of a template, with its figures."""
        return frame(JOURNEYS, self.result)

    @property
    def phases(self) -> pd.DataFrame:
        """One row a phase: its journeys together."""
        return frame(PHASES, self.result)

    @property
    def owners(self) -> pd.DataFrame:
        """One row an owner: their journeys together."""
        return frame(OWNERS, self.result)

    @property
    def parents(self) -> pd.DataFrame:
        """One row a journey that others are below: all of them together."""
        return frame(PARENTS, self.result)

    @property
    def reasons(self) -> pd.DataFrame:
        """Columns reason, contacts, journey."""
        return frame(REASONS, self.result)

    @property
    def values(self) -> pd.DataFrame:
        """One row a value of a template, with z, its limits and the verdict."""
        return frame(VALUES, self.result)

    @property
    def courses(self) -> pd.DataFrame:
        """The goal of each journey by week or month."""
        return frame(COURSES, self.result)

    @property
    def scores(self) -> pd.DataFrame:
        """What customers answered about each journey, one row a question."""
        return frame(SCORES, self.result)

    @property
    def group_scores(self) -> pd.DataFrame:
        """What customers answered about each phase, owner, level and template."""
        return frame(GROUP_SCORES, self.result)

    @property
    def group_courses(self) -> pd.DataFrame:
        """The goal of each phase, owner, level and template by week or month."""
        return frame(GROUP_COURSES, self.result)

    @property
    def findings(self) -> pd.DataFrame:
        """Columns code, about, text: what is to be managed."""
        return frame(FINDINGS, self.result)

    def save(self, file: File) -> None:
        """Write the portfolio, whole or not at all; the suffix decides.

        Raises UsageError U101, OutputError O101.
        """
        self._write(Path(file))

    def _repr_html_(self) -> str:
        """The journeys with goal, contact and state; without script or style sheet."""
        language = english()
        rows = [
            (
                one.phase or "",
                one.name,
                one.owner or "",
                language.count(one.journeys),
                close(one.goal, language),
                contact(one.contact, language),
                " · ".join(one.states),
            )
            for one in lines(self.result, language)
        ]
        heads = ("phase", "journey", "owner", "journeys", "goal", "contact", "state")
        return block(
            heading("Journeys", headline(self.result, language)), table_of_rows(heads, rows)
        )


def portfolio(
    log: EventLog | Filtered,
    file: File,
    *,
    margin: float = 0.02,
    config: File | None = None,
    min_group: int = DEFAULT_MIN_GROUP,
    release: bool = False,
    observed_from: str | None = None,
    observed_until: str | None = None,
) -> PortfolioOfJourneys:
    """Every journey of a portfolio file as `check` counts it, and all of them together.

    Parameters
    ----------
    file
        The portfolio file; its journey files are beside it.
    margin
        From how much on a value of a template differs, as a share.
    config
        A cjmine.toml, which names what is contact.
    min_group, release, observed_from, observed_until
        As for `check`.

    Of filters only days can hold for all journeys. Raises UsageError with all that is wrong with
    the files, U101 for a column that is not there, and what `check` raises.
    """
    settings = PortfolioSettings(
        margin=margin,
        min_group=min_group,
        release=release,
        observed_from=bound_of(observed_from, "observed_from"),
        observed_until=bound_of(observed_until, "observed_until"),
    )
    chosen = filters_of(log)
    settings = chosen.asked(settings)
    refuse_others(settings)
    project = NOTHING_DECLARED if config is None else declared_by((), Path(config))
    asked = read_journeys(Path(file), Path(file).as_posix())
    return PortfolioOfJourneys(measure(chosen.log, asked, settings, project))
