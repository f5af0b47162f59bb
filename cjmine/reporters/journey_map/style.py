"""How the parts of a map look: sizes of letters, colours, dashes."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from cjmine.reporters.svg import FONT
from cjmine.reporters.theme import Colour, Paint, Theme, stylesheet

TITLE, NORMAL, SMALL = 17.0, 12.0, 10.5
LINE = 13.0  # from one line of small text to the next

_SHAPES = (
    f".jm text{{font-family:{FONT};font-size:{NORMAL}px}}"
    f".jm .jm-title{{font-size:{TITLE}px;font-weight:700}}"
    ".jm .jm-bold,.jm .jm-name,.jm .jm-alert{font-weight:700}"
    f".jm .jm-small,.jm .jm-name,.jm .jm-alert,.jm .jm-rank,.jm .jm-said{{font-size:{SMALL}px}}"
    ".jm .jm-rank,.jm .jm-said{font-weight:700}"
    ".jm-outline{stroke-width:1.6}"
    ".jm-optional{stroke-dasharray:4 3}"
    ".jm-link{stroke-width:1.2;fill:none}"
    ".jm-stem{stroke-width:1;stroke-dasharray:2 2;fill:none}"
    ".jm-extra{stroke-width:1.2;stroke-dasharray:2.5 2}"
    ".jm-unknown{fill:none;stroke-width:1;stroke-dasharray:3 3}"
    ".jm-hit{fill:none;pointer-events:all;stroke:none}"
    ".jm-step:focus{outline:none}.jm-step:focus-visible .jm-hit{stroke-width:2}"
)
_PAINTS = (
    Paint(".jm-paper", "fill", Colour.BACKGROUND),
    Paint(".jm-lane", "fill", Colour.LANE),
    Paint(".jm-stage", "fill", Colour.LANE),
    Paint(".jm-stage", "stroke", Colour.LINE),
    Paint(".jm text", "fill", Colour.TEXT),
    Paint(".jm .jm-small,.jm .jm-name", "fill", Colour.MUTED),
    Paint(".jm .jm-alert", "fill", Colour.ALERT),
    Paint(".jm-outline", "stroke", Colour.TEXT),
    Paint(".jm-outline", "fill", Colour.BACKGROUND),
    Paint(".jm-moment,.jm-first", "fill", Colour.TEXT),
    Paint(".jm-heard", "stroke", Colour.TEXT),
    Paint(".jm-heard", "fill", Colour.BACKGROUND),
    Paint(".jm .jm-rank", "fill", Colour.BACKGROUND),
    Paint(".jm-link,.jm-stem,.jm-unknown", "stroke", Colour.LINE),
    Paint(".jm-extra", "stroke", Colour.LINE),
    Paint(".jm-extra", "fill", Colour.BACKGROUND),
    Paint(".jm-ribbon", "fill", Colour.RIBBON),
    Paint(".jm-bar", "fill", Colour.MEASURED),
    Paint(".jm-rail", "fill", Colour.RIBBON),
    Paint(".jm-loss", "fill", Colour.LOSS),
    Paint(".jm-mark", "stroke", Colour.TEXT),
    Paint(".jm-bad", "fill", Colour.ALERT),
    Paint(".jm-bad-extra", "stroke", Colour.ALERT),
    Paint(".jm-step:focus-visible .jm-hit", "stroke", Colour.MEASURED),
)


def style(theme: Theme) -> Markup:
    """The style sheet of the map."""
    return stylesheet(_PAINTS, _SHAPES, theme)


@dataclass(frozen=True, slots=True)
class Lane:
    """A finished strip of a band: its elements and how high it is."""

    parts: tuple[Markup, ...]
    height: float


EMPTY = Lane((), 0.0)
