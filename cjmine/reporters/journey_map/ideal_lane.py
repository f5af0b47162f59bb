"""The declared journey of a band: stages, brackets, steps in outline, limits of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from markupsafe import Markup

from cjmine.reporters import text_width
from cjmine.reporters.escaping import visible
from cjmine.reporters.journey_map.bands import Band
from cjmine.reporters.journey_map.figures import Figures
from cjmine.reporters.journey_map.first import numbers
from cjmine.reporters.journey_map.heard import bubble
from cjmine.reporters.journey_map.style import LINE, NORMAL, SMALL, Lane
from cjmine.reporters.language import Language
from cjmine.reporters.svg import element, escaped, path, text
from cjmine.results.map import Bracket, Column, Notation

_CHEVRON, _POINT = 24.0, 8.0
_SHAPE = 26.0
_BRACKET = 17.0
_LABEL_LINES = 4


def stages(band: Band, every: Sequence[Figures], y: float) -> Lane:
    """Chevrons with the names of the stages; their width is that of their steps."""
    parts = []
    places = list(band.places)
    for name, group in groupby(places, key=lambda place: every[place].column.stage):
        mine = list(group)
        left, right = band.left(mine[0]) + 1, band.right(mine[-1]) - 1
        middle, low = y + _CHEVRON / 2, y + _CHEVRON
        corners = [
            (left, y), (right - _POINT, y), (right, middle), (right - _POINT, low), (left, low),
            (left + _POINT, middle),
        ]  # fmt: skip
        shown = text_width.cut(name, NORMAL, right - left - 3 * _POINT, bold=True)
        parts.append(
            element(
                "g",
                element("title", escaped(name)),
                element("path", d=path(corners, closed=True), class_="jm-stage"),
                text(left + 1.6 * _POINT, middle + 4, shown, "jm-bold"),
            )
        )
    return Lane(tuple(parts), _CHEVRON + 8)


def ideal(
    band: Band, every: Sequence[Figures], brackets: Sequence[Bracket], y: float, words: Language
) -> Lane:
    """The steps in outline, joined by links; brackets above say what belongs together."""
    mine = [one for one in brackets if one.first <= band.last and one.last >= band.first]
    levels = 1 + max((one.depth for one in mine), default=-1)
    parts = [part for one in mine for part in _bracket(band, one, y + one.depth * _BRACKET, words)]
    top = y + levels * _BRACKET + 4
    middle = top + _SHAPE / 2
    for place in band.places:
        parts += _link(band, every, place, mine, middle, words)
    tallest = 1
    for place in band.places:
        one = every[place]
        parts += _shape(band.middle(place), middle, one, words)
        label = text_width.lines(one.column.step, NORMAL, band.column - 8, _LABEL_LINES)
        tallest = max(tallest, len(label))
        parts += [
            text(band.middle(place), top + _SHAPE + 15 + LINE * number, line, "", "middle")
            for number, line in enumerate(label)
        ]
    return Lane(tuple(parts), levels * _BRACKET + 4 + _SHAPE + 15 + LINE * (tallest - 1) + 10)


def notation(one: Bracket, words: Language) -> str:
    """The words of a bracket, such as "one of" or "2 to 4 times"."""
    if one.notation is not Notation.REPEAT:
        return words.say(f"map.{one.notation}")
    least, most = one.least or 0, one.most
    if most is None:
        return words.say("map.repeat-open", least=least)
    return words.say("map.repeat-closed", least=least, most=most)


def _bracket(band: Band, one: Bracket, y: float, words: Language) -> Iterator[Markup]:
    first, last = max(one.first, band.first), min(one.last, band.last)
    left, right = band.left(first) + 5 + 2 * one.depth, band.right(last) - 5 - 2 * one.depth
    low, high = y + _BRACKET - 1, y + 7
    way = [(right, high), (left, high)]
    if one.first == first:
        way = [*way, (left, low)]
    if one.last == last:
        way = [(right, low), *way]
    name = text_width.cut(notation(one, words), SMALL, right - left - 20)
    wide = text_width.width(name, SMALL) + 8
    yield element("path", d=path(way), class_="jm-link")
    yield element("rect", x=(left + right - wide) / 2, y=y, width=wide, height=13, class_="jm-lane")
    yield text((left + right) / 2, y + 10.5, name, "jm-small", "middle")


def _link(
    band: Band,
    every: Sequence[Figures],
    place: int,
    brackets: Sequence[Bracket],
    y: float,
    words: Language,
) -> Iterator[Markup]:
    """What joins a step to the one on its left: a line, or the word between branches."""
    here = band.middle(place) - _SHAPE / 2 - 3
    before = band.left(place) if place == band.first else band.middle(place - 1) + _SHAPE / 2 + 3
    if place == band.first and band.is_first:
        return
    joint = next((one for one in brackets if place in one.branches), None)
    if joint is not None:
        name = words.say("map.or" if joint.notation is Notation.CHOICE else "map.and")
        if place > band.first:
            yield text((here + before) / 2, y + 4, name, "jm-small", "middle")
        return
    yield element("path", d=path([(before, y), (here, y)]), class_="jm-link")
    limit = _limit(every[place].column, words)
    if limit:
        shown = text_width.cut(limit, SMALL, here - before - 2)
        yield text((here + before) / 2, y - 6, shown, "jm-small", "middle")


def _limit(column: Column, words: Language) -> str:
    least, most = column.least, column.most
    if most is not None and least is not None:
        return f"{words.seconds(least / 1e6)}–{words.seconds(most / 1e6)}"
    if most is not None:
        return f"≤ {words.seconds(most / 1e6)}"
    return f"≥ {words.seconds(least / 1e6)}" if least is not None else ""


def _shape(x: float, y: float, one: Figures, words: Language) -> Iterator[Markup]:
    """A square for what customers do, a circle for a message or a talk."""
    half = _SHAPE / 2
    look = "jm-outline jm-optional" if one.is_optional else "jm-outline"
    if one.is_spoken:
        yield element("circle", cx=x, cy=y, r=half, class_=look)
    else:
        yield element(
            "rect", x=x - half, y=y - half, width=_SHAPE, height=_SHAPE, rx=3, class_=look
        )
    if one.column.channels:
        letter = visible(one.column.channels[0])[:1].upper()
        yield text(x, y + 4, letter, "jm-small", "middle")
    yield from numbers(one.firsts, x - half - 1, y - half + 1)
    if one.heard:
        yield bubble(one.heard, x + half + 3, y + half - 4, words)
    if one.column.moment_of_truth:
        right, size = x + half + 1, 5
        corners = [(right, y - half - size), (right + size, y - half), (right, y - half + size)]
        yield element(
            "path", d=path([*corners, (right - size, y - half)], closed=True), class_="jm-moment"
        )
