"""What customers said, marked on the map at the step that it is about."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from cjmine.ideas.insights import Insight
from cjmine.reporters.journey_map.style import SMALL
from cjmine.reporters.language import Language
from cjmine.reporters.svg import element, escaped, text
from cjmine.reporters.text_width import width

_HEIGHT, _EDGE = 13.0, 5.0


def quoted(one: Insight, words: Language) -> str:
    """An insight in a sentence, with its source, or with the words that it has none."""
    source = words.say("insights.no-source") if one.source is None else one.source
    if one.day is not None:
        source = words.say("insights.dated", source=source, day=words.day(one.day))
    said = words.say("insights.said", what=one.what, source=source)
    if not one.ideas:
        return said
    return words.say("insights.answered", said=said, ideas=", ".join(one.ideas))


def bubble(heard: Sequence[Insight], x: float, y: float, words: Language) -> Markup:
    """How many insights there are, as a mark that begins at x and is around y.

    The texts are its title; dashed where none of them has a source.
    """
    is_opinion = all(one.source is None for one in heard)
    look = ("jm-heard", "jm-optional") if is_opinion else ("jm-heard",)
    said = f"“\u2009{len(heard)}"
    wide = width(said, SMALL, bold=True) + 2 * _EDGE
    title = "\n".join(quoted(one, words) for one in heard)
    return element(
        "g",
        element("title", escaped(title)),
        element(
            "rect",
            x=x,
            y=y - _HEIGHT / 2,
            width=wide,
            height=_HEIGHT,
            rx=_HEIGHT / 2,
            class_=" ".join(look),
        ),
        text(x + wide / 2, y + 4, said, "jm-said", "middle"),
    )
