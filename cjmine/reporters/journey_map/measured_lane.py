"""The measured journey of a band: what customers add above, the ribbon, what is lost below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from cjmine.errors import Code
from cjmine.reporters import text_width
from cjmine.reporters.journey_map.bands import Band
from cjmine.reporters.journey_map.figures import Figures
from cjmine.reporters.journey_map.style import LINE, SMALL, Lane
from cjmine.reporters.language import DASH, Language
from cjmine.reporters.svg import element, escaped, path, text
from cjmine.results.map import Addition

_TALLEST = 84.0  # all journeys
_BAR, _BLOCK = 8.0, 22.0
_LOOPS = _SHARES = 15.0
_DOT = 4.5
_BESIDE = 24.0  # what the circle takes
MOST_ADDITIONS = 3


@dataclass(frozen=True, slots=True)
class Scale:
    """Journeys as heights: one scale for the whole map. `of` is None where it is withheld."""

    of: int | None

    def height(self, journeys: int | None) -> float | None:
        """How high so many journeys are; None where that is withheld."""
        if journeys is None or not self.of:
            return None
        return _TALLEST * min(journeys / self.of, 1)


@dataclass(frozen=True, slots=True)
class _Added:
    """An addition as it is drawn: its lines, and how far above the lowest it ends."""

    addition: Addition
    lines: tuple[str, ...]
    is_bad: bool
    low: float


def measured(band: Band, every: Sequence[Figures], y: float, scale: Scale, words: Language) -> Lane:
    """Additions, loops, shares, ribbon and losses, each in rows of its own."""
    mine = [every[place] for place in band.places]
    adding = max(_stack(one, band.column, words)[1] for one in mine)
    loops = _LOOPS if any(one.repeated and one.repeated.journeys for one in mine) else 0
    adding += 7 if adding else 0  # so that they do not touch what is below
    top = y + 6 + adding + loops + _SHARES
    base = top + _TALLEST
    parts = list(_ribbon(band, every, base, scale))
    deepest = 0.0
    for place in band.places:
        one, x = every[place], band.middle(place)
        parts += _additions(band.right(place), band.column, y + adding - 3, base, one, words)
        parts += _above(x, band.column, top, one, scale, words)
        losses, depth = _below(x, band.column, base + 5, one, scale, words)
        parts += losses
        deepest = max(deepest, depth)
    return Lane(tuple(parts), base + 5 + deepest + 4 - y)


def _ribbon(band: Band, every: Sequence[Figures], base: float, scale: Scale) -> Iterator[Markup]:
    """What goes on from step to step; a bar at each step, in the ribbon where it can be passed."""
    stops: list[tuple[float, float, float]] = []  # x, height to its left, height to its right
    if band.is_first and not every[band.first].on_the_way:
        stops.append((band.left(band.first), _TALLEST, _TALLEST))
    before = [one.row for one in every[: band.first] if one.on_the_way]
    if before:
        came = scale.height(before[-1].went_on)
        if came is not None:
            stops.append((band.left(band.first), came, came))
    for place in band.places:
        one = every[place]
        if not one.on_the_way:
            continue
        reached = scale.height(one.row.reached)
        if reached is None:
            continue
        on = scale.height(one.row.went_on)
        stops.append((band.middle(place), reached, reached if on is None else on))
    if stops and not band.is_last:
        stops.append((band.end, stops[-1][2], stops[-1][2]))
    for (x, _, leaves), (end, arrives, _) in pairwise(stops):
        corners = [(x, base - leaves), (end, base - arrives), (end, base), (x, base)]
        yield element("path", d=path(corners, closed=True), class_="jm-ribbon")
    for place in band.places:
        one, x = every[place], band.middle(place)
        high = scale.height(one.row.reached)
        if high is None:
            yield element(
                "rect", x=x - _BAR / 2, y=base - 16, width=_BAR, height=16, class_="jm-unknown"
            )
        else:
            high = max(high, 1)
            yield element(
                "rect", x=x - _BAR / 2, y=base - high, width=_BAR, height=high, class_="jm-bar"
            )


def _above(
    x: float, room: float, top: float, one: Figures, scale: Scale, words: Language
) -> Iterator[Markup]:
    """The share of all journeys that come past the step, and above it those that repeat it."""
    reached = DASH
    if one.row.reached is not None and scale.of:
        reached = words.share(one.row.reached, scale.of)
    bad = Code.REACHED in one.broken
    yield text(x, top - 5, _flagged(reached, bad), "jm-alert" if bad else "jm-bold", "middle")
    if one.repeated and one.repeated.journeys:
        bad = Code.REPEATED in one.broken
        share = _flagged(f"↻ {words.share(one.repeated.journeys, one.repeated.of)}", bad)
        shown = text_width.cut(share, SMALL, room - 22, bad)
        yield text(x, top - 5 - _SHARES, shown, "jm-alert" if bad else "jm-small", "middle")


def _stack(one: Figures, room: float, words: Language) -> tuple[list[_Added], float]:
    """The additions at a step, the commonest lowest, and how high they are together."""
    stack, high = [], 0.0
    for addition in one.additions[:MOST_ADDITIONS]:
        bad = addition.activity in one.broken_additions
        name = _flagged(addition.activity, bad)
        share = words.share(addition.journeys, addition.of)
        if addition.anywhere:
            share = words.say("map.of-all", share=share)
        elif addition.went_on is not None:
            share += f" · {words.say('map.go-on', n=words.count(addition.went_on))}"
        lines = (
            *text_width.lines(name, SMALL, room - _BESIDE, 2, bad),
            text_width.cut(share, SMALL, room - _BESIDE),
        )
        stack.append(_Added(addition, lines, bad, high))
        high += len(lines) * LINE + 2
    if len(one.additions) > len(stack):
        high += LINE
    return stack, high


def _additions(
    right: float, room: float, low: float, base: float, one: Figures, words: Language
) -> Iterator[Markup]:
    """Undeclared touchpoints after a step, on a stem from the ribbon."""
    stack, high = _stack(one, room, words)
    if not stack:
        return
    x = right - _DOT - 3
    top = stack[-1]
    end = low - top.low - (len(top.lines) - 1) * LINE + _DOT - 4
    yield element("path", d=path([(x, end), (x, base)]), class_="jm-stem")
    for added in stack:
        y = low - added.low - 1
        first = y - (len(added.lines) - 1) * LINE
        look = "jm-extra jm-bad-extra" if added.is_bad else "jm-extra"
        name_look = "jm-alert" if added.is_bad else "jm-small"
        yield element(
            "g",
            element("title", escaped(in_words(added.addition, words))),
            element("circle", cx=x, cy=first - 4, r=_DOT, class_=look),
            *(
                text(x - _DOT - 5, first + number * LINE, line, name_look, "end")
                for number, line in enumerate(added.lines[:-1])
            ),
            text(x - _DOT - 5, y, added.lines[-1], "jm-small", "end"),
        )
    rest = len(one.additions) - len(stack)
    if rest:
        more = text_width.cut(words.say("map.more", n=words.count(rest)), SMALL, room - _BESIDE)
        yield text(x - _DOT - 5, low - high + LINE - 1, more, "jm-small", "end")


def in_words(addition: Addition, words: Language) -> str:
    """An addition as a sentence."""
    share = words.share(addition.journeys, addition.of)
    said = words.say(
        "map.added",
        activity=addition.activity,
        n=words.count(addition.journeys),
        of=words.count(addition.of),
        share=share,
    )
    if addition.went_on is None:
        return said
    return f"{said}, {words.say('map.go-on', n=words.count(addition.went_on))}"


def _below(
    x: float, room: float, y: float, one: Figures, scale: Scale, words: Language
) -> tuple[list[Markup], float]:
    """A block as high as the loss, and what it says: how many, of those at the step, the change."""
    parts: list[Markup] = []
    depth = 0.0
    lost = one.row.abandoned
    bad = Code.DROP_OFF in one.broken
    high = scale.height(lost)
    if high:
        high = max(high, 1.5)
        look = "jm-bad" if bad else "jm-loss"
        parts.append(element("rect", x=x - _BLOCK / 2, y=y, width=_BLOCK, height=high, class_=look))
        depth = high
    for line, is_bad in _losses(one, bad, words):
        depth += LINE
        shown = text_width.cut(line, SMALL, room - 4, is_bad)
        look = "jm-alert" if is_bad else "jm-small"
        parts.append(text(x, y + depth - 1, shown, look, "middle"))
    return parts, depth


def _losses(one: Figures, bad: bool, words: Language) -> Iterator[tuple[str, bool]]:
    row = one.row
    if row.abandoned is None:
        yield words.say("map.lost-withheld"), False
    elif row.abandoned:
        shown = f"−{words.count(row.abandoned)}"
        if row.drop_off.n is not None:
            shown += f" · {words.share(row.drop_off.n, row.drop_off.of)}"
        yield _flagged(shown, bad), bad
    if one.change is not None:
        arrow = "▲" if one.change.value > 0 else "▼" if one.change.value < 0 else "="
        yield f"{arrow} {words.points(one.change.value)}", False
    for name, count in (("open", row.open), ("exited", row.exited)):
        if count:
            yield words.say(f"map.{name}", n=words.count(count)), False


def _flagged(shown: str, bad: bool) -> str:
    return f"✗ {shown}" if bad else shown
