"""Every code in words: complete, plain, the same in the command and on the page."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from cjmine.analysis.expectations import FEWEST
from cjmine.errors import Code
from cjmine.ideal.deviations import BY_CLASS, DeviationClass, code_of
from cjmine.ideal.keys import MIN_CUSTOMERS
from cjmine.ideal.measures import Measure
from cjmine.reporters import explanations as module
from cjmine.reporters.explanations import (
    Explanation,
    codes_page,
    explanation,
    explanations,
    families,
)

PROJECT = Path(__file__).parents[2]
PAGE = PROJECT / "docs" / "codes.md"
TEXTS = Path(module.__file__).parent / "languages" / "explanations.en.toml"
LONGEST_SENTENCE = 200
OF_DEVIATION = {one: row.code for one, row in BY_CLASS.items()}
OF_MEASURE = {one: code_of(one) for one in Measure}
EVERY = [pytest.param(one, id=one.code.value) for one in explanations()]


def test_every_code_is_explained_and_nothing_else() -> None:
    """One table a code: none is forgotten, and none is for a code that does not exist."""
    written = tomllib.loads(TEXTS.read_text("utf-8"))
    assert set(written) - {"family", "heading", "figure"} == {code.value for code in Code}
    assert sorted(one.code for one in explanations()) == sorted(Code)


def test_every_family_has_a_name_and_a_code() -> None:
    """The list without CODE would otherwise leave codes out, or show an empty heading."""
    assert set(families()) == {code.value[0] for code in Code}


@pytest.mark.parametrize("one", EVERY)
def test_no_text_is_empty_and_no_sentence_long(one: Explanation) -> None:
    """Each part says something, on one line, in sentences that can be read at once."""
    assert one.title and not one.title.endswith(".")
    assert {"What", "Why", "Fix"} <= {heading for heading, _ in one.parts}
    for _, text in one.parts:
        assert text == " ".join(text.split()) != ""
        sentences = re.split(r"(?<=[.;?]) ", text)
        assert [each for each in sentences if len(each) > LONGEST_SENTENCE] == []


def test_a_field_that_is_written_says_something() -> None:
    """An empty `counted` or `accept` is left out of the file, not written."""
    written = tomllib.loads(TEXTS.read_text("utf-8"))
    blank = [f"{code}.{key}" for code, texts in written.items() for key in texts if not texts[key]]
    assert blank == []


def test_titles_tell_codes_apart() -> None:
    """No two codes share a word that asks for them."""
    words = [word for one in explanations() for word in one.words]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("code", sorted({*OF_MEASURE.values(), *OF_DEVIATION.values()}))
def test_what_is_counted_names_its_denominator(code: Code) -> None:
    """A share without its denominator is misread: all journeys, or those that reach the step?"""
    assert " / " in explanation(code).counted
    assert explanation(code).accept


@pytest.mark.parametrize("one", [*DeviationClass, *Measure])
def test_names_of_the_journey_file_lead_to_their_code(one: DeviationClass | Measure) -> None:
    """What owners write under `accepted` and `expect` can be asked for by the same name."""
    code = OF_DEVIATION[one] if isinstance(one, DeviationClass) else OF_MEASURE[one]
    assert [each.code for each in explanations() if one.value in each.words] == [code]


def test_only_what_an_expectation_can_be_about_is_judged() -> None:
    """How verdicts come about stands with every figure that has them, and nowhere else."""
    assert {one.code for one in explanations() if one.judged} == set(OF_MEASURE.values())


def test_acceptances_that_are_shown_are_ones_the_journey_file_takes() -> None:
    """`accepted: [{deviation: …}]` in a text names a deviation that exists, and the right one."""
    shown = 0
    for one in explanations():
        for name in re.findall(r"deviation: ([\w-]+)", one.accept):
            assert OF_DEVIATION[DeviationClass(name)] is one.code
            shown += 1
    assert shown >= 5


def test_the_page_is_the_same_text() -> None:
    """After a change: python -m cjmine.reporters.explanations > docs/codes.md."""
    assert PAGE.read_text("utf-8") == codes_page()
    assert "python -m cjmine.reporters.explanations > docs/codes.md" in codes_page()


def test_the_page_has_one_heading_a_code() -> None:
    """In the order of families, and of numbers within them."""
    headings = re.findall(r"^### ([A-Z]\d\d\d): ", codes_page(), re.MULTILINE)
    wanted = [code.value for code in Code]
    assert headings == sorted(wanted, key=lambda code: ([*families()].index(code[0]), code))


def test_the_page_is_printed_by_the_command_that_it_names() -> None:
    """`python -m cjmine.reporters.explanations` writes the page and nothing else, byte for byte."""
    typed = [sys.executable, "-m", "cjmine.reporters.explanations"]
    ran = subprocess.run(typed, cwd=PROJECT, capture_output=True, check=True)
    assert ran.stdout == PAGE.read_bytes() and ran.stderr == b""


def test_the_least_numbers_of_customers_are_the_ones_that_hold() -> None:
    """The texts are read before anything of the ideal, so they repeat the numbers."""
    assert f"({MIN_CUSTOMERS} unless set, never fewer than {FEWEST})" in "".join(
        text for one in explanations() for _, text in one.parts
    )
