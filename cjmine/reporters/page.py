"""A picture as a page of its own: one file, which asks for nothing and runs nothing."""

from __future__ import annotations

from cjmine.reporters.language import Lang
from cjmine.reporters.svg import escaped

_STYLE = (
    "body{margin:0;background:#fff}svg{display:block;max-width:none}main{overflow-x:auto}"
    "@media screen and (prefers-color-scheme:dark){body{background:#0d1117}}"
    "@media print{svg{width:100%;height:auto}}"
)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def page(svg: str, title: str, lang: Lang) -> str:
    """The page around a picture, ending with a line feed."""
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{escaped(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f'<body>\n<main tabindex="0" aria-label="{escaped(title)}">\n{svg}</main>\n'
        "</body>\n</html>\n"
    )
