"""Ideas for a job summary, a wiki or a pull request."""

from __future__ import annotations

from cjmine.reporters.formats import Asked
from cjmine.reporters.ideas import words
from cjmine.reporters.ideas.cells import cell
from cjmine.reporters.ideas.tables import IDEAS
from cjmine.reporters.markdown_table import markdown, markdown_table, note
from cjmine.results.ideas import Ideas, MeasuredIdea


def render(found: Ideas, asked: Asked) -> str:
    """Ideas as Markdown; ends without a line feed."""
    language = asked.language.about(found.privacy).judging(found.judged)

    def own(key: str, row: MeasuredIdea) -> str | None:
        said = cell(key, row, language)
        return None if said is None else markdown(said)

    parts = [f"## {markdown(words.headline(found, language))}"]
    if found.ideas:
        parts.append(markdown_table(IDEAS, found, language, own))
    said = words.calibration(found.calibration, language)
    parts += [markdown(said)] if said else []
    if found.notes:
        parts.append(f"### {language.say('report.notes')}")
        parts.append("\n".join(note(one, language) for one in found.notes))
    return "\n\n".join(parts)
