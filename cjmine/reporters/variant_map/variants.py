"""The commonest variants: their share, and their touchpoints as chips."""

from __future__ import annotations

from cjmine.analysis.measured import Discovery, VariantRow
from cjmine.reporters.language import Lang, Language, language
from cjmine.reporters.svg import element, text
from cjmine.reporters.svg_frame import Entry, Sheet, drawn
from cjmine.reporters.theme import Theme
from cjmine.reporters.variant_map.chips import APART, CHIP, HIGH, chip, per_row, wide, x_of

_LEFT = 144.0
_BETWEEN = 18.0


def variants_svg(found: Discovery, lang: Lang = Lang.EN, theme: Theme = Theme.AUTO) -> str:
    """Draw the variants of a discovery, as many as it lists; folded ones end in a dashed chip.

    A discovery without journeys gives a sheet that says so.
    """
    said, body, y = language(lang), [], 8.0
    most = max((row.journeys for row in found.variant_rows), default=1)
    for row in found.variant_rows:
        body += _share(row, y, most, found.size.journeys, said)
        chips = _chips(row, said)
        for place, (label, look) in enumerate(chips):
            line, at = divmod(place, per_row(_LEFT))
            body.append(chip(x_of(at, _LEFT), y + line * (HIGH + APART), label, look))
        y += HIGH + (len(chips) - 1) // per_row(_LEFT) * (HIGH + APART) + _BETWEEN
    shown = sum(row.journeys for row in found.variant_rows)
    foot = said.say(
        "variants.shown",
        rows=said.count(len(found.variant_rows)),
        groups=said.count(max(found.variant_groups, len(found.variant_rows))),
        n=said.count(shown),
        of=said.count(found.size.journeys),
        share=said.share(shown, found.size.journeys),
    )
    folded = element("rect", x=1, y=-6, width=22, height=12, rx=3, class_="cj-plain cj-dashed")
    is_folded = any(row.is_folded for row in found.variant_rows)
    key = [Entry(folded, 24, said.say("variants.folded"))] if is_folded else []
    longest = max((len(row.activities) for row in found.variant_rows), default=0)
    return drawn(
        Sheet(
            title=said.say("variants.title"),
            below=said.say(
                "variants.below",
                journeys=said.count(found.size.journeys),
                period=said.period(found.size.period),
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
    if not row.is_folded:
        return [(name, "cj-chip") for name in row.activities]
    known = [(name, "cj-chip") for name in row.activities[:-1]]
    return [*known, (said.say("variants.others"), "cj-plain cj-dashed")]


def _share(row: VariantRow, y: float, most: int, of: int, said: Language) -> list[str]:
    """The share of a variant in words and as a bar below them."""
    n = said.say("variants.of", n=said.count(row.journeys), of=said.count(of))
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
