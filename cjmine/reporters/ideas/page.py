"""The page of ideas: what each promised and brought, and the shares that this rests on."""

from __future__ import annotations

from markupsafe import Markup

from cjmine.reporters.html.markup import Cell, head, label, paragraph, section, text
from cjmine.reporters.html.tables import page_table
from cjmine.reporters.ideas import words
from cjmine.reporters.ideas.cells import cell
from cjmine.reporters.ideas.tables import IDEAS
from cjmine.reporters.language import Language
from cjmine.reporters.svg import element
from cjmine.results.ideas import Ideas, MeasuredIdea

CONTENTS = ("ideas.promises", "ideas.shares")


def title(found: Ideas, language: Language) -> str:
    """The title of the page."""
    return f"{language.say('ideas.title')}: {found.journey}"


def body(found: Ideas, language: Language) -> Markup:
    """The sections of the page."""
    language = language.judging(found.judged)
    parts = [
        head(
            language, title(found, language), element("p", label(words.headline(found, language)))
        ),
        section(language, "ideas.promises", *_promises(found, language)),
        section(language, "ideas.shares", *_shares(found, language)),
    ]
    return Markup("\n").join(parts)


def _promises(found: Ideas, language: Language) -> list[Markup]:
    if not found.ideas:
        return [paragraph(language, "ideas.none")]

    def own(key: str, row: MeasuredIdea) -> Cell | None:
        said = cell(key, row, language)
        return None if said is None else text(said)

    parts = [page_table(IDEAS, found, "ideas.caption", language, found.ideas, own)]
    said = words.calibration(found.calibration, language)
    return [*parts, element("p", label(said))] if said else parts


def _shares(found: Ideas, language: Language) -> list[Markup]:
    parts = [paragraph(language, "ideas.how")]
    rows = []
    for row in found.ideas:
        if row.measured is None:
            continue
        said = "; ".join(words.beside(row.measured, language))
        line = language.say("ideas.of", id=row.idea.id, said=said)
        rows.append(element("li", label(line)))
    return [*parts, element("ul", *rows)] if rows else parts
