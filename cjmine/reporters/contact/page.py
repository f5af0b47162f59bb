"""The page of contacts: who is known, which need not have been, what came before and after."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from cjmine.reporters.contact.said import cell
from cjmine.reporters.contact.tables import AGAIN, BEFORE, CONTAINED, GROUPS, TYPES
from cjmine.reporters.contact.words import busiest, headline, known, need_not
from cjmine.reporters.html.markup import Cell, head, label, paragraph, section
from cjmine.reporters.html.tables import page_table
from cjmine.reporters.language import Language
from cjmine.reporters.svg import element
from cjmine.reporters.table import Table
from cjmine.results.contact import Contact

CONTENTS = ("contact.types", "contact.before", "contact.repeat")


def title(found: Contact, language: Language) -> str:
    """The title of the page."""
    name = language.say("contact.title")
    return f"{name}: {found.journey}" if found.journey else name


def body(found: Contact, language: Language) -> Markup:
    """The sections of the page."""
    said = [known(found.identified, language), headline(found, language)]
    together = language.say("contact.together", share=need_not(found, language))
    after = []
    if found.unanswered is not None:
        time = language.seconds(found.unanswered.within_seconds)
        share = language.ratio(found.unanswered.share)
        after.append(language.say("contact.unanswered", time=time, share=share))
    if found.busiest is not None:
        after.append(busiest(found.busiest, language))
    parts = [
        head(language, title(found, language), *(element("p", label(one)) for one in said)),
        section(
            language,
            "contact.types",
            _table(TYPES, found, "contact.types", language),
            element("p", label(together)),
            _table(GROUPS, found, f"contact.by-{found.by.value}", language),
            paragraph(language, "contact.method-types"),
        ),
        section(
            language,
            "contact.before",
            _table(BEFORE, found, "contact.before", language),
            paragraph(language, "contact.method-before"),
        ),
        section(
            language,
            "contact.repeat",
            _table(AGAIN, found, "contact.repeat", language),
            _table(CONTAINED, found, "contact.containment", language),
            *(element("p", label(one)) for one in after),
        ),
    ]
    return Markup("\n").join(parts)


def _table(table: Table[Contact, Any], found: Contact, caption: str, language: Language) -> Markup:
    if not table.rows(found):
        return paragraph(language, "contact.nothing")

    def own(key: str, row: Any) -> Cell | None:
        said = cell(key, row, found, language)
        return (
            None if said is None else Cell(label(said), None, key not in ("type", "name", "after"))
        )

    return page_table(table, found, caption, language, own=own)
