"""The page of hints: the edits of the journey file, and what changes in its text."""

from __future__ import annotations

from markupsafe import Markup

from cjmine.reporters.hints.tables import EDITS, HINTS
from cjmine.reporters.hints.words import (
    edit_name,
    fitting,
    headline,
    held,
    hint_text,
    kept_text,
    tip_name,
    verdict_name,
)
from cjmine.reporters.html.markup import Cell, head, label, paragraph, scrolled, section, text
from cjmine.reporters.html.tables import page_table
from cjmine.reporters.language import Language
from cjmine.reporters.svg import element
from cjmine.results.hints import EditRow, Hint, Hints

CONTENTS = ("hints.hints", "hints.repair")


def title(found: Hints, language: Language) -> str:
    """The title of the page."""
    return f"{language.say('hints.title')}: {found.journey}"


def body(found: Hints, language: Language) -> Markup:
    """The sections of the page."""
    parts = [
        head(language, title(found, language), element("p", label(headline(found, language)))),
        section(language, "hints.hints", *_hints(found, language)),
        section(language, "hints.repair", *_repaired(found, language)),
    ]
    return Markup("\n").join(parts)


def _hints(found: Hints, language: Language) -> list[Markup]:
    def own(key: str, row: Hint) -> Cell | None:
        match key:
            case "tip":
                return text(tip_name(row.tip, language))
            case "said":
                return text(hint_text(row, language))
            case "verdict":
                return text(verdict_name(row, language))
        return None

    said = [*(kept_text(one, language) for one in found.kept), held(found, language)]
    parts = [element("p", label(one)) for one in said if one]
    if not found.hints:
        return [paragraph(language, "hints.none"), *parts]
    return [page_table(HINTS, found, "hints.hints", language, found.hints, own), *parts]


def _repaired(found: Hints, language: Language) -> list[Markup]:
    repaired = found.repaired
    if repaired is None:
        return [paragraph(language, "hints.not-repaired")]
    parts = [element("p", label(fitting(repaired, language)))]
    if not repaired.edits:
        return parts

    def own(key: str, row: EditRow) -> Cell | None:
        return text(edit_name(row, language)) if key == "change" else None

    parts.append(page_table(EDITS, found, "hints.edits", language, repaired.edits, own))
    diff = element("pre", label(repaired.diff))
    return [*parts, scrolled(diff, label(language.say("hints.diff")))]
