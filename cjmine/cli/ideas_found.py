"""Where `cjmine ideas add --from` takes an idea from: a result of an earlier run, or a log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from cjmine.cli.logs import as_the_project_says, kept, open_logs
from cjmine.cli.progress import progress_bar
from cjmine.counting.split import Split
from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.ingest.source_options import SourceOptions
from cjmine.verbs.hints_settings import HintsSettings
from cjmine.verbs.priorities_settings import PrioritiesSettings

if TYPE_CHECKING:
    from cjmine.ideas.declared import Idea


class Finder(StrEnum):
    """The verbs whose results hold ideas."""

    PRIORITIES = "priorities"
    HINTS = "hints"


@dataclass(frozen=True, slots=True)
class Found:
    """A place, from 1, in the result of a verb."""

    verb: Finder
    place: int


def place_of(written: str) -> Found:
    """A place as it is typed. Raises UsageError U101.

    >>> place_of("hints:3")
    Found(verb=<Finder.HINTS: 'hints'>, place=3)
    """
    verb, _, place = written.partition(":")
    if verb in list(Finder) and place.isdecimal() and len(place) < 6:
        return Found(Finder(verb), int(place))
    raise UsageError(
        Problem(
            Code.USAGE,
            "a verb and a place are needed",
            Place("--from"),
            remedy="for example --from priorities:1 or --from hints:3",
        )
    )


def idea_at(
    found: Found,
    inputs: Sequence[str],
    ideal: Path | None,
    settings: PrioritiesSettings,
    sources: SourceOptions,
    split: Split,
) -> Idea:
    """The idea at a place: of the JSON that is named, else of a run on the logs."""
    from cjmine.results.codec import hints_from_json, priorities_from_json
    from cjmine.verbs.earlier import result_text
    from cjmine.verbs.ideas_register import idea_of_hint, idea_of_priority

    if len(inputs) == 1 and inputs[0].lower().endswith(".json"):
        text = result_text(Path(inputs[0]))
        if found.verb is Finder.HINTS:
            return idea_of_hint(hints_from_json(text, inputs[0]), found.place)
        return idea_of_priority(priorities_from_json(text, inputs[0]), found.place)
    settings = as_the_project_says(settings, inputs, sources)
    if found.verb is Finder.HINTS:
        return _hinted(found.place, inputs, ideal, settings, sources, split)
    return _ranked(found.place, inputs, ideal, settings, sources, split)


def _ranked(
    place: int,
    inputs: Sequence[str],
    ideal: Path | None,
    settings: PrioritiesSettings,
    sources: SourceOptions,
    split: Split,
) -> Idea:
    from cjmine.ingest.project import declared_by
    from cjmine.verbs.ideals import columns_of, needed_ideal
    from cjmine.verbs.ideas_register import idea_of_priority
    from cjmine.verbs.priorities import priorities

    declared, goal = declared_by(inputs, sources.config), needed_ideal(ideal, inputs)
    with progress_bar() as progress:
        keep = [*columns_of(goal), *kept(settings), *declared.like]
        loaded = open_logs(inputs, sources, progress, keep)
        found = priorities(loaded.source, goal, settings, declared, progress, split)
    return idea_of_priority(found, place)


def _hinted(
    place: int,
    inputs: Sequence[str],
    ideal: Path | None,
    settings: PrioritiesSettings,
    sources: SourceOptions,
    split: Split,
) -> Idea:
    from cjmine.ingest.project import declared_by
    from cjmine.verbs.hints import hints
    from cjmine.verbs.ideals import columns_of, written_ideal_of
    from cjmine.verbs.ideas_register import idea_of_hint

    declared, written = declared_by(inputs, sources.config), written_ideal_of(ideal, inputs)
    asked = settings.into(HintsSettings)
    with progress_bar() as progress:
        keep = [*columns_of(written.ideal), *kept(asked), *declared.like]
        loaded = open_logs(inputs, sources, progress, keep)
        found = hints(loaded.source, written, asked, declared, progress, split)
    return idea_of_hint(found, place)
