"""A short document of headings and sentences, as text and as Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cjmine.reporters.escaping import markdown, visible
from cjmine.reporters.formats import WordsOrJson
from cjmine.reporters.terminal import Screen

# What makes a declared text safe for the place where it goes.
Said = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, or with a label what that is; both are finished for the place where they go."""

    text: str
    label: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and its lines."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A title and the parts below it."""

    title: str
    parts: tuple[Part, ...]


def rendered(make: Callable[[Said], Document], form: WordsOrJson, screen: Screen) -> str:
    """A document as text for a screen, or as Markdown; ends without a line feed."""
    if form is WordsOrJson.MARKDOWN:
        return "\n".join(_markdown(make(_in_markdown)))
    return "\n".join(_text(make(visible), screen))


def _in_markdown(text: str) -> str:
    """A text as Markdown in which an address stays one: only a mention is broken up."""
    return re.sub(r"(?<=\w)@\u200b", "@", markdown(text))


def _text(document: Document, screen: Screen) -> Iterator[str]:
    yield from screen.wrapped(document.title, "")
    for part in document.parts:
        yield ""
        yield from screen.wrapped(part.heading, "")
        for line in part.lines:
            lead = "  " * (line.level + 1)
            label = f"{line.label}: " if line.label else ""
            yield from screen.wrapped(f"{lead}{label}{line.text}", f"{lead}  ")


def _markdown(document: Document) -> Iterator[str]:
    yield f"# {document.title}"
    for part in document.parts:
        yield from ("", f"## {part.heading}", "")
        for line in part.lines:
            label = f"**{line.label}**: " if line.label else ""
            yield f"{'  ' * line.level}- {label}{line.text}"
