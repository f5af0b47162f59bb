"""Draft: a log and a goal in, a first journey file out."""

from __future__ import annotations

from cjmine.analysis.draft import Draft, draft_journey
from cjmine.errors import Code, DataError, Problem, did_you_mean
from cjmine.eventlog.journeys import CutRules, cut
from cjmine.eventlog.log import EventLog
from cjmine.progress import Progress, Stage, Step, unheard
from cjmine.workflows.discover import Question


def draft(log: EventLog, question: Question, progress: Progress = unheard) -> Draft:
    """Draft a journey towards the goals of the question. Raises DataError, PrivacyError."""
    for name in question.goal:
        if name not in log.activities:
            raise DataError(
                Problem(
                    Code.NO_EVENTS,
                    f'no event is "{name}"',
                    remedy=did_you_mean(name, log.activities),
                )
            )
    progress(Step(Stage.COUNT))
    rules = CutRules(gap_us=question.gap, entry=question.entry)
    return draft_journey(log, cut(log, rules), question.goal, question.entry, question.min_group)
