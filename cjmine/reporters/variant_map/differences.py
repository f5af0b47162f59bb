"""Common journeys that differ from the ideal: the ideal above, the measured one below, and how."""

from __future__ import annotations

from itertools import groupby

from markupsafe import Markup

from cjmine.reporters.check.choices import with_spoken_deviations
from cjmine.reporters.language import Lang, Language, language
from cjmine.reporters.svg import element, text
from cjmine.reporters.svg_frame import Entry, Sheet, drawn
from cjmine.reporters.theme import Theme
from cjmine.reporters.variant_map.chips import APART, CHIP, HIGH, chip, gap, per_row, wide, x_of
from cjmine.results.check import Cell, Check, Example

_LEFT = 96.0
_BLOCK = 2 * HIGH + APART + 20  # ideal, measured, and a word below
_HEADING, _BETWEEN, _CLASS = 22.0, 14.0, 30.0


def differences_svg(found: Check, lang: Lang = Lang.EN, theme: Theme = Theme.AUTO) -> Markup:
    """Draw the examples of a check, each as rows of ideal, measured and what differs.

    A check without examples gives a sheet that says so.
    """
    said, body, y = language(lang), [], 8.0
    found = with_spoken_deviations(found, said)
    for name, same in groupby(found.examples, key=lambda one: one.class_):
        body.append(text(16, y + 14, said.say(f"variants.class-{name}"), "cj-strong"))
        y += _CLASS
        for example in same:
            y = _example(example, y, found.log.journeys, body, said) + _BETWEEN
    foot = said.say("variants.examples" if found.examples else "variants.no-examples")
    longest = max((len(row.columns) for row in found.examples), default=0)
    return drawn(
        Sheet(
            title=said.say("variants.differences", journey=found.journey),
            below=said.say(
                "variants.below",
                journeys=said.count(found.log.journeys),
                period=said.period(found.log.days, found.log.zone),
            ),
            about=foot,
            body=body,
            width=wide(longest, _LEFT),
            height=max(y - _BETWEEN, 0) + 4,
            foot=(foot,),
            key=(
                Entry(_sign("cj-ideal"), 24, said.say("variants.ideal-step")),
                Entry(_sign("cj-chip"), 24, said.say("variants.as-ideal")),
                Entry(_sign("cj-plain cj-dashed"), 24, said.say("variants.otherwise")),
            ),
        ),
        theme,
    )


def _sign(look: str) -> Markup:
    return element("rect", x=1, y=-6, width=22, height=12, rx=3, class_=look)


def _example(example: Example, y: float, of: int, body: list[Markup], said: Language) -> float:
    """Draw one example from y on; gives where it ends."""
    heading = said.say(
        "variants.seen",
        n=said.count(example.journeys),
        of=said.count(of),
        share=said.share(example.journeys, of),
    )
    body.append(text(16, y + 12, heading, "cj-muted cj-small"))
    y += _HEADING
    row = per_row(_LEFT)
    for first in range(0, len(example.columns), row):
        body.append(text(16, y + HIGH / 2 + 4, said.say("variants.ideal"), "cj-muted cj-small"))
        lower = y + HIGH + APART
        measured = said.say("variants.measured")
        body.append(text(16, lower + HIGH / 2 + 4, measured, "cj-muted cj-small"))
        for place, cell in enumerate(example.columns[first : first + row]):
            body += _cell(cell, x_of(place, _LEFT), y, said)
        y += _BLOCK
    return y


def _cell(cell: Cell, x: float, y: float, said: Language) -> list[Markup]:
    """One column: the ideal step, the measured touchpoint, and the difference in a word."""
    lower = y + HIGH + APART
    look = "cj-chip" if cell.marker is None else "cj-plain cj-dashed"
    parts = [
        gap(x, y) if cell.ideal is None else chip(x, y, cell.ideal, "cj-ideal"),
        gap(x, lower) if cell.measured is None else chip(x, lower, cell.measured, look),
    ]
    if cell.marker is not None:
        word = said.say(f"marker.{cell.marker.value}")
        parts.append(text(x + CHIP / 2, lower + HIGH + 13, word, "cj-strong cj-tiny", "middle"))
    return parts
