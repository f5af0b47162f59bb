"""The tables of contacts for a job summary, a wiki or a pull request."""

from __future__ import annotations

from typing import Any

from cjmine.reporters.contact.said import cell
from cjmine.reporters.contact.tables import AGAIN, BEFORE, CONTAINED, GROUPS, TYPES
from cjmine.reporters.contact.words import busiest, headline, known, need_not
from cjmine.reporters.formats import Asked
from cjmine.reporters.language import Language
from cjmine.reporters.markdown_table import markdown, markdown_table, note
from cjmine.reporters.table import Table
from cjmine.results.contact import Contact


def render(found: Contact, asked: Asked) -> str:
    """Contacts as Markdown; ends without a line feed."""
    language = asked.language.about(found.privacy)
    parts = [
        f"## {markdown(headline(found, language))}",
        markdown(known(found.identified, language)),
        *_table(TYPES, found, "contact.types", language),
        markdown(language.say("contact.together", share=need_not(found, language))),
        *_table(BEFORE, found, "contact.before", language),
        *_table(AGAIN, found, "contact.repeat", language),
        *_unanswered(found, language),
        *_table(CONTAINED, found, "contact.containment", language),
        *_table(GROUPS, found, f"contact.by-{found.by.value}", language),
    ]
    if found.busiest is not None:
        parts.append(markdown(busiest(found.busiest, language)))
    if found.notes:
        parts.append(f"### {language.say('report.notes')}")
        parts.append("\n".join(note(one, language) for one in found.notes))
    return "\n\n".join(one for one in parts if one)


def _unanswered(found: Contact, language: Language) -> list[str]:
    if found.unanswered is None:
        return []
    time = language.seconds(found.unanswered.within_seconds)
    share = language.ratio(found.unanswered.share)
    return [markdown(language.say("contact.unanswered", time=time, share=share))]


def _table(
    table: Table[Contact, Any], found: Contact, heading: str, language: Language
) -> list[str]:
    if not table.rows(found):
        return []

    def own(key: str, row: Any) -> str | None:
        said = cell(key, row, found, language)
        return None if said is None else markdown(said)

    return [f"### {language.say(heading)}", markdown_table(table, found, language, own)]
