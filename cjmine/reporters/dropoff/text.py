"""The screen of a drop-off: where journeys are by some time, where they are left, what is next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cjmine.reporters.dropoff.words import (
    cause_name,
    cause_share,
    cohort_rows,
    difference,
    headline,
    in_time,
    next_name,
    part,
    segment_name,
    too_young,
    young,
)
from cjmine.reporters.escaping import padded, visible
from cjmine.reporters.formats import Asked
from cjmine.reporters.language import Language
from cjmine.reporters.terminal import Screen
from cjmine.results.dropoff import (
    CauseKind,
    CauseShare,
    Dropoff,
    DropoffSegment,
    DropoffStep,
    Horizon,
    NextKind,
)

_TIME, _GOAL, _OTHER = 13, 25, 14  # columns of the table
_NAME, _MOST = 26, 30
_NEXT = 5


def render(found: Dropoff, asked: Asked) -> str:
    """A drop-off as plain text; ends without a line feed."""
    language = asked.language.about(found.privacy)
    screen = Screen(language, asked.width)
    parts = [
        screen.wrapped(visible(headline(found, language)), "  "),
        [*_horizons(in_time(found.horizons, language), screen), *_young(found, screen)],
        *_segments(found, screen),
        _steps(found, screen),
        screen.notes(found.notes),
        language.say("dropoff.legend").split("\n"),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _horizons(rows: Sequence[tuple[str, Horizon]], screen: Screen) -> list[str]:
    """A line a time, or a cohort, by its name: as a table where that fits."""
    if not rows:
        return []
    language = screen.language
    causes = rows[0][1].causes
    wide = [_GOAL if one.kind is CauseKind.GOAL else _OTHER for one in causes]
    if _TIME + sum(wide) + _OTHER > screen.width:
        return [line for name, one in rows for line in _in_a_row(name, one, screen)]
    heads = [cause_name(one, language) for one in causes]
    lines = [_line("", heads, language.say("dropoff.under-way"), wide)]
    for name, one in rows:
        shares = [
            cause_share(cause, language) if width == _GOAL else _value_alone(cause, language)
            for cause, width in zip(one.causes, wide, strict=True)
        ]
        lines.append(_line(name, shares, part(one.under_way, language), wide))
    return lines


def _line(time: str, cells: list[str], last: str, wide: list[int]) -> str:
    row = "".join(f"{padded(cell, width - 2)}  " for cell, width in zip(cells, wide, strict=True))
    return f"{time:>{_TIME - 2}}  {row}{last}".rstrip()


def _in_a_row(name: str, one: Horizon, screen: Screen) -> list[str]:
    language = screen.language
    said = [
        f"{visible(cause_name(cause, language))} {cause_share(cause, language)}"
        for cause in one.causes
    ]
    said.append(f"{language.say('dropoff.under-way')} {part(one.under_way, language)}")
    time = f"{name:>{_TIME - 2}}  "
    return screen.wrapped(time + " · ".join(said), " " * _TIME)


def _value_alone(cause: CauseShare, language: Language) -> str:
    """The share of a cause without its interval."""
    return cause_share(replace(cause, low=None, high=None), language)


def _young(found: Dropoff, screen: Screen) -> list[str]:
    if not found.horizons:
        return []
    language = screen.language
    said = (young(found, found.horizons[-1], language), too_young(found, language))
    return [line for one in said if one for line in screen.wrapped(f" {one}", " ")]


def _segments(found: Dropoff, screen: Screen) -> list[list[str]]:
    """A table a value, and how it differs from the first."""
    if found.segments is None:
        return []
    language = screen.language
    if found.segments.cohort is not None:
        title = language.say(
            f"dropoff.by-{found.segments.cohort.value}",
            time=language.seconds(found.horizons[-1].at_seconds),
        )
        table = _horizons(cohort_rows(found.segments, language), screen)
        return [[*screen.wrapped(title, "  "), *table]] if table else []
    tables = []
    first = found.segments.values[0].value if found.segments.values else ""
    for one in found.segments.values[:_MOST]:
        journeys = language.counted("journey", one.journeys)
        name = visible(segment_name(one.value, language))
        lines = screen.wrapped(f"{visible(found.segments.by)} {name}: {journeys}", "  ")
        lines += _horizons(in_time(one.horizons, language), screen)
        tables.append([*lines, *_differences(one, first, screen)])
    return tables


def _differences(one: DropoffSegment, first: str, screen: Screen) -> list[str]:
    language = screen.language
    found = [row for row in one.differences if row.change is not None]
    said = [
        f"{visible(row.cause)} {difference(row.change, language)}"
        for row in found
        if row.kind is CauseKind.GOAL and row.at_seconds == one.horizons[-1].at_seconds
    ]
    if not said:
        return []
    text = language.say("dropoff.against", first=visible(first), said=" · ".join(said))
    return screen.wrapped(f" {text}", " " * 4)


def _steps(found: Dropoff, screen: Screen) -> list[str]:
    """The steps at which journeys are left, the most first, and what came next."""
    left = [row for row in found.steps if row.abandoned]
    if not left:
        return []
    language = screen.language
    left.sort(key=lambda row: -(row.abandoned or 0))
    name = screen.names((row.step for row in left), _NAME)
    heads = (language.say(f"dropoff.screen-{one}") for one in ("left", "share", "after"))
    at, share, after = heads
    lines = [f"{padded(at, name + 10)}{padded(share, 24)}{after:>9}"]
    for row in left[:_MOST]:
        ratio = language.with_interval(row.drop_off)
        time = language.seconds(row.median_seconds_to_leave)
        count = language.count(row.abandoned)
        lines.append(f"  {padded(row.step, name)}{count:>6}  {padded(ratio, 24)}{time:>9}")
        lines += _next(row, screen)
    time = language.seconds(found.next_seconds)
    return [*lines, *screen.wrapped(language.say("dropoff.next-legend", time=time), "  ")]


def _next(row: DropoffStep, screen: Screen) -> list[str]:
    language = screen.language
    said = []
    for one in row.next[:_NEXT]:
        share = language.share(one.n, one.of)
        if one.kind is NextKind.TOUCHPOINT and one.went_on.value is not None:
            beside = language.share(one.went_on.n, one.went_on.of)
            share = language.say("dropoff.beside", share=share, beside=beside)
        said.append(f"{visible(next_name(one, language))} {share}")
    return screen.wrapped("      " + " · ".join(said), " " * 6) if said else []
