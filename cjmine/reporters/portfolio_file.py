"""A proposed portfolio as a portfolio file, with the questions that only people can answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from cjmine.portfolio.proposed import ProposedJourney, ProposedPortfolio
from cjmine.reporters.journey_file import quoted
from cjmine.reporters.language import Language

_PHASES = ("phase-orient", "phase-join", "phase-use", "phase-change", "phase-leave")


def render(proposed: ProposedPortfolio, language: Language) -> str:
    """The file; ends without a line feed. It reads back as what is proposed.

    Comments, usual phases and names of journeys are in the language; keys are the same in any.
    """
    phases = proposed.phases or tuple(_say(language, one) for one in _PHASES)
    lines = [
        f"# {_say(language, 'about')}",
        f"# {_say(language, 'ask-phases')}",
        f"lifecycle: [{', '.join(map(quoted, phases))}]",
        "journeys:" if proposed.journeys else "journeys: []",
    ]
    for one in proposed.journeys:
        lines += _journey(one, language)
    if proposed.reasons:
        lines += [
            f"# {_say(language, 'ask-reasons')}",
            "reasons:",
        ]
    for reason in proposed.reasons:
        home = "none yet" if reason.file is None else quoted(PurePosixPath(reason.file).stem)
        lines.append(f"  {quoted(reason.reason)}: {home}")
    return "\n".join(lines)


def _journey(one: ProposedJourney, language: Language) -> Iterator[str]:
    if one.file is not None:
        yield f"  - journey: {quoted(one.file)}"
    else:
        name = language.say("proposed.towards", goal=one.goal)
        yield f"  - journey: {quoted(name)}"
        yield f"    # {_say(language, 'ask-name')}"
        yield f"    #   {quoted(one.goal)}"
    if one.phase is None:
        yield f"    # phase:        {_say(language, 'ask-phase')}"
    else:
        yield f"    phase: {quoted(one.phase)}"
    yield f"    # owner:        {_say(language, 'ask-owner')}"
    yield f"    # review-by:    {_say(language, 'ask-review')}"


def _say(language: Language, name: str) -> str:
    return language.say(f"proposed.{name}")
