"""What customers answered, in words: the same on every screen, map and page."""

from __future__ import annotations

from cjmine.reporters.language import DASH, Language
from cjmine.results.map import Score
from cjmine.scales import Scale, Summary


def score(row: Score, language: Language) -> str:
    """The figure by its name: a net promoter score in points, a share, or a mean on its scale."""
    if row.value is None:
        return f"{row.metric} {DASH}"
    shown = _number(row, row.value, language)
    match row.summary:
        case Summary.SHARE:
            return f"{row.metric} {shown} %"
        case Summary.MEAN if row.scale is Scale.CES_5_LOW:
            return language.say("score.effort", metric=row.metric, mean=shown, high=row.scale.high)
        case Summary.MEAN if row.scale is not None:
            return language.say("score.mean", metric=row.metric, mean=shown, high=row.scale.high)
    return f"{row.metric} {shown}"


def interval(row: Score, language: Language) -> str:
    """The 95 % interval of the figure; empty where it is withheld or unknown."""
    if row.low is None or row.high is None:
        return ""
    low, high = (_number(row, one, language) for one in (row.low, row.high))
    return language.say("score.interval", low=low, high=high)


def close(row: Score, language: Language) -> str:
    """The figure without its name, with half the width of its interval: `31 (±6)`."""
    if row.value is None:
        return DASH
    value = _number(row, row.value, language)
    if row.low is None or row.high is None:
        return value
    half = _number(row, (row.high - row.low) / 2, language)
    return language.say("portfolio.close", value=value, half=half)


def score_in_words(row: Score, language: Language) -> str:
    """The figure with its interval."""
    within = interval(row, language)
    return f"{score(row, language)} ({within})" if within else score(row, language)


def _number(row: Score, value: float, language: Language) -> str:
    if row.summary is Summary.POINTS:
        return language.number(f"{value:z.0f}").replace("-", "−")
    return language.number(f"{100 * value if row.summary is Summary.SHARE else value:z.1f}")
