"""The whole picture: title, bands of lanes, foot; and what a screen reader says of each step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from cjmine.errors import Code
from cjmine.ideas.insights import Heard
from cjmine.reporters import text_width
from cjmine.reporters.check.words import SIGNS, headline
from cjmine.reporters.journey_map import ideal_lane, measured_lane, side_lanes
from cjmine.reporters.journey_map.bands import GUTTER, MARGIN, WIDTH, Band, bands
from cjmine.reporters.journey_map.figures import Figures, channels_of, figures
from cjmine.reporters.journey_map.first import First
from cjmine.reporters.journey_map.measured_lane import Scale
from cjmine.reporters.journey_map.sentence import sentence
from cjmine.reporters.journey_map.style import EMPTY, LINE, NORMAL, SMALL, TITLE, Lane, style
from cjmine.reporters.judged import judged_counts
from cjmine.reporters.language import DASH, Language, capitalised
from cjmine.reporters.svg import element, escaped, text
from cjmine.reporters.svg import number as length
from cjmine.reporters.theme import Theme
from cjmine.results.check import Check
from cjmine.results.expectations import Verdict

_EDGE = 12.0
_BETWEEN_LANES, _BETWEEN_BANDS = 6.0, 22.0


@dataclass(frozen=True, slots=True)
class _Strip:
    """A lane in its place, with the name and the words beside it."""

    y: float
    lane: Lane
    name: str
    aside: tuple[str, ...] = ()
    filled: bool = True

    @property
    def beside(self) -> tuple[tuple[str, str], ...]:
        """The lines beside the lane, each with its class."""
        room = GUTTER - _EDGE - 8
        names = text_width.lines(self.name, SMALL, room, 2, bold=True)
        asides = [line for one in self.aside for line in text_width.lines(one, SMALL, room, 2)]
        return (*((line, "jm-name") for line in names), *((line, "jm-small") for line in asides))

    @property
    def height(self) -> float:
        """The height of the lane, or of what is beside it."""
        return max(self.lane.height, len(self.beside) * LINE + 8)


def draw(
    found: Check,
    words: Language,
    theme: Theme,
    firsts: tuple[First, ...] = (),
    heard: Heard | None = None,
) -> Markup:
    """The picture as text."""
    every = figures(found, words, firsts, heard)
    scale = Scale(found.reached_of)
    head = _head(found, words)
    y = head.height
    parts = [*head.parts]
    for band in bands(found.map.columns, found.map.brackets):
        drawn = _band(band, found, every, scale, y, words)
        parts += drawn.parts
        y += drawn.height + (0 if band.is_last else _BETWEEN_BANDS)
    foot = _foot(found, every, y + LINE, words)
    high = y + LINE + foot.height
    title = words.say("map.title", journey=found.journey)
    return element(
        "svg",
        element("title", escaped(title)),
        element("desc", escaped(_said(found, words))),
        element("style", style(theme)),
        element("rect", width=WIDTH, height=high, class_="jm-paper"),
        *parts,
        *foot.parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {length(WIDTH)} {length(high)}",
        width=WIDTH,
        height=high,
        class_="jm",
        role="group",
        lang=words.code.value,
        aria_label=title,
    )


def _band(
    band: Band,
    found: Check,
    every: Sequence[Figures],
    scale: Scale,
    top: float,
    words: Language,
) -> Lane:
    strips: list[_Strip] = []
    stages = ideal_lane.stages(band, every, top)
    y = top + stages.height

    def add(lane: Lane, name: str, *aside: str, filled: bool = True) -> None:
        nonlocal y
        if lane is not EMPTY:
            strip = _Strip(y, lane, name, aside, filled)
            strips.append(strip)
            y += strip.height + _BETWEEN_LANES

    brackets = found.map.brackets
    add(
        ideal_lane.ideal(band, every, brackets, y + 4, words),
        words.say("map.ideal"),
        words.say("map.declared"),
    )
    of = words.say("map.journeys", n=words.count(scale.of))
    add(
        measured_lane.measured(band, every, y, scale, words),
        words.say("map.measured"),
        of,
        filled=False,
    )
    add(
        side_lanes.times(band, every, y, words),
        words.say("map.time"),
        words.say("map.median-p90"),
    )
    names = channels_of(every)
    channels = side_lanes.channels(band, every, names, y, words)
    channel_y = y
    add(channels, "")
    add(side_lanes.deviations(band, every, y, words), words.say("map.deviations"))
    add(side_lanes.experience(band, every, y, words), words.say("map.experience"))
    parts = [*stages.parts]
    for strip in strips:
        if strip.filled:
            parts.append(_floor(band, strip))
    for strip in strips:
        parts += strip.lane.parts
        parts += _names(strip)
    if channels is not EMPTY:
        for row, name in enumerate(names):
            shown = text_width.cut(name, SMALL, GUTTER - _EDGE - 8)
            at = side_lanes.channel_baseline(channel_y, row)
            parts.append(text(_EDGE, at, shown, "jm-small"))
    inside = element("g", *parts, aria_hidden="true")
    steps = (_step(band, place, every[place], scale, top, y, words) for place in band.places)
    return Lane((inside, *steps), y - top)


def _floor(band: Band, strip: _Strip) -> Markup:
    return element(
        "rect",
        x=GUTTER - 4,
        y=strip.y,
        width=band.end - GUTTER + 8,
        height=strip.height,
        rx=4,
        class_="jm-lane",
    )


def _names(strip: _Strip) -> Iterator[Markup]:
    for number, (line, look) in enumerate(strip.beside):
        yield text(_EDGE, strip.y + 16 + number * LINE, line, look)


def _step(
    band: Band,
    place: int,
    one: Figures,
    scale: Scale,
    top: float,
    low: float,
    words: Language,
) -> Markup:
    """A place for the keyboard and the pointer, with the sentence that says what is drawn."""
    said = sentence(one, scale, words)
    return element(
        "g",
        element("title", escaped(said)),
        element(
            "rect",
            x=band.left(place) + 1,
            y=top - 2,
            width=band.column - 2,
            height=low - top,
            rx=4,
            class_="jm-hit",
        ),
        tabindex="0",
        role="img",
        aria_label=said,
        class_="jm-step",
    )


def _said(found: Check, words: Language) -> str:
    """What the picture is about, for who does not see it."""
    return words.say(
        "map.desc",
        steps=len(found.steps),
        journeys=words.count(found.log.journeys),
        goal=", ".join(found.goal.activities),
        rate=words.ratio(found.goal.share),
        period=words.period(found.log.days, found.log.zone),
    )


def _head(found: Check, words: Language) -> Lane:
    room = WIDTH - 2 * _EDGE
    y = 26.0
    parts = [
        text(_EDGE, y, text_width.cut(found.journey, TITLE, room, bold=True), "jm-title"),
    ]
    y += 19
    is_bad = found.verdict is Verdict.BROKEN
    said = capitalised(headline(found, words))
    said = f"{SIGNS[found.verdict]} {said}" if found.expectations else said
    shown = text_width.cut(said, NORMAL, room, bold=True)
    parts.append(text(_EDGE, y, shown, "jm-alert jm-verdict" if is_bad else "jm-bold"))
    goal = words.say(
        "map.goal",
        goal=", ".join(found.goal.activities),
        counts=judged_counts(
            words.say("figure.ratio", ratio=words.ratio(found.goal.share)),
            found.judged,
            found.log.zone,
            words,
        ),
    )
    bad_goal = any(
        row.code is Code.GOAL_RATE and row.verdict is Verdict.BROKEN for row in found.expectations
    )
    for line in text_width.lines(f"✗ {goal}" if bad_goal else goal, NORMAL, room, 2):
        y += 17
        parts.append(text(_EDGE, y, line, "jm-alert" if bad_goal else ""))
    return Lane((element("g", *parts, aria_hidden="true"),), y + 16)


def _foot(found: Check, every: Sequence[Figures], y: float, words: Language) -> Lane:
    """What the figures are of, what is not drawn, and how to read the signs."""
    lines = [
        words.say(
            "map.foot",
            journeys=words.count(found.log.journeys),
            customers=words.count(found.log.customers),
            period=words.period(found.log.days, found.log.zone),
            file=found.journey_file,
        )
    ]
    before = [one for one in found.map.additions if one.after is None]
    if before:
        named = "; ".join(
            measured_lane.in_words(one, words) for one in before[: measured_lane.MOST_ADDITIONS]
        )
        lines.append(words.say("map.before", added=named))
    if found.baseline is not None:
        lines.append(words.say("map.since", file=found.baseline.file))
    if any(one.score for one in every):
        lines.append(words.say("map.scores"))
    else:
        lines.append(words.say("map.no-scores"))
    if any(one.heard for one in every):
        lines.append(words.say("map.heard"))
    lines.append(words.say("map.legend", k=found.privacy.min_group, dash=DASH))
    parts: list[Markup] = []
    for line in lines:
        for part in text_width.lines(line, SMALL, WIDTH - _EDGE - MARGIN, 4):
            parts.append(text(_EDGE, y + LINE - 3, part, "jm-small"))
            y += LINE
    return Lane((element("g", *parts, aria_hidden="true"),), len(parts) * LINE + _EDGE)
