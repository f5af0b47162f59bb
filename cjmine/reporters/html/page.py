"""The page around the sections: one file that loads nothing from elsewhere."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from functools import partial
from hashlib import sha256
from importlib.resources import files

from markupsafe import Markup

from cjmine.reporters.html.markup import anchor, said
from cjmine.reporters.language import Language
from cjmine.reporters.svg import escaped
from cjmine.reporters.templates import filled


def page(
    title: str,
    body: Markup,
    contents: Sequence[str],
    language: Language,
    above: str | None = None,
) -> str:
    """A whole HTML document around the sections, ending with a line feed.

    `contents` are the names of the headings of the sections, but the first; `above` is a page to
    go back to.
    """
    style, script = _part("style.css"), _part("script.js")
    return filled(
        "report",
        lang=language.code.value,
        title=escaped(title),
        body=body,
        style=style,
        script=script,
        digest=b64encode(sha256(script.encode()).digest()).decode(),
        sections=contents,
        above=above,
        anchor=anchor,
        say=partial(said, language),
    )


def _part(name: str) -> Markup:
    text = (files("cjmine.reporters.html") / name).read_text("utf-8")
    return Markup(text)  # noqa: S704 - a file of ours
