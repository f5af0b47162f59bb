"""Outliers for a job summary, a wiki or a pull request."""

from __future__ import annotations

from cjmine.reporters.formats import Asked
from cjmine.reporters.language import Language
from cjmine.reporters.markdown_table import MOST_ROWS, markdown, note, written
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
from cjmine.results.outliers import Outliers


def render(found: Outliers, asked: Asked) -> str:
    """Outliers as Markdown; ends without a line feed."""
    language = asked.language.about(found.privacy)
    parts = [f"## {markdown(headline(found, language))}"]
    if found.coverage:
        parts.append(f"### {language.say('outliers.coverage')}")
        parts.append("\n".join(f"- {markdown(coverage(one, language))}" for one in found.coverage))
    parts += _contrasts(found, language)
    parts += [markdown(one) for one in lost(found, language)]
    if found.waves:
        parts.append(f"### {language.say('outliers.waves')}")
        parts.append("\n".join(f"- {_wave}" for _wave in _waves(found, language)))
    if found.notes:
        parts.append(f"### {language.say('report.notes')}")
        parts.append("\n".join(note(one, language) for one in found.notes))
    return "\n\n".join(one for one in parts if one)


def _contrasts(found: Outliers, language: Language) -> list[str]:
    rows = contrasts(found)
    parts = []
    if rows:
        cells = [[markdown(cell) for cell in contrast_cells(one, language)] for one in rows]
        parts = [
            f"### {language.say('outliers.head-shared')}",
            written(heads(language), cells[:MOST_ROWS], len(cells), language),
        ]
    return [*parts, markdown(unconfirmed(found, language))]


def _waves(found: Outliers, language: Language) -> list[str]:
    return [
        markdown(wave_name(one, language))
        + ": "
        + markdown(f"{wave_size(one, language)} {came_before(one, language)}")
        for one in found.waves or ()
    ]
