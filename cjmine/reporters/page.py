"""A picture as a page of its own: one file, which asks for nothing and runs nothing."""

from __future__ import annotations

from markupsafe import Markup

from cjmine.reporters.language import Lang
from cjmine.reporters.svg import escaped
from cjmine.reporters.templates import filled


def page(svg: Markup, title: str, lang: Lang) -> str:
    """The page around a finished picture, ending with a line feed."""
    return filled("picture", svg=svg, title=escaped(title), lang=lang.value)
