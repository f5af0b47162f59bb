"""`cjmine explain`: a code in words, on a screen of 80 columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from cjmine.errors import Code
from cjmine.reporters.escaping import columns
from cjmine.reporters.explanations import explanations, families
from cli.running import run
from cli.test_startup import imported

WIDTH = 80
SKIPPED = """\
D201  skipped
What     The journey went past this step without it, or reached the goal without
         it. A choice of which nothing was seen on the way is skipped as a
         choice, once a journey, and called by the first step of each branch.
Why      The step may be missing in the log, not needed, or worked around.
Counted  journeys that skip the step / journeys that reach it, or end without
         it; of a choice, journeys that reach any of its steps. `skipped` beside
         a first step of a branch counts the step and its choice together.
Judged   Broken when the whole 95 % interval is past the budget; warned when
         only the estimate is, or with `level: warn`; kept otherwise.
         Inconclusive below min-customers (200 unless set, never fewer than 20),
         without an interval, or without a baseline that the budget needs.
         Inconclusive too where no deadline is declared and the log shows too
         few whole journeys to assume one; the report says why. A withheld share
         is judged for the smallest and the largest that it could be; where
         these differ it is inconclusive. Accepted when an acceptance covers it
         that has not expired by the end of the log. Intervals are by customer:
         Wilson for shares, a ratio of sums for fitness, Newcombe for
         differences to a baseline; see docs/definitions.md.
Fix      Check whether every source is loaded; make the step optional if
         customers are right.
Accept   `accepted: [{deviation: skipped, step: NAME, because: …, until:
         2027-03-31}]`; a choice by any of its first steps.
"""


def test_a_code_in_words(tmp_path: Path) -> None:
    """To stdout, with nothing on stderr."""
    ran = run(tmp_path, "explain", "D201")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == SKIPPED


@pytest.mark.parametrize("typed", ["d201", "skipped", "Skipped", " D201 "])
def test_it_need_not_be_typed_exactly(tmp_path: Path, typed: str) -> None:
    """Small letters, and the name of the deviation, do as well."""
    assert run(tmp_path, "explain", typed).out == SKIPPED


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("late", "D205"),
        ("out-of-order", "D203"),
        ("out of order", "D203"),
        ("abandoned-after", "D209"),
        ("drop-off", "D101"),
        ("goal-rate", "G101"),
        ("n225", "N225"),
    ],
)
def test_names_lead_to_codes(tmp_path: Path, typed: str, code: str) -> None:
    """The names that the journey file uses, with hyphens or blanks."""
    assert run(tmp_path, "explain", typed).out.startswith(f"{code}  ")


def test_without_a_code_all_are_listed_by_family(tmp_path: Path) -> None:
    """Every heading and every code with its title, once, within the width."""
    ran = run(tmp_path, "explain")
    lines = ran.out.splitlines()
    assert ran.status == 0
    assert [line for line in lines if line and not line.startswith("  ")] == [*families().values()]
    listed = [line.strip() for line in lines if line.startswith("  ")]
    assert listed == [f"{one.code.value}  {one.title}" for one in explanations()]
    assert max(map(columns, lines)) <= WIDTH


def test_every_explanation_fits_on_the_screen(tmp_path: Path) -> None:
    """No line of any code is wider than 80 columns; all in one process, for speed."""
    script = "from cjmine.errors import Code\nfrom cjmine.cli.explain import explain\n"
    ran = run(
        tmp_path, python=("-c", script + "for code in Code: explain(code=code.value, quiet=False)")
    )
    assert (ran.status, ran.err) == (0, "")
    assert [line for line in ran.out.splitlines() if columns(line) > WIDTH] == []
    assert sum(ran.out.count(f"{code.value}  ") for code in Code) >= len(Code)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("D299", 'did you mean "D209"?'),
        ("skiped", 'did you mean "skipped"?'),
        ("wrong-chanel", 'did you mean "wrong-channel"?'),
        ("zzz", "cjmine explain lists all codes"),
        ("", "cjmine explain lists all codes"),
    ],
)
def test_an_unknown_code_is_a_mistake_of_usage(tmp_path: Path, typed: str, said: str) -> None:
    """U101 with a near miss where there is one; nothing goes to stdout."""
    ran = run(tmp_path, "explain", typed)
    assert (ran.status, ran.codes, ran.out) == (2, [Code.USAGE.value], "")
    assert said in ran.err


def test_it_imports_nothing_slow(tmp_path: Path) -> None:
    """Neither the help nor an explanation loads NumPy, Arrow or an engine."""
    slow = {"numpy", "pyarrow", "pandas", "duckdb", "pm4py", "yaml"}
    assert imported(tmp_path, "explain", "--help") & slow == set()
    assert imported(tmp_path, "explain", "D201") & slow == set()
