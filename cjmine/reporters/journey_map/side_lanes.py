"""The lanes below the ribbon: time, channels, deviations, and experience where it was measured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from cjmine.errors import Code
from cjmine.reporters import text_width
from cjmine.reporters.journey_map.bands import Band
from cjmine.reporters.journey_map.figures import Figures
from cjmine.reporters.journey_map.style import EMPTY, LINE, SMALL, Lane
from cjmine.reporters.language import DASH, Language
from cjmine.reporters.scores import interval, score
from cjmine.reporters.svg import element, escaped, path, text
from cjmine.results.check import DeviationRow

_PAD = 6.0
_RAIL, _BAR = 7.0, 7.0
_CHANNEL = 14.0
MOST_DEVIATIONS = 3


def times(band: Band, every: Sequence[Figures], y: float, words: Language) -> Lane:
    """Median and 90th percentile; where a time is declared, a bar up to it and those past it."""
    parts: list[Markup] = []
    deepest = 0.0
    for place in band.places:
        drawn, depth = _time(band, place, every[place], y + _PAD, words)
        parts += drawn
        deepest = max(deepest, depth)
    return Lane(tuple(parts), deepest + 2 * _PAD) if parts else EMPTY


def _time(
    band: Band, place: int, one: Figures, y: float, words: Language
) -> tuple[list[Markup], float]:
    timing = one.timing
    found = timing or one.wait
    if found is None or (timing is not None and not timing.measured):
        return [], 0.0
    x = band.middle(place)
    shown = f"{words.seconds(found.median_seconds)} · {words.seconds(found.p90_seconds)}"
    parts = [text(x, y + 10, text_width.cut(shown, SMALL, band.column - 4), "jm-small", "middle")]
    most = one.column.most
    if timing is None or most is None:
        return parts, LINE
    left, wide = band.left(place) + 10, band.column - 20
    limit = 0.7 * wide  # room for what is late
    parts.append(
        element("rect", x=left, y=y + LINE + 2, width=limit, height=_RAIL, class_="jm-rail")
    )
    if timing.median_seconds is not None:
        long = min(timing.median_seconds * 1e6 / most * limit, wide)
        parts.append(
            element("rect", x=left, y=y + LINE + 2, width=long, height=_RAIL, class_="jm-bar")
        )
    if timing.p90_seconds is not None:
        at = left + min(timing.p90_seconds * 1e6 / most * limit, wide)
        tick = path([(at, y + LINE), (at, y + LINE + _RAIL + 4)])
        parts.append(element("path", d=tick, class_="jm-mark"))
    depth = LINE + _RAIL + 5
    if timing.late is not None and timing.of:
        bad = Code.LATE in one.broken
        late = words.say("map.late", share=words.share(timing.late, timing.of))
        late = text_width.cut(f"✗ {late}" if bad else late, SMALL, band.column - 4, bad)
        depth += LINE
        parts.append(text(x, y + depth - 1, late, "jm-alert" if bad else "jm-small", "middle"))
    return parts, depth


def channels(
    band: Band, every: Sequence[Figures], names: Sequence[str], y: float, words: Language
) -> Lane:
    """A row for each channel; a bar is the share of the touches at that step."""
    if not names:
        return EMPTY
    parts: list[Markup] = []
    for number, name in enumerate(names):
        low = y + _PAD + number * _CHANNEL
        for place in band.places:
            parts += _use(band, place, every[place], name, low, words)
    return Lane(tuple(parts), 2 * _PAD + len(names) * _CHANNEL)


def channel_baseline(y: float, number: int) -> float:
    """Where the name of a channel is written beside its row."""
    return y + _PAD + number * _CHANNEL + 8


def _use(
    band: Band, place: int, one: Figures, name: str, y: float, words: Language
) -> Iterator[Markup]:
    use = next((use for use in one.channels if use.channel == name), None)
    if use is None:
        return
    left, room = band.left(place) + 10, band.column - 20
    if use.events is None:
        yield text(left, y + 8, DASH, "jm-small")
        return
    said = words.say(
        "map.touches",
        channel=name,
        share=words.share(use.events, use.of),
        n=words.count(use.events),
        of=words.count(use.of),
    )
    yield element(
        "g",
        element("title", escaped(said)),
        element("rect", x=left, y=y, width=room, height=_BAR, class_="jm-lane"),
        element(
            "rect",
            x=left,
            y=y,
            width=max(room * use.events / use.of, 1),
            height=_BAR,
            class_="jm-bar",
        ),
    )


def deviations(band: Band, every: Sequence[Figures], y: float, words: Language) -> Lane:
    """The commonest deviations at each step: code, words, share of the journeys there."""
    rows = max(min(len(every[place].deviations), MOST_DEVIATIONS) for place in band.places)
    if not rows:
        return EMPTY
    parts: list[Markup] = []
    for place in band.places:
        one = every[place]
        for number, row in enumerate(one.deviations[:MOST_DEVIATIONS]):
            low = y + _PAD + (2 * number + 1) * LINE - 2
            parts += _deviation(band, place, one, row, low, words)
    return Lane(tuple(parts), 2 * _PAD + 2 * LINE * rows)


def _deviation(
    band: Band, place: int, one: Figures, row: DeviationRow, y: float, words: Language
) -> Iterator[Markup]:
    bad = row.code in one.broken
    share = DASH if row.journeys is None else words.share(row.journeys, row.of)
    head = f"{row.code} {share}"
    name = words.say(f"deviation.{row.class_}")
    if row.accepted:
        name = f"~ {name}"
    look = "jm-alert" if bad else "jm-small"
    room = band.column - 8
    where = "" if row.activity == one.row.step else f" ({row.activity})"
    said = f"{row.code} {name}{where}: {words.count(row.journeys)} / {words.count(row.of)}"
    yield element(
        "g",
        element("title", escaped(said)),
        text(
            band.middle(place),
            y,
            text_width.cut(f"✗ {head}" if bad else head, SMALL, room, bad),
            look,
            "middle",
        ),
        text(band.middle(place), y + LINE, text_width.cut(name, SMALL, room, bad), look, "middle"),
    )


def experience(band: Band, every: Sequence[Figures], y: float, words: Language) -> Lane:
    """The score, its interval and the number of answers, where customers were asked."""
    if not any(every[place].score for place in band.places):
        return EMPTY
    parts = []
    for place in band.places:
        row = every[place].score
        if row is None:
            continue
        x, top, room = band.middle(place), y + _PAD + 10, band.column - 6
        answers = words.say("map.answers", n=words.count(row.answers))
        spread = ", ".join(filter(None, (interval(row, words), answers)))
        shown = text_width.cut(score(row, words), SMALL, room, bold=True)
        below = text_width.cut(spread, SMALL, room)
        parts += [
            text(x, top, shown, "jm-name", "middle"),
            text(x, top + LINE, below, "jm-small", "middle"),
        ]
    return Lane(tuple(parts), 2 * _PAD + 2 * LINE)
