"""Annotations that point at the line of the journey file, in GitHub's workflow commands."""

from __future__ import annotations

from pathlib import PurePath

from cjmine.reporters.check.words import expected_and_found, headline, of_builds, tally, why
from cjmine.reporters.escaping import visible
from cjmine.reporters.formats import Asked
from cjmine.reporters.language import Language
from cjmine.results.check import Check
from cjmine.results.expectations import ExpectationRow, Verdict

# GitHub shows ten of a kind a step.
_MOST = 10
_LEVELS = {
    Verdict.BROKEN: "error",
    Verdict.WARNED: "warning",
    Verdict.INCONCLUSIVE: "notice",
    Verdict.ACCEPTED: "notice",
}


def render(found: Check, asked: Asked) -> str:
    """A check as workflow commands, the gravest first, and a line that sums up."""
    lines: list[str] = []
    language = of_builds(found)
    for level in ("error", "warning", "notice"):
        rows = [row for row in found.expectations if _LEVELS.get(row.verdict) == level]
        shown = rows if len(rows) <= _MOST else rows[: _MOST - 1]
        lines += [_command(level, row, found.journey_file, language) for row in shown]
        if len(rows) > len(shown):
            more = f"and {len(rows) - len(shown):,} more; see the report of cjmine check"
            lines.append(f"::{level} title=cjmine::{_data(more)}")
    count = tally(found, language)
    summary = f"{found.journey}: {headline(found, language)}" + (f" ({count})" if count else "")
    return "\n".join([*lines, visible(summary).lstrip()])


def _command(level: str, row: ExpectationRow, file: str, language: Language) -> str:
    message, reason = f"{row.what}: {expected_and_found(row, language)}", why(row, language)
    message += f" ({reason})" if reason else ""
    place = f"file={_property(PurePath(file).as_posix())}"
    if row.line:
        place += f",line={row.line}"
    title = _property(f"{row.code} {row.what}")
    return f"::{level} {place},title={title}::{_data(message)}"


def _data(text: str) -> str:
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
