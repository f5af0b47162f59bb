"""Finding and reading the ideal journey that a verb compares with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cjmine.counting.rounds import IN_THIS_PROCESS
from cjmine.counting.split import Split
from cjmine.disclosure.labels import refuse_absent, shown_labels
from cjmine.errors import Code, Place, Problem, UsageError, did_you_mean
from cjmine.eventlog.parts import Log
from cjmine.ideal.compiled import CompiledIdeal, compile_ideal
from cjmine.ideal.journey import IdealJourney
from cjmine.verbs.settings import GoalSettings

if TYPE_CHECKING:
    from cjmine.ideal.file import WrittenIdeal

JOURNEY_NAME = "journey.yaml"


def read_ideal(path: Path, label: str, pool: str | None = None) -> CompiledIdeal:
    """An ideal journey from a journey file, or from a process model (.bpmn, .pnml).

    `pool` names one of several pools of a model. Raises UsageError with all problems of the file
    (J1xx).
    """
    from cjmine.ideal.model_in import is_model, read_model

    if is_model(path.name):
        return read_model(path, label, pool)
    if pool is not None:
        raise UsageError(
            Problem(
                Code.USAGE,
                "--pool is for process models (.bpmn, .pnml)",
                Place(label),
                remedy="leave it out: a journey file declares one journey",
            )
        )
    from cjmine.ideal.file import read_journey

    return read_journey(path, label)


def journey_beside(logs: Sequence[str]) -> Path | None:
    """The journey.yaml beside the logs, or in the present folder; None where there is none."""
    folders = [path if path.is_dir() else path.parent for path in map(Path, logs)]
    for folder in dict.fromkeys([*folders, Path()]):
        if (folder / JOURNEY_NAME).is_file():
            return folder / JOURNEY_NAME
    return None


def written_ideal_of(file: Path | None, logs: Sequence[str]) -> WrittenIdeal:
    """The journey file that is named, or the one beside the logs, with its text.

    Raises UsageError J104 where there is none, U101 for a process model.
    """
    found = file if file is not None else journey_beside(logs)
    if found is None:
        raise _no_ideal()
    return read_written(found, found.as_posix())


def read_written(path: Path, label: str) -> WrittenIdeal:
    """A journey file with its text. Raises UsageError U101 for a process model."""
    from cjmine.ideal.file import written_ideal
    from cjmine.ideal.model_in import is_model

    if is_model(path.name):
        raise UsageError(
            Problem(
                Code.USAGE,
                "hints are about a journey file, and this is a process model",
                Place(label),
                remedy="cjmine draft LOG writes a first journey file",
            )
        )
    return written_ideal(path, label)


def ideal_of(
    file: Path | None, logs: Sequence[str], pool: str | None = None
) -> CompiledIdeal | None:
    """The ideal that is named, or the journey.yaml beside the logs; None without one."""
    found = file if file is not None else journey_beside(logs)
    return None if found is None else read_ideal(found, found.as_posix(), pool)


def needed_ideal(file: Path | None, logs: Sequence[str], pool: str | None = None) -> CompiledIdeal:
    """The ideal that is named, or the journey.yaml beside the logs. Raises UsageError J104."""
    found = ideal_of(file, logs, pool)
    if found is None:
        raise _no_ideal()
    return found


def _no_ideal() -> UsageError:
    return UsageError(
        Problem(
            Code.JOURNEY_SYNTAX,
            "no ideal journey is named, and there is no journey.yaml",
            Place("--ideal"),
            remedy="name one: --ideal FILE; cjmine draft writes a first one",
        )
    )


def goal_alone(settings: GoalSettings) -> CompiledIdeal:
    """A journey of which only the goal is known, and how journeys are cut: it has no steps.

    >>> goal_alone(GoalSettings(goal=("Buy",))).space.labels
    ()
    """
    return compile_ideal(
        IdealJourney(
            name="",
            goal=settings.goal,
            stages=(),
            entry=settings.entry,
            gap=settings.gap,
            until_goal=settings.until_goal,
        )
    )


def ideal_or_goal(
    file: Path | None, logs: Sequence[str], settings: GoalSettings, pool: str | None = None
) -> CompiledIdeal:
    """The ideal that is named, else the goal that is, else the journey.yaml beside the logs.

    Raises UsageError: J104 where there is none of them, U101 for rules that the ideal declares.
    """
    if settings.goal and file is None:
        return goal_alone(settings)
    ruled = [f"--{name.replace('_', '-')}" for name in settings.rules]
    found = ideal_of(file, logs, pool)
    if found is None:
        raise UsageError(
            Problem(
                Code.JOURNEY_SYNTAX,
                "neither an ideal journey nor a goal is named, and there is no journey.yaml",
                Place("--ideal"),
                remedy="--ideal FILE or --goal ACTIVITY; cjmine discover LOG lists the activities",
            )
        )
    if ruled:
        raise UsageError(
            Problem(
                Code.USAGE,
                "the ideal journey says what the goal is and how journeys are cut",
                Place(ruled[0]),
                remedy="leave it away, or name a goal without an ideal: --goal ACTIVITY",
            )
        )
    return found


def ideal_or_nothing(
    file: Path | None, logs: Sequence[str], settings: GoalSettings, pool: str | None = None
) -> CompiledIdeal:
    """The same for verbs that can do without a goal too: then no journey can reach one.

    Raises UsageError U101 for rules that the ideal declares.
    """
    if not settings.goal and file is None and journey_beside(logs) is None:
        return goal_alone(settings)
    return ideal_or_goal(file, logs, settings, pool)


def check_goal(log: Log, settings: GoalSettings, split: Split = IN_THIS_PROCESS) -> None:
    """Refuse a goal or an entry that was typed and no event has. Raises UsageError U103.

    A name of too few customers is answered as one that the log does not have.
    """
    if not settings.goal or not (known := shown_labels(log, settings.min_group, split)):
        return  # of a log without a name that may be shown, everything is withheld or refused
    for option, names in (("--goal", settings.goal), ("--entry", settings.entry)):
        refuse_absent(names, option, known, settings.policy)


def columns_of(ideal: CompiledIdeal | None) -> list[str]:
    """Attributes that the ideal looks at, and that a load must therefore keep."""
    steps = ideal.journey.steps if ideal is not None else ()
    columns = (step.failed.column for step in steps if step.failed)
    return sorted({column for column in columns if column is not None})


def step_number(ideal: CompiledIdeal, name: str | None, option: str) -> int | None:
    """The number of a step that an option names; None without one. Raises UsageError U101."""
    labels = ideal.space.labels
    if name is None or name in labels:
        return None if name is None else labels.index(name)
    raise UsageError(
        Problem(
            Code.USAGE,
            f'the ideal journey has no step "{name}"',
            Place(option),
            remedy=did_you_mean(name, labels) or "name an ideal journey: --ideal FILE",
        )
    )
