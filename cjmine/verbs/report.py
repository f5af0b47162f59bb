"""Report: a log, or results of earlier runs, become one page that can be forwarded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from cjmine.counting.rounds import IN_THIS_PROCESS
from cjmine.counting.split import Split
from cjmine.declared import NOTHING_DECLARED, Declared
from cjmine.disclosure.insights import heard_in
from cjmine.disclosure.labels import shown_labels
from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.eventlog.parts import Log
from cjmine.ideal.allowed_flows import allowed_flows
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ideas.insights import Heard, Insight
from cjmine.progress import Progress, no_progress
from cjmine.reporters.html.report import Made, Report
from cjmine.results.check import Check
from cjmine.results.discovery import Discovery
from cjmine.results.dropoff import Dropoff
from cjmine.results.priorities import Priorities
from cjmine.verbs.check import check
from cjmine.verbs.discover import discover
from cjmine.verbs.dropoff import dropoff
from cjmine.verbs.dropoff_settings import DropoffSettings
from cjmine.verbs.pictures import open_reported
from cjmine.verbs.priorities import priorities
from cjmine.verbs.priorities_settings import PrioritiesSettings
from cjmine.verbs.settings import (
    VARIANTS_REPORTED,
    CheckSettings,
    DiscoverSettings,
    GoalSettings,
    ReportSettings,
)
from cjmine.version import VERSION


def made_by_check(command: str, ideal: CompiledIdeal) -> Made:
    """How a result with an ideal came about; one of a goal alone has no file."""
    journey = ideal.journey
    digest = sha256(Path(journey.file).read_bytes()).hexdigest() if journey.file else None
    return Made(command, VERSION, digest, journey.gap, journey.until_goal, journey.entry)


def made_by_discovery(command: str, asked: GoalSettings) -> Made:
    """How a discovery came about."""
    return Made(command, VERSION, None, asked.gap, asked.until_goal, asked.entry)


def report_on_log(
    log: Log,
    ideal: CompiledIdeal | None,
    settings: ReportSettings,
    declared: Declared = NOTHING_DECLARED,
    progress: Progress = no_progress,
    split: Split = IN_THIS_PROCESS,
    said: tuple[Insight, ...] = (),
) -> Report:
    """Check a log where there is an ideal, with drop-off and priorities; and discover its journeys.

    All are cut in the same way. `declared` says what like journeys have in common, and what a goal
    is worth; `said` is what customers said.

    Raises PrivacyError P103 where the log is about fewer customers than `min_group`.
    """
    asked = settings.into(DiscoverSettings, goal=settings.goal, top=VARIANTS_REPORTED)
    if ideal is None:
        made = made_by_discovery(settings.command, asked)
        return Report(None, discover(log, asked, progress, split), made, settings.title)
    asked = asked.as_the_ideal_says(ideal.journey)
    if settings.goal:
        asked = replace(asked, goal=settings.goal)
    checked = check(
        log,
        ideal,
        settings.into(CheckSettings, baseline=settings.baseline),
        progress,
        split,
    ).checked
    left = dropoff(log, ideal, settings.into(DropoffSettings), progress, split)
    ranking = replace(settings.into(PrioritiesSettings), by=None)
    first = priorities(log, ideal, ranking, declared, progress, split)
    return Report(
        checked,
        discover(log, asked, progress, split),
        made_by_check(settings.command, ideal),
        settings.title,
        allowed_flows(ideal),
        left,
        first,
        _heard(log, ideal, said, settings, split),
    )


def _heard(
    log: Log,
    ideal: CompiledIdeal,
    said: tuple[Insight, ...],
    settings: ReportSettings,
    split: Split,
) -> Heard | None:
    """What may be shown of it; None where nothing is written down."""
    if not said:
        return None
    return heard_in(said, ideal, shown_labels(log, settings.min_group, split))


def report_on_results(
    files: Sequence[Path], ideal: CompiledIdeal | None, settings: ReportSettings
) -> Report:
    """Draw what one check, discovery, drop-off and ranking of the same log found, or some of them.

    An ideal only marks in the flow map what is declared. Raises UsageError: U102 for what is no
    result, U101 where results do not belong together.
    """
    results = [open_reported(file, settings.release) for file in files]
    checks = [one for one in results if isinstance(one, Check)]
    found = [one for one in results if isinstance(one, Discovery)]
    left = [one for one in results if isinstance(one, Dropoff)]
    first = [one for one in results if isinstance(one, Priorities)]
    if not checks and not found:
        raise _apart("a report needs a check or a discovery", files[0])
    if any(len(one) > 1 for one in (checks, found, left, first)):
        raise _apart("a report shows one result of each kind", files[-1])
    for one in results[1:]:
        if one.sources != results[0].sources:
            raise _apart("the results are not of the same log", files[-1])
        if one.log.filters != results[0].log.filters:
            raise _apart("the results are about journeys of other filters", files[-1])
    names = tuple(settings.policy.file_name(file.as_posix()) for file in files)
    made = Made(settings.command, VERSION, results=names)
    if ideal is not None and checks and checks[0].journey != ideal.journey.name:
        raise _apart("the check is of another journey", Path(ideal.journey.file))
    if ideal is not None:
        made = replace(made, journey_sha256=made_by_check("", ideal).journey_sha256)
    return Report(
        checks[0] if checks else None,
        found[0] if found else None,
        made,
        settings.title,
        None if ideal is None else allowed_flows(ideal),
        left[0] if left else None,
        first[0] if first else None,
    )


def _apart(message: str, file: Path) -> UsageError:
    return UsageError(
        Problem(
            Code.USAGE,
            message,
            Place(file.as_posix()),
            remedy="name the JSON of one check and of one discovery of the same log; cjmine dropoff"
            " and cjmine priorities write more",
        )
    )
