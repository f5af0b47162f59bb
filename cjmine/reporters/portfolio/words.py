"""The words of a portfolio that its screen, its summary and its page share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cjmine.codes import Code
from cjmine.portfolio.declared import Status
from cjmine.reporters.language import DASH, Language, capitalised
from cjmine.reporters.portfolio.lines import lines, movement
from cjmine.results.expectations import Verdict
from cjmine.results.figures import OTHER
from cjmine.results.portfolio import (
    Finding,
    Movement,
    PooledRow,
    Portfolio,
    PortfolioJourney,
    ReasonRow,
    Standing,
    TemplateRow,
    ValueRow,
)
from cjmine.results.priorities import Amount
from cjmine.results.share import Share

# Said beside what they are about, so no list of findings repeats them.
_SAID_ELSEWHERE = (Code.REASON_HOMELESS, Code.VALUE_DIFFERS, Code.JOURNEY_FILELESS)

_MOST_GAINS = 5


def movements(found: Portfolio, language: Language) -> str:
    """The journeys whose goal changed, and how many others; empty where none is judged."""
    rows: dict[str, PortfolioJourney | PooledRow] = {one.journey: one for one in found.journeys}
    rows |= {one.template: one.pooled for one in found.templates}
    known = {name: one for name, one in rows.items() if one.movement is not None}
    said = [
        f"{name} {movement(one, language)}"
        for name, one in known.items()
        if one.moved_since is not None
    ]
    for one in (Movement.STEADY, Movement.CANNOT_TELL):
        if many := sum(row.movement is one for row in known.values()):
            word = language.say(f"portfolio.moved-{one.value.replace(' ', '-')}")
            said.append(f"{language.count(many)} {word}")
    return language.say("portfolio.movements", said=" · ".join(said)) if said else ""


def headline(found: Portfolio, language: Language) -> str:
    """How much is managed, and the time it was measured in."""
    entries = {one.journey: one.status for one in found.journeys}
    statuses = Counter(entries.values())
    said = ", ".join(
        language.say(f"portfolio.status-{one.value}", n=language.count(statuses[one]))
        for one in (Status.LIVE, Status.RESEARCHED, Status.IDEA, Status.RETIRED)
        if statuses[one]
    )
    return language.say(
        "portfolio.headline",
        phases=language.counted("phase", len(found.lifecycle)),
        journeys=language.counted("declared-journey", len(entries)),
        statuses=f" ({said})" if said else "",
        owners=language.counted("owner", len(found.owners)),
        period=language.days(found.log.days),
    )


def in_short(found: Portfolio, language: Language) -> list[str]:
    """What a reader with a minute has to know: what is broken, what differs, what has no home."""
    measured = [one for one in lines(found, language) if one.verdict is not None]
    broken = [one.name for one in measured if one.verdict is Verdict.BROKEN]
    said = []
    if broken:
        counts = {"n": language.count(len(broken)), "of": language.count(len(measured))}
        said.append(language.say("portfolio.short-broken", names=", ".join(broken), **counts))
    elif measured:
        said.append(language.say("portfolio.short-kept", n=language.count(len(measured))))
    for one in found.templates:
        if any(row.verdict is Standing.DIFFERS for row in one.values):
            said.append(f"{funnel(one, language)}.")
    if covered := coverage(found, language):
        said.append(capitalised(covered))
    return said + [capitalised(one) for one in gains(found, language)]


def gains(found: Portfolio, language: Language) -> list[str]:
    """What fixing journeys would gain: of those that gain most for sure, of phases and owners.

    Empty where no gain is known.
    """
    known = [(one.name, one.gain) for one in lines(found, language) if one.gain is not None]
    if not known:
        return []
    known.sort(key=lambda one: -one[1].low)
    said = [language.say("portfolio.gains", names=_gains(known[:_MOST_GAINS], language))]
    for key, rows in (("phase-gains", found.phases), ("owner-gains", found.owners)):
        if pooled := [(one.name, one.gain) for one in rows if one.gain is not None]:
            said.append(language.say(f"portfolio.{key}", names=_gains(pooled, language)))
    return said


def _gains(rows: Sequence[tuple[str, Amount]], language: Language) -> str:
    return " · ".join(f"{name} {_amount(one, language)}" for name, one in rows)


def _amount(one: Amount, language: Language) -> str:
    value, low, high = (
        language.number(f"{each:z,.0f}").replace("-", "−")
        for each in (one.value, one.low, one.high)
    )
    return language.say("report.with-interval", value=value, low=low, high=high)


def close(share: Share, language: Language) -> str:
    """A share with half the width of its interval: `48.9 % (±2.6)`; alone without one."""
    value = language.share(share.n, share.of)
    if share.low is None or share.high is None:
        return value
    half = language.number(f"{50 * (share.high - share.low):.1f}")
    return language.say("portfolio.close", value=value, half=half)


def contact(share: Share | None, language: Language) -> str:
    """The share of journeys with contact; a dash where it is withheld, or there can be none."""
    return DASH if share is None else language.share(share.n, share.of)


def phase_name(row: PooledRow, language: Language) -> str:
    """A group with the number of its journeys."""
    return f"{row.name} ({language.count(row.declared)})"


def coverage(found: Portfolio, language: Language) -> str:
    """How many contacts have a journey; empty where the log has no contact."""
    rows = found.coverage
    if rows.contacts is None or (not rows.contacts and not rows.reasons):
        return ""
    if rows.covered is None:
        return language.say("portfolio.contacts", n=language.count(rows.contacts))
    share = Share(rows.value, None, None, rows.covered, rows.contacts)
    return language.say(
        "portfolio.covered",
        n=language.count(rows.covered),
        of=language.count(rows.contacts),
        share=language.share(share.n, share.of),
    )


def without_journey(found: Portfolio) -> list[ReasonRow]:
    """The reasons that have no journey, the most contacts first."""
    return [one for one in found.coverage.reasons if one.journey is None]


def home(row: ReasonRow, language: Language) -> str:
    """The journey of a contact reason, or that it has none yet."""
    return row.journey or language.say("portfolio.no-home")


def reason_name(row: ReasonRow, language: Language) -> str:
    """A reason; what is folded has a word for it."""
    return language.say("portfolio.other-reasons") if row.reason == OTHER else row.reason


def funnel(found: TemplateRow, language: Language) -> str:
    """What the funnel plot of a template says, or why there is none."""
    pooled = found.pooled
    head = language.say(
        "portfolio.funnel",
        template=found.template,
        column=found.column,
        share=language.share(pooled.goal.n, pooled.goal.of),
    )
    head += " "
    if found.difference is not None:
        known = [one for one in found.values if one.n is not None]
        low, high = (
            language.number(f"{100 * end:+.1f}").replace("-", "−")
            for end in (found.difference.low, found.difference.high)
        )
        points = language.points(found.difference.value)
        return head + language.say(
            "portfolio.two-values",
            second=known[1].value,
            first=known[0].value,
            difference=language.say("report.with-interval", value=points, low=low, high=high),
        )
    judged = [one for one in found.values if one.verdict is not None]
    if not judged:
        return head + language.say("portfolio.no-funnel")
    said = [_standing(one, language) for one in judged if one.verdict is not Standing.WITHIN]
    within = sum(one.verdict is Standing.WITHIN for one in judged)
    if within:
        said.append(language.say("portfolio.within", n=language.count(within)))
    hidden = len(found.values) - len(judged)
    if hidden:
        said.append(language.say("portfolio.not-judged", n=language.count(hidden)))
    return head + " · ".join(said)


def _standing(row: ValueRow, language: Language) -> str:
    key = "differs" if row.verdict is Standing.DIFFERS else "outside"
    share = language.share(row.n, row.of)
    return language.say(f"portfolio.{key}", value=row.value, share=share, of=language.count(row.of))


def standing(row: ValueRow, language: Language) -> str:
    """Where a value is in the funnel plot, in a word."""
    return DASH if row.verdict is None else language.say(f"portfolio.is-{row.verdict.name.lower()}")


def to_list(found: Portfolio) -> Sequence[Finding]:
    """The findings that are said nowhere else."""
    return [one for one in found.findings if one.code not in _SAID_ELSEWHERE]
