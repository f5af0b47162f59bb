"""The steps below each other, with what is broken at them: the map for phones and for paper."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from cjmine.ideas.insights import Heard
from cjmine.reporters.check.words import SIGNS
from cjmine.reporters.html.findings import in_words
from cjmine.reporters.html.markup import label
from cjmine.reporters.journey_map.figures import broken_at
from cjmine.reporters.journey_map.first import First
from cjmine.reporters.journey_map.heard import quoted
from cjmine.reporters.language import Language
from cjmine.reporters.svg import element
from cjmine.results.check import Check, StepRow
from cjmine.results.expectations import Verdict


def steps_below_each_other(
    found: Check,
    language: Language,
    firsts: tuple[First, ...] = (),
    heard: Heard | None = None,
) -> Markup:
    """A list of the steps of the map: who came past each, who was lost, what is broken there.

    `firsts` are what to fix first, `heard` is what customers said.

    The style sheet shows it where the picture would have to be moved sideways, and on paper.
    """
    rows = {row.step: row for row in found.steps}
    broken = broken_at(found)
    items = []
    for column in found.map.columns:
        places = broken.get(column.step, ())
        inside = [*_step(rows[column.step], found, language)]
        inside += [
            element("p", label(language.say("map.said-first", rank=one.rank, what=one.what)))
            for one in firsts
            if one.step == column.step
        ]
        said = () if heard is None else heard.at(column.step)
        inside += [element("p", label(quoted(one, language))) for one in said]
        inside += [element("p", _broken(found, at, language), class_="red") for at in places]
        look = "broken" if places else "fine"
        items.append(element("li", Markup(" ").join(inside), class_=look))
    return element("ol", *items, class_="path")


def _step(row: StepRow, found: Check, language: Language) -> Iterator[Markup]:
    yield element("span", label(row.step), class_="name")
    lost = language.say("map.lost-withheld")
    if row.abandoned is not None:
        lost = f"−{language.count(row.abandoned)}" if row.abandoned else ""
    yield element("span", label(lost), class_="lost")
    share = language.share(row.reached, found.reached_of)
    yield element("span", label(share), class_="reached")
    if row.reached is not None and found.reached_of:
        width = f"{100 * row.reached / found.reached_of:.1f}%"
        yield element("svg", element("rect", width=width, height="100%"), class_="bar")


def _broken(found: Check, at: int, language: Language) -> Markup:
    sign = element("span", label(SIGNS[Verdict.BROKEN]), class_="sign", aria_hidden="true")
    return sign + " " + in_words(found, at, language)
