"""`cjmine explain`: what does a code mean, and what can be done about it?"""

from __future__ import annotations

from typing import Annotated

import typer

from cjmine.cli.screen import put
from cjmine.errors import Code, Place, Problem, UsageError, did_you_mean


def explain(
    code: Annotated[
        str | None, typer.Argument(metavar="CODE", help="Such as D201, or skipped.")
    ] = None,
) -> None:
    """Say what a code means, how it is counted, how to fix or accept it.

    Example: cjmine explain D201
    """
    import textwrap

    from cjmine.explanations import FAMILIES, explanation, explanations

    if code is None:
        lines: list[str] = []
        for family, title in FAMILIES.items():
            lines += ["", title] if lines else [title]
            lines += [
                f"  {one.code.value}  {one.title}"
                for one in explanations()
                if one.code.value.startswith(family)
            ]
        put("\n".join(lines) + "\n")
        return
    one = explanation(_code(code))
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


def _code(written: str) -> Code:
    """A code by its letters and number, or by the name of the deviation or measure."""
    from cjmine.explanations import explanations

    wanted = written.strip().upper()
    if wanted in list(Code):
        return Code(wanted)
    titles = {one.title: one.code for one in explanations()}
    named = written.strip().lower().replace("-", " ")
    if named in titles:
        return titles[named]
    near = did_you_mean(wanted, [code.value for code in Code])
    raise UsageError(
        Problem(
            Code.USAGE,
            "there is no such code",
            Place("CODE"),
            remedy=near if near.startswith("did") else "cjmine explain lists all codes",
        )
    )
