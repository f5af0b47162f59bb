"""All words are in the languages: each key in every one, and each key used, no other English in code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from reporters.hostile import check
from reporters.test_html import discovery

import cjmine
from cjmine.codes import Code
from cjmine.conformance.states import State
from cjmine.declared_privacy import LegalBasis
from cjmine.eventlog.source_columns import Role
from cjmine.ideal.deviations import DeviationClass, Marker
from cjmine.ideal.edits import EditKind
from cjmine.ideas.declared import Metric, PromiseUnit, Status
from cjmine.maturity.declared import Evidence, Line, Question, Stage
from cjmine.miner.kinds import Model
from cjmine.portfolio import declared as portfolio
from cjmine.reporters.escaping import columns
from cjmine.reporters.formats import Asked, Format
from cjmine.reporters.language import Lang, language
from cjmine.reporters.registry import render
from cjmine.results import verdicts
from cjmine.results.check import Attribution
from cjmine.results.compare import Design, Reason
from cjmine.results.contact import ContactBy, ContactType
from cjmine.results.doctor import Leftover, Trouble
from cjmine.results.expectations import Undecided, Verdict
from cjmine.results.hints import Tip
from cjmine.results.ideas import Kept, Lack
from cjmine.results.map import Notation
from cjmine.results.outliers import CandidateKind, Carrier, What
from cjmine.results.portfolio import Movement, Standing
from cjmine.results.priorities import Per
from cjmine.results.privacy import DataKind, Safeguard
from cjmine.results.purge import Obstacle, Purged
from cjmine.results.satisfaction import DIMENSIONS, Bad
from cjmine.results.touchpoints import Naming
from cjmine.results.trend import Every

HOME = Path(cjmine.__file__).parent
MODULES = sorted([*(HOME / "reporters").rglob("*.py"), *(HOME / "notebook").rglob("*.py")])
# Values that complete the name of a text: f"deviation.{row.class_}".
VALUES = {
    value
    for values in (
        *(
            Code,
            Attribution,
            DeviationClass,
            EditKind,
            Marker,
            Leftover,
            Trouble,
            Verdict,
            Undecided,
            Notation,
            Model,
            Every,
        ),
        Bad,
    )
    for value in (one.value for one in values)
}
VALUES |= {
    one.value.replace(" ", "-")
    for values in (
        *(Design, Per, Reason, Tip, verdicts.Verdict, verdicts.RatioVerdict),
        *(ContactBy, ContactType, verdicts.Confirmation, What, CandidateKind, Movement),
    )
    for one in values
}
VALUES |= {one.value.replace(" ", "-") for values in (Kept, Metric, Status) for one in values}
VALUES |= {one.value for values in (Carrier, portfolio.Status) for one in values}
VALUES |= {one.name.lower() for values in (Lack, PromiseUnit, Standing) for one in values}
VALUES |= {*DIMENSIONS, *(state.name.lower() for state in State)}
VALUES |= {
    one.value
    for values in (LegalBasis, Role, DataKind, Safeguard, Purged, Obstacle)
    for one in values
}
VALUES |= {"logs", "exports"}
VALUES |= {one.value for values in (Line, Stage, Evidence, Question) for one in values}
VALUES |= {str(month) for month in range(1, 13)}
VALUES |= {written for one in get_args(Naming) for written in (one, one.replace(" ", "-"))}
# Files in a language of their own: docs/codes.md, YAML with comments, annotations, JUnit, Jira.
OWN = (
    "explanations.py",
    "journey_file.py",
    "portfolio_file.py",
    "check/github.py",
    "check/junit.py",
    "jira.py",
)


def constants(tree: ast.AST) -> Iterator[str]:
    """Every string that is no docstring and no message of an error; of an f-string its pieces."""
    apart: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Raise, ast.Assert)) or _is_problem(node):
            apart.update(ast.walk(node))
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            apart.add(node.value)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in apart:
            yield node.value


def _is_problem(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("Problem", "UsageError")
    )


def names(module: Path) -> set[str]:
    """The names of texts that a module uses, and those that its f-strings can make."""
    tree = ast.parse(module.read_text("utf-8"))
    found = set(constants(tree))
    parts = "|".join(sorted({one for one in found | VALUES if re.fullmatch(r"[\w-]*", one)}))
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and (pattern := _pattern(node, parts)) is not None:
            found.update(key for key in language(Lang.EN).texts if pattern.fullmatch(key))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            noun = node.args[0] if node.func.attr == "counted" and node.args else None
            if isinstance(noun, ast.Constant):
                found |= {f"count.{noun.value}-{ending}" for ending in ("one", "many")}
    return found


def _pattern(node: ast.JoinedStr, parts: str) -> re.Pattern[str] | None:
    """What an f-string can be, if it begins with the name of a table."""
    first = node.values[0]
    if not (isinstance(first, ast.Constant) and re.match(r"\w+\.", str(first.value))):
        return None
    return re.compile(
        "".join(
            re.escape(str(one.value)) if isinstance(one, ast.Constant) else f"(?:{parts}|)"
            for one in node.values
        )
    )


def test_every_key_is_used() -> None:
    """Those of the page are held by what the page says, in the tests of the page."""
    used = set().union(*(names(module) for module in MODULES))
    unused = {key for key in language(Lang.EN).texts if not key.startswith("report.")} - used
    assert sorted(unused) == []


def test_every_key_is_in_every_language() -> None:
    """With text, and without blanks around it that a translator would lose."""
    keys = [set(language(one).texts) for one in Lang]
    assert all(one == keys[0] for one in keys)
    for one in Lang:
        assert [key for key, text in language(one).texts.items() if text != text.strip()] == []
        assert all(language(one).texts.values())


@pytest.mark.parametrize(
    "module",
    [one for one in MODULES if one.is_relative_to(HOME / "reporters")],
    ids=lambda one: one.relative_to(HOME).as_posix(),
)
def test_no_english_is_left_in_the_reporters(module: Path) -> None:
    """Two words beside each other are a text for readers, unless they are markup or style."""
    if module.as_posix().endswith(OWN):
        return
    words = re.compile(r"[^\W\d_]{2,} [^\W\d_]{2,}")
    markup = re.compile(r"^ ?<|^\.jm|\w-\w|[{};]|font|^system-ui", re.ASCII)
    tree = ast.parse(module.read_text("utf-8"))
    shown = [text for text in constants(tree) if not markup.search(text) and text not in VALUES]
    left = [text for text in shown if words.search(text)]
    assert left == []


def test_english_in_code_is_noticed() -> None:
    """A sentence is found, also between the holes of an f-string; an error's text is not."""
    tree = ast.parse("'''doc of it'''\nx = f'{n} lost here {m}'\nraise ValueError('not so good')")
    assert list(constants(tree)) == [" lost here "]


@pytest.mark.parametrize("few", [False, True])
@pytest.mark.parametrize("lang", Lang)
def test_screens_fit_and_reports_are_in_one_language(lang: Lang, few: bool) -> None:
    """Each line of both screens fits 80 columns, and its sentences are in the language asked for."""
    shown = render(check(few=few), Format.TEXT, Asked(examples=9, lang=lang))
    shown += render(discovery(), Format.TEXT, Asked(lang=lang))
    assert max(columns(line) for line in shown.splitlines()) <= 80
    shown += render(check(few=few), Format.MARKDOWN, Asked(lang=lang))
    shown += render(discovery(), Format.MARKDOWN, Asked(lang=lang))
    english, dutch = {"journey", "journeys", "customers", "and"}, {"klantreizen", "klanten", "van"}
    spoken = set(re.findall(r"\w+", shown)) & (english | dutch)
    assert spoken and spoken <= (dutch if lang is Lang.NL else english)
