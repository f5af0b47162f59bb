"""Every code in words: what it means, why it matters, how it is counted, how to fix or accept it.

python -m cjmine.explanations > docs/codes.md
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cjmine.errors import Code

FAMILIES = {
    "L": "Reading logs",
    "N": "Notes on what was read, assumed or left out",
    "J": "The journey file",
    "D": "Drop-off and deviations",
    "G": "Goal and totals",
    "P": "Privacy",
    "C": "Configuration",
    "U": "Usage",
    "O": "Output",
    "X": "Internal",
}


# How a budget on a figure is judged; the same for all of them.
_JUDGED = (
    "Broken when the whole 95 % interval is past the budget; warned when only the estimate is, or"
    " with `level: warn`; kept otherwise. Inconclusive below min-journeys (200 unless set), or"
    " without a baseline that the budget needs. Accepted when an acceptance covers it that has not"
    " expired by the end of the log. Intervals: Wilson for shares, the delta method for fitness,"
    " Newcombe for differences to a baseline."
)
_WITHOUT_BUDGET = (Code.SWAPPED, Code.REPLACED, Code.ABANDONED)


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
        return _JUDGED if has_budget else ""

    @property
    def words(self) -> frozenset[str]:
        """What it may be asked for by, in small letters: code, title, and the name of a figure."""
        found = {self.code.value.lower(), self.title.lower(), self.title.lower().replace(" ", "-")}
        if self.code.value[0] in "DG":  # as budgets and `accepted` in a journey file name it
            found.add(self.code.name.lower().replace("_", "-"))
        return frozenset(found)

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """Headings and texts, in the order in which they are told."""
        every = (
            ("What", self.what),
            ("Why", self.why),
            ("Counted", self.counted),
            ("Judged", self.judged),
            ("Fix", self.fix),
            ("Accept", self.accept),
        )
        return tuple((heading, text) for heading, text in every if text)


@cache
def explanations() -> tuple[Explanation, ...]:
    """All codes, family by family."""
    written = tomllib.loads(
        Path(__file__).with_name("explanations.toml").read_text(encoding="utf-8")
    )
    return tuple(
        Explanation(Code(code), **texts)
        for family in FAMILIES
        for code, texts in sorted(written.items())
        if code.startswith(family)
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
        "`python -m cjmine.explanations > docs/codes.md`.",
    ]
    for family, title in FAMILIES.items():
        lines += ["", f"## {title}"]
        for one in explanations():
            if one.code.value.startswith(family):
                lines += ["", f"### {one.code.value}: {one.title}", ""]
                lines += [f"* **{heading}.** {text}" for heading, text in one.parts]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(codes_page(), end="")
