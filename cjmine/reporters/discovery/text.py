"""The screen: what was measured, fit for 80 columns or more."""

from __future__ import annotations

from itertools import groupby

from cjmine.reporters.escaping import columns, fitted, padded, visible
from cjmine.reporters.formats import Asked
from cjmine.reporters.judged import judged_counts
from cjmine.reporters.language import Language
from cjmine.reporters.terminal import Screen, bar
from cjmine.results.discovery import ActivityRow, Discovery, LoopRow, VariantRow
from cjmine.results.figures import OTHER
from cjmine.results.share import Share

_NAME, _BAR = 26, 16  # columns of a screen of 80
_MOST_ROWS = 25
_INDENT = " " * 22


def render(found: Discovery, asked: Asked) -> str:
    """A discovery as plain text; ends without a line feed."""
    language = asked.language.about(found.privacy)
    screen = Screen(language, asked.width)
    parts = [
        _headline(found, screen),
        _goal(found, screen),
        _segments(found, screen),
        _activities(found, screen),
        _variants(found, screen),
        _worth_a_look(found, screen),
        _notes(found, screen),
        language.say("screen.discovery-legend").split("\n"),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _headline(found: Discovery, screen: Screen) -> list[str]:
    size, language = found.log, screen.language
    counts = language.say(
        "screen.size",
        journeys=language.counted("journey", size.journeys),
        customers=language.counted("customer", size.customers),
        events=language.counted("event", size.events),
        activities=language.counted("activity", size.activities),
        variants=language.counted("variant", size.variants),
    )
    lines = screen.wrapped(counts, "  ")
    if size.days:
        lines.append(language.period(size.days, size.zone))
    if found.channels:
        parts = [f"{visible(row.channel)} {language.count(row.events)}" for row in found.channels]
        said = language.say("screen.events", channels=" · ".join(parts))
        lines += screen.wrapped(said, "        ")
    return lines


def _goal(found: Discovery, screen: Screen) -> list[str]:
    if found.goal is None:
        return []
    language = screen.language
    either = f" {language.say('report.or')} "
    name = either.join(f'"{visible(one)}"' for one in found.goal.activities)
    ratio = found.goal.share
    if ratio.n is None:
        return screen.wrapped(language.say("screen.goal-withheld", goal=name), "  ")
    shown = _share(ratio, language.judging(found.judged))
    if shown is None:
        return [language.say("screen.goal-none", goal=name)]
    counts = _counts(ratio.n, ratio.of, language)
    if found.judged is not None:
        counts = judged_counts(counts, found.judged, found.log.zone, language)
    said = language.say("screen.goal-reached", goal=name, counts=counts, share=shown)
    return screen.wrapped(said, "  ")


def _share(ratio: Share, language: Language, wide: int = 0) -> str | None:
    """A share with its interval; None where it is withheld or undefined."""
    return None if ratio.value is None else language.with_interval(ratio, wide)


def _counts(n: int | None, of: int | None, language: Language) -> str:
    return language.say("report.n-of-journeys", n=language.count(n), of=language.count(of))


def _segments(found: Discovery, screen: Screen) -> list[str]:
    if found.segments is None or not found.segments.values:
        return []
    language = screen.language
    shown = found.segments.values[:_MOST_ROWS]
    title = language.say("screen.by", attribute=found.segments.by)
    wide = screen.names([title, *(row.value for row in shown)], 40)
    journeys, goal = (language.say(f"screen.head-{one}") for one in ("journeys", "goal"))
    rows = [f"{padded(title, wide)} {journeys:>9}  {goal}"]
    for row in shown:
        reached = _share(row.goal, language, 7)
        if reached is None:
            reached = language.say("figure.withheld") if found.goal is not None else ""
        count = language.count(row.journeys)
        rows.append(f"{padded(row.value, wide)} {count:>9}  {reached}".rstrip())
    return rows


def _activities(found: Discovery, screen: Screen) -> list[str]:
    if not found.activities:
        return []
    language = screen.language
    goal = found.goal.activities if found.goal else ()
    keys = ("activity", "journeys", "of-all", "ends", "of-those")
    name, journeys, of_all, ends, of_those = (language.say(f"screen.head-{one}") for one in keys)
    mark = f" {language.say('screen.goal-mark')}"
    rows = [(row, mark if row.activity in goal else "") for row in found.activities[:_MOST_ROWS]]
    wide = screen.names((row.activity + own for row, own in rows), _NAME)
    long = screen.bar(_BAR, wide - _NAME)
    lines = [f"{name:<{wide}}{journeys:>9}  {of_all:>7}  {'':<{long}}{ends:>9}{of_those:>9}"]
    for row, own in rows:
        called = fitted(row.activity, wide - columns(own)) + own
        lines.append(padded(called, wide) + _activity(row, found.log.journeys, long, language))
    more = len(found.activities) - _MOST_ROWS
    if more > 0:
        others = language.counted("more-activity", more)
        lines.append(language.say("screen.others", more=others))
    return lines


def _activity(row: ActivityRow, journeys: int, long: int, language: Language) -> str:
    is_shown = row.ends_here is not None
    share = language.share(row.ends_here, row.journeys) if is_shown else ""
    return (
        f"{language.count(row.journeys):>9}  {language.share(row.journeys, journeys):>7}"
        f"  {bar(row.journeys, journeys, long)}{language.count(row.ends_here):>9}{share:>9}"
    ).rstrip()


def _variants(found: Discovery, screen: Screen) -> list[str]:
    if not found.variants:
        return []
    rows, language = found.variants, screen.language
    of = found.log.journeys
    lines = [
        language.say(
            "screen.variants",
            shown=language.count(len(rows)),
            groups=language.counted("group", found.variant_groups),
            share=language.share(sum(row.journeys for row in rows), of),
        )
    ]
    goal = found.goal.activities if found.goal else ()
    for row in rows:
        number = "" if row.number is None else f"{row.number}."
        count, share = language.count(row.journeys), language.share(row.journeys, of)
        lines += screen.wrapped(f"{number:>4} {count:>7} {share:>7}  {_trace(row, goal)}", _INDENT)
    if found.privacy.folded_journeys:
        folded = {
            "n": language.count(found.privacy.folded_journeys),
            "k": language.count(found.privacy.min_group),
        }
        lines += screen.wrapped(language.say("screen.folded", **folded), "")
    return lines


def _trace(row: VariantRow, goal: tuple[str, ...]) -> str:
    steps = []
    for name, group in groupby(row.activities):
        times = len(list(group))
        steps.append(visible(name) + (f" ×{times}" if times > 1 else ""))
    if row.folded:
        return " › ".join(steps)
    return " › ".join(steps) + (" ■" if set(goal).isdisjoint(row.activities) else " ✓")


def _worth_a_look(found: Discovery, screen: Screen) -> list[str]:
    language = screen.language
    said = [_most_ends(found, language)]
    loops = [one for one in found.loops if one.activity != OTHER]
    said += [_loop(one, language) for one in loops[:2]]
    said += [
        language.say(
            "screen.look-switch",
            source=visible(switch.from_),
            target=visible(switch.to),
            journeys=language.count(switch.journeys),
            n=language.count(switch.count),
        )
        for switch in [row for row in found.switches if row.from_ != OTHER][:2]
    ]
    lines = [line for one in said if one for line in screen.wrapped(f"  {one}", "    ")]
    return [language.say("screen.look"), *lines] if lines else []


def _most_ends(found: Discovery, language: Language) -> str:
    """On which touchpoint, other than the goal, most journeys end; empty where none is known."""
    goal = found.goal.activities if found.goal else ()
    apart = (*goal, OTHER)
    ends = [row for row in found.activities if row.ends_here and row.activity not in apart]
    if not ends:
        return ""
    row = max(ends, key=lambda row: row.ends_here or 0)
    counts = {"n": language.count(row.ends_here), "of": language.count(row.journeys)}
    return language.say("screen.look-ends", activity=visible(row.activity), **counts)


def _loop(loop: LoopRow, language: Language) -> str:
    return language.say(
        "screen.look-returns" if loop.returns else "screen.look-loop",
        activity=visible(loop.activity),
        counts=_counts(loop.journeys, loop.of, language),
        n=language.count(loop.returns),
    )


def _notes(found: Discovery, screen: Screen) -> list[str]:
    lines = [line for note in found.notes for line in screen.note(note)]
    return [screen.language.say("report.notes"), *lines] if lines else []
