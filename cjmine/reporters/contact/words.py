"""The words of contacts that their screen, their summary and their page share."""

from __future__ import annotations

from collections.abc import Sequence

from cjmine.reporters.language import DASH, Language
from cjmine.results.contact import (
    FAILURE_DEMAND,
    BeforeRow,
    Busiest,
    Contact,
    ContactGroup,
    ContactType,
    Identified,
    TypeRow,
)
from cjmine.results.figures import OTHER
from cjmine.results.share import percent
from cjmine.results.verdicts import Verdict

_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£"}
_LEAST_Q = 0.001


def headline(found: Contact, language: Language) -> str:
    """How many journeys had contact, and how often."""
    contacts = "contact.contacts-none"
    counts = {}
    if found.contacts is not None:
        contacts, counts = "contact.contacts", {"n": language.count(found.contacts)}
    said = language.say(
        "contact.headline",
        n=language.count(found.with_contact.n),
        of=language.count(found.with_contact.of),
        share=language.with_interval(found.with_contact),
        contacts=language.say(contacts, **counts),
    )
    return f"{found.journey}: {said}" if found.journey else said


def known(found: Identified, language: Language) -> str:
    """How many contacts are of known customers, over all and by channel."""
    share = language.number(percent(found.n, found.of))
    said = language.say("contact.known", share=share, of=language.count(found.of))
    by = [f"{row.name} {language.number(percent(row.n, row.of))}" for row in found.by]
    return f"{said} ({' · '.join(by)})" if len(by) > 1 else said


def money(value: float | None, currency: str | None, language: Language) -> str:
    """An amount of money; nothing where none is declared, a dash where it is withheld."""
    if currency is None:
        return ""
    if value is None:
        return DASH
    return f"{_SIGNS.get(currency, currency)} {language.number(f'{value:,.0f}')}"


def amount(value: float | None, language: Language) -> str:
    """A number of contacts that need not be whole, a dash where it is not known."""
    if value is None:
        return DASH
    return language.number(f"{value:,.1f}" if abs(value) < 100 else f"{value:,.0f}").replace(
        "-", "−"
    )


def excess(row: TypeRow, language: Language) -> str:
    """How many contacts there were more than expected, with the interval."""
    if row.excess is None:
        return DASH
    value, low, high = (
        language.number(f"{one:z,.0f}").replace("-", "−")
        for one in (row.excess.value, row.excess.low, row.excess.high)
    )
    return language.say("report.with-interval", value=value, low=low, high=high)


def type_name(kind: ContactType, language: Language) -> str:
    """What a type is called."""
    return language.say(f"contact.type-{kind.value.replace(' ', '-')}")


def need_not(found: Contact, language: Language) -> str:
    """The share of the first six types, or that no total is said."""
    if found.identified.refused is not None:
        return language.say("contact.refused")
    return language.ratio(found.need_not)


def ratio(row: BeforeRow, language: Language) -> str:
    """How many times as often as like journeys, with the interval."""
    if row.ratio is None:
        return DASH
    value, low, high = (
        _times(one, language) for one in (row.ratio.value, row.ratio.low, row.ratio.high)
    )
    value = language.say("contact.times", n=value)
    return language.say("report.with-interval", value=value, low=low, high=high)


def _times(value: float, language: Language) -> str:
    return language.number(f"{value:.1f}" if value < 10 else f"{value:,.0f}")


def word(row: BeforeRow, language: Language) -> str:
    """The verdict with its q: `loss q 0.001`."""
    said = language.say(f"compare.{row.verdict.value.replace(' ', '-')}")
    if row.verdict not in (Verdict.GAIN, Verdict.LOSS) or row.q is None:
        return said
    q = f"<{language.number('0.001')}" if row.q < _LEAST_Q else language.number(f"{row.q:.3f}")
    return f"{said} q {q}"


def group_name(one: ContactGroup, language: Language) -> str:
    """The name of a group; what is folded has a word for it."""
    return language.say("dropoff.other") if one.name == OTHER else one.name


def busiest(found: Busiest, language: Language) -> str:
    """The hour of the week with most contacts."""
    return language.say(
        "contact.busiest",
        day=language.say(f"contact.day-{found.weekday}"),
        since=f"{found.hour}:00",
        until=f"{found.hour + 1}:00",
        times=_times(found.times_mean, language),
        contacts=language.count(found.contacts),
    )


def again_after(after: str | None, language: Language) -> str:
    """Which contact another one follows."""
    return language.say("contact.any") if after is None else after


def failures(found: Contact) -> Sequence[TypeRow]:
    """The types that need not have been."""
    return [row for row in found.types if row.type in FAILURE_DEMAND]


def others(found: Contact, language: Language) -> str:
    """The contacts of the other types."""
    return " · ".join(
        f"{type_name(row.type, language)} {language.count(row.contacts)}"
        for row in found.types
        if row.type not in FAILURE_DEMAND
    )


def least_contained(found: Contact, most: int) -> list[str]:
    """The steps after which contact is likeliest."""
    rows = [row for row in found.contained if row.contained.value is not None]
    rows.sort(key=lambda row: row.contained.value or 0.0)
    return [row.step for row in rows[:most]]
