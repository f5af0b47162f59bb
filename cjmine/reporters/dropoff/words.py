"""The words of a drop-off that its screen, its summary and its page share."""

from __future__ import annotations

from collections.abc import Sequence

from cjmine.reporters.language import DASH, Language
from cjmine.results.dropoff import (
    CauseKind,
    CauseShare,
    Dropoff,
    DropoffSegments,
    Horizon,
    NextKind,
    NextRow,
)
from cjmine.results.figures import OTHER, Change
from cjmine.results.log import day_of


def part(value: float | None, language: Language) -> str:
    """A share that is no share of counts; 0 % and 100 % only where true.

    >>> from cjmine.reporters.language import english
    >>> part(0.1234, english()), part(0.00001, english()), part(None, english())
    ('12.3 %', '<0.1 %', '–')
    """
    if value is None:
        return DASH
    written = f"{100 * value:.1f}"
    if 0 < value < 1 and written in ("0.0", "100.0"):
        written = "<0.1" if value < 0.5 else ">99.9"
    return language.number(f"{written} %")


def cause_name(one: CauseShare, language: Language) -> str:
    """The label of a cause; timing out has a word."""
    return language.say("dropoff.timed-out") if one.kind is CauseKind.TIMED_OUT else one.cause


def cause_share(one: CauseShare, language: Language) -> str:
    """The share of a cause, with its interval where it has one; a dash where nothing times out."""
    if one.kind is CauseKind.TIMED_OUT and one.value == 0 and one.low is None:
        return DASH
    value = part(one.value, language)
    if one.low is None or one.high is None:
        return value
    low, high = (language.number(f"{100 * end:.1f}") for end in (one.low, one.high))
    return language.say("report.with-interval", value=value, low=low, high=high)


def headline(found: Dropoff, language: Language) -> str:
    """What the curve is about, in a sentence."""
    start = found.from_ or " / ".join(found.entry) or ""
    where = language.say("dropoff.since-step", step=start) if start else ""
    journeys = language.counted("journey", found.journeys) if found.journeys is not None else DASH
    name = f"{found.journey}: " if found.journey else ""
    key = "dropoff.headline-from" if start else "dropoff.headline"
    return name + language.say(key, journeys=journeys, since=where)


def young(found: Dropoff, at: Horizon, language: Language) -> str:
    """The open journeys that are not so old, and what counting them as lost would say."""
    if not at.young:
        return ""
    size = found.log
    said = language.say(
        "dropoff.young",
        journeys=language.counted("open-journey", at.young),
        time=language.seconds(at.at_seconds),
        day=language.day(day_of(size.observed_until, size.zone)) if size.observed_until else DASH,
    )
    if at.as_lost is None or at.goal() is None:
        return said
    return f"{said} {language.say('dropoff.as-lost', share=part(at.as_lost, language))}"


def too_young(found: Dropoff, language: Language) -> str:
    """From when on journeys are too young for the longest time."""
    if found.young_from is None or not found.horizons:
        return ""
    return language.say(
        "dropoff.too-young",
        day=language.day(day_of(found.young_from, found.log.zone)),
        time=language.seconds(found.horizons[-1].at_seconds),
    )


def in_time(horizons: Sequence[Horizon], language: Language) -> list[tuple[str, Horizon]]:
    """Horizons by the name of their time."""
    return [(language.seconds(one.at_seconds), one) for one in horizons]


def cohort_rows(found: DropoffSegments, language: Language) -> list[tuple[str, Horizon]]:
    """The last horizon of each cohort by its first day, which has a mark where it is young."""
    rows = []
    for one in found.values:
        if one.horizons:
            name = language.say("dropoff.young-mark", day=one.value) if one.young else one.value
            rows.append((name, one.horizons[-1]))
    return rows


def next_name(row: NextRow, language: Language) -> str:
    """What came next, in words."""
    if row.kind is NextKind.NOTHING:
        return language.say("dropoff.nothing")
    if row.kind is NextKind.CAME_BACK:
        return language.say("dropoff.came-back")
    if row.kind is NextKind.OTHER:
        if row.channel is None:
            return language.say("dropoff.other")
        return language.say("dropoff.other-on", channel=row.channel)
    return row.what


def difference(change: Change | None, language: Language) -> str:
    """A difference of two shares in points, with its interval."""
    if change is None:
        return DASH
    low, high = (
        language.number(f"{100 * end:+.1f}").replace("-", "−") for end in (change.low, change.high)
    )
    value = language.points(change.value)
    return language.say("report.with-interval", value=value, low=low, high=high)


def segment_name(value: str, language: Language) -> str:
    """The name of a segment; what is folded has a word for it."""
    return language.say("dropoff.other") if value == OTHER else value
