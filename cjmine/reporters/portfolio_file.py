"""A proposed portfolio as a portfolio file, with the questions that only people can answer."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import PurePosixPath

from cjmine.portfolio.proposed import ProposedJourney, ProposedPortfolio
from cjmine.reporters.escaping import visible
from cjmine.reporters.file_names import file_names
from cjmine.reporters.journey_file import quoted
from cjmine.reporters.language import Language

_PHASES = ("phase-orient", "phase-join", "phase-use", "phase-change", "phase-leave")


def render(proposed: ProposedPortfolio, drafting: str, into: str, language: Language) -> str:
    """The file; ends without a line feed. It reads back as what is proposed.

    Comments, usual phases and names of journeys are in the language; keys are the same in any.
    `drafting` is the command that drafts a journey file, without its goal and entry; `into` is the
    folder where it writes.
    """
    phases = proposed.phases or tuple(_say(language, one) for one in _PHASES)
    names = tuple(_name(one, language) for one in proposed.journeys)
    lines = [
        f"# {_say(language, 'about')}",
        f"# {_say(language, 'ask-phases')}",
        f"lifecycle: [{', '.join(map(quoted, phases))}]",
        "journeys:" if names else f"journeys: []    # {_say(language, 'no-journeys')}",
    ]
    taken = ["portfolio.yaml", *(one.file for one in proposed.journeys if one.file is not None)]
    goals = tuple("" if one.file is not None else one.goals[0] for one in proposed.journeys)
    files = file_names(goals, ".yaml", taken)
    for one, name, file in zip(proposed.journeys, names, files, strict=True):
        lines.append(f"  - journey: {quoted(name if one.file is None else one.file)}")
        if one.file is None:
            to = shlex.quote(str(PurePosixPath(into) / file))
            entry = "" if one.entry is None else f" --entry {shlex.quote(one.entry)}"
            command = f"{drafting} --goal {shlex.quote(one.goals[0])}{entry} -o {to}"
            lines += _towards(one, command, language)
        lines += _place(one, names, language)
    if proposed.reasons:
        lines += [f"# {_say(language, 'ask-reasons')}", "reasons:"]
    for reason in proposed.reasons:
        home = "none yet" if reason.journey is None else quoted(names[reason.journey])
        lines.append(f"  {quoted(reason.reason)}: {home}")
    return "\n".join(lines)


def _name(one: ProposedJourney, language: Language) -> str:
    if one.file is not None:
        return PurePosixPath(one.file).stem
    return language.say("proposed.towards", goal=one.goals[0])


def _towards(one: ProposedJourney, command: str, language: Language) -> Iterator[str]:
    """What a journey without a file leads to, how many come there, and what writes its file."""
    if one.customers is None:
        yield f"    # {_say(language, 'nearly-all')}"
    else:
        many = language.count(one.customers)
        yield f"    # {language.say('proposed.customers', customers=many)}"
    yield f"    #   {quoted(one.goals[0])}"
    yield f"    # {_say(language, 'ask-name')}"
    if visible(command) == command:
        yield f"    #   {command}"


def _place(one: ProposedJourney, names: tuple[str, ...], language: Language) -> Iterator[str]:
    if one.phase is None:
        yield f"    # phase:        {_say(language, 'ask-phase')}"
    else:
        yield f"    phase: {quoted(one.phase)}"
    if one.part_of is not None:
        yield "    level: sub-journey"
        yield f"    parent: {quoted(names[one.part_of])}"
    yield f"    # owner:        {_say(language, 'ask-owner')}"
    yield f"    # review-by:    {_say(language, 'ask-review')}"


def _say(language: Language, name: str) -> str:
    return language.say(f"proposed.{name}")
