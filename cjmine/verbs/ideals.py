"""Finding and reading the ideal journey that a verb compares with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.ideal.compiled import CompiledIdeal

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
        raise UsageError(
            Problem(
                Code.JOURNEY_SYNTAX,
                "no ideal journey is named, and there is no journey.yaml",
                Place("--ideal"),
                remedy="name one: --ideal FILE; cjmine draft writes a first one",
            )
        )
    return found


def columns_of(ideal: CompiledIdeal | None) -> list[str]:
    """Attributes that the ideal looks at, and that a load must therefore keep."""
    steps = ideal.journey.steps if ideal is not None else ()
    columns = (step.failed.column for step in steps if step.failed)
    return sorted({column for column in columns if column is not None})
