"""The words of a satisfaction that its screen, its summary and its page share."""

from __future__ import annotations

from collections.abc import Sequence

from cjmine.eventlog.chosen import NONE
from cjmine.reporters.language import DASH, Language
from cjmine.results.figures import OTHER
from cjmine.results.satisfaction import (
    CONTACT,
    DEVIATION,
    DIMENSIONS,
    HAD_CONTACT,
    STATE,
    Bad,
    Difference,
    Found,
    LongAgainstShort,
    Moment,
    NeverAsked,
    PeakEnd,
    Rating,
    Satisfaction,
    Score,
    ScoreBy,
)
from cjmine.scales import Summary

LEAST_Q = 0.001
MARK = "◆"


def headline(found: Satisfaction, score: Score, language: Language) -> str:
    """The figure, its interval, and how many answered: the first sentence."""
    name = f"{found.journey}: " if found.journey else ""
    answers = DASH if score.n is None else language.counted("customer", score.n)
    return name + language.say(
        "satisfaction.headline",
        figure=figure(score, score.kind, score.summary, language),
        customers=answers,
        mean=mean(score, language),
    )


def who_answered(score: Score, language: Language) -> str:
    """How many of those asked answered; and the journeys in which nobody was."""
    said = language.say("satisfaction.unknown-asked")
    if score.is_asked_known:
        said = language.say(
            "satisfaction.answered",
            n=language.count(score.n),
            asked=language.count(score.asked),
            share=language.with_interval(score.response),
        )
    return f"{said}{never(score.never_asked, language)}"


def never(rows: Sequence[NeverAsked], language: Language) -> str:
    """The counted journeys in which the question was not asked, by what became of them."""
    if not rows:
        return ""
    each = ", ".join(
        f"{language.say(f'satisfaction.state-{one.state}')} {language.count(one.journeys)}"
        for one in rows
    )
    return "; " + language.say("satisfaction.never", each=each)


def weighted(score: Score, language: Language) -> str:
    """The figure over all who were asked; nothing where it is not known."""
    if score.weighted is None:
        return ""
    one = score.weighted
    value = number(one.value, score.summary, language)
    low, high = (number(end, score.summary, language, False) for end in (one.low, one.high))
    shown = language.say("report.with-interval", value=value, low=low, high=high)
    return language.say("satisfaction.weighted", figure=shown, cells=language.count(one.cells))


def figure(row: Score | ScoreBy | Rating, kind: str, summary: Summary, language: Language) -> str:
    """The figure of the scale with its interval; a dash where it is withheld."""
    if row.value is None:
        return f"{kind} {DASH}".strip()
    value = f"{kind} {number(row.value, summary, language)}".strip()
    if row.low is None or row.high is None:
        return value
    low, high = (number(end, summary, language, False) for end in (row.low, row.high))
    return language.say("report.with-interval", value=value, low=low, high=high)


def mean(row: Score | ScoreBy | Rating, language: Language) -> str:
    """The mean score with its interval; a dash where it is withheld."""
    return _mean(row.mean, row.mean_low, row.mean_high, language)


def end_mean(row: PeakEnd, language: Language) -> str:
    """The mean of one of the four groups, and how many are in it."""
    if not row.n:
        return DASH
    shown = _mean(row.mean, row.low, row.high, language)
    return language.say("satisfaction.mean-of", mean=shown, n=language.count(row.n))


def _mean(value: float | None, low: float | None, high: float | None, language: Language) -> str:
    if value is None:
        return DASH
    shown = language.number(f"{value:.1f}")
    if low is None or high is None:
        return shown
    first, last = (language.number(f"{end:.1f}") for end in (low, high))
    return language.say("report.with-interval", value=shown, low=first, high=last)


def number(value: float, summary: Summary, language: Language, sign: bool = True) -> str:
    """A figure of a scale: points, per cent, or a mean."""
    if summary is Summary.POINTS:
        return language.number(f"{value:z.0f}").replace("-", "−")
    if summary is Summary.SHARE:
        return language.number(f"{100 * value:.1f}") + (" %" if sign else "")
    return language.number(f"{value:.1f}")


def difference(row: Difference | None, language: Language) -> str:
    """A difference of means with its interval and its sign; a dash without one."""
    if row is None:
        return DASH
    value, low, high = (
        language.number(f"{one:{sign}z.1f}").replace("-", "−")
        for one, sign in ((row.value, "+"), (row.low, ""), (row.high, ""))
    )
    return language.say("report.with-interval", value=value, low=low, high=high)


def moment_name(row: Moment, language: Language) -> str:
    """A step and how it was passed, with a mark where it is declared as a moment of truth."""
    mark = f"{MARK} " if row.declared else ""
    return f"{mark}{row.step}: {bad(row.what, language)}"


def bad(what: Bad, language: Language) -> str:
    """How a step was passed badly."""
    return language.say(f"satisfaction.bad-{what.value}")


def verdict(row: Moment, language: Language) -> str:
    """The word for a moment."""
    return language.say(f"compare.{row.verdict.value.replace(' ', '-')}")


def probability(q: float | None, language: Language) -> str:
    """The q of a row; nothing without one."""
    if q is None:
        return ""
    least = language.number(str(LEAST_Q))
    return f"q <{least}" if q < LEAST_Q else f"q {language.number(f'{q:.3f}')}"


def truths(found: Satisfaction, language: Language) -> list[tuple[str, str]]:
    """Which steps are declared as moments of truth, and which are measured: what, and the steps."""
    kinds = (
        ("both", True, Found.YES),
        ("declared-only", True, Found.NO),
        ("measured-only", False, Found.YES),
        ("neither", False, Found.NO),
        ("cannot-say", True, Found.CANNOT_SAY),
    )
    rows = []
    for key, is_declared, measured in kinds:
        steps = [
            one.step
            for one in found.truths
            if one.declared == is_declared and one.measured is measured
        ]
        if steps or key in ("both", "declared-only", "measured-only"):
            said = ", ".join(steps) or language.say("satisfaction.none")
            rows.append((language.say(f"satisfaction.truth-{key}"), said))
    return rows


def dimension(name: str, language: Language) -> str:
    """What groups are by; a column is named as it is."""
    return language.say(f"satisfaction.by-{name}") if name in DIMENSIONS else name


def group_name(row: ScoreBy, language: Language) -> str:
    """The name of a group."""
    if row.name == OTHER:
        return language.say("dropoff.other")
    if row.name == NONE:
        return language.say("satisfaction.none")
    if row.dimension == STATE:
        return language.say(f"satisfaction.state-{row.name}")
    if row.dimension == CONTACT:
        had = row.name == HAD_CONTACT
        return language.say(f"satisfaction.{'contact-before' if had else 'no-contact-before'}")
    if row.dimension == DEVIATION:
        step, _, what = row.name.rpartition(": ")
        return f"{step}: {language.say(f'deviation.{what}')}"
    return row.name


def duration(row: LongAgainstShort | None, language: Language) -> str:
    """Long journeys against short ones, in a sentence; nothing where none can be said."""
    if row is None:
        return ""
    return language.say(
        "satisfaction.duration",
        time=language.seconds(row.at_seconds),
        n=language.count(row.long),
        of=language.count(row.short),
        difference=difference(row.difference, language),
    )
