"""The words of outliers that their screen, their summary and their page share."""

from __future__ import annotations

from datetime import date

from cjmine.reporters.language import DASH, Language
from cjmine.results.outliers import (
    Candidate,
    CandidateKind,
    Condition,
    Contrast,
    CoveredFrom,
    Lift,
    Outliers,
    OutlierWave,
    What,
)
from cjmine.results.verdicts import Confirmation

HEADS = ("shared", "with", "without", "times", "other-half", "verdict")


def heads(language: Language) -> list[str]:
    """The headings of a table of contrasts, in the order of `HEADS`."""
    return [language.say(f"outliers.head-{one}") for one in HEADS]


def headline(found: Outliers, language: Language) -> str:
    """How many are as designed, in a sentence."""
    return language.say(
        "outliers.headline",
        journey=found.journey,
        share=", ".join(language.ratio_parts(found.as_designed)),
        happy=_happy(found, language),
        completed=language.count(found.completed),
        deviating=language.count(found.deviating),
    )


def _happy(found: Outliers, language: Language) -> str:
    if found.happy == 1:
        return language.say("outliers.as-designed")
    return language.say("outliers.as-happy", fitness=language.number(f"{found.happy:g}"))


def lost(found: Outliers, language: Language) -> list[str]:
    """Who had no answer, and who is silent; a sentence each."""
    said = []
    hole = found.black_hole
    if hole is not None:
        share = ", ".join(language.ratio_parts(hole.share))
        said.append(
            language.say("outliers.black-hole", share=share, again=language.count(hole.again))
        )
    if found.silent is not None:
        share = ", ".join(language.ratio_parts(found.silent))
        said.append(language.say("outliers.silent", share=share))
    return said


def contrasts(found: Outliers) -> list[Contrast]:
    """The contrasts that are shown in words: those that the other half confirms."""
    rows = found.contrasts or ()
    return [one for one in rows if one.verdict is Confirmation.CONFIRMED]


def contrast_cells(one: Contrast, language: Language) -> list[str]:
    """A contrast in the order of `HEADS`."""
    return [
        condition(one, language),
        language.ratio(one.found.with_),
        language.share(one.found.without.n, one.found.without.of),
        times(one.found, language),
        f"{times(one.confirmed, language)}, {chance(one.q, language)}",
        language.say(f"outliers.{one.verdict.replace(' ', '-')}"),
    ]


def condition(one: Contrast, language: Language) -> str:
    """What journeys share, in words."""
    joined = language.say("outliers.and")
    return f" {joined} ".join(_part(part, language) for part in one.parts)


def _part(one: Condition, language: Language) -> str:
    if one.what is What.VALUE:
        return f"{one.column} {one.value}"
    value = day(one.value, language) if one.what is What.WEEK else one.value
    return language.say(f"outliers.by-{one.what.value}", value=value)


def times(found: Lift, language: Language) -> str:
    """A ratio with its interval: `1.4 (1.2 to 1.6)`."""
    value, low, high = (
        language.number(f"{one:.2f}") for one in (found.value, found.low, found.high)
    )
    return language.say("report.with-interval", value=value, low=low, high=high)


def chance(q: float, language: Language) -> str:
    """A q, with three places.

    >>> from cjmine.reporters.language import english
    >>> chance(0.0123, english()), chance(0.00001, english())
    ('q 0.012', 'q <0.001')
    """
    return language.number(f"q {q:.3f}" if q >= 0.0005 else "q <0.001")


def unconfirmed(found: Outliers, language: Language) -> str:
    """How many of those found are not confirmed; "" without any."""
    rows = found.contrasts or ()
    others = len(rows) - len(contrasts(found))
    if found.contrasts is None:
        return ""
    if not rows:
        return language.say("outliers.nothing-shared")
    return language.say("outliers.unconfirmed", n=language.count(others)) if others else ""


def wave_name(one: OutlierWave, language: Language) -> str:
    """When a wave was and what of: `25 to 27 March 2026  Call: bill`."""
    first, last = date.fromisoformat(one.from_), date.fromisoformat(one.until)
    return f"{language.days((first, last))}  {one.reason}"


def wave_size(one: OutlierWave, language: Language) -> str:
    """How many there were, how many were expected, and how surely it is no chance."""
    return language.say(
        "outliers.wave",
        n=language.count(one.n),
        expected=language.number(f"{one.expected:.1f}"),
        low=language.number(f"{one.excess.low:,.0f}"),
        high=language.number(f"{one.excess.high:,.0f}"),
        more=language.number(f"{one.excess.value:,.0f}"),
        phi=language.number(f"{one.dispersion:.1f}"),
        p=language.number(f"{one.p:.4f}"),
    )


def came_before(one: OutlierWave, language: Language) -> str:
    """What came before a wave, the nearest first; "" where nothing is known."""
    if not one.candidates:
        return language.say("outliers.nothing-before")
    said = "; ".join(_candidate(row, language) for row in one.candidates)
    text = language.say("outliers.before", said=said)
    per = one.per_thousand
    if per is None:
        return text
    value, low, high = (language.number(f"{x:.0f}") for x in (per.value, per.low, per.high))
    figure = language.say("report.with-interval", value=value, low=low, high=high)
    return f"{text} {language.say('outliers.per-thousand', figure=figure)}"


def _candidate(one: Candidate, language: Language) -> str:
    text = language.say(
        f"outliers.candidate-{one.kind.value}",
        what=one.what,
        day=day(one.at, language),
        n=language.count(one.n),
    )
    if one.kind is CandidateKind.CHANGE or not one.days:
        return text
    return f"{text} ({language.say('outliers.earlier', days=language.counted('day', one.days))})"


def coverage(one: CoveredFrom, language: Language) -> str:
    """What begins or ends, and when."""
    parts = []
    if one.begins is not None:
        parts.append(language.say("trend.begins", day=day(one.begins, language)))
    if one.ends is not None:
        parts.append(language.say("trend.ends", day=day(one.ends, language)))
    return f"{language.say(f'outliers.of-{one.what.value}')} {one.name}: {', '.join(parts)}"


def day(written: str, language: Language) -> str:
    """A day in words; a dash for none."""
    return language.day(date.fromisoformat(written)) if written else DASH
