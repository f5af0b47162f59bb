"""Check: an ideal journey and a log in, their comparison and a verdict out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from cjmine.analysis.check import CheckWishes, Outcome, compare_journeys, judge
from cjmine.conformance.states import Window
from cjmine.errors import Code, Note, Place, Problem, UsageError
from cjmine.eventlog.journeys import CutRules, cut
from cjmine.eventlog.log import Cases, EventLog
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.output import write_text
from cjmine.privacy.small_groups import DEFAULT_MIN_GROUP
from cjmine.progress import Phase, Progress, ProgressEvent, no_progress
from cjmine.results.baseline import Baseline
from cjmine.results.codec import baseline_text, read_baseline
from cjmine.version import VERSION

JOURNEY_NAME = "journey.yaml"
_LARGEST_BASELINE = 1 << 24


@dataclass(frozen=True, slots=True)
class CheckQuestion:
    """How to check; the same names as the options of `cjmine check`.

    `observed_from` and `observed_until` (microseconds) say when the log observes, where that is
    not its first and last event.
    """

    min_group: int = DEFAULT_MIN_GROUP
    baseline: Baseline | None = None
    observed_from: int | None = None
    observed_until: int | None = None


def read_ideal(path: Path, label: str) -> CompiledIdeal:
    """An ideal journey from a journey file, or from a process model (.bpmn, .pnml).

    Raises UsageError with all problems of the file (J1xx).
    """
    if path.suffix.lower() in (".bpmn", ".pnml"):
        from cjmine.ideal.model_in import read_model

        return read_model(path, label)
    from cjmine.ideal.file import read_journey

    return read_journey(path, label)


def find_ideal(logs: Sequence[str]) -> Path:
    """The journey.yaml beside the logs, or in the present folder. Raises UsageError J104."""
    folders = [path if path.is_dir() else path.parent for path in map(Path, logs)]
    for folder in dict.fromkeys([*folders, Path()]):
        if (folder / JOURNEY_NAME).is_file():
            return folder / JOURNEY_NAME
    raise UsageError(
        Problem(
            Code.JOURNEY_SYNTAX,
            "no ideal journey is named, and there is no journey.yaml",
            Place("--ideal"),
            remedy="name one: --ideal FILE; cjmine draft writes a first one",
        )
    )


def check(
    log: EventLog,
    ideal: CompiledIdeal,
    question: CheckQuestion = CheckQuestion(),
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
    if question.observed_from is not None:
        about = replace(about, observed_from=question.observed_from)
    if question.observed_until is not None:
        about = replace(about, observed_until=question.observed_until)
    log = replace(log, about=about)
    window = Window(about.observed_from, (log.period or (0, 0))[1])
    wishes = CheckWishes(question.min_group, question.baseline, VERSION)
    progress(ProgressEvent(Phase.ALIGN))
    comparison = compare_journeys(cut(log, rules), ideal, window, question.min_group)
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


def open_baseline(path: Path, label: str) -> Baseline:
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
                Place(label),
                cause=getattr(error, "strerror", None) or str(error)[:80],
                remedy="make one: cjmine check LOG --ideal FILE --save-baseline FILE",
            )
        ) from None
    return read_baseline(text, label)


def save_baseline(outcome: Outcome, file: Path) -> None:
    """Write the counts of a check for later ones, whole or not at all. Raises OutputError O101."""
    write_text(file, baseline_text(outcome.baseline))


def moment_of(written: str, option: str) -> int:
    """A day or moment in microseconds since 1970, UTC where it names no offset.

    >>> moment_of("2026-03-01", "--observed-from")
    1772323200000000

    Raises UsageError U101.
    """
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        raise UsageError(
            Problem(
                Code.USAGE,
                "a day or a moment is needed",
                Place(option),
                remedy=f"for example {option} 2026-03-01 or {option} 2026-03-01T12:00:00+01:00",
            )
        ) from None
    known = found if found.tzinfo is not None else found.replace(tzinfo=UTC)
    whole = known - datetime(1970, 1, 1, tzinfo=UTC)
    return (whole.days * 86_400 + whole.seconds) * 1_000_000 + whole.microseconds
