"""The head of the report: the verdict, the goal rate, and what the figures rest on."""

from __future__ import annotations

from markupsafe import Markup

from cjmine.reporters.check.words import SIGNS, figure, headline
from cjmine.reporters.html.answer import answer
from cjmine.reporters.html.findings import findings
from cjmine.reporters.html.markup import head, label, said
from cjmine.reporters.html.report import Report
from cjmine.reporters.judged import judged_counts
from cjmine.reporters.language import Language, capitalised
from cjmine.reporters.svg import element
from cjmine.results.check import Check
from cjmine.results.share import Share

_STATES = ("completed", "exited", "abandoned", "open", "truncated")


def render(report: Report, language: Language) -> Markup:
    """The first section; its heading is the title of the page."""
    checked = report.checked
    parts = []
    if checked is not None:
        sign = element("span", label(SIGNS[checked.verdict]), class_="sign", aria_hidden="true")
        words = label(capitalised(headline(checked, language)))
        words = sign + " " + words if checked.expectations else words
        parts.append(element("p", words, class_=f"verdict {checked.verdict.value}"))
    parts += answer(report, language)
    parts.append(element("p", _goal(report, language), class_="goal"))
    if checked is not None:
        parts.append(findings(checked, language))
    if checked is not None and checked.purpose:
        parts.append(element("p", said(language, "purpose", purpose=checked.purpose)))
    parts.append(_figures(report, language))
    if checked is not None:
        parts.append(element("p", _states(checked, language)))
    parts.append(element("p", said(language, "legend"), class_="muted"))
    if report.privacy.release:
        k = language.count(report.privacy.min_group)
        parts.append(element("p", said(language, "released", k=k), class_="muted"))
    return head(language, title(report, language), *parts)


def title(report: Report, language: Language) -> str:
    """The title of the page, as it was given."""
    if report.title is not None:
        return report.title
    if report.checked is not None:
        return report.checked.journey
    return language.say("report.title-measured")


def goal_names(names: tuple[str, ...], language: Language) -> str:
    """The names of the goal, joined."""
    return f" {language.say('report.or')} ".join(f"“{name}”" for name in names)


def _goal(report: Report, language: Language) -> Markup:
    checked, result = report.checked, report.checked or report.discovery
    if result is None or result.goal is None:
        return said(language, "goal-none")
    found, judged = result.goal, result.judged
    goal = goal_names(found.activities, language)
    if found.n is None:
        return said(language, "goal-withheld", goal=goal)
    ratio = _ratio(found.share, language.judging(judged))
    counts = language.say("figure.ratio", ratio=ratio)
    if judged is not None:  # a result of an older version does not say it
        counts = judged_counts(counts, judged, result.log.zone, language)
    line = said(language, "goal-reached", goal=goal, counts=counts)
    if checked is not None and checked.baseline is not None and checked.baseline.goal_rate:
        line += " " + said(
            language, "since-baseline", change=language.points(checked.baseline.goal_rate.value)
        )
    return line


def _ratio(ratio: Share, language: Language) -> str:
    if not ratio.of:
        return f"{language.count(0)} / {language.count(0)}"
    return language.ratio(ratio)


def _figures(report: Report, language: Language) -> Markup:
    size, checked = report.size, report.checked
    figures: list[tuple[str, str]] = []
    if checked is not None:
        whole = checked.counted
        if whole.fitting is not None and whole.journeys:
            figures.append(("as-designed", language.ratio(whole.fits)))
        if whole.log_fitness is not None:
            fitness = figure(whole.log_fitness, language, whole.low, whole.high)
            figures.append(("fitness", language.marked(fitness)))
        if whole.precision is not None:
            figures.append(("precision", figure(whole.precision, language)))
    figures += [
        ("journeys", language.count(size.journeys)),
        ("customers", language.count(size.customers)),
        ("events", language.count(size.events)),
        ("period", language.period(size.days, size.zone)),
    ]
    return element(
        "dl",
        *(
            element("div", element("dt", said(language, key)), element("dd", label(value)))
            for key, value in figures
        ),
        class_="figures",
    )


def _states(found: Check, language: Language) -> Markup:
    states = found.states
    counts = (states.completed, states.exited, states.abandoned, states.open, states.truncated)
    parts = [
        said(language, f"state-{name}", count=language.count(count))
        for name, count in zip(_STATES, counts, strict=True)
        if count != 0
    ]
    if not parts:
        return Markup()
    return said(language, "states") + " " + Markup(" · ").join(parts)
