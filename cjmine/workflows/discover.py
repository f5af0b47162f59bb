"""Discover: a log in, the measured journeys out. What the command line and notebooks share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cjmine.analysis.discover import Wishes, discover_journeys
from cjmine.analysis.measured import Discovery
from cjmine.errors import Code, DataError, Note, Place, Problem, UsageError, did_you_mean
from cjmine.eventlog.journeys import CutRules, cut
from cjmine.eventlog.log import CHANNEL, Cases, EventLog
from cjmine.eventlog.parquet import is_log, read_log
from cjmine.privacy.small_groups import DEFAULT_MIN_GROUP
from cjmine.progress import Progress, Stage, Step, unheard

if TYPE_CHECKING:
    from cjmine.ideal.journey import IdealJourney
    from cjmine.privacy.pseudonyms import Key
    from cjmine.workflows.declared import Declared
    from cjmine.workflows.load import Loaded, RejectBudget


@dataclass(frozen=True, slots=True)
class Question:
    """What to find out about a log; the same names as the options of `cjmine discover`.

    `gap` is in microseconds. `top` limits the list of variants; None lists all.
    """

    goal: tuple[str, ...] = ()
    entry: tuple[str, ...] = ()
    gap: int | None = None
    until_goal: bool = False
    by: str | None = None
    top: int | None = None
    min_group: int = DEFAULT_MIN_GROUP


def as_the_ideal_says(question: Question, journey: IdealJourney) -> Question:
    """The same question, with the goal, entry and cut that an ideal journey declares."""
    return replace(
        question,
        goal=journey.goal,
        entry=journey.entry,
        gap=journey.gap,
        until_goal=journey.until_goal,
    )


@dataclass(frozen=True, slots=True)
class Opened:
    """A log, and how it was loaded where it was not a saved one."""

    log: EventLog
    loaded: Loaded | None


def open_log(
    arguments: Sequence[str],
    declared: Declared | None = None,
    key: Key | None = None,
    budget: RejectBudget | None = None,
    progress: Progress = unheard,
) -> Opened:
    """Read a saved event log, or load exports and process logs and keep nothing of them.

    Without a key a random one is used and thrown away. Raises what `load` raises, and DataError
    L123 where a saved log stands beside other files.
    """
    saved = [argument for argument in arguments if is_log(Path(argument))]
    if saved:
        if len(arguments) > 1:
            raise DataError(
                Problem(
                    Code.SOURCES_DISAGREE,
                    "a saved event log is read alone",
                    Place(saved[0]),
                    remedy="load all exports into one log",
                )
            )
        progress(Step(Stage.READ, saved[0]))
        return Opened(read_log(Path(saved[0]), saved[0]), None)
    from cjmine.privacy.key import throw_away_key
    from cjmine.workflows.declared import Declared
    from cjmine.workflows.inputs import find_inputs
    from cjmine.workflows.load import RejectBudget, load

    found = find_inputs(arguments, declared or Declared(), progress)
    loaded = load(found, key or throw_away_key(), budget or RejectBudget(), progress=progress)
    return Opened(loaded.log, loaded)


def discover(log: EventLog, question: Question, progress: Progress = unheard) -> Discovery:
    """Measure the journeys of a log.

    Raises
    ------
    UsageError
        U101 where `by` names a column that the log does not have.
    PrivacyError
        P103 where the log is about fewer customers than `min_group`.
    """
    if question.by is not None and not log.has(question.by):
        available = [*log.attributes, *([CHANNEL] if log.has(CHANNEL) else [])]
        raise UsageError(
            Problem(
                Code.USAGE,
                f'the log has no column "{question.by}"',
                remedy=did_you_mean(question.by, available)
                or "keep it when loading: --keep COLUMN",
            )
        )
    rules = CutRules(
        gap_us=question.gap,
        until=question.goal if question.until_goal else (),
        entry=question.entry,
    )
    progress(Step(Stage.COUNT))
    journeys = cut(log, rules)
    wishes = Wishes(question.goal, question.by, question.top, question.min_group)
    found = discover_journeys(log, journeys, wishes)
    if log.about.cases is Cases.GIVEN and (question.gap or question.until_goal):
        note = Note(
            Code.RULES_IGNORED, "the log came with its cases; rules that cut journeys do not apply"
        )
        found = replace(found, notes=(*found.notes, note))
    return found
