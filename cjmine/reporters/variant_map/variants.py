"""The commonest variants: their share, and their touchpoints as chips."""

from __future__ import annotations

from markupsafe import Markup

from cjmine.reporters.language import Lang, Language, language
from cjmine.reporters.svg import element, text
from cjmine.reporters.svg_frame import Entry, Sheet, drawn
from cjmine.reporters.theme import Theme
from cjmine.reporters.variant_map.chips import APART, CHIP, HIGH, chip, per_row, wide, x_of
from cjmine.results.discovery import Discovery, VariantRow

_LEFT = 144.0
_BETWEEN = 18.0


def variants_svg(found: Discovery, lang: Lang = Lang.EN, theme: Theme = Theme.AUTO) -> Markup:
    """Draw the variants of a discovery, as many as it lists; folded ones end in a dashed chip.

    A discovery without journeys gives a sheet that says so.
    """
    said, body, y = language(lang), [], 8.0
    most = max((row.journeys for row in found.variants), default=1)
    for row in found.variants:
        body += _share(row, y, most, found.log.journeys, said)
        chips = _chips(row, said)
        for place, (label, look) in enumerate(chips):
            line, at = divmod(place, per_row(_LEFT))
            body.append(chip(x_of(at, _LEFT), y + line * (HIGH + APART), label, look))
        y += HIGH + (len(chips) - 1) // per_row(_LEFT) * (HIGH + APART) + _BETWEEN
    shown = sum(row.journeys for row in found.variants)
    foot = said.say(
        "variants.shown",
        rows=said.count(len(found.variants)),
        groups=said.count(max(found.variant_groups, len(found.variants))),
        n=said.count(shown),
        of=said.count(found.log.journeys),
        share=said.share(shown, found.log.journeys),
    )
    folded = element("rect", x=1, y=-6, width=22, height=12, rx=3, class_="cj-plain cj-dashed")
    is_folded = any(row.folded for row in found.variants)
    key = [Entry(folded, 24, said.say("variants.folded"))] if is_folded else []
    longest = max((len(row.activities) for row in found.variants), default=0)
    return drawn(
        Sheet(
            title=said.say("variants.title"),
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
            key=key,
        ),
        theme,
    )


def _chips(row: VariantRow, said: Language) -> list[tuple[str, str]]:
    if not row.folded:
        return [(name, "cj-chip") for name in row.activities]
    known = [(name, "cj-chip") for name in row.activities[:-1]]
    return [*known, (said.say("variants.others"), "cj-plain cj-dashed")]


def _share(row: VariantRow, y: float, most: int, of: int, said: Language) -> list[Markup]:
    """The share of a variant in words and as a bar below them."""
    n = said.say("figure.of", n=said.count(row.journeys), of=said.count(of))
    return [
        text(16, y + 12, said.share(row.journeys, of), "cj-strong"),
        text(16, y + 26, n, "cj-muted cj-small"),
        element(
            "rect",
            x=16,
            y=y + 31,
            width=max(1.0, (CHIP + 14) * row.journeys / most),
            height=3,
            class_="cj-tip",
        ),
    ]
