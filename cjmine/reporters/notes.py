"""Notes in the reader's language: the sentence of a note is found again, and said with its places.

A result in JSON and a saved log hold notes in English, so this also works for what was written
earlier. A note that no sentence fits, such as one of an older version, stays in English.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from cjmine.codes import Code
from cjmine.contact_sentences import ContactSentence
from cjmine.errors import Note
from cjmine.hints_sentences import HintSentence
from cjmine.ideas_sentences import IdeaSentence
from cjmine.maturity_sentences import MaturitySentence
from cjmine.outlier_sentences import OutlierSentence
from cjmine.portfolio_sentences import PortfolioSentence
from cjmine.priorities_sentences import PrioritySentence
from cjmine.reporters.language import Lang, Language
from cjmine.satisfaction_sentences import SatisfactionSentence
from cjmine.sentences import Sentence, Written
from cjmine.trend_sentences import TrendSentence

SENTENCES: tuple[Written, ...] = (
    *(*Sentence, *TrendSentence),
    *(*SatisfactionSentence, *PrioritySentence),
    *(*ContactSentence, *OutlierSentence),
    *(*HintSentence, *MaturitySentence, *PortfolioSentence),
    *IdeaSentence,
)

_PLACE = re.compile(r"\{(\d*)(\*?)\}")
_THOUSANDS = re.compile(r"(?<![^ (])\d{1,3}(?:,\d{3})+(?=$|[ ,;)])|^\d+\.\d+$")

_OUTSIDE = r"(?![^()]*\))"  # of brackets


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence, or what may be in its place: how English says it, and another language."""

    english: re.Pattern[str]
    places: tuple[bool, ...]  # whether words are in it, rather than a name
    other: str

    @classmethod
    def of(cls, english: str, other: str) -> _Said:
        literal = [re.escape(part) for part in _PLACE.split(english)[::3]]
        kinds = tuple(bool(found[2]) for found in _PLACE.finditer(english))
        return cls(re.compile("(.*?)".join(literal), re.DOTALL), kinds, other)


@dataclass(frozen=True, slots=True)
class _Catalogue:
    sentences: Mapping[Code, tuple[_Said, ...]]
    parts: tuple[_Said, ...]


def note_text(note: Note, language: Language) -> str:
    """What a note says, in a language.

    >>> from cjmine.reporters.language import language
    >>> note_text(Sentence.SAME_TIME.note(1200), language(Lang.NL))
    'klantreizen met gebeurtenissen op hetzelfde moment, in de volgorde van de bron: 1.200'
    """
    if language.code is Lang.EN:
        return note.text
    catalogue = _catalogue(language.code)
    fitting = (*catalogue.sentences.get(note.code, ()), *catalogue.parts)
    found = _translated(note.text, fitting, catalogue.parts, language)
    return note.text if found is None else found


def _translated(
    text: str, fitting: tuple[_Said, ...], parts: tuple[_Said, ...], language: Language
) -> str | None:
    """The text as the first fitting sentence says it; None where none fits."""
    for one in fitting:
        found = one.english.fullmatch(text)
        if found is not None:
            said = [
                _words(part, parts, language) if is_words else part
                for part, is_words in zip(found.groups(), one.places, strict=True)
            ]
            return _filled(one.other, said)
    return None


def _words(text: str, parts: tuple[_Said, ...], language: Language) -> str:
    """What is in a place: as a whole, else element by element; numbers in the language's way."""
    found = _translated(text, parts, parts, language)
    if found is not None:
        return found
    for between in ("; ", ", "):
        elements = re.split(between + _OUTSIDE, text)
        if len(elements) > 1:
            return between.join(_words(one, parts, language) for one in elements)
    return _THOUSANDS.sub(lambda number: language.number(number[0]), text)


def _filled(text: str, said: list[str]) -> str:
    """A text with its places filled in, in their order or by their numbers."""
    order = iter(range(len(said)))

    def place(found: re.Match[str]) -> str:
        return said[int(found[1]) if found[1] else next(order)]

    return _PLACE.sub(place, text)


def other_sentences(code: Lang) -> Iterator[tuple[Written, str]]:
    """Each sentence with what another language says. Raises KeyError where it does not."""
    texts = _tables(code)["sentence"]
    return ((one, texts[key_of(one)]) for one in SENTENCES)


def other_parts(code: Lang) -> Mapping[str, str]:
    """What may be in a place: another language, by the English."""
    return _tables(code)["part"]


def part_text(part: str, language: Language) -> str:
    """What a format says that it drops, in a language; other words, such as columns, stay.

    >>> from cjmine.reporters.language import language
    >>> part_text("bodies and attachments", language(Lang.NL))
    'inhoud en bijlagen'
    """
    return part if language.code is Lang.EN else other_parts(language.code).get(part, part)


def key_of(sentence: Written) -> str:
    """The name of a sentence in the files of languages.

    >>> key_of(Sentence.SAME_TIME)
    'same-time'
    """
    return sentence.name.lower().replace("_", "-")


@cache
def _tables(code: Lang) -> Mapping[str, Mapping[str, str]]:
    text = (files("cjmine.reporters") / "languages" / f"notes.{code}.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _catalogue(code: Lang) -> _Catalogue:
    """All sentences by the code of their notes, those with most words of their own first."""
    sentences: dict[Code, list[_Said]] = {}
    for one, other in sorted(other_sentences(code), key=lambda pair: _fewest(pair[0].text)):
        sentences.setdefault(one.code, []).append(_Said.of(one.text, other))
    parts = sorted(other_parts(code).items(), key=lambda pair: _fewest(pair[0]))
    return _Catalogue(
        {one: tuple(said) for one, said in sentences.items()},
        tuple(_Said.of(english, other) for english, other in parts),
    )


def _fewest(text: str) -> int:
    """What puts the sentence first that has most signs of its own."""
    return -len(_PLACE.sub("", text))
