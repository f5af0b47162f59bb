"""What the figures rest on: each file's account, the notes, and how to make the report again."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from cjmine.errors import Code, Note
from cjmine.reporters.discovery.tables import SOURCES
from cjmine.reporters.html.markup import (
    details,
    label,
    paragraph,
    said,
    section,
)
from cjmine.reporters.html.report import Basis
from cjmine.reporters.html.tables import page_table
from cjmine.reporters.language import Language
from cjmine.reporters.notes import note_text
from cjmine.reporters.svg import element


def quality(basis: Basis, language: Language) -> Markup:
    """The rows of each file add up; then everything that was noticed, with its code."""
    parts = [paragraph(language, "rows-rule")]
    if basis.sources:
        parts.append(page_table(SOURCES, basis, "rows-caption", language))
    else:
        parts.append(paragraph(language, "rows-none"))
    parts.append(element("h3", said(language, "notes")))
    if basis.notes:
        codes = dict.fromkeys(note.code for note in basis.notes)
        listed = (_note(code, basis.notes, language) for code in codes)
        parts.append(element("dl", *listed, class_="notes"))
    else:
        parts.append(paragraph(language, "notes-none"))
    return section(language, "quality", *parts)


def _note(code: Code, notes: Sequence[Note], language: Language) -> Markup:
    """A code in words, and its notes."""
    known = f"note.{code.value}"
    short = label(language.texts[known]) if known in language.texts else Markup()
    said = (note_text(note, language) for note in notes if note.code is code)
    listed = (element("dd", label(one)) for one in said)
    return element(
        "div", element("dt", element("code", label(code.value)), Markup(" "), short), *listed
    )


def reproduction(basis: Basis, language: Language) -> Markup:
    """Everything that is needed to make the same figures again."""
    made = basis.made
    facts = [("version", label(f"cjmine {made.version}"))]
    if made.command:
        facts.insert(0, ("command", element("code", label(made.command))))
    if made.results:
        facts.append(("results", label(", ".join(made.results))))
    if basis.journey_file is not None:
        facts.append(("journey-file", label(basis.journey_file)))
        digest = made.journey_sha256
        facts.append(
            (
                "sha256",
                element("code", label(digest)) if digest else said(language, "not-in-result"),
            )
        )
    if basis.baseline is not None:
        used = basis.baseline
        counts = {"version": used.version, "journeys": language.count(used.journeys)}
        facts.append(("baseline", said(language, "baseline", file=used.file, **counts)))
    facts.append(("period", label(language.period(basis.size.days, basis.size.zone))))
    facts.append(("filters", _filters(basis, language)))
    facts.append(("pseudonyms", _pseudonyms(basis, language)))
    smallest = language.count(basis.privacy.min_group)
    facts.append(("min-group", said(language, "min-group", k=smallest)))
    facts.append(("licence", label("AGPL-3.0-or-later")))
    listed = element(
        "dl",
        *(
            element("div", element("dt", said(language, f"made-{key}")), element("dd", value))
            for key, value in facts
        ),
        class_="made",
    )
    method = details(said(language, "intervals-title"), paragraph(language, "intervals"))
    return section(language, "reproduction", listed, method)


def _filters(basis: Basis, language: Language) -> Markup:
    made, size = basis.made, basis.size
    parts = []
    if made.entry:
        parts.append(said(language, "filter-entry", entry=", ".join(made.entry)))
    if made.gap is not None:
        parts.append(said(language, "filter-gap", gap=language.seconds(made.gap / 1e6)))
    if made.until_goal:
        parts.append(said(language, "filter-until-goal"))
    if size.without_entry or size.before_entry:
        counts = {
            "journeys": language.count(size.without_entry),
            "events": language.count(size.before_entry),
        }
        parts.append(said(language, "filter-cut", **counts))
    parts += [element("code", label(one)) for one in size.filters]
    if not parts:
        return said(language, "not-in-result" if made.results else "filter-none")
    return element("br").join(parts)


def _pseudonyms(basis: Basis, language: Language) -> Markup:
    key = basis.privacy.key
    if key is None:
        return said(language, "pseudonyms-thrown-away")
    return said(language, "pseudonyms-key", key=key)
