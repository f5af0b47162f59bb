"""What is wrong, in words: the first thing that a journey owner reads."""

from __future__ import annotations

from markupsafe import Markup

from cjmine.ideal.journey import Bound
from cjmine.reporters.html.expectations import anchor, budget, found_of, sentence
from cjmine.reporters.html.markup import said, with_code
from cjmine.reporters.language import Language
from cjmine.reporters.svg import element, escaped
from cjmine.results.check import Check
from cjmine.results.expectations import ExpectationRow, Verdict


def findings(found: Check, language: Language) -> Markup:
    """Broken expectations, those that cost most journeys first; nothing where none is broken.

    Each says what was found and expected, how many journeys are too many or too few for the
    budget, and what to look at. All figures are those that the result shows.
    """
    places = [at for at, row in enumerate(found.expectations) if row.verdict is Verdict.BROKEN]
    if not places:
        return Markup()
    places.sort(key=lambda at: -(cost(found.expectations[at]) or 0))
    return element("ol", *(_item(found, at, language) for at in places), class_="findings")


def costliest(found: Check, language: Language) -> Markup:
    """The broken expectation that costs most journeys, in a sentence; nothing without any."""
    places = [at for at, row in enumerate(found.expectations) if row.verdict is Verdict.BROKEN]
    if not places:
        return Markup()
    at = max(places, key=lambda at: cost(found.expectations[at]) or 0)
    return _sentences(found, at, language)


def cost(row: ExpectationRow) -> int | None:
    """How many journeys lie beyond a budget; None where it is not about a share of journeys.

    A budget relative to a baseline, and a share that is withheld, have no such number.
    """
    share = row.share
    if share is None or share.n is None or share.of is None:
        return None
    match row.bound:
        case Bound.MOST:
            return max(0, share.n - round(row.limit * share.of))
        case Bound.LEAST:
            return max(0, round(row.limit * share.of) - share.n)
        case _:
            return None


def in_words(found: Check, at: int, language: Language) -> Markup:
    """What an expectation is about, what was found and expected, with a link to its card."""
    row = found.expectations[at]
    title = element("a", sentence(row, language), href=f"#{anchor(at)}")
    template = escaped(language.texts["report.finding"])
    found_words, expected = found_of(row, language), budget(row, language)
    return template.format(what=title, found=found_words, expected=expected)


def _sentences(found: Check, at: int, language: Language) -> Markup:
    row = found.expectations[at]
    parts = [in_words(found, at, language)]
    many = cost(row)
    if many:
        side = "least" if row.bound is Bound.LEAST else "most"
        parts.append(said(language, f"finding-{side}", count=language.count(many)))
    return Markup(" ").join(parts)


def _item(found: Check, at: int, language: Language) -> Markup:
    row = found.expectations[at]
    parts = [_sentences(found, at, language)]
    advice = language.advice(row.code)
    if advice:
        parts.append(element("span", with_code(advice), class_="advice"))
    return element("li", Markup(" ").join(parts))
