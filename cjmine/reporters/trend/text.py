"""The screen of a trend: every share as a line of small bars, then what changed."""

from __future__ import annotations

from cjmine.analysis.trend.levels import PRIMARY
from cjmine.reporters.escaping import fitted, padded, visible
from cjmine.reporters.formats import Asked
from cjmine.reporters.language import DASH
from cjmine.reporters.terminal import NARROW, Screen
from cjmine.reporters.trend import words
from cjmine.reporters.trend.series import Series, series_of, worth_showing
from cjmine.results.trend import Every, LevelChange, Slope, Trend

_NAME, _PERIODS = 28, 20  # columns of a screen of 80
_MOST_SERIES, _MOST_ROWS = 14, 25


def render(found: Trend, asked: Asked) -> str:
    """A trend as plain text; ends without a line feed."""
    language = asked.language.about(found.privacy).judging(found.judged)
    screen = Screen(language, asked.width)
    series = series_of(found)
    parts = [
        _head(found, screen),
        _coverage(found, screen),
        _since(found, screen),
        _series(found, series, screen),
        _changes(found, screen),
        _outside(found, series, screen),
        _drifts(found, screen),
        _notes(found, screen),
        screen.wrapped(language.say("trend.legend"), ""),
        _next(found, screen),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _head(found: Trend, screen: Screen) -> list[str]:
    language, size = screen.language, found.log
    name = language.say("trend.title") if found.journey is None else visible(found.journey)
    judged = language.count(len(found.mature))
    text = language.say(
        "trend.head",
        journey=name,
        periods=words.periods(found, len(found.periods), language),
        judged=judged,
    )
    if found.judged.seconds is not None:
        text += ", " + language.say("trend.full-time", time=language.seconds(found.judged.seconds))
    lines = screen.wrapped(text, "  ")
    if found.every is not Every.RESULT:
        lines += screen.wrapped(
            language.say(
                "trend.size",
                journeys=language.counted("journey", size.journeys),
                customers=language.counted("customer", size.customers),
                period=language.period(size.days, size.zone),
            ),
            "  ",
        )
    return lines


def _coverage(found: Trend, screen: Screen) -> list[str]:
    language = screen.language
    if not found.coverage:
        return []
    lines = [language.say("trend.coverage")]
    for one in found.coverage[:_MOST_ROWS]:
        named = f'{words.carrier(one, language)} "{visible(one.name)}"'
        lines += screen.wrapped(f"  ! {named} {words.coverage(one, language)}", " " * 6)
    return lines + _more(len(found.coverage), screen)


def _since(found: Trend, screen: Screen) -> list[str]:
    if found.since is None:
        return []
    return screen.wrapped(words.since(found.since, screen.language), "  ")


def _series(found: Trend, series: list[Series], screen: Screen) -> list[str]:
    if not series:
        return []
    language = screen.language
    shown = worth_showing(series, _MOST_SERIES)
    named = [_named(one, screen) for one in shown]
    wide = screen.names(named, _NAME)
    many = min(len(found.periods), _PERIODS + (screen.width - NARROW) // 2)
    head = language.say("trend.head-share")
    bars = language.say(f"trend.a-{found.every.value}")
    lines = [f"{head:<{wide}}{bars:<{max(many, len(bars)) + 1}}{language.say('trend.last'):>8}"]
    room = max(many, len(bars)) + 1
    for one, name in zip(shown, named, strict=True):
        last = one.known[-1] if one.known else None
        value = DASH if last is None else language.share(last.n, last.of)
        line = padded(fitted(name, wide - 1), wide) + f"{one.sparkline(many):<{room}}{value:>8}"
        lines.append(fitted(f"{line}  {_state(one, screen)}", screen.width).rstrip())
    if len(shown) < len(series):
        more = language.count(len(series) - len(shown))
        lines.append(language.say("trend.more", n=more))
    return lines


def _named(one: Series, screen: Screen) -> str:
    if one.measure == "drop-off" and one.step is not None:
        return f"  {visible(one.step)}"  # below the drop-off of whole journeys
    return visible(words.measure(one.measure, one.step, screen.language))


def _state(one: Series, screen: Screen) -> str:
    """What is to be said of a share in a few words."""
    language = screen.language
    if one.changes:
        last = one.changes[-1]
        return f"{words.sign(last)} {words.direction(last, language, is_short=True)}"
    if one.slopes:
        key = "rises" if one.slopes[-1].by_period > 0 else "falls"
        return f"{words.sign(one.slopes[-1])} {language.say(f'trend.{key}')}"
    if one.outside:
        return "! " + language.say("trend.outside", n=language.count(len(one.outside)))
    if one.limits is None:
        return ""
    return language.say("trend.within", limits=words.limits(one.limits, language))


def _changes(found: Trend, screen: Screen) -> list[str]:
    language = screen.language
    rows: list[tuple[LevelChange | Slope, str]] = [
        (one, f"{words.direction(one, language)}: {words.change(one, language)}")
        for one in found.changes
    ]
    rows += [(one, words.slope(one, found.every, language)) for one in found.slopes]
    if not rows:
        return []
    lines = [language.say("trend.changes")]
    for one, text in rows[:_MOST_ROWS]:
        name = visible(words.measure(one.measure, one.step, language))
        lines += screen.wrapped(f"  {words.sign(one)} {name} {visible(text)}", " " * 6)
    return lines + _more(len(rows), screen)


def _outside(found: Trend, series: list[Series], screen: Screen) -> list[str]:
    language = screen.language
    rows = [(one, period, point) for one in series for period, point in one.outside]
    if not rows:
        return []
    lines = [language.say("trend.outside-head")]
    for one, period, point in rows[:_MOST_ROWS]:
        name = visible(words.measure(one.measure, one.step, language))
        share = language.share(point.n, point.of)
        limits = words.limits(point.limits, language)
        when = language.say(f"trend.of-{found.every.value}", day=words.day(period.from_, language))
        text = language.say(
            "trend.outside-row", measure=name, when=when, share=share, limits=limits
        )
        lines += screen.wrapped(f"  ! {text}", " " * 6)
    return lines + _more(len(rows), screen)


def _drifts(found: Trend, screen: Screen) -> list[str]:
    language = screen.language
    if found.drifts is None:
        return []
    if not found.drifts:
        return [language.say("trend.no-drift")]
    lines = [language.say("trend.drift-head")]
    for one in found.drifts[:_MOST_ROWS]:
        lines += screen.wrapped(f"  ! {visible(words.drift(one, language))}", " " * 6)
        for pair in one.pairs[:5]:
            named = f"{visible(pair.from_)} → {visible(pair.to)}"
            lines += screen.wrapped(f"      {named}: {words.pair(pair, language)}", " " * 8)
    return lines + _more(len(found.drifts), screen)


def _next(found: Trend, screen: Screen) -> list[str]:
    """What to ask next of the largest change: which side is better, and by how much."""
    if not found.changes or found.every is Every.RESULT:
        return []
    last = max(found.changes, key=lambda one: (one.measure == PRIMARY, -one.p))
    day = last.at if last.near is None else last.near.on
    return [screen.language.say("trend.next", day=day)]


def _more(many: int, screen: Screen) -> list[str]:
    if many <= _MOST_ROWS:
        return []
    more = screen.language.count(many - _MOST_ROWS)
    return ["  " + screen.language.say("summary.more", n=more)]


def _notes(found: Trend, screen: Screen) -> list[str]:
    lines = [line for note in found.notes for line in screen.note(note)]
    return [screen.language.say("report.notes"), *lines] if lines else []
