"""The page around the sections: one file that loads nothing from elsewhere."""

from __future__ import annotations

from base64 import b64encode
from functools import partial
from hashlib import sha256
from importlib.resources import files

from markupsafe import Markup

from cjmine.reporters.html.markup import said
from cjmine.reporters.language import Language
from cjmine.reporters.svg import escaped
from cjmine.reporters.templates import filled

SECTIONS = (
    *("map", "expectations", "flows", "times", "channels", "journeys", "quality"),
    "reproduction",
)


def page(title: str, body: Markup, language: Language) -> str:
    """A whole HTML document around the sections, ending with a line feed."""
    style, script = _part("style.css"), _part("script.js")
    return filled(
        "report",
        lang=language.code.value,
        title=escaped(title),
        body=body,
        style=style,
        script=script,
        digest=b64encode(sha256(script.encode()).digest()).decode(),
        sections=SECTIONS,
        say=partial(said, language),
    )


def _part(name: str) -> Markup:
    text = (files("cjmine.reporters.html") / name).read_text("utf-8")
    return Markup(text)  # noqa: S704 - a file of ours
