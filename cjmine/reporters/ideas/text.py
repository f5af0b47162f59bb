"""The screen of ideas: each with its promise, what was measured, and the word for both."""

from __future__ import annotations

from collections.abc import Iterator

from cjmine.reporters.escaping import visible
from cjmine.reporters.formats import Asked
from cjmine.reporters.ideas import words
from cjmine.reporters.language import Language
from cjmine.reporters.terminal import Screen
from cjmine.results.ideas import Card, IdeaList, Ideas, MeasuredIdea

_INDENT = " " * 6


def render(found: Ideas, asked: Asked) -> str:
    """Measured ideas as plain text; ends without a line feed."""
    language = asked.language.about(found.privacy).judging(found.judged)
    screen = Screen(language, asked.width)
    parts = [screen.wrapped(visible(words.headline(found, language)), "  ")]
    parts += [list(_idea(row, screen)) for row in found.ideas]
    said = words.calibration(found.calibration, language)
    parts += [screen.wrapped(said, "  ") if said else [], screen.notes(found.notes)]
    return "\n\n".join("\n".join(part) for part in parts if part)


def listed(found: IdeaList, language: Language, width: int) -> str:
    """Ideas as they are declared, as plain text; ends without a line feed."""
    screen = Screen(language, width)
    many = language.counted("idea", len(found.ideas))
    head = language.say("ideas.listed", ideas=many, file=found.register_file)
    parts = [screen.wrapped(visible(head), "  ")]
    parts += [list(_card(one, screen)) for one in found.ideas]
    return "\n\n".join("\n".join(part) for part in parts)


def _idea(row: MeasuredIdea, screen: Screen) -> Iterator[str]:
    language, measured = screen.language, row.measured
    yield from _name(row.idea, screen)
    word = words.word(row, language)
    lines = [_promise(row.idea, language)]
    if measured is not None:
        if measured.change is not None:
            change = words.change(measured.change, measured.unit, language)
            lines = [language.say("ideas.measured", promise=lines[0], change=change)]
        if word:
            lines = [language.say("ideas.with-word", measured=lines[0], word=word)]
        lines += words.beside(measured, language)
    elif word:
        lines = [language.say("ideas.with-word", measured=lines[0], word=word)]
    for line in lines:
        yield from screen.wrapped(f"{_INDENT}{visible(line)}", _INDENT)


def _card(idea: Card, screen: Screen) -> Iterator[str]:
    yield from _name(idea, screen)
    language = screen.language
    lines = [_promise(idea, language)]
    about = [one for one in (idea.journey, idea.owner, idea.jira) if one]
    if about:
        lines.append(" · ".join(about))
    for line in lines:
        yield from screen.wrapped(f"{_INDENT}{visible(line)}", _INDENT)


def _name(idea: Card, screen: Screen) -> list[str]:
    said = screen.language.say(
        "ideas.name", id=idea.id, title=idea.title, status=words.status(idea, screen.language)
    )
    return screen.wrapped(f"  {visible(said)}", _INDENT)


def _promise(idea: Card, language: Language) -> str:
    return language.say(
        "ideas.promise",
        metric=words.metric(idea, language),
        promised=words.promised(idea, language),
    )
