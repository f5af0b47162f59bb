"""Maturity: a folder in; how far mapping, mining and managing are out, each tick with its file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.maturity.declared import STAGES, Line, Stage
from cjmine.maturity.evidence import Found, evidence_of, level_of
from cjmine.maturity.file import ANSWERS_NAME, read_answers
from cjmine.maturity.seen import SeenFile
from cjmine.results.maturity import DatedFile, EvidenceRow, LineRow, Maturity, SaidRow, Step
from cjmine.shown_paths import shown_path
from cjmine.verbs.maturity_files import look
from cjmine.verbs.maturity_settings import MaturitySettings


def maturity(folder: Path, settings: MaturitySettings) -> Maturity:
    """How far the folder's files show mapping, mining and managing to be; no log is read.

    Raises
    ------
    UsageError
        U101 where there is no such folder; J104 to J110 for mistakes in `maturity.yaml`.
    """
    if not folder.is_dir():
        raise UsageError(
            Problem(
                Code.USAGE,
                "there is no such folder",
                Place(shown_path(folder)),
                remedy="name the folder that holds journey files, cjmine.toml and results",
            )
        )
    today = settings.today or datetime.now(UTC).date()
    seen, notes = look(folder)
    found = evidence_of(seen, today)
    lines = tuple(_line(line, found) for line in Line)
    return Maturity(
        schema="cjmine/maturity/1",
        folder=shown_path(folder),
        today=today.isoformat(),
        lines=lines,
        evidence=tuple(_rows(found)),
        said=tuple(_said(folder, today)),
        next=_next(lines, found),
        notes=notes,
    )


def _line(line: Line, found: Sequence[Found]) -> LineRow:
    shown = {one.evidence for one in found if one.shown}
    level = level_of(line, found)
    stage = list(Stage)[level - 1] if level else None
    return LineRow(line, level, stage, tuple(shown.issuperset(one) for one in STAGES[line]))


def _rows(found: Sequence[Found]) -> Iterator[EvidenceRow]:
    by_name = {one.evidence: one for one in found}
    for line, stages in STAGES.items():
        for stage, needed in zip(Stage, stages, strict=True):
            for one in map(by_name.__getitem__, needed):
                yield EvidenceRow(
                    line,
                    stage,
                    one.evidence,
                    one.shown,
                    one.have,
                    one.of,
                    tuple(map(_dated, one.files)),
                    tuple(map(_dated, one.lacking)),
                )


def _dated(one: SeenFile) -> DatedFile:
    return DatedFile(one.file, one.day.isoformat(), "git" if one.in_git else "file")


def _said(folder: Path, today: date) -> Iterator[SaidRow]:
    """What people say is so by today."""
    file = folder / ANSWERS_NAME
    for one in read_answers(file, shown_path(file)) if file.is_file() else ():
        if one.since <= today:
            yield SaidRow(one.question.line, one.question, one.since.isoformat())


def _next(lines: Sequence[LineRow], found: Sequence[Found]) -> Step | None:
    """What lacks first in the line that is least far; of equal ones the first."""
    least = min(lines, key=lambda one: one.level)
    if least.level == len(Stage):
        return None
    shown = {one.evidence for one in found if one.shown}
    needed = STAGES[least.line][least.level]
    lacking = next(one for one in needed if one not in shown)
    return Step(least.line, list(Stage)[least.level], lacking)
