"""The life cycle as a picture: phases across, and a card for each journey."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from cjmine.reporters.html.markup import label, said, scrolled
from cjmine.reporters.language import DASH, Language
from cjmine.reporters.portfolio.course import course
from cjmine.reporters.portfolio.lines import Line, lines, movement, pooled_state
from cjmine.reporters.portfolio.words import contact, phase_name
from cjmine.reporters.scores import score_in_words
from cjmine.reporters.svg import element
from cjmine.results.expectations import Verdict
from cjmine.results.map import Score
from cjmine.results.portfolio import PooledRow, Portfolio

Links = Mapping[str, str]


def life_cycle(found: Portfolio, links: Links, language: Language) -> Markup:
    """A list of phases, each with the cards of its journeys; those of no phase come last."""
    every = lines(found, language)
    columns = []
    for phase in found.phases:
        mine = [one for one in every if one.phase == phase.name]
        columns.append(_column(_phase(phase, language), mine, links, language))
    rest = [one for one in every if one.phase is None]
    if rest:
        name = element("h3", said(language, "portfolio.no-phase"))
        columns.append(_column(name, rest, links, language))
    title = said(language, "portfolio.life-cycle")
    return scrolled(element("ol", *columns, class_="life"), title)


def _phase(row: PooledRow, language: Language) -> Markup:
    """The name of a phase, and its journeys together."""
    parts = [element("h3", label(phase_name(row, language)))]
    if row.measured:
        text = said(
            language,
            "portfolio.phase-goal",
            goal=language.share(row.goal.n, row.goal.of),
            state=pooled_state(row, language),
        )
        parts.append(element("p", text, class_="muted"))
    if known := _known(row.scores, language):
        parts.append(element("p", label(" · ".join(known)), class_="muted"))
    if row.movement is not None:
        words = f"{language.say('portfolio.trend')}: {movement(row, language)}"
        parts.append(element("p", label(words), class_="muted"))
    return Markup("").join(parts)


def _column(head: Markup, rows: list[Line], links: Links, language: Language) -> Markup:
    cards = [_card(one, links, language) for one in rows]
    if not cards:
        cards = [element("p", said(language, "portfolio.no-journey"), class_="muted")]
    return element("li", element("div", head, class_="phase"), *cards)


def _card(one: Line, links: Links, language: Language) -> Markup:
    name = label(one.name)
    if one.id in links:
        name = element("a", name, href=links[one.id])
    parts = [element("h4", name)]
    if one.goal.value is not None:
        called = element("span", _text("goal", language), class_="muted")
        share = element("strong", label(language.share(one.goal.n, one.goal.of)))
        within = language.with_interval(one.goal).partition(" (")[2]
        interval = element("span", label(f" ({within}" if within else ""), class_="muted")
        parts.append(element("p", called, Markup(" "), share, interval, class_="goal"))
    if one.trend:
        parts.append(course(one.trend, language))
    facts = [(_text("owner", language), label(one.owner) if one.owner else _nobody(language))]
    if one.journeys is not None:
        facts.append((_text("journeys", language), label(language.count(one.journeys))))
    if one.contact is not None:
        facts.append((_text("contact-rate", language), label(contact(one.contact, language))))
    for score in (row for row in one.scores if row.value is not None):
        words = score_in_words(score, language).removeprefix(f"{score.metric} ")
        facts.append((label(score.metric), label(words)))
    if one.movement != DASH:
        facts.append((_text("trend", language), label(one.movement)))
    listed = (element("div", element("dt", key), element("dd", value)) for key, value in facts)
    parts.append(element("dl", *listed))
    states = filter(None, (one.state, one.differ))
    parts += [element("p", label(each), class_="state") for each in states]
    look = ("card", "broken") if one.verdict is Verdict.BROKEN else ("card",)
    return element("article", *parts, class_=" ".join(look))


def _known(scores: Iterable[Score], language: Language) -> list[str]:
    """The scores that are shown: a picture has no room for dashes."""
    return [score_in_words(one, language) for one in scores if one.value is not None]


def _text(name: str, language: Language) -> Markup:
    return said(language, f"portfolio.{name}")


def _nobody(language: Language) -> Markup:
    return said(language, "portfolio.nobody")
