"""What was expected and what was found, with the journeys behind it."""

from __future__ import annotations

from markupsafe import Markup

from cjmine.errors import Code
from cjmine.ideal.deviations import DEVIATIONS, Marker, code_of
from cjmine.ideal.journey import Bound
from cjmine.reporters.check import tables
from cjmine.reporters.check.words import SIGNS, deviation, expectation_key, figure, why
from cjmine.reporters.html import example, ranges
from cjmine.reporters.html.markup import (
    Cell,
    details,
    label,
    paragraph,
    said,
    section,
    with_code,
)
from cjmine.reporters.html.report import Report
from cjmine.reporters.html.tables import page_table
from cjmine.reporters.language import Language, capitalised
from cjmine.reporters.svg import element, escaped
from cjmine.results.check import Check, DeviationRow, Example
from cjmine.results.expectations import ExpectationRow, Verdict
from cjmine.results.figures import OTHER

_ORDER = (
    Verdict.BROKEN,
    Verdict.WARNED,
    Verdict.INCONCLUSIVE,
    Verdict.ACCEPTED,
    Verdict.KEPT,
)
_OF_TIME = (Code.LATE, Code.EARLY)
_TO_MEND = (Verdict.BROKEN, Verdict.WARNED)
_OF_FIGURE = (Code.FITNESS,)
# Which examples show what an expectation is about: their class, and what marks its step in them.
_EXAMPLES = {
    code_of(one.measure): (one.of_class, one.marker)
    for one in DEVIATIONS
    if one.measure is not None and one.marker is not None
}


def render(report: Report, language: Language) -> Markup:
    """Broken ones first; then every deviation, and examples of them."""
    found = report.checked
    if found is None:
        return section(language, "expectations", paragraph(language, "needs-check"))
    parts = []
    if not found.expectations:
        parts.append(element("p", label(capitalised(language.say("verdict.none")))))
    for verdict in _ORDER:
        rows = [row for row in found.expectations if row.verdict is verdict]
        if rows:
            title = said(language, f"verdict-{verdict.value}", count=language.count(len(rows)))
            cards = Markup().join(
                _card(at, found, language)
                for at, row in enumerate(found.expectations)
                if row.verdict is verdict
            )
            if verdict is Verdict.KEPT:  # no news
                parts.append(details(title, cards))
            else:
                parts += [element("h3", title), cards]
    parts.append(_deviations(found, language))
    return section(language, "expectations", *parts)


def anchor(at: int) -> str:
    """Where the card of an expectation is found on the page, by its place among all."""
    return f"expectation-{at + 1}"


def _card(at: int, found: Check, language: Language) -> Markup:
    row = found.expectations[at]
    sign = element("span", label(SIGNS[row.verdict]), class_="sign", aria_hidden="true")
    code = element("code", label(row.code.value))
    head = Markup(" ").join([sign, code, sentence(row, language)])
    facts = [("expected", budget(row, language)), ("found", found_of(row, language))]
    if row.share is not None:
        counts = {"n": language.count(row.share.n), "of": language.count(row.share.of)}
        facts.append(("counted", said(language, "n-of-journeys", **counts)))
    if row.change is not None and row.share is not None:
        facts.append(("change", _points(row, language)))
    facts.append(
        ("place", label(f"{found.journey_file}:{row.line}" if row.line else found.journey_file))
    )
    reason = _reason(row, language)
    if reason:
        facts.append(("reason", reason))
    if row.code in _OF_TIME:
        facts += [("allowed", one) for one in _allowed(row, found, language)]
    advice = language.advice(row.code)
    if advice and row.verdict in _TO_MEND:
        facts.append(("advice", with_code(advice)))
    listed = element(
        "dl",
        *(
            element("div", element("dt", said(language, f"fact-{key}")), element("dd", value))
            for key, value in facts
        ),
    )
    shown = _behind(row, found)
    drawn = (
        details(
            said(language, "examples", count=language.count(len(shown))),
            *(example.draw(one, language) for one in shown),
        )
        if shown
        else Markup()
    )
    return element(
        "article",
        element("h4" if row.verdict is not Verdict.KEPT else "h3", head),
        listed,
        drawn,
        id=anchor(at),
        class_=f"card {row.verdict.value}",
    )


def sentence(row: ExpectationRow, language: Language) -> Markup:
    """What an expectation is about, in words; a finished text."""
    first, second = row.between or ("", "")
    template = escaped(capitalised(language.texts[f"report.{expectation_key(row)}"]))
    return template.format(step=label(row.step or ""), first=label(first), second=label(second))


