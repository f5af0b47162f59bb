"""The page of a trend: run charts, what changed, and what the log did not cover."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from cjmine.reporters.html.markup import Cell, label, said, section, table, text
from cjmine.reporters.language import DASH, Language
from cjmine.reporters.svg import element
from cjmine.reporters.trend import words
from cjmine.reporters.trend.chart import chart
from cjmine.reporters.trend.series import Series, series_of
from cjmine.results.trend import Trend

CONTENTS = ("trend-charts", "trend-flow", "trend-coverage")


def title(found: Trend, language: Language) -> str:
    """The title of the page."""
    name = language.say("trend.title")
    return name if found.journey is None else f"{name}: {found.journey}"


def body(found: Trend, language: Language) -> Markup:
    """The sections of the page: what changed first."""
    language = language.judging(found.judged)
    series = series_of(found)
    parts = [
        element("h1", label(title(found, language))),
        section(language, "verdict", *_verdict(found, series, language)),
        section(language, "trend-charts", *_charts(found, series, language)),
        section(language, "trend-flow", *_flow(found, language)),
        section(language, "trend-coverage", *_coverage(found, language)),
    ]
    return Markup("\n").join(parts)


def _verdict(found: Trend, series: list[Series], language: Language) -> Iterator[Markup]:
    head = language.say(
        "trend.head",
        journey=found.journey or language.say("trend.title"),
        periods=words.periods(found, len(found.periods), language),
        judged=language.count(len(found.mature)),
    )
    if found.judged.seconds is not None:
        head += ", " + language.say("trend.full-time", time=language.seconds(found.judged.seconds))
    yield element("p", label(head))
    items = [*_covered(found, language), *_changed(found, language), *_outside(series, language)]
    if items:
        yield element("ul", *items, class_="findings")
    else:
        yield element("p", said(language, "trend-quiet"))
    if found.since is not None:
        yield element("p", label(words.since(found.since, language)))


def _covered(found: Trend, language: Language) -> Iterator[Markup]:
    """What the log did not cover, before anything that may rest on it."""
    for one in found.coverage:
        what = f"{words.carrier(one, language)} “{one.name}” {words.coverage(one, language)}"
        yield element("li", label(f"! {what}"))


def _changed(found: Trend, language: Language) -> Iterator[Markup]:
    for one in found.changes:
        name = words.measure(one.measure, one.step, language)
        what = f"{name} {words.direction(one, language)}: {words.change(one, language)}"
        yield element("li", label(f"{words.sign(one)} {what}"))
    for each in found.slopes:
        name = words.measure(each.measure, each.step, language)
        what = f"{name} {words.slope(each, found.every, language)}"
        yield element("li", label(f"{words.sign(each)} {what}"))


def _outside(series: list[Series], language: Language) -> Iterator[Markup]:
    for one in series:
        for period, point in one.outside:
            row = {
                "measure": words.measure(one.measure, one.step, language),
                "when": words.day(period.from_, language),
                "share": language.share(point.n, point.of),
                "limits": words.limits(point.limits, language),
            }
            yield element("li", label("! " + language.say("trend.outside-row", **row)))


def _charts(found: Trend, series: list[Series], language: Language) -> Iterator[Markup]:
    yield element("p", said(language, "trend-chart-legend"), class_="muted")
    if found.dated:
        items = (
            element("li", label(f"{words.day(one.on, language)}: {one.what}"))
            for one in found.dated
        )
        yield element("ol", *items, class_="muted")
    drawn = (
        element(
            "figure",
            element("figcaption", label(words.measure(one.measure, one.step, language))),
            chart(one, found.dated, language),
        )
        for one in series
        if one.known and 2 * len(one.known) >= len(found.mature)
    )
    yield element("div", *drawn, class_="charts")
    yield _table(series, language)


def _table(series: list[Series], language: Language) -> Markup:
    heads = [label(language.say(f"trend.{key}")) for key in ("head-share", "last", "head-limits")]
    rows = []
    for one in series:
        last = one.known[-1] if one.known else None
        value = DASH if last is None else language.ratio(last.share)
        rows.append(
            [
                text(words.measure(one.measure, one.step, language)),
                Cell(label(value), None if last is None else last.value, True),
                text(words.limits(one.limits, language)),
            ]
        )
    return table(label(language.say("trend.last-judged")), heads, rows)


def _flow(found: Trend, language: Language) -> Iterator[Markup]:
    if found.drifts is None:
        yield element("p", said(language, "trend-flow-unasked"))
        return
    if not found.drifts:
        yield element("p", label(language.say("trend.no-drift")))
        return
    heads = [label(language.say(f"trend.{key}")) for key in ("head-pair", "head-before-after")]
    for one in found.drifts:
        rows = [
            [text(f"{pair.from_} → {pair.to}"), text(words.pair(pair, language))]
            for pair in one.pairs
        ]
        yield table(label(words.drift(one, language)), heads, rows)


def _coverage(found: Trend, language: Language) -> Iterator[Markup]:
    if not found.coverage:
        yield element("p", said(language, "trend-covered"))
        return
    yield element("p", said(language, "trend-coverage-why"))
    rows = [
        [text(f"{words.carrier(one, language)} {one.name}"), text(words.coverage(one, language))]
        for one in found.coverage
    ]
    heads = [label(language.say(f"trend.{key}")) for key in ("head-what", "head-when")]
    yield table(said(language, "trend-coverage"), heads, rows)
