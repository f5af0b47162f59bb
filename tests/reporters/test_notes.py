"""Notes in every language: each sentence with the same places, and nothing in English is left."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import cjmine
from cjmine.analysis.log_counts import CountedNote
from cjmine.disclosure.labels import event_of
from cjmine.disclosure.notes import load_notes, shown_notes
from cjmine.disclosure.policy import Policy
from cjmine.durations import in_words
from cjmine.errors import Code, Note, did_you_mean, listed
from cjmine.eventlog.log import About, Cases
from cjmine.ideal.deviations import DeviationClass
from cjmine.loaders.batch import LeftOut
from cjmine.loaders.presets import Preset
from cjmine.loaders.registry import loaders
from cjmine.reporters.language import Lang, language
from cjmine.reporters.notes import SENTENCES, key_of, note_text, other_parts, other_sentences
from cjmine.results.figures import Counted
from cjmine.sentences import Sentence, Written

HOME = Path(cjmine.__file__).parent
OTHERS = [one for one in Lang if one is not Lang.EN]
PLACE = re.compile(r"\{\d*(\*?)\}")
DUTCH = language(Lang.NL)
# Notes are made from sentences; these read what was written, or withhold what it says.
READ = {"sentences.py", "eventlog/described.py", "disclosure/notes.py", "results/portfolio.py"}


def test_every_note_is_made_from_a_sentence() -> None:
    """So that no text of a note is outside the list that languages translate."""
    made = set()
    for module in HOME.rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Note":
                made.add(module.relative_to(HOME).as_posix())
    assert made <= READ


@pytest.mark.parametrize("lang", OTHERS)
def test_every_sentence_is_in_every_language_with_the_same_places(lang: Lang) -> None:
    """Under its name; names in the same order, words in the same order unless they are numbered."""
    found = dict(other_sentences(lang))
    assert set(found) == set(SENTENCES)
    for english, other in [(one.text, text) for one, text in found.items()]:
        assert Counter(PLACE.findall(english)) == Counter(PLACE.findall(other)), other
        if not re.search(r"\{\d", other):
            assert PLACE.findall(english) == PLACE.findall(other), other
    for english, other in other_parts(lang).items():
        assert PLACE.findall(english) == PLACE.findall(other), other


def test_sentences_that_are_alike_would_be_noticed() -> None:
    """No two sentences of a code have the same text, and a place too few is an error."""
    assert len({(one.code, one.text) for one in SENTENCES}) == len(SENTENCES)
    with pytest.raises(ValueError, match="as many places"):
        Sentence.SAME_TIME.note()


@pytest.mark.parametrize("sentence", SENTENCES, ids=key_of)
def test_a_note_is_said_in_dutch_with_what_is_in_its_places(sentence: Written) -> None:
    """Whatever is in them: names as they are, counts in the Dutch way."""
    places = PLACE.findall(sentence.text)
    said = ["1,200" if words else f'N{{}}("{at}; x, y")' for at, words in enumerate(places)]
    note = sentence.note(*said)
    shown = note_text(note, DUTCH)
    assert shown != note.text
    assert [
        one for one, words in zip(said, places, strict=True) if not words and one not in shown
    ] == []
    assert shown.count("1.200") == places.count("*") and "1,200" not in shown
    assert note_text(note, language(Lang.EN)) == note.text


def remarks() -> Iterator[str]:
    """What the readers of process models remark, about an element where it is about one."""
    for module in (HOME / "ideal").glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("remarks.append"):
                pieces = getattr(node.args[0], "values", node.args)
                yield "".join(getattr(one, "value", "") if isinstance(one, ast.Constant)
                              else 'the task "A"' for one in pieces)  # fmt: skip


def parts() -> Iterator[str]:
    """Everything that code puts into places and that is English."""
    yield from (*remarks(), '"A" is on no way to the end: left out')
    yield from (reason.value for reason in LeftOut)
    for one in DeviationClass:
        yield from (one.value, f"{one.value} at Pay")
    seconds = (1, 30, 60, 150, 3_600, 5_400, 86_400, 200_000)
    yield from (in_words(1_000_000 * one) for one in seconds)
    yield listed(["a", "b", "c"], most=2)
    for names in (["Checkout"], ["Pay"]):
        near = did_you_mean("Chekout", names)
        yield from (near, f"; {near}")
    yield from (event_of(Policy(1)), event_of(Policy(10)))
    for loader in loaders():
        preset = getattr(loader, "preset", None)
        if isinstance(preset, Preset):
            yield from (said for _, said in preset.doubts)


@pytest.mark.parametrize("part", list(parts()))
def test_what_comes_into_places_is_said_in_dutch(part: str) -> None:
    """A reason, a duration, a list cut short, a near miss, a remark on a model."""
    assert len(list(remarks())) >= 10
    assert note_text(Sentence.MODEL_REMARK.note(part), DUTCH) != part


def test_a_figure_that_is_withheld_is_said_in_dutch() -> None:
    """The gate fills the places first, whatever the language is."""
    few, many = Counted(3, 3), Counted(1_234, 900)
    notes = [
        CountedNote(Sentence.ENTRY, (few, many)),
        CountedNote(Sentence.CHOSEN, each=(('--having "a; b, c {}"', few), ("--longer 3d", many))),
    ]
    shown = [note_text(one, DUTCH) for one in shown_notes(notes, Policy(10))]
    assert shown == [
        "buiten beschouwing door het beginpunt: klantreizen zonder beginpunt minder dan 10,"
        " gebeurtenissen ervoor 1.234",
        'klantreizen die door filters buiten beschouwing blijven: --having "a; b, c {}": minder dan'
        " 10; --longer 3d: 1.234",
    ]


def test_notes_of_a_saved_log_and_released_ones_are_said_in_dutch() -> None:
    """They come from a file, in English, and a small count in them is withheld."""
    written = Sentence.NOT_LINKED.note(3, "web 3")
    about = About(cases=Cases.CUSTOMER, notes=(written,))
    (kept,) = load_notes(about, Policy(10))
    assert note_text(kept, DUTCH).endswith("een eigen klant: minder dan 10 (web minder dan 10)")
    (released,) = load_notes(about, Policy(10, release=True))
    assert note_text(released, DUTCH) == "niet vrijgegeven; cjmine explain N207 zegt wat het is"


def test_a_note_of_an_older_version_stays_as_it_is() -> None:
    """Nothing is guessed: it is shown in English."""
    assert note_text(Note(Code.TIES, "12 ties"), DUTCH) == "12 ties"
    until = date(2026, 3, 1).isoformat()
    assert note_text(Sentence.EXPIRED.note("7", "late at a; late", until), DUTCH) == (
        "regel 7: te laat bij a; late was aanvaard tot 2026-03-01; het eventlog loopt daarna door,"
        " dus telt het weer mee"
    )
