"""How priorities are put into the words of a language, the same in every report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from cjmine.reporters.language import DASH, Language
from cjmine.results.priorities import CONTACT, Amount, Gap, GoalWorth, Per, Priorities, PriorityItem
from cjmine.results.verdicts import Verdict

LEAST_Q = 0.001
_DAYS = {Per.MONTH: 365.25 / 12, Per.QUARTER: 365.25 / 4, Per.YEAR: 365.25}
_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£"}
_WHOLE = 10.0  # from here on amounts have no decimals


def name(row: PriorityItem, language: Language) -> str:
    """What an item is: `Confirmation mail: late`."""
    deviation = language.say(f"deviation.{row.class_}")
    return language.say("compare.deviation", step=place(row, language), deviation=deviation)


def place(row: PriorityItem, language: Language) -> str:
    """The step or touchpoint of an item; of a contact why it was made."""
    if row.class_ != CONTACT:
        return row.step
    return language.say(f"contact.type-{row.step.replace(' ', '-')}")


def gains(found: Priorities) -> list[PriorityItem]:
    """The items whose end would gain goals, in their order."""
    return of_verdict(found, Verdict.GAIN)


def of_verdict(found: Priorities, verdict: Verdict) -> list[PriorityItem]:
    """The items with a verdict."""
    return [row for row in found.items if row.verdict is verdict]


def ceilings(found: Priorities) -> list[PriorityItem]:
    """The losses of which a ceiling is known."""
    return [row for row in found.items if row.is_ceiling and row.gain is not None]


def times(found: Priorities, per: Per | None) -> float:
    """How much of what the log shows comes about in a time; 1 for the log itself.

    Gains are of journeys that begin within the judged period, so they are scaled by its length.
    """
    first, last = found.judged.begun_from, found.judged.begun_until
    if per is None or first is None or last is None:
        return 1.0
    days = (datetime.fromisoformat(last) - datetime.fromisoformat(first)).total_seconds() / 86_400
    return _DAYS[per] / max(days, 1.0)


def amount(one: Amount | None, language: Language, times: float = 1.0) -> str:
    """Goals, or money, with their interval: `21 (14 to 27)`; a dash where there is none."""
    if one is None:
        return DASH
    ends = [times * end for end in (one.value, one.low, one.high)]
    places = 0 if max(map(abs, ends)) >= _WHOLE else 1
    value, low, high = (_signed(f"{end:z,.{places}f}", language) for end in ends)
    return language.say("report.with-interval", value=value, low=low, high=high)


def money(
    one: Amount | None, worth: GoalWorth | None, language: Language, times: float = 1.0
) -> str:
    """The same in money, with its sign; "" where nobody says what a goal is worth."""
    if one is None or worth is None:
        return ""
    return f"{_SIGNS.get(worth.currency, worth.currency)} {amount(one, language, times)}"


def part(value: float | None, language: Language) -> str:
    """A share that is no share of counts."""
    return DASH if value is None else language.number(f"{100 * value:.1f} %")


def gap(one: Gap | None, language: Language) -> str:
    """A difference of shares in points with its interval; a dash where it is withheld."""
    if one is None:
        return DASH
    low, high = (_signed(f"{100 * end:z.1f}", language) for end in (one.low, one.high))
    value = language.points(one.value)
    return language.say("report.with-interval", value=value, low=low, high=high)


def _signed(written: str, language: Language) -> str:
    return language.number(written).replace("-", "−")


def q_value(row: PriorityItem, language: Language) -> str:
    """The q of an item; "" without one."""
    if row.q is None:
        return ""
    if row.q < LEAST_Q:
        return f"q <{language.number('0.001')}"
    return f"q {language.number(f'{row.q:.3f}')}"


def support(row: PriorityItem, language: Language) -> str:
    """How many of its journeys have comparables."""
    if row.support is None:
        return language.say("priorities.nearly-all")
    if row.support == 1:
        return language.say("priorities.all")
    return language.say("priorities.some", share=part(row.support, language))


def verdict(row: PriorityItem, language: Language) -> str:
    """The verdict, or that it is a ceiling."""
    if row.verdict is None:
        return language.say("priorities.ceiling")
    return language.say(f"compare.{row.verdict.value.replace(' ', '-')}")


def details(row: PriorityItem, found: Priorities, language: Language, times: float) -> str:
    """What a gain rests on: the bare difference, the one held equal, support, and money."""
    said = [
        language.say("priorities.naive", value=gap(row.naive, language)),
        language.say("priorities.held", value=gap(row.effect, language)),
        q_value(row, language),
        support(row, language),
        not_equal(row, language),
        money(row.money, found.worth, language, times),
        language.say("priorities.accepted") if row.accepted else "",
    ]
    return "; ".join(one for one in said if one)


def not_equal(row: PriorityItem, language: Language) -> str:
    """What is not held equal for an item; "" where everything is."""
    names = [language.say(f"priorities.held-{one}") for one in row.not_equal]
    return language.say("priorities.not-equal", held=", ".join(names)) if names else ""


Said = Callable[[Priorities, Language, float], str]


def together(found: Priorities, language: Language, times: float) -> str:
    """What the first items give together, beside the sum of what each gives; "" for fewer."""
    one = found.together
    if one is None:
        return ""
    first = gains(found)[: one.items]
    whole = sum(row.gain.value for row in first if row.gain is not None)
    sums = Amount(whole, whole, whole)
    alone = amount(sums, language, times).partition(" (")[0]
    said = language.say(
        "priorities.together",
        items=one.items,
        gain=amount(one.gain, language, times),
        sum=alone,
        journeys=language.counted("journey", one.journeys),
    )
    value = money(one.money, found.worth, language, times)
    return f"{said} {value}." if value else said


def held_equal(found: Priorities, language: Language, _: float = 1.0) -> str:
    """What compared journeys have in common."""
    own = ("entry", "channel", "month", "progress", "contacts")
    held = (
        language.say(f"priorities.held-{one}") if one in own else one for one in found.held_equal
    )
    return language.say("priorities.equal", held=", ".join(held))


def unseen(found: Priorities, language: Language, _: float = 1.0) -> str:
    """How strong an unseen cause of the first item would have to be; "" where that is withheld."""
    first = next((row for row in gains(found) if row.e_value is not None), None)
    if first is None or first.e_value is None:
        return ""
    value, near = (
        DASH if one is None else language.number(f"{one:.1f}")
        for one in (first.e_value, first.e_value_near)
    )
    return language.say("priorities.unseen", item=name(first, language), value=value, near=near)


BELOW: tuple[Said, ...] = (together, held_equal, unseen)


def below(found: Priorities, language: Language, times: float) -> list[str]:
    """The sentences below the rows."""
    said = (one(found, language, times) for one in BELOW)
    return [one for one in said if one]


def headline(found: Priorities, language: Language) -> str:
    """What the rows are about."""
    size = found.log
    return language.say(
        "priorities.headline",
        journey=found.journey,
        journeys=language.counted("journey", size.journeys),
        period=language.days(size.days),
    )


def terms(found: Priorities, per: Per | None, language: Language) -> str:
    """What a goal is worth, and for what time gains are written."""
    said = []
    if found.worth is not None:
        sign = _SIGNS.get(found.worth.currency, found.worth.currency)
        value = language.number(f"{found.worth.goal:,.2f}")
        said.append(language.say("priorities.worth", value=f"{sign} {value}"))
    said.append(language.say(f"priorities.per-{'log' if per is None else per.value}"))
    return " ".join(said)
