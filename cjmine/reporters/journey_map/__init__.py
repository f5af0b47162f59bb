"""The journey map: the declared journey in outline, the measured one below it, loss and addition.

Columns are given by the ideal journey, so nothing has to be laid out by force; a long journey is
drawn in bands below each other, like lines of text. What customers add is drawn above the ribbon,
what is lost below. The alert colour marks only what broke an expectation, never without a sign.
"""

from __future__ import annotations

from markupsafe import Markup

from cjmine.ideas.insights import Heard
from cjmine.reporters.check.choices import with_spoken_deviations
from cjmine.reporters.journey_map.drawing import draw
from cjmine.reporters.journey_map.first import First
from cjmine.reporters.language import Lang, language
from cjmine.reporters.theme import Theme
from cjmine.results.check import Check


def render(
    found: Check,
    lang: Lang = Lang.EN,
    theme: Theme = Theme.AUTO,
    firsts: tuple[First, ...] = (),
    heard: Heard | None = None,
) -> Markup:
    """A check as an SVG picture; ends without a line feed. Figures that are withheld are dashes.

    `firsts` are places of the ideal that are marked as the first to fix, `heard` is what customers
    said of its steps.
    """
    words = language(lang).about(found.privacy).judging(found.judged)
    return draw(with_spoken_deviations(found, words), words, theme, firsts, heard)
