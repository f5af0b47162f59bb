"""Hints for a job summary, a wiki or a pull request."""

from __future__ import annotations

from cjmine.reporters.escaping import visible
from cjmine.reporters.formats import Asked
from cjmine.reporters.hints.tables import EDITS
from cjmine.reporters.hints.words import edit_name, fitting, headline
from cjmine.reporters.language import Language
from cjmine.reporters.markdown_table import markdown, markdown_table, note
from cjmine.results.hints import EditRow, Hints, Repaired


def render(found: Hints, asked: Asked) -> str:
    """Hints as Markdown; ends without a line feed."""
    language = asked.language.about(found.privacy)
    parts = [f"## {markdown(headline(found, language))}"]
    if found.repaired is not None:
        parts += _repaired(found, found.repaired, language)
    if found.notes:
        parts.append(f"### {language.say('report.notes')}")
        parts.append("\n".join(note(one, language) for one in found.notes))
    return "\n\n".join(parts)


def _repaired(found: Hints, repaired: Repaired, language: Language) -> list[str]:
    def own(key: str, row: EditRow) -> str | None:
        return markdown(edit_name(row, language)) if key == "change" else None

    parts = [f"### {language.say('hints.repair')}", fitting(repaired, language)]
    if repaired.edits:
        parts.append(markdown_table(EDITS, found, language, own))
        # Indented, because no label can end such a block.
        parts.append("\n".join(f"    {visible(line)}" for line in repaired.diff.split("\n")))
    return parts