def budget(row: ExpectationRow, language: Language) -> Markup:
    """The limit, in the way of the language; as it is written where a result does not say more."""
    if row.bound is None:
        return label(row.budget)
    is_change = row.bound in (Bound.BASELINE_MOST, Bound.BASELINE_LEAST)
    if row.code not in _OF_FIGURE:
        share = language.number(f"{100 * row.limit:.6g}") + " %"
        limit = language.points(row.limit) if is_change else share
    elif is_change:
        limit = language.number(f"{row.limit:+.3f}").replace("-", "−")
    else:
        limit = language.number(f"{row.limit:g}")
    return said(language, f"budget-{row.bound}", limit=limit)


def found_of(row: ExpectationRow, language: Language) -> Markup:
    """What was found: a share or a figure with its interval, or why there is none."""
    if row.share is not None:
        if row.share.value is None:
            return said(language, "too-little")
        return label(language.with_interval(row.share))
    if row.value is None or row.low is None or row.high is None:
        is_few = row.verdict is not Verdict.INCONCLUSIVE
        return said(language, "withheld" if is_few else "too-little")
    if row.change is not None and row.value == row.change.value:
        shown = (
            language.number(f"{one:+z.3f}").replace("-", "−")
            for one in (row.value, row.low, row.high)
        )
        value, low, high = shown
        return said(language, "since-baseline-figure", value=value, low=low, high=high)
    return label(figure(row.value, language, row.low, row.high))


def _points(row: ExpectationRow, language: Language) -> Markup:
    assert row.change is not None
    ends = (language.points(one) for one in (row.change.low, row.change.high))
    low, high = ends
    return said(
        language, "with-interval", value=language.points(row.change.value), low=low, high=high
    )


def _allowed(row: ExpectationRow, found: Check, language: Language) -> list[Markup]:
    """How soon a step may come, and how late, and after what."""
    said_of = []
    for column in found.map.columns:
        if column.step != row.step or (column.least, column.most) == (None, None):
            continue
        ends = [
            said(language, f"wait-{side}", time=language.seconds(limit / 1e6))
            for side, limit in (("least", column.least), ("most", column.most))
            if limit is not None
        ]
        after = column.after
        base = said(language, "wait-before") if after is None else label(after)
        template = escaped(language.texts["report.wait-after"])
        said_of.append(template.format(times=Markup(", ").join(ends), step=base))
    return said_of


def _reason(row: ExpectationRow, language: Language) -> Markup:
    if row.verdict is Verdict.ACCEPTED:  # which the heading above says
        return label(row.because or "")
    reason = why(row, language)
    return label(f"{capitalised(reason)}." if reason else "")


def _behind(row: ExpectationRow, found: Check) -> list[Example]:
    """The commonest traces in which the step of an expectation shows what it is about."""
    if row.code not in _EXAMPLES:
        return []
    kind, marker = _EXAMPLES[row.code]
    alike = [one for one in found.examples if one.class_ == kind.value]
    return [one for one in alike if row.step in _marked(one, marker)]


def _marked(one: Example, marker: Marker) -> set[str | None]:
    if marker is not Marker.LOST:
        return {
            name
            for cell in one.columns
            if cell.marker is marker
            for name in (cell.ideal, cell.measured)
        }
    # A journey is lost at the last step that it reached.
    reached = [cell.ideal for cell in one.columns if cell.ideal and cell.marker is not Marker.LOST]
    return set(reached[-1:])


def _deviations(found: Check, language: Language) -> Markup:
    rows = found.deviations

    def own(key: str, row: DeviationRow) -> Cell | None:
        return _of_deviation(key, row, language)

    shown = page_table(tables.DEVIATIONS, found, "deviations-caption", language, own=own)
    parts = [details(said(language, "deviations", count=language.count(len(rows))), shown)]
    parts.append(ranges.table(found, language))
    if found.examples:
        drawn = (example.draw(one, language) for one in found.examples)
        title = said(language, "examples-all", count=language.count(len(found.examples)))
        parts.append(details(title, *drawn))
    return Markup().join(parts)


def _of_deviation(key: str, row: DeviationRow, language: Language) -> Cell | None:
    """The cells of a deviation that are more than a value."""
    match key:
        case "code":
            return Cell(element("code", label(row.code.value)) if row.code else Markup("–"))
        case "class" if row.class_ != OTHER:
            return Cell(label(deviation(row.class_, language)))
        case "marks":
            marks = (("accepted", row.accepted), ("friction", row.friction))
            return Cell(Markup(", ").join(said(language, one) for one, is_so in marks if is_so))
    return None
