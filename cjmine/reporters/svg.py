"""Parts of an SVG picture or a page; every label is escaped on its way in.

Finished parts are Markup, so that the type checker finds a label that nothing escaped.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from cjmine.reporters.escaping import visible

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})

FONT = "system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif"


def escaped(label: str) -> Markup:
    """A label as text inside an element or an attribute: visible, and no markup.

    >>> escaped('<b onclick="x">')
    Markup('&lt;b onclick=&quot;x&quot;&gt;')
    """
    return Markup(visible(label).translate(_ESCAPES))  # noqa: S704 - nothing is left to escape


def number(value: float) -> str:
    """A length with at most one decimal: the same on every machine.

    >>> number(12.0), number(1 / 3)
    ('12', '0.3')
    """
    shown = f"{value:.1f}"
    shown = shown[:-2] if shown.endswith(".0") else shown
    return "0" if shown == "-0" else shown


def element(name: str, *inside: Markup, **attributes: str | float) -> Markup:
    """An element; `inside` are finished parts. `class_` is written class, `_` in names as `-`.

    >>> element("circle", r=3, class_="dot")
    Markup('<circle r="3" class="dot"/>')
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
    )
    if not inside:
        return Markup(f"<{name}{written}/>")  # noqa: S704 - its values are escaped
    return Markup(f"<{name}{written}>{''.join(inside)}</{name}>")  # noqa: S704 - see above


def _value(value: str | float) -> str:
    return escaped(value) if isinstance(value, str) else number(value)


def text(x: float, y: float, label: str, class_: str = "", anchor: str = "start") -> Markup:
    """A line of text whose baseline starts (or is centred, or ends) at a point."""
    attributes: dict[str, str | float] = {"x": x, "y": y}
    if class_:
        attributes["class_"] = class_
    if anchor != "start":
        attributes["text_anchor"] = anchor
    return element("text", escaped(label), **attributes)


def path(points: Iterable[tuple[float, float]], closed: bool = False) -> str:
    """The way along some points, for the attribute `d`.

    >>> path([(0, 0), (10, 2.5)])
    'M0 0L10 2.5'
    """
    way = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return f"M{way}Z" if closed else f"M{way}"
