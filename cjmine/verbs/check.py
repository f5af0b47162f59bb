"""Check: an ideal journey and a log in, their comparison and a verdict out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cjmine.analysis.check import CheckWishes, Outcome, compare_journeys, judge
from cjmine.conformance.states import Window
from cjmine.errors import Code, Note, Place, Problem, UsageError
from cjmine.eventlog.journeys import CutRules, cut
from cjmine.eventlog.log import Cases, EventLog
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.output import write_text
from cjmine.progress import Phase, Progress, ProgressEvent, no_progress
from cjmine.results.baseline import Baseline
from cjmine.results.codec import baseline_text, read_baseline
from cjmine.verbs.settings import CheckSettings
from cjmine.version import VERSION

_LARGEST_BASELINE = 1 << 24


def check(
    log: EventLog,
    ideal: CompiledIdeal,
    settings: CheckSettings = CheckSettings(),
    progress: Progress = no_progress,
) -> Outcome:
    """Compare the journeys of a log with the ideal.

    Raises PrivacyError P103 where the log is about fewer customers than `min_group`.
    """
    journey = ideal.journey
    rules = CutRules(
        gap_us=journey.gap,
        until=journey.goal if journey.until_goal else (),
        entry=journey.entry,
    )
    about = log.about
    if settings.observed_from is not None:
        about = replace(about, observed_from=settings.observed_from)
    if settings.observed_until is not None:
        about = replace(about, observed_until=settings.observed_until)
    log = replace(log, about=about)
    window = Window(about.observed_from, (log.period or (0, 0))[1])
    wishes = CheckWishes(settings.min_group, settings.baseline, VERSION)
    progress(ProgressEvent(Phase.ALIGN))
    comparison = compare_journeys(cut(log, rules), ideal, window, settings.min_group)
    progress(ProgressEvent(Phase.COUNT))
    outcome = judge(log, comparison, wishes)
    notes = [*outcome.checked.notes]
    if log.about.cases is Cases.GIVEN and (journey.gap or journey.until_goal):
        notes.append(
            Note(
                Code.RULES_IGNORED,
                "the log came with its cases; the rules under case: do not apply",
            )
        )
    if journey.file.lower().endswith((".bpmn", ".pnml")):
        goal = ", ".join(journey.goal)
        notes.append(
            Note(Code.GOAL_ASSUMED, f"a process model names no goal; its last steps are: {goal}")
        )
    return replace(outcome, checked=replace(outcome.checked, notes=tuple(notes)))


def open_baseline(path: Path) -> Baseline:
    """Read a saved baseline. Raises UsageError J116."""
    try:
        if path.stat().st_size > _LARGEST_BASELINE:
            raise OSError("it is too large for a baseline")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            Problem(
                Code.BASELINE_FORMAT,
                "the baseline cannot be read",
                Place(path.as_posix()),
                cause=getattr(error, "strerror", None) or str(error)[:80],
                remedy="make one: cjmine check LOG --ideal FILE --save-baseline FILE",
            )
        ) from None
    return read_baseline(text, path.as_posix())


def save_baseline(outcome: Outcome, file: Path) -> None:
    """Write the counts of a check for later ones, whole or not at all. Raises OutputError O101."""
    write_text(file, baseline_text(outcome.baseline))
