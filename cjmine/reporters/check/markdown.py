"""The summary of a job or a pull request: verdict, expectations, steps, deviations."""

from __future__ import annotations

from collections.abc import Sequence

from cjmine.reporters.check.choices import spoken
from cjmine.reporters.check.drawing import draw
from cjmine.reporters.check.ranges import attribution
from cjmine.reporters.check.tables import CHECKED_SEGMENTS, DEVIATIONS, RANGES, SCORES, STEPS
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
    why,
)
from cjmine.reporters.formats import Asked
from cjmine.reporters.language import DASH, Language, capitalised
from cjmine.reporters.markdown_table import MOST_ROWS, markdown, markdown_table, note, written
from cjmine.reporters.terminal import Screen, bar
from cjmine.results.check import Check, DeviationRow, RangeRow, StepRow
from cjmine.results.expectations import ExpectationRow, Verdict

_OPEN = (Verdict.BROKEN, Verdict.WARNED, Verdict.INCONCLUSIVE)


def render(found: Check, asked: Asked) -> str:
    """A check as Markdown; ends without a line feed."""
    language = asked.language.about(found.privacy).judging(found.judged)
    found = spoken(found, language)
    parts = [
        f"## {SIGNS[found.verdict]} {markdown(found.journey)}: {headline(found, language)}",
        _summary(found, language),
    ]
    rows = [row for verdict in _OPEN for row in found.expectations if row.verdict is verdict]
    if rows:
        parts.append(_expectations(rows, found, language))
    if found.steps:
        parts.append(_steps(found, language))
    rest = [row for row in found.expectations if row.verdict not in _OPEN]
    if rest:
        verdicts = (Verdict.KEPT, *([Verdict.ACCEPTED] if found.count(Verdict.ACCEPTED) else []))
        title = ", ".join(
            language.say(f"verdict.tally-{one.value}", n=language.count(found.count(one)))
            for one in verdicts
        )
        parts.append(_details(title, _expectations(rest, found, language)))
    if found.deviations:
        parts.append(_deviations(found, language))
    if found.ranges:
        parts.append(_ranges(found, found.ranges, language))
    if found.segments is not None and found.segments.values:
        title = language.say("screen.by", attribute=markdown(found.segments.by))
        parts.append(_details(title, markdown_table(CHECKED_SEGMENTS, found, language)))
    if found.map.scores:
        parts.append(_details(language.say("score.title"), _scores(found, language)))
    if found.examples:
        screen = Screen(language)
        drawn = "\n\n".join("\n".join(draw(one, screen)) for one in found.examples[:MOST_ROWS])
        title = language.say("summary.examples", n=language.count(len(found.examples)))
        parts.append(_details(title, f"~~~~\n{drawn}\n~~~~"))
    if found.notes:
        notes = "\n".join(note(one, language) for one in found.notes[:MOST_ROWS])
        title = language.say("summary.notes", n=language.count(len(found.notes)))
        parts.append(_details(title, notes))
    parts.append(language.say("summary.foot", k=language.count(found.privacy.min_group)))
    return "\n\n".join(parts)


def _details(title: str, inside: str) -> str:
    return f"<details><summary>{title}</summary>\n\n{inside}\n\n</details>"


def _summary(found: Check, language: Language) -> str:
    either = f" {language.say('report.or')} "
    goal = either.join(markdown(name) for name in found.goal.activities)
    rate = share(found.goal.share, language)
    line = f"**{language.say('figure.goal', goal=goal, share=rate)}**"
    if found.goal.n is not None:
        line += ", " + goal_counts(found, language)
    if found.baseline is not None and found.baseline.goal_rate is not None:
        line += f" ({since_baseline(points(found.baseline.goal_rate, language), language)})"
    facts = [line, language.counted("journey", found.log.journeys)]
    if found.log.days:
        facts[-1] += f", {language.period(found.log.days, found.log.zone)}"
    whole = found.counted
    if whole.fitting is not None and whole.journeys:
        fits = language.say("figure.as-designed", share=share(whole.fits, language))
        facts.append(f"{fits}, {journeys_of(whole.fits, language)}")
    if whole.log_fitness is not None:
        fitness = figure(whole.log_fitness, language, whole.low, whole.high)
        fitness = language.marked(fitness)
        facts.append(language.say("figure.fitness", figure=fitness))
    if whole.precision is not None:
        facts.append(language.say("figure.precision", figure=figure(whole.precision, language)))
    if found.baseline is not None:
        facts.append(language.say("summary.baseline", file=markdown(found.baseline.file)))
    return " · ".join(facts)


def _expectations(rows: Sequence[ExpectationRow], found: Check, language: Language) -> str:
    keys = ("summary.head-expectation", "summary.head-budget", "summary.head-now")
    heads = [language.say(key) for key in (*keys, "report.head-change", "report.head-journeys")]
    return written(
        ("", *heads, ""),
        (_expectation(row, found.journey_file, language) for row in rows[:MOST_ROWS]),
        len(rows),
        language,
    )


def _expectation(row: ExpectationRow, file: str, language: Language) -> Sequence[str]:
    place = language.say("summary.place", file=markdown(file), line=row.line)
    counts = language.say("figure.of", n=language.count(row.n), of=language.count(row.of))
    return (
        SIGNS[row.verdict],
        f"{row.code} {markdown(expectation(row, language))} ({place})",
        markdown(row.budget),
        markdown(found_in_words(row, language)),
        points(row.change, language) or DASH,
        DASH if row.share is None else counts,
        markdown(why(row, language)),
    )


def _steps(found: Check, language: Language) -> str:
    def own(key: str, row: StepRow) -> str | None:
        match key:
            case "step" if row.moment_of_truth:
                return markdown(row.step) + " ◆"
            case "of_all" if row.reached is not None and found.reached_of is not None:
                drawn = bar(row.reached, found.reached_of, 20)
                return f"`{drawn}` {language.share(row.reached, found.reached_of)}"
        return None

    table = markdown_table(STEPS, found, language, own)
    never = never_in_words(found, language)
    return f"{table}\n\n{capitalised(never)}." if never else table


def _scores(found: Check, language: Language) -> str:
    return markdown_table(SCORES, found, language)


def _deviations(found: Check, language: Language) -> str:
    def own(key: str, row: DeviationRow) -> str | None:
        match key:
            case "class":
                return markdown(deviation(row.class_, language))
            case "activity":
                return markdown(row.activity) + marks(row, language)
        return None

    table = markdown_table(DEVIATIONS, found, language, own)
    title = language.say("summary.deviations", n=language.count(len(found.deviations)))
    return _details(title, table)


def _ranges(found: Check, rows: Sequence[RangeRow], language: Language) -> str:
    def own(key: str, row: RangeRow) -> str | None:
        is_named = key == "attribution" and row.attribution is not None
        return capitalised(attribution(row.attribution, language)) if is_named else None

    table = markdown_table(RANGES, found, language, own)
    return _details(language.say("report.ranges", count=language.count(len(rows))), table)
