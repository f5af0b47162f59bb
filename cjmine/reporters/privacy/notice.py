"""The notice in plain language: what is measured, why, from what, and how long it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from cjmine.declared_privacy import LegalBasis
from cjmine.errors import Code, Problem, UsageError
from cjmine.eventlog.source_columns import Role
from cjmine.reporters.document import Document, Line, Part, Said, rendered
from cjmine.reporters.formats import WordsOrJson
from cjmine.reporters.language import Language
from cjmine.reporters.terminal import Screen
from cjmine.results.codec import to_json
from cjmine.results.privacy import NoticePart, PrivacyNotice, PrivacyRegister

MOST_WORDS = 300


def render(found: PrivacyRegister, form: WordsOrJson, screen: Screen) -> str:
    """The notice in a format; ends without a line feed. Raises UsageError P110."""
    result = notice(found, screen.language)
    if form is WordsOrJson.JSON:
        return to_json(result)
    return rendered(partial(_document, found, screen.language), form, screen)


def notice(found: PrivacyRegister, language: Language) -> PrivacyNotice:
    """The notice as a result. Raises UsageError P110 where it has more than 300 words."""
    document = _document(found, language, str)
    parts = tuple(
        NoticePart(part.heading, tuple(line.text for line in part.lines)) for part in document.parts
    )
    sentences = (text for part in parts for text in (part.heading, *part.sentences))
    words = sum(len(text.split()) for text in (document.title, *sentences))
    if words > MOST_WORDS:
        raise _too_long(found, words)
    return PrivacyNotice("cjmine/privacy-notice/1", language.code, words, document.title, parts)


def _too_long(found: PrivacyRegister, words: int) -> UsageError:
    declared = {
        "purposes": _distinct(one.purpose for one in found.purposes),
        "people": found.people,
        "recipients": found.recipients,
        "transfers": found.transfers,
        "interest": (found.interest or "",),
    }
    counts = {name: sum(len(one.split()) for one in texts) for name, texts in declared.items()}
    longest = max(counts, key=lambda name: counts[name])
    return UsageError(
        Problem(
            Code.NOTICE_TOO_LONG,
            f"the notice would have {words:,} words, and it may have {MOST_WORDS}",
            cause=f"{longest}: {counts[longest]:,} words; nothing that is declared is left out",
            remedy="say it shorter, or name fewer journey files: -i FILE",
        )
    )


def _document(found: PrivacyRegister, language: Language, said: Said) -> Document:
    parts = (
        ("who", _who(found, language, said)),
        ("why", _why(found, language, said)),
        ("data", _data(found, language, said)),
        ("care", _care(found, language)),
        ("recipients", _recipients(found, language, said)),
        ("retention", _retention(found, language)),
        ("rights", _rights(found, language, said)),
    )
    return Document(
        language.say("notice.title"),
        tuple(
            Part(language.say(f"notice.heading-{name}"), tuple(map(Line, sentences)))
            for name, sentences in parts
        ),
    )


def _who(found: PrivacyRegister, language: Language, said: Said) -> Iterator[str]:
    yield language.say("notice.who", controller=said(found.controller))
    yield language.say("notice.contact", contact=said(found.contact))
    if found.officer is not None:
        yield language.say("notice.officer", officer=said(found.officer))


def _why(found: PrivacyRegister, language: Language, said: Said) -> Iterator[str]:
    purposes = _distinct(one.purpose for one in found.purposes)
    yield language.say("notice.why", purposes=_joined(purposes, said))
    basis = language.say(f"notice.basis-{found.legal_basis}")
    if found.legal_basis is LegalBasis.LEGITIMATE_INTERESTS and found.interest is not None:
        basis = f"{basis}: {said(_open_ended(found.interest))}."
    yield basis


def _data(found: PrivacyRegister, language: Language, said: Said) -> Iterator[str]:
    yield language.say("notice.people", people=_joined(found.people, said))
    yield language.say(
        "notice.kinds", kinds="; ".join(language.say(f"data.{kind}") for kind in found.kinds)
    )
    further = {
        column.column
        for one in found.sources
        for column in one.kept
        if column.role in (Role.ATTRIBUTE, Role.COMPARED, Role.SCORE)
    }
    yield language.say("notice.of-each")
    if further:
        yield language.say("notice.further", n=language.count(len(further)))


def _care(found: PrivacyRegister, language: Language) -> Iterator[str]:
    yield language.say("notice.tokens")
    yield language.say("notice.groups", k=language.count(found.min_group))


def _recipients(found: PrivacyRegister, language: Language, said: Said) -> Iterator[str]:
    if found.recipients:
        yield language.say("notice.recipients", recipients=_joined(found.recipients, said))
    else:
        yield language.say("notice.nobody")
    if found.transfers:
        yield language.say("notice.transfers", transfers=_joined(found.transfers, said))
    else:
        yield language.say("notice.no-transfers")


def _retention(found: PrivacyRegister, language: Language) -> Iterator[str]:
    for one in found.retention:
        yield language.say(f"notice.kept-{one.of}", days=language.counted("day", one.days))


def _rights(found: PrivacyRegister, language: Language, said: Said) -> Iterator[str]:
    yield language.say("notice.rights", contact=said(found.contact))
    yield language.say("notice.complaint")


def _distinct(texts: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(_open_ended, texts)))


def _open_ended(text: str) -> str:
    """A declared text without its full stop: the sentence that it is put in has one."""
    return text.strip().rstrip(".")


def _joined(texts: tuple[str, ...], said: Said) -> str:
    return "; ".join(said(_open_ended(one)) for one in texts)
