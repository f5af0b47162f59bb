"""The screen of a check: the verdict, where journeys are lost, what is past its budget."""

from __future__ import annotations

from cjmine.ideal.journey import Level
from cjmine.reporters.check import ranges, segments
from cjmine.reporters.check.choices import spoken
from cjmine.reporters.check.drawing import draw
from cjmine.reporters.check.words import (
    SIGNS,
    deviation,
    expectation,
    figure,
    found_in_words,
    goal_counts,
    headline,
    journeys_of,
    marks,
    never_in_words,
    points,
    share,
    since_baseline,
    states,
    tally,
    why,
)
from cjmine.reporters.escaping import columns, fitted, padded, visible
from cjmine.reporters.formats import Asked
from cjmine.reporters.language import DASH, Language, capitalised
from cjmine.reporters.scores import score_in_words
from cjmine.reporters.terminal import WIDTH, bar, note_lines, wrapped
from cjmine.results.baseline import BaselineUse
from cjmine.results.check import Check, DeviationRow, StepRow
from cjmine.results.expectations import ExpectationRow, Verdict
from cjmine.results.figures import OTHER
from cjmine.results.log import day_of

_INDENT = " " * 8
_MOST_STEPS = 30
_DEVIATIONS = 5
_BAR = 12


def render(found: Check, asked: Asked) -> str:
    """A check as plain text, with as many examples as asked; ends without a line feed."""
    language = asked.language.about(found.privacy).judging(found.judged)
    found = spoken(found, language)
    parts = [
        _head(found, language),
        _summary(found, language),
        _steps(found, language),
        _expectations(found, language),
        _deviations(found, language),
        segments.screen(found, language),
        _scores(found, language),
        ranges.screen(found, language),
        _examples(found, asked.examples, language),
        _notes(found, language),
        language.say("screen.legend").split("\n"),
        _next(found, language),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _head(found: Check, language: Language) -> list[str]:
    sign = SIGNS[found.verdict]
    lines = wrapped(f"{sign} {visible(found.journey)}: {headline(found, language)}", "  ")
    size = found.log
    about = language.say(
        "screen.measured",
        journeys=language.counted("journey", size.journeys),
        customers=language.counted("customer", size.customers),
    )
    if size.days:
        about += f", {language.period(size.days, size.zone)}"
    against = language.say("screen.against", file=visible(found.journey_file), measured=about)
    lines += wrapped(against, "  ")
    if found.baseline is not None:
        before = found.baseline
        used = language.say(
            "screen.baseline",
            file=visible(before.file),
            journeys=language.counted("journey", before.journeys),
            day=_last_day(before, size.zone) or language.say("screen.unknown"),
        )
        lines += wrapped(used, "  ")
    return lines


def _last_day(before: BaselineUse, zone: str) -> str:
    """The last day of a baseline; what is no moment in its file is shown as it is."""
    try:
        return "" if before.observed_until is None else f"{day_of(before.observed_until, zone)}"
    except ValueError:
        return visible(before.observed_until or "")[:10]


def _summary(found: Check, language: Language) -> list[str]:
    either = f" {language.say('report.or')} "
    goal = either.join(visible(name) for name in found.goal.activities)
    line = language.say("figure.goal", goal=goal, share=share(found.goal.share, language))
    if found.goal.n is not None:
        line += ", " + goal_counts(found, language)
    if found.baseline is not None and found.baseline.goal_rate is not None:
        line += "; " + since_baseline(points(found.baseline.goal_rate, language), language)
    lines = wrapped(line, "  ")
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
    lines += wrapped(line, "  ")
    return lines + wrapped(language.say("screen.states", states=states(found, language)), "  ")


def _steps(found: Check, language: Language) -> list[str]:
    if not found.steps:
        return []
    keys = ("step", "reached", "of-all", "lost", "change" if found.baseline else "open")
    name, reached, of_all, lost, last = (language.say(f"screen.head-{key}") for key in keys)
    lines = [f"{name:<26}{reached:>8} {of_all:>8}  {'':<{_BAR}}{lost:>8}{'':>8}{last:>7}".rstrip()]
    of = found.reached_of
    stage = ""
    for row in found.steps[:_MOST_STEPS]:
        if row.stage != stage:
            stage = row.stage
            lines.append(fitted(f"{stage}", WIDTH))
        lines.append(_step(row, of, found.baseline, language))
    more = len(found.steps) - _MOST_STEPS
    if more > 0:
        lines.append(language.say("screen.others", more=language.counted("more-step", more)))
    never = never_in_words(found, language)
    return lines + (wrapped(f"  {never}", "    ") if never else [])


def _step(row: StepRow, of: int | None, baseline: BaselineUse | None, language: Language) -> str:
    name = f"  {row.step}{' ◆' if row.moment_of_truth else ''}"
    lost = language.share(row.drop_off.n, row.drop_off.of)
    last = language.count(row.open)
    if baseline is not None:
        change = baseline.change_at(row.step)
        last = DASH if change is None else language.number(f"{100 * change.value:+z.1f}")
    known = row.reached is not None and of is not None
    reached = language.share(row.reached or 0, of or 0) if known else DASH
    filled = bar(row.reached or 0, of or 0, _BAR) if known else " " * _BAR
    return (
        f"{padded(name, 26)}{language.count(row.reached):>8} {reached:>8}  {filled}"
        f"{language.count(row.abandoned):>8}{lost:>8}{last:>7}"
    ).rstrip()


def _expectations(found: Check, language: Language) -> list[str]:
    if not found.expectations:
        return []
    lines: list[str] = []
    for verdict in (Verdict.BROKEN, Verdict.WARNED, Verdict.INCONCLUSIVE, Verdict.ACCEPTED):
        for row in found.expectations:
            if row.verdict is verdict:
                lines += _expectation(row, found.journey_file, language)
    return lines + wrapped(language.say("screen.expectations", tally=tally(found, language)), "  ")


def _expectation(row: ExpectationRow, file: str, language: Language) -> list[str]:
    place = visible(f"{file}:{row.line}") if row.line else visible(file)
    head = f"{SIGNS[row.verdict]} {row.code}  {visible(expectation(row, language))}"
    lines = wrapped(head, _INDENT)
    if len(lines) == 1 and columns(lines[0]) + columns(place) + 2 <= WIDTH:
        lines = [padded(lines[0], WIDTH - columns(place)) + place]
    else:
        lines.append(_INDENT + fitted(place, WIDTH - len(_INDENT)))
    found = found_in_words(row, language)
    said = language.say("screen.expected", budget=visible(row.budget), found=found)
    if row.share is not None:
        said += f"   {journeys_of(row.share, language)}"
    if row.change is not None and row.share is not None:
        said += f"   {since_baseline(points(row.change, language), language)}"
    lines += wrapped(_INDENT + said, _INDENT)
    is_plain = row.verdict is Verdict.WARNED and row.level is Level.WARN
    reason = "" if is_plain else why(row, language)
    return lines + (wrapped(_INDENT + visible(reason), _INDENT) if reason else [])


def _deviations(found: Check, language: Language) -> list[str]:
    rows = [row for row in found.deviations if row.activity != OTHER and row.journeys]
    rows.sort(key=lambda row: -(row.journeys or 0))
    if not rows:
        return []
    shown = language.count(min(len(rows), _DEVIATIONS))
    lines = [language.say("screen.deviations", shown=shown, of=language.count(len(rows)))]
    for row in rows[:_DEVIATIONS]:
        lines += wrapped(f"  {row.code}  {_deviation(row, language)}", _INDENT)
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


def _scores(found: Check, language: Language) -> list[str]:
    if not found.map.scores:
        return []
    lines = wrapped(language.say("score.title"), "  ")
    for row in found.map.scores[:_MOST_STEPS]:
        said = f"{score_in_words(row, language)}, {language.counted('answer', row.answers)}"
        lines += wrapped(f"  {padded(visible(row.step), 24)}{visible(said)}", _INDENT)
    return lines


def _examples(found: Check, drawn: int, language: Language) -> list[str]:
    """Examples, first one of each class; those of most journeys first."""
    rank: dict[str, int] = {}
    order: list[tuple[int, int, int]] = []
    for one in found.examples:
        rank[one.class_] = rank.get(one.class_, 0) + 1
        order.append((rank[one.class_], -one.journeys, len(order)))
    lines: list[str] = []
    for _, _, place in sorted(order)[:drawn]:
        picture = draw(found.examples[place], language)
        lines += ["", *picture] if lines else picture
    more = len(found.examples) - drawn
    if lines and more > 0:
        others = language.counted("more-example", more)
        lines.append(language.say("screen.examples", more=others, all=len(found.examples)))
    return lines


def _notes(found: Check, language: Language) -> list[str]:
    """Notes on the comparison in full, those on the data by their codes."""
    lines: list[str] = []
    on_data = [note.code for note in found.notes if note.code.is_about_data]
    for note in found.notes:
        if not note.code.is_about_data:
            lines += note_lines(note, language)
    if on_data:
        counts = {"notes": language.counted("note", len(on_data))}
        said = language.say("screen.data-notes", codes=", ".join(sorted(set(on_data))), **counts)
        lines += wrapped(f"  {said}", _INDENT)
    return [language.say("report.notes"), *lines] if lines else []


def _next(found: Check, language: Language) -> list[str]:
    for verdict in (Verdict.BROKEN, Verdict.WARNED):
        for row in found.expectations:
            if row.verdict is verdict:
                return [language.say("screen.next", code=row.code.value)]
    return []
