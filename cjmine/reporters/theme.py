"""The colours of pictures and reports, light and dark, and the style sheets made of them.

Renderers that make PNG know neither variables nor media queries: rules name colours outright, the
light ones first. Contrast is held by a test: text 4.5 to 1, shapes 3 to 1 (WCAG 2.2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum

from markupsafe import Markup


class Theme(StrEnum):
    """Which colours a picture has; auto follows the reader's screen, and paper is light."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


class Colour(Enum):
    """What a colour is for: its light and its dark value."""

    BACKGROUND = ("#ffffff", "#0d1117")
    LANE = ("#f6f8fa", "#161b22")
    TEXT = ("#1f2328", "#e6edf3")
    MUTED = ("#59636e", "#9198a1")
    LINE = ("#6e7781", "#848d97")
    MEASURED = ("#0969da", "#4493f8")
    RIBBON = ("#b6dcff", "#1d4272")
    LOSS = ("#6e7781", "#9198a1")
    ALERT = ("#cf222e", "#ff7b72")

    @property
    def light(self) -> str:
        """The value on a light background."""
        return str(self.value[0])

    @property
    def dark(self) -> str:
        """The value on a dark background."""
        return str(self.value[1])


@dataclass(frozen=True, slots=True)
class Paint:
    """A rule of a style sheet: what is painted, which property, and in which colour."""

    selector: str
    property: str
    colour: Colour


def stylesheet(paints: Sequence[Paint], shapes: str, theme: Theme) -> Markup:
    """The style sheet of a picture: `shapes` are its rules without colours.

    >>> stylesheet([Paint(".a", "fill", Colour.TEXT)], ".a{font-size:9px}", Theme.DARK)
    Markup('.a{font-size:9px}.a{fill:#e6edf3}')
    """
    light = "".join(f"{one.selector}{{{one.property}:{one.colour.light}}}" for one in paints)
    dark = _dark(paints)
    coloured = {
        Theme.DARK: dark,
        Theme.LIGHT: light,
        Theme.AUTO: f"{light}@media screen and (prefers-color-scheme:dark){{{dark}}}",
    }
    return Markup(shapes + coloured[theme])  # noqa: S704 - rules of ours, without a label


def _dark(paints: Sequence[Paint]) -> str:
    return "".join(f"{one.selector}{{{one.property}:{one.colour.dark}}}" for one in paints)
