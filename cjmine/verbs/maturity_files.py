"""What the files of a folder show, each looked at once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from cjmine.config import read_config
from cjmine.errors import Note, UsageError
from cjmine.ideas.file import REGISTER_NAME, read_register
from cjmine.ideas.insights import INSIGHTS_NAME, read_insights
from cjmine.maturity.seen import SeenCount, SeenEntry, SeenFile, SeenFolder, SeenIdeal
from cjmine.maturity_sentences import MaturitySentence
from cjmine.portfolio.file import read_portfolio
from cjmine.verbs.git_days import Days
from cjmine.verbs.ideals import read_ideal
from cjmine.verbs.journey_files import is_journey
from cjmine.verbs.maturity_results import SavedResult, saved_result
from cjmine.verbs.maturity_walk import MOST_FILES, text_of, walk
from cjmine.verbs.portfolio_journeys import PORTFOLIO_NAME

_CHECK = re.compile(r"^(?!\s*(?:#|//)).*\bcjmine\s+check\b", re.MULTILINE)
_LARGEST = 1_000_000


@dataclass(slots=True)
class _Folder:
    """What was found so far."""

    days: Days
    ideals: list[SeenIdeal] = field(default_factory=list)
    insights: list[SeenEntry] = field(default_factory=list)
    journeys: list[SeenEntry] = field(default_factory=list)
    ideas: list[SeenEntry] = field(default_factory=list)
    sources: list[SeenCount] = field(default_factory=list)
    identities: list[SeenCount] = field(default_factory=list)
    checks: list[SeenCount] = field(default_factory=list)
    trends: list[SeenFile] = field(default_factory=list)
    effects: list[SeenCount] = field(default_factory=list)
    calibrations: list[SeenCount] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def look(folder: Path) -> tuple[SeenFolder, tuple[Note, ...]]:
    """What a folder and all folders below it show, and what could not be used."""
    walked, days = walk(folder), Days(folder)
    found = _Folder(days)
    for path in walked.yaml:
        _look_at_yaml(path, path.relative_to(folder).as_posix(), found)
    for path in walked.toml:
        _look_at_configuration(path, path.relative_to(folder).as_posix(), found)
    for path in walked.json:
        result = saved_result(path)
        if result is not None:
            _look_at_result(result, found)
    gates = [days.of(one) for one in walked.jobs if _CHECK.search(text_of(one, _LARGEST))]
    if days.is_cut_off:
        found.notes.append(MaturitySentence.SHALLOW.note())
    if walked.is_cut_off:
        found.notes.append(MaturitySentence.TOO_MANY.note(MOST_FILES))
    seen = SeenFolder(
        ideals=tuple(found.ideals),
        insights=tuple(found.insights),
        sources=tuple(found.sources),
        identities=tuple(found.identities),
        checks=tuple(found.checks),
        gates=tuple(gates),
        trends=tuple(found.trends),
        journeys=tuple(found.journeys),
        ideas=tuple(found.ideas),
        effects=tuple(found.effects),
        calibrations=tuple(found.calibrations),
    )
    return seen, tuple(found.notes)


def _look_at_yaml(path: Path, name: str, found: _Folder) -> None:
    try:
        if path.name == INSIGHTS_NAME:
            heard = read_insights(path, name)
            found.insights += [SeenEntry(found.days.of(path), False, one.day) for one in heard]
        elif path.name == REGISTER_NAME:
            ideas = read_register(path, name).ideas
            found.ideas += [SeenEntry(found.days.of(path), bool(one.owner)) for one in ideas]
        elif path.name == PORTFOLIO_NAME:
            journeys = read_portfolio(path, name).entries
            found.journeys += [
                SeenEntry(found.days.of(path), bool(one.owner), one.review_by) for one in journeys
            ]
        elif is_journey(text_of(path, _LARGEST), name):
            journey = read_ideal(path, name).journey
            found.ideals.append(
                SeenIdeal(
                    found.days.of(path),
                    owned=bool(journey.owner),
                    has_purpose=bool(journey.purpose),
                    has_expectations=bool(journey.expectations),
                )
            )
    except UsageError as error:
        found.notes.append(MaturitySentence.MISTAKEN.note(name, len(error.problems)))


def _look_at_configuration(path: Path, name: str, found: _Folder) -> None:
    try:
        config = read_config(path)
    except UsageError as error:
        found.notes.append(MaturitySentence.MISTAKEN.note(name, len(error.problems)))
        return
    found.sources.append(SeenCount(found.days.of(path), len(config.sources)))


def _look_at_result(result: SavedResult, found: _Folder) -> None:
    at = found.days.of(result.path)
    match result.kind:
        case "check":
            rejected, read = result.count("sources", "rejected"), result.count("sources", "read")
            found.checks.append(SeenCount(at, rejected, read))
        case "identity":
            found.identities.append(SeenCount(at, result.count("across")))
        case "trend":
            found.trends.append(at)
        case "ideas":
            said = result.rows("ideas", "measured", "verdict")
            told = sum(one not in ("", "cannot tell") for one in said)
            found.effects.append(SeenCount(at, told))
            found.calibrations.append(SeenCount(at, result.count("calibration", "closed")))
        case _:
            pass
