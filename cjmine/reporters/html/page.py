"""The page around the sections: one file that asks nobody for anything."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files

from cjmine.reporters.html.markup import said
from cjmine.reporters.language import Language
from cjmine.reporters.svg import escaped

SECTIONS = (
    *("map", "expectations", "flows", "times", "channels", "journeys", "quality"),
    "reproduction",
)


def page(title: str, body: str, language: Language) -> str:
    """A whole HTML document; `body` is finished, `title` is not."""
    style, script = _part("style.css"), _part("script.js")
    digest = b64encode(sha256(script.encode()).digest()).decode()
    policy = (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
        f"form-action 'none'; script-src 'sha256-{digest}'"
    )
    links = "".join(f'<li><a href="#{name}">{said(language, name)}</a></li>' for name in SECTIONS)
    words = " ".join(
        f'data-{key}="{said(language, f"script-{key}")}"' for key in ("sort", "copied")
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{language.code.value}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escaped(title)}</title>\n<style>\n{style}</style>\n</head>\n<body {words}>\n"
        f'<a class="skip" href="#verdict">{said(language, "skip")}</a>\n'
        f'<nav aria-label="{said(language, "contents")}"><ul>{links}</ul></nav>\n'
        f'<main>\n{body}\n</main>\n<p class="status" role="status"></p>\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def _part(name: str) -> str:
    return (files("cjmine.reporters.html") / name).read_text("utf-8")
