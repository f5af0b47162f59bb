"""Every code in words: what it means, why it matters, how it is counted, how to fix or accept it.

python -m cjmine.reporters.explanations > docs/codes.md
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from cjmine.errors import Code

_WITHOUT_BUDGET = (Code.SWAPPED, Code.REPLACED, Code.ABANDONED, Code.AVOIDABLE_CONTACT)


@dataclass(frozen=True, slots=True)
class Explanation:
    """One code. `counted` names the denominator, `accept` how to live with it; "" where none."""

    code: Code
    title: str
    what: str
    why: str
    fix: str
    counted: str = ""
    accept: str = ""

    @property
    def judged(self) -> str:
        """How a budget on this figure is judged; "" where no expectation can be about it."""
        has_budget = self.code.value[0] in "DG" and self.code not in _WITHOUT_BUDGET
        return _texts()["figure"]["judged"] if has_budget else ""

    @property
    def words(self) -> frozenset[str]:
        """What it may be asked for by, in small letters: code, title, and the name of a figure."""
        found = {self.code.value.lower(), self.title.lower(), self.title.lower().replace(" ", "-")}
        if self.code.value[0] in "DG":  # as budgets and `accepted` in a journey file name it
            found.add(self.code.name.lower().replace("_", "-"))
        return frozenset(found)

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """Headings and texts, in the order of the headings; parts without text are left out."""
        every = ((heading, getattr(self, part)) for part, heading in _texts()["heading"].items())
        return tuple((heading, text) for heading, text in every if text)


@cache
def _texts() -> Mapping[str, Mapping[str, str]]:
    """The tables of the file: one a code, and those for all codes."""
    file = files("cjmine.reporters") / "languages" / "explanations.en.toml"
    return tomllib.loads(file.read_text("utf-8"))


def families() -> Mapping[str, str]:
    """The letters that codes begin with and their titles, in order."""
    return _texts()["family"]


@cache
def explanations() -> tuple[Explanation, ...]:
    """All codes, family by family."""
    return tuple(
        Explanation(code, **_texts()[code.value])
        for family in families()
        for code in sorted(Code)
        if code.value.startswith(family)
    )


def explanation(code: Code) -> Explanation:
    """The words for a code.

    >>> explanation(Code.SKIPPED).title
    'skipped'
    """
    return next(one for one in explanations() if one.code is code)


def codes_page() -> str:
    """The page docs/codes.md; a test holds that it is this text."""
    lines = [
        "# Codes",
        "",
        "What cjmine says about your logs and journeys, by code. A code never changes its meaning.",
        "`cjmine explain CODE` prints the same text. This page is made from it:",
        "`python -m cjmine.reporters.explanations > docs/codes.md`.",
    ]
    for family, title in families().items():
        lines += ["", f"## {title}"]
        for one in explanations():
            if one.code.value.startswith(family):
                lines += ["", f"### {one.code.value}: {one.title}", ""]
                lines += [f"* **{heading}.** {text}" for heading, text in one.parts]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(codes_page(), end="")
