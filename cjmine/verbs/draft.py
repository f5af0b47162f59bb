"""Draft: a log and a goal in, a first journey file out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cjmine.analysis.draft import Draft, draft_journey, successes_of
from cjmine.analysis.staging import in_stages
from cjmine.config import read_config
from cjmine.disclosure.draft import shown_draft
from cjmine.disclosure.labels import shown_labels
from cjmine.disclosure.refusals import refuse_small_result
from cjmine.errors import Code, DataError, Problem, did_you_mean
from cjmine.eventlog.journeys import CutRules, cut
from cjmine.eventlog.log import EventLog
from cjmine.ingest.config_path import config_path
from cjmine.progress import Phase, Progress, ProgressEvent, no_progress
from cjmine.sources import TouchpointRule
from cjmine.verbs.settings import CutSettings

Rules = tuple[TouchpointRule, ...]


def draft(
    log: EventLog, settings: CutSettings, touchpoints: Rules = (), progress: Progress = no_progress
) -> Draft:
    """Draft a journey towards the goals of the settings, in the stages that the rules name.

    Raises DataError, PrivacyError.
    """
    policy = settings.policy
    refuse_small_result(cut(log).customers, policy)
    known = shown_labels(log, policy.min_group)
    for name in settings.goal:
        if name not in known:
            raise DataError(
                Problem(
                    Code.NO_EVENTS,
                    f'no event is "{name}"',
                    remedy=did_you_mean(name, known),
                )
            )
    progress(ProgressEvent(Phase.COUNT))
    unknown = tuple(name for name in settings.entry if name not in known)
    rules = CutRules(gap_us=settings.gap, entry=settings.entry, passed_over=unknown)
    journeys = cut(log, rules)
    good = successes_of(journeys, settings.goal)
    refuse_small_result(good.customers, policy)
    made = draft_journey(journeys, good, settings.goal, settings.entry, policy.min_group)
    return in_stages(shown_draft(made, policy), touchpoints)


def rules_at_hand(logs: Sequence[str], config: Path | None) -> Rules:
    """The touchpoint rules of the given configuration, or of that beside the first log, or here.

    () where there is none. Raises UsageError C101, C102 where it cannot be read.
    """
    path = config_path(logs, config)
    return () if path is None else read_config(path).rules
