"""What a comparison says beside its rows, in sentences; the same in every report."""

from __future__ import annotations

from cjmine.reporters.comparison.words import LEAST_P, figure, group_name, measure, on_screen
from cjmine.reporters.language import DASH, Language
from cjmine.results.compare import DONE, Compared, Design, Reason
from cjmine.results.verdicts import Verdict


def below(found: Compared, language: Language) -> list[str]:
    """The sentences below the rows: the control, a new ideal, what is held equal, the trend."""
    alone = (beside, asks, held_equal)
    said = [one(found, language) for one in alone] + trend(found, language)
    return [one for one in said if one]


def sizes(found: Compared, language: Language) -> str:
    """How many journeys and customers each side has."""
    return " · ".join(
        language.say(
            "compare.size",
            side=group_name(place, found, language),
            journeys=_counted("journey", group.journeys, language),
            customers=_counted("customer", group.customers, language),
        )
        for place, group in enumerate(found.groups)
    )


def ratio(found: Compared, language: Language) -> str:
    """Whether the arms have the numbers of customers that were planned; "" where none is."""
    one = found.sample_ratio
    if one is None:
        return ""
    counts = " : ".join(language.count(many) for many in one.customers)
    planned = " : ".join(language.number(f"{100 * share:g}") for share in one.planned)
    if one.p is None or one.verdict is None:
        return language.say("compare.ratio-withheld", counts=counts, planned=planned)
    verdict = language.say(f"compare.ratio-{one.verdict.value.replace(' ', '-')}")
    p = f"<{language.number('0.001')}" if one.p < LEAST_P else language.number(f"{one.p:.3f}")
    return language.say("compare.ratio", counts=counts, planned=planned, p=p, verdict=verdict)


def beside(found: Compared, language: Language) -> str:
    """What the goal of the control did, with which the differences are compared; "" without one."""
    if found.control is None:
        return ""
    goal = found.rows[0]
    assert goal.control is not None
    one, other = (figure(side, goal, language) for side in (goal.control.a, goal.control.b))
    return language.say("compare.beside", control=found.control, one=one, other=other)


def asks(found: Compared, language: Language) -> str:
    """What a new ideal asks of the journeys, step by step; "" where nothing new is compared."""
    if found.design is not Design.WITH:
        return ""
    rows = [row for row in found.rows if row.measure == DONE and row.b.value is not None]
    rows.sort(key=lambda row: row.b.value or 0)
    steps = [
        language.say(
            "compare.asked",
            step=row.step,
            share=language.share((row.b.of or 0) - (row.b.n or 0), row.b.of),
        )
        for row in rows
        if row.b.n != row.b.of
    ]
    return language.say("compare.asks", steps=", ".join(steps)) if steps else ""


def held_equal(found: Compared, language: Language) -> str:
    """The goal of both sides at one mix of journeys; "" where nothing is held equal."""
    one = found.held_equal
    if one is None:
        return ""
    own = {"month": "compare.held-month", "channel": "compare.held-channel"}
    held = (language.say(own[name]) if name in own else name for name in one.held)
    return language.say(
        "compare.held-equal",
        held=", ".join(held),
        one=f"{_end(one.a, language)} %",
        other=f"{_end(one.b, language)} %",
        change=language.points(one.difference.value),
        low=_end(one.difference.low, language),
        high=_end(one.difference.high, language),
        rate=language.points(one.rate),
        mix=language.points(one.mix),
    )


def trend(found: Compared, language: Language) -> list[str]:
    """What the weeks before the change say of the goal; nothing where no weeks are compared."""
    one = found.trend
    if one is None or (found.design is not Design.CHANGE and found.control is None):
        return []
    said = []
    if found.design is Design.CHANGE and one.difference is not None and one.without is not None:
        said.append(
            language.say(
                "compare.trend",
                weeks=language.count(one.weeks_before),
                without=language.number(f"{100 * one.without:.1f}"),
                change=language.points(one.difference.value),
                low=_end(one.difference.low, language),
                high=_end(one.difference.high, language),
            )
        )
    elif one.slope_p is None:
        said.append(language.say("compare.no-trend", weeks=language.count(one.weeks_before)))
    if one.slope_p is not None and found.control is not None:
        p = language.number(f"{max(one.slope_p, LEAST_P):.3f}")
        key = "apart" if one.slope_p < 0.05 else "alike"
        said.append(language.say(f"compare.{key}", weeks=language.count(one.weeks_before), p=p))
    return said


def _counted(noun: str, number: int | None, language: Language) -> str:
    """A count with its noun; a dash where it is withheld."""
    return DASH if number is None else language.counted(noun, number)


def _end(value: float | None, language: Language) -> str:
    if value is None:
        return DASH
    return language.number(f"{100 * value:z.1f}").replace("-", "−")


def left_out(found: Compared, language: Language) -> list[str]:
    """The journeys on neither side, by reason."""
    return [
        language.say(
            f"compare.left-{_reason(one.reason, found.design)}",
            journeys=language.counted("journey", one.journeys)
            if one.journeys is not None
            else language.say("compare.few", k=found.privacy.min_group),
            customers=_counted("customer", one.customers, language),
        )
        for one in found.left_out
    ]


def _reason(reason: Reason, design: Design) -> str:
    if reason is Reason.ELSEWHERE and design is Design.CHANGE:
        return "weeks"
    return reason.value.replace(" ", "-")


def power(found: Compared, language: Language) -> str:
    """The smallest differences that could be found, where the word is cannot tell; "" elsewhere."""
    parts = [
        language.say(
            "compare.least",
            measure=measure(row, found, language),
            points=language.number(f"{100 * row.detectable:.1f}"),
        )
        for row in on_screen(found)[0]
        if row.verdict is Verdict.CANNOT_TELL and row.detectable is not None
    ]
    return language.say("compare.power", least=", ".join(parts)) if parts else ""
