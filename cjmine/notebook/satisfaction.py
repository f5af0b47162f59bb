"""How customers rate the journeys of a log, in a notebook."""

from __future__ import annotations

from pathlib import Path

from cjmine.declared import NOTHING_DECLARED
from cjmine.eventlog.log import EventLog
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ingest.project import declared_by
from cjmine.notebook.filtered import Filtered, filters_of
from cjmine.notebook.ideals import File, declared
from cjmine.notebook.rated import RatedJourney
from cjmine.notebook.typed import bound_of, duration_of
from cjmine.privacy.group_size import DEFAULT_MIN_GROUP
from cjmine.verbs.satisfaction import satisfaction as measure
from cjmine.verbs.satisfaction_settings import SatisfactionSettings


def satisfaction(
    log: EventLog | Filtered,
    ideal: File | CompiledIdeal,
    *,
    score: str | None = None,
    by: str | None = None,
    unweighted: bool = False,
    config: File | None = None,
    min_group: int = DEFAULT_MIN_GROUP,
    release: bool = False,
    observed_from: str | None = None,
    observed_until: str | None = None,
    deadline: str | None = None,
) -> RatedJourney:
    """How customers rate a journey, who answered, and which moments go with the score.

    Parameters
    ----------
    ideal
        A journey file, a process model, or what `Journey.read` made of one.
    score
        One question alone: "NPS", or a scale such as "csat-10".
    by
        A column to compare journeys by.
    unweighted
        Whether the figure weighted for who answers is left away.
    config
        A cjmine.toml that declares contacts, like columns and surveys.
    min_group, release, observed_from, observed_until, deadline
        As for `check`.

    A log without scores gives empty frames; journeys that have not had their full time are not
    counted. Raises UsageError U101 for two scales of one question, for a question or a column that
    is not there, and what `check` raises.
    """
    settings = SatisfactionSettings(
        score=score,
        by=by,
        unweighted=unweighted,
        min_group=min_group,
        release=release,
        observed_from=bound_of(observed_from, "observed_from"),
        observed_until=bound_of(observed_until, "observed_until"),
        deadline=duration_of(deadline),
    )
    project = NOTHING_DECLARED if config is None else declared_by((), Path(config))
    chosen = filters_of(log)
    return RatedJourney(measure(chosen.log, declared(ideal), chosen.asked(settings), project))
