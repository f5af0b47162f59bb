"""What customers said, marked on the map at the step that it is about."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from cjmine.ideas.insights import Insight
from cjmine.reporters.language import Language
from cjmine.reporters.svg import element, escaped, text

_RADIUS = 7.5


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
    """How many insights there are, as a mark at the place (x, y); the texts are its title.

    Dashed where none of them has a source.
    """
    is_opinion = all(one.source is None for one in heard)
    look = ("jm-heard", "jm-optional") if is_opinion else ("jm-heard",)
    title = "\n".join(quoted(one, words) for one in heard)
    return element(
        "g",
        element("title", escaped(title)),
        element(
            "circle",
            cx=x,
            cy=y,
            r=_RADIUS,
            class_=" ".join(look),
        ),
        text(x, y + 3.5, f"“{len(heard)}", "jm-small", "middle"),
    )
