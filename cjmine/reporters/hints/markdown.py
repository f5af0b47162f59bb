"""Hints for a job summary, a wiki or a pull request."""

from __future__ import annotations

from cjmine.reporters.escaping import visible
from cjmine.reporters.formats import Asked
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
from cjmine.reporters.language import Language
from cjmine.reporters.markdown_table import markdown, markdown_table, note
from cjmine.results.hints import EditRow, Hint, Hints, Repaired


def render(found: Hints, asked: Asked) -> str:
    """Hints as Markdown; ends without a line feed."""
    language = asked.language.about(found.privacy)
    parts = [f"## {markdown(headline(found, language))}"]
    if found.hints:
        parts.append(
            markdown_table(HINTS, found, language, lambda key, row: _own(key, row, language))
        )
    parts += [markdown(kept_text(one, language)) for one in found.kept]
    parts += [markdown(one) for one in (held(found, language),) if one]
    if found.repaired is not None:
        parts += _repaired(found, found.repaired, language)
    if found.notes:
        parts.append(f"### {language.say('report.notes')}")
        parts.append("\n".join(note(one, language) for one in found.notes))
    return "\n\n".join(parts)


def _own(key: str, row: Hint, language: Language) -> str | None:
    match key:
        case "tip":
            return tip_name(row.tip, language)
        case "said":
            return markdown(hint_text(row, language))
        case "verdict":
            return verdict_name(row, language)
    return None


def _repaired(found: Hints, repaired: Repaired, language: Language) -> list[str]:
    def own(key: str, row: EditRow) -> str | None:
        return markdown(edit_name(row, language)) if key == "change" else None

    parts = [f"### {language.say('hints.repair')}", fitting(repaired, language)]
    if repaired.edits:
        parts.append(markdown_table(EDITS, found, language, own))
        # Indented, because no label can end such a block.
        parts.append("\n".join(f"    {visible(line)}" for line in repaired.diff.split("\n")))
    return parts
