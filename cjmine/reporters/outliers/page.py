"""The page of outliers: coverage, what the others share, who is lost from sight, waves."""

from __future__ import annotations

from markupsafe import Markup

from cjmine.reporters.html.markup import Cell, head, label, paragraph, said, section, table, text
from cjmine.reporters.language import Language
from cjmine.reporters.outliers.words import (
    came_before,
    contrast_cells,
    contrasts,
    coverage,
    headline,
    heads,
    lost,
    unconfirmed,
    wave_name,
    wave_size,
)
from cjmine.reporters.svg import element
from cjmine.results.outliers import Outliers

CONTENTS = ("outliers.shared", "outliers.waves")


def title(found: Outliers, language: Language) -> str:
    """The title of the page."""
    return f"{language.say('outliers.title')}: {found.journey}"


def body(found: Outliers, language: Language) -> Markup:
    """The sections of the page; coverage comes first."""
    sentences = [headline(found, language), *lost(found, language)]
    sentences += [coverage(one, language) for one in found.coverage]
    paragraphs = (element("p", label(one)) for one in sentences)
    parts = [
        head(language, title(found, language), *paragraphs),
        section(
            language,
            "outliers.shared",
            *_contrasts(found, language),
            paragraph(language, "outliers.method"),
        ),
        section(
            language,
            "outliers.waves",
            *_waves(found, language),
            paragraph(language, "outliers.wave-method"),
        ),
    ]
    return Markup("\n").join(parts)


def _contrasts(found: Outliers, language: Language) -> list[Markup]:
    rows, other = contrasts(found), unconfirmed(found, language)
    parts = []
    if rows:
        names = [label(one) for one in heads(language)]
        cells = [[text(cell) for cell in contrast_cells(one, language)] for one in rows]
        parts.append(table(said(language, "outliers.shared"), names, cells))
    return [*parts, *([element("p", label(other))] if other else [])]


def _waves(found: Outliers, language: Language) -> list[Markup]:
    if not found.waves:
        return [paragraph(language, "outliers.no-wave")]
    names = [said(language, f"outliers.head-{one}") for one in ("wave", "size", "before")]
    rows = [
        [
            text(wave_name(one, language)),
            Cell(label(wave_size(one, language)), one.n, False),
            text(came_before(one, language)),
        ]
        for one in found.waves
    ]
    return [table(said(language, "outliers.waves"), names, rows)]
