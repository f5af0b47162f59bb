"""Ways of a layout as SVG: a curve of some width, and the tip of its arrow."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

from markupsafe import Markup

from cjmine.diagrams.layout import Spot
from cjmine.reporters.svg import element, number, path


def curve(way: Sequence[Spot], class_: str, pen: float) -> Markup:
    """The line of a way, which ends where the tip of its arrow begins."""
    pieces = [way[place : place + 4] for place in range(0, len(way) - 1, 3)]
    written = f"M{_spot(way[0])}"
    for piece, following in zip(pieces, [*pieces[1:], ()], strict=True):
        # Level pieces are lines, and of several the last is enough: they would fill the file.
        if not (_course(piece) and _course(piece) == _course(following)):
            written += _piece(piece)
    return element("path", d=written, class_=class_, stroke_width=pen)


def ended(way: Sequence[Spot], pen: float) -> tuple[Spot, ...]:
    """The same way, cut back so that a tip fits between its end and where it leads."""
    (x, y), (along, down) = way[-1], _direction(way)
    back = tip_length(pen)
    return (*way[:-1], (x - back * along, y - back * down))


def tip(way: Sequence[Spot], class_: str, pen: float) -> Markup:
    """The tip of the arrow at the end of a way that is not cut back."""
    (x, y), (along, down) = way[-1], _direction(way)
    long, half = tip_length(pen), 3 + pen * 0.8
    base_x, base_y = x - long * along, y - long * down
    corners = [
        (x, y),
        (base_x - half * down, base_y + half * along),
        (base_x + half * down, base_y - half * along),
    ]
    return element("path", d=path(corners, closed=True), class_=class_)


def tip_length(pen: float) -> float:
    """How long the tip of an arrow is."""
    return 6 + pen


def _direction(way: Sequence[Spot]) -> Spot:
    """Where a way points at its end."""
    (to_x, to_y) = way[-1]
    for x, y in reversed(way[:-1]):
        long = hypot(to_x - x, to_y - y)
        if long > 0.5:
            return (to_x - x) / long, (to_y - y) / long
    return 1.0, 0.0


def _course(piece: Sequence[Spot]) -> int:
    """1 for a level piece to the right, -1 for one to the left, 0 for all others."""
    along = [x for x, _ in piece]
    if len({number(y) for _, y in piece}) != 1:
        return 0
    return 1 if along == sorted(along) else -1 if along == sorted(along, reverse=True) else 0


def _piece(piece: Sequence[Spot]) -> str:
    if _course(piece):
        return f"H{number(piece[-1][0])}"
    return "C" + " ".join(_spot(spot) for spot in piece[1:])


def _spot(spot: Spot) -> str:
    return f"{number(spot[0])} {number(spot[1])}"
