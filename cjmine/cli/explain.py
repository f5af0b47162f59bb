"""`cjmine explain`: what does a code mean, and what can be done about it?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cjmine.cli.command import command
from cjmine.cli.screen import put
from cjmine.errors import Code, Place, Problem, UsageError, did_you_mean

if TYPE_CHECKING:
    from cjmine.reporters.explanations import Explanation


@command
def explain(
    *,
    code: Annotated[
        str | None, typer.Argument(metavar="CODE", help="Such as D201, or skipped.")
    ] = None,
) -> None:
    """Say what a code means, how it is counted, how to fix or accept it.

    Example: cjmine explain D201
    """
    import textwrap

    from cjmine.reporters.explanations import explanations, families

    if code is None:
        lines: list[str] = []
        for family, title in families().items():
            lines += ["", title] if lines else [title]
            lines += [
                f"  {one.code.value}  {one.title}"
                for one in explanations()
                if one.code.value.startswith(family)
            ]
        put("\n".join(lines) + "\n")
        return
    one = _asked(code)
    lines = [f"{one.code.value}  {one.title}"]
    for heading, text in one.parts:
        lines += textwrap.wrap(
            text,
            80,
            initial_indent=f"{heading:<9}",
            subsequent_indent=" " * 9,
            break_long_words=False,
            break_on_hyphens=False,
        )
    put("\n".join(lines) + "\n")


def _asked(written: str) -> Explanation:
    """The words for a code, or for the name of a deviation or measure."""
    from cjmine.reporters.explanations import explanations

    wanted = written.strip().lower()
    for one in explanations():
        if wanted in one.words:
            return one
    codes = [one.code.value for one in explanations()]
    names = sorted({word for one in explanations() for word in one.words if " " not in word})
    like_a_code = len(wanted) < 5 and any(sign.isdigit() for sign in wanted)
    near = did_you_mean(wanted, codes if like_a_code else names)
    raise UsageError(
        Problem(
            Code.USAGE,
            "there is no such code",
            Place("CODE"),
            remedy=near if near.startswith("did") else "cjmine explain lists all codes",
        )
    )
