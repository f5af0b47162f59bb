"""The examples in docstrings run and print what they say."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import cjmine

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(cjmine.__path__, "cjmine.")
    if not module.name.endswith("__main__")
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_a_module_hold(name: str) -> None:
    """Every `>>>` line of the module gives the answer below it."""
    results = doctest.testmod(importlib.import_module(name))

    assert results.failed == 0


def test_there_are_examples_at_all() -> None:
    """A walk that finds no example would prove nothing."""
    finder = doctest.DocTestFinder(exclude_empty=True)
    examples = sum(
        len(test.examples)
        for name in MODULES
        for test in finder.find(importlib.import_module(name))
    )

    assert examples > 20
