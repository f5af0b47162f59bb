"""Draft: a log and a goal in, a first journey file out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cjmine.analysis.draft import Draft, draft_journey, successes_of
from cjmine.analysis.staging import in_stages
from cjmine.config import read_config
from cjmine.disclosure.draft import shown_draft
from cjmine.disclosure.labels import refuse_absent, shown_labels
from cjmine.disclosure.refusals import refuse_small_result
from cjmine.eventlog.journeys import CutRules, cut, without_surveys
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

    Raises DataError, PrivacyError; UsageError U103 where a goal or an entry is absent.
    """
    policy = settings.policy
    refuse_small_result(cut(log).customers, policy)
    known = shown_labels(log, policy.min_group)
    refuse_absent(settings.goal, "--goal", known, policy)
    refuse_absent(settings.entry, "--entry", known, policy)
    progress(ProgressEvent(Phase.COUNT))
    rules = CutRules(settings.gap, entry=settings.entry, own=settings.goal)
    journeys = without_surveys(cut(log, rules))
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
