"""The register of ideas as verbs use it: where it is, an idea more, and what Jira says of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from cjmine.errors import Code, DataError, Place, Problem, UsageError
from cjmine.ideal.deviations import DeviationClass
from cjmine.ideal.yaml_nodes import Flaw, flaw_of
from cjmine.ideas.declared import Idea, Metric, Register
from cjmine.ideas.edits import with_idea, with_progress
from cjmine.ideas.file import EMPTY, REGISTER_NAME, parse_register, read_register
from cjmine.ideas.jira_export import Issues, read_issues
from cjmine.ideas.keys import PROJECT
from cjmine.loaders.text_bytes import head_text
from cjmine.regular_files import regular
from cjmine.results.hints import Hints
from cjmine.results.priorities import Priorities

Item = TypeVar("Item")


def register_path(named: Path | None, logs: Sequence[str] = ()) -> Path:
    """The register that is named, else the ideas.yaml in the present folder or beside the logs."""
    if named is not None:
        return named
    folders = [path if path.is_dir() else path.parent for path in map(Path, logs)]
    for folder in dict.fromkeys([Path(), *folders]):
        if (folder / REGISTER_NAME).is_file():
            return folder / REGISTER_NAME
    return Path(REGISTER_NAME)


def register_of(named: Path | None, logs: Sequence[str] = ()) -> Register:
    """The register itself. Raises UsageError J104 to J110."""
    path = register_path(named, logs)
    return read_register(path, path.as_posix())


def register_or_new(path: Path) -> Register:
    """The register, or one without ideas where there is no file yet."""
    if not path.exists():
        return Register((), path.as_posix(), EMPTY)
    return read_register(path, path.as_posix())


def checked_name(text: str, option: str) -> str:
    """A name that an option gives, as the register holds it. Raises UsageError U101."""
    found = text.strip()
    flaw = flaw_of(found) if found else Flaw("it is empty", f"{option} TEXT")
    if flaw is None:
        return found
    message = f"a name {flaw.rule}"
    raise UsageError(Problem(Code.USAGE, message, Place(option), flaw.cause, flaw.remedy))


def added(register: Register, idea: Idea) -> str:
    """The text of a register with an idea more. Raises UsageError J106 for a name of two lines."""
    text = with_idea(register.text, idea)
    parse_register(text, register.file)
    return text


def idea_of_priority(found: Priorities, place: int) -> Idea:
    """The idea to end the deviation at a place of the ranking, from 1. Raises UsageError U101."""
    item = _at(found.items, place, "priorities")
    deviation = DeviationClass(item.class_)
    is_touchpoint = deviation is DeviationClass.UNEXPECTED
    is_loss = deviation is DeviationClass.ABANDONED
    return Idea(
        id="",
        title=f"{item.step}: {deviation.value}",
        metric=Metric.DROP_OFF if is_loss else Metric(deviation.value),
        journey=found.journey or None,
        step=None if is_touchpoint else item.step,
        touchpoint=item.step if is_touchpoint else None,
        deviation=deviation,
    )


def idea_of_hint(found: Hints, place: int) -> Idea:
    """The idea to follow the hint at a place of the list, from 1. Raises UsageError U101."""
    hint = _at(found.hints, place, "hints")
    about = " · ".join(one for one in (hint.step, hint.other) if one)
    return Idea(
        id="",
        title=f"{about}: {hint.tip.value}" if about else hint.tip.value,
        metric=Metric.GOAL,
        journey=found.journey or None,
        step=hint.step or None,
    )


def _at(items: Sequence[Item], place: int, verb: str) -> Item:
    if 1 <= place <= len(items):
        return items[place - 1]
    raise UsageError(
        Problem(
            Code.USAGE,
            "the result has no such place",
            Place("--from"),
            cause=f"it has {len(items)} rows",
            remedy=f"the last one is --from {verb}:{len(items)}" if items else "",
        )
    )


def project_key(written: str | None, is_needed: bool) -> str:
    """The key of a project of Jira. Raises UsageError U101 for none where it is needed."""
    if written is not None and PROJECT.fullmatch(written):
        return written
    if written is None and not is_needed:
        return ""
    raise UsageError(
        Problem(
            Code.USAGE,
            "bodies of REST calls name a project",
            Place("--project"),
            remedy="the capitals before the number of its issues: --project CX",
        )
    )


def export_text(file: Path) -> str:
    """The text of a table of Jira in any encoding that spreadsheets write.

    Raises DataError L102 for what cannot be read.
    """
    try:
        text = head_text(regular(file).read_bytes())
        cause = "" if text else "it is empty, or no text"
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        text, cause = "", getattr(error, "strerror", None) or str(error)
    if cause:
        place = Place(file.as_posix())
        remedy = "name the CSV that Jira exports"
        message = "the export cannot be read"
        raise DataError(Problem(Code.FILE_UNREADABLE, message, place, cause, remedy))
    return text


def progressed(register: Register, export: str, label: str) -> tuple[str, Issues]:
    """The text of a register with the keys and statuses of an export of Jira, and what it said.

    Raises UsageError U102 for what is no export.
    """
    found = read_issues(export, label, register.ideas)
    text = with_progress(register.text, found.news)
    parse_register(text, register.file)
    return text, found
