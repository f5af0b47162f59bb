"""The screen of a check: the verdict, where journeys are lost, what is past its budget."""

from __future__ import annotations

from cjmine.reporters.check import expectations, ranges, segments
from cjmine.reporters.check.choices import spoken
from cjmine.reporters.check.drawing import draw
from cjmine.reporters.check.words import (
    SIGNS,
    deviation,
    figure,
    goal_counts,
    headline,
    journeys_of,
    marks,
    never_in_words,
    points,
    share,
    since_baseline,
    states,
)
from cjmine.reporters.escaping import fitted, padded, visible
from cjmine.reporters.formats import Asked
from cjmine.reporters.language import DASH, Language, capitalised
from cjmine.reporters.scores import score_in_words
from cjmine.reporters.terminal import Screen, bar
from cjmine.results.baseline import BaselineUse
from cjmine.results.check import Check, DeviationRow, StepRow
from cjmine.results.expectations import Verdict
from cjmine.results.figures import OTHER
from cjmine.results.log import day_of

_INDENT = " " * 8
_MOST_STEPS = 30
_DEVIATIONS = 5
_NAME, _BAR = 26, 12  # columns of a screen of 80


def render(found: Check, asked: Asked) -> str:
    """A check as plain text, with as many examples as asked; ends without a line feed."""
    language = asked.language.about(found.privacy).judging(found.judged)
    found = spoken(found, language)
    screen = Screen(language, asked.width)
    parts = [
        _head(found, screen),
        _summary(found, screen),
        _steps(found, screen),
        expectations.drawn(found, screen),
        _deviations(found, screen),
        segments.drawn(found, screen),
        _scores(found, screen),
        ranges.drawn(found, screen),
        _examples(found, asked.examples, screen),
        screen.notes(found.notes),
        language.say("screen.legend").split("\n"),
        _next(found, language),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _head(found: Check, screen: Screen) -> list[str]:
    sign, language = SIGNS[found.verdict], screen.language
    lines = screen.wrapped(f"{sign} {visible(found.journey)}: {headline(found, language)}", "  ")
    size = found.log
    about = language.say(
        "screen.measured",
        journeys=language.counted("journey", size.journeys),
        customers=language.counted("customer", size.customers),
    )
    if size.days:
        about += f", {language.period(size.days, size.zone)}"
    against = language.say("screen.against", file=visible(found.journey_file), measured=about)
    lines += screen.wrapped(against, "  ")
    if found.baseline is not None:
        before = found.baseline
        used = language.say(
            "screen.baseline",
            file=visible(before.file),
            journeys=language.counted("journey", before.journeys),
            day=_last_day(before, size.zone) or language.say("screen.unknown"),
        )
        lines += screen.wrapped(used, "  ")
    return lines


def _last_day(before: BaselineUse, zone: str) -> str:
    """The last day of a baseline; what is no moment in its file is shown as it is."""
    try:
        return "" if before.observed_until is None else f"{day_of(before.observed_until, zone)}"
    except ValueError:
        return visible(before.observed_until or "")[:10]


def _summary(found: Check, screen: Screen) -> list[str]:
    language = screen.language
    either = f" {language.say('report.or')} "
    goal = either.join(visible(name) for name in found.goal.activities)
    line = language.say("figure.goal", goal=goal, share=share(found.goal.share, language))
    if found.goal.n is not None:
        line += ", " + goal_counts(found, language)
    if found.baseline is not None and found.baseline.goal_rate is not None:
        line += "; " + since_baseline(points(found.baseline.goal_rate, language), language)
    lines = screen.wrapped(line, "  ")
    whole = found.counted
    if not found.log.journeys:
        return [*lines, language.say("screen.no-journeys")]
    fits = whole.fits
    line = capitalised(language.say("figure.as-designed", share=share(fits, language)))
    line += f", {journeys_of(fits, language)}" if fits.n is not None else ""
    if whole.log_fitness is not None:
        fitness = figure(whole.log_fitness, language, whole.low, whole.high)
        fitness = language.marked(fitness)
        line += "; " + language.say("figure.fitness", figure=fitness)
    if whole.precision is not None:
        precision = figure(whole.precision, language)
        line += ", " + language.say("figure.precision", figure=precision)
    lines += screen.wrapped(line, "  ")
    said = language.say("screen.states", states=states(found, language))
    return lines + screen.wrapped(said, "  ")


def _steps(found: Check, screen: Screen) -> list[str]:
    if not found.steps:
        return []
    language = screen.language
    keys = ("step", "reached", "of-all", "lost", "change" if found.baseline else "open")
    name, reached, of_all, lost, last = (language.say(f"screen.head-{key}") for key in keys)
    shown = found.steps[:_MOST_STEPS]
    wide = screen.names((_name(row) for row in shown), _NAME)
    long = screen.bar(_BAR, wide - _NAME)
    lines = [f"{name:<{wide}}{reached:>8} {of_all:>8}  {'':<{long}}{lost:>8}{'':>8}{last:>7}"]
    lines[0] = lines[0].rstrip()
    of = found.reached_of
    stage = ""
    for row in shown:
        if row.stage != stage:
            stage = row.stage
            lines.append(fitted(f"{stage}", screen.width))
        lines.append(padded(_name(row), wide) + _step(row, of, found.baseline, long, language))
    more = len(found.steps) - _MOST_STEPS
    if more > 0:
        lines.append(language.say("screen.others", more=language.counted("more-step", more)))
    never = never_in_words(found, language)
    return lines + (screen.wrapped(f"  {never}", "    ") if never else [])


def _name(row: StepRow) -> str:
    return f"  {row.step}{' ◆' if row.moment_of_truth else ''}"


def _step(
    row: StepRow, of: int | None, baseline: BaselineUse | None, long: int, language: Language
) -> str:
    """The figures of a step, with a bar of so many columns."""
    lost = language.share(row.drop_off.n, row.drop_off.of)
    last = language.count(row.open)
    if baseline is not None:
        change = baseline.change_at(row.step)
        last = DASH if change is None else language.number(f"{100 * change.value:+z.1f}")
    known = row.reached is not None and of is not None
    reached = language.share(row.reached or 0, of or 0) if known else DASH
    filled = bar(row.reached or 0, of or 0, long) if known else " " * long
    return (
        f"{language.count(row.reached):>8} {reached:>8}  {filled}"
        f"{language.count(row.abandoned):>8}{lost:>8}{last:>7}"
    ).rstrip()


def _deviations(found: Check, screen: Screen) -> list[str]:
    rows = [row for row in found.deviations if row.activity != OTHER and row.journeys]
    rows.sort(key=lambda row: -(row.journeys or 0))
    if not rows:
        return []
    language = screen.language
    shown = language.count(min(len(rows), _DEVIATIONS))
    lines = [language.say("screen.deviations", shown=shown, of=language.count(len(rows)))]
    for row in rows[:_DEVIATIONS]:
        lines += screen.wrapped(f"  {row.code}  {_deviation(row, language)}", _INDENT)
    return lines


def _deviation(row: DeviationRow, language: Language) -> str:
    return language.say(
        "screen.deviation",
        deviation=deviation(row.class_, language),
        activity=visible(row.activity),
        marks=marks(row, language),
        counts=language.say(
            "report.n-of-journeys", n=language.count(row.journeys), of=language.count(row.of)
        ),
        share=language.share(row.journeys, row.of),
    )


def _scores(found: Check, screen: Screen) -> list[str]:
    if not found.map.scores:
        return []
    language = screen.language
    lines = screen.wrapped(language.say("score.title"), "  ")
    rows = found.map.scores[:_MOST_STEPS]
    wide = screen.names((row.step for row in rows), 24)
    for row in rows:
        said = f"{score_in_words(row, language)}, {language.counted('answer', row.answers)}"
        lines += screen.wrapped(f"  {padded(visible(row.step), wide)}{visible(said)}", _INDENT)
    return lines


def _examples(found: Check, drawn: int, screen: Screen) -> list[str]:
    """Examples, first one of each class; those of most journeys first."""
    rank: dict[str, int] = {}
    order: list[tuple[int, int, int]] = []
    for one in found.examples:
        rank[one.class_] = rank.get(one.class_, 0) + 1
        order.append((rank[one.class_], -one.journeys, len(order)))
    lines: list[str] = []
    for _, _, place in sorted(order)[:drawn]:
        picture = draw(found.examples[place], screen)
        lines += ["", *picture] if lines else picture
    more = len(found.examples) - drawn
    if lines and more > 0:
        others = screen.language.counted("more-example", more)
        lines.append(screen.language.say("screen.examples", more=others, all=len(found.examples)))
    return lines


def _next(found: Check, language: Language) -> list[str]:
    for verdict in (Verdict.BROKEN, Verdict.WARNED):
        for row in found.expectations:
            if row.verdict is verdict:
                return [language.say("screen.next", code=row.code.value)]
    return []
