"""The register of Article 30(1) of the GDPR, a to g, as a document."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from cjmine.declared_privacy import LegalBasis
from cjmine.eventlog.source_columns import KeptColumn
from cjmine.reporters.document import Document, Line, Part, Said, rendered
from cjmine.reporters.formats import WordsOrJson
from cjmine.reporters.language import Language
from cjmine.reporters.notes import part_text
from cjmine.reporters.terminal import Screen
from cjmine.results.codec import to_json
from cjmine.results.privacy import PrivacyRegister, Purpose, RegisteredSource, Safeguard


def render(found: PrivacyRegister, form: WordsOrJson, screen: Screen) -> str:
    """The register in a format; ends without a line feed."""
    if form is WordsOrJson.JSON:
        return to_json(found)
    return rendered(partial(_document, found, screen.language), form, screen)


def _document(found: PrivacyRegister, language: Language, said: Said) -> Document:
    say = language.say
    parts = (
        ("a", _controller(found, language, said)),
        ("b", _purposes(found, language, said)),
        ("c", _data(found, language, said)),
        ("d", _listed(found.recipients, say("register.nobody"), said)),
        ("e", _listed(found.transfers, say("register.no-transfers"), said)),
        ("f", _retention(found, language)),
        ("g", _safeguards(found, language, said)),
    )
    return Document(
        say("register.title"),
        tuple(
            Part(f"{name}. {say(f'register.part-{name}')}", tuple(lines)) for name, lines in parts
        ),
    )


def _controller(found: PrivacyRegister, language: Language, said: Said) -> Iterator[Line]:
    say = language.say
    yield Line(said(found.controller), say("register.controller"))
    yield Line(said(found.contact), say("register.contact"))
    officer = say("register.none") if found.officer is None else said(found.officer)
    yield Line(officer, say("register.officer"))


def _purposes(found: PrivacyRegister, language: Language, said: Said) -> Iterator[Line]:
    for one in found.purposes:
        yield Line(_purpose(one, language, said), said(one.journey))
    basis = language.say(f"register.basis-{found.legal_basis}")
    if found.legal_basis is LegalBasis.LEGITIMATE_INTERESTS and found.interest is not None:
        basis = f"{basis}: {said(found.interest)}"
    yield Line(basis, language.say("register.legal-basis"))


def _purpose(one: Purpose, language: Language, said: Said) -> str:
    if one.owner is None:
        return said(one.purpose)
    return language.say("register.owned", purpose=said(one.purpose), owner=said(one.owner))


def _data(found: PrivacyRegister, language: Language, said: Said) -> Iterator[Line]:
    yield Line("; ".join(map(said, found.people)), language.say("register.people"))
    for one in found.sources:
        yield from _source(one, language, said)


def _source(one: RegisteredSource, language: Language, said: Said) -> Iterator[Line]:
    say = language.say
    about = f"{say(f'data.{one.kind}')} ({said(one.format)})"
    yield Line(about, said(one.source))
    kept = ", ".join(_column(column, language, said) for column in one.kept)
    yield Line(kept or say("register.none"), say("register.kept"), 1)
    dropped = ", ".join(said(part_text(name, language)) for name in one.dropped)
    yield Line(dropped or say("register.none"), say("register.dropped"), 1)


def _column(one: KeptColumn, language: Language, said: Said) -> str:
    """A column with what it is kept for, and whether tokens replace its values."""
    role = language.say(f"role.{one.role}")
    if one.role.is_token:
        role = language.say("register.as-token", role=role)
    return f"{said(one.column)} ({role})"


def _listed(names: tuple[str, ...], nothing: str, said: Said) -> Iterator[Line]:
    yield from (Line(said(name)) for name in names)
    if not names:
        yield Line(nothing)


def _retention(found: PrivacyRegister, language: Language) -> Iterator[Line]:
    for one in found.retention:
        days = language.counted("day", one.days)
        yield Line(days, language.say(f"register.kept-{one.of}"))


def _safeguards(found: PrivacyRegister, language: Language, said: Said) -> Iterator[Line]:
    for one in found.safeguards:
        text = language.say(f"safeguard.{one}", k=language.count(found.min_group))
        if one is Safeguard.KEYED_TOKENS and found.keys:
            keys = ", ".join(map(said, found.keys))
            text = f"{text} ({language.say('register.keys', keys=keys)})"
        yield Line(text)
