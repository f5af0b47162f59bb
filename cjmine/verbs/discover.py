"""Discover: a log in, the measured journeys out. What the command line and notebooks share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cjmine.analysis.discover import Wishes, discover_journeys
from cjmine.errors import Code, Note, Problem, UsageError, did_you_mean
from cjmine.eventlog.journeys import CutRules, cut
from cjmine.eventlog.log import CHANNEL, Cases, EventLog
from cjmine.privacy.small_groups import DEFAULT_MIN_GROUP
from cjmine.progress import Phase, Progress, ProgressEvent, no_progress
from cjmine.results.discovery import Discovery

if TYPE_CHECKING:
    from cjmine.ideal.journey import IdealJourney


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


def discover(log: EventLog, question: Question, progress: Progress = no_progress) -> Discovery:
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
    progress(ProgressEvent(Phase.COUNT))
    journeys = cut(log, rules)
    wishes = Wishes(question.goal, question.by, question.top, question.min_group)
    found = discover_journeys(log, journeys, wishes)
    if log.about.cases is Cases.GIVEN and (question.gap or question.until_goal):
        note = Note(
            Code.RULES_IGNORED, "the log came with its cases; rules that cut journeys do not apply"
        )
        found = replace(found, notes=(*found.notes, note))
    return found
