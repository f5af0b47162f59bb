"""The names of skipped choices in the words of a language; results have them in English."""

from __future__ import annotations

from dataclasses import replace

from cjmine.errors import Code
from cjmine.ideal.nodes import choice_name
from cjmine.reporters.language import Language
from cjmine.results.check import Check, Example
from cjmine.results.expectations import ExpectationRow


def spoken(found: Check, language: Language) -> Check:
    """A check whose deviations, examples and expectations name choices in a language."""
    if not found.choices:
        return found
    expectations = tuple(_expectation(row, found, language) for row in found.expectations)
    return replace(with_spoken_deviations(found, language), expectations=expectations)


def with_spoken_deviations(found: Check, language: Language) -> Check:
    """A check whose deviations and examples name choices in a language."""
    names = {choice_name(first): called(first, language) for first in found.choices}
    return replace(
        found,
        deviations=tuple(
            replace(row, activity=names.get(row.activity, row.activity))
            if row.code is Code.SKIPPED
            else row
            for row in found.deviations
        ),
        examples=tuple(_example(one, names) for one in found.examples),
    )


def called(first: tuple[str, ...], language: Language) -> str:
    """A choice by the first steps of its branches: `Keep contract of New contract`."""
    return choice_name(first, language.say("report.or"))


def _example(one: Example, names: dict[str, str]) -> Example:
    columns = (
        replace(cell, ideal=names.get(cell.ideal, cell.ideal)) if cell.ideal else cell
        for cell in one.columns
    )
    return replace(one, columns=tuple(columns))


def _expectation(row: ExpectationRow, found: Check, language: Language) -> ExpectationRow:
    """What is expected of a first step that is skipped is expected of its choice."""
    if row.code is not Code.SKIPPED or row.step is None:
        return row
    names = [called(first, language) for first in found.choices if row.step in first]
    return replace(row, step=", ".join(names)) if names else row
