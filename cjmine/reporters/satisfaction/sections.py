"""The tables of a satisfaction in words, for its summary and its page: headings and cells."""

from __future__ import annotations

from cjmine.reporters.language import Language
from cjmine.reporters.satisfaction.words import (
    difference,
    dimension,
    end_mean,
    figure,
    group_name,
    mean,
    moment_name,
    probability,
    verdict,
)
from cjmine.results.satisfaction import Rating, Satisfaction, Score

Cells = tuple[list[str], list[list[str]]]


def group_rows(score: Score, language: Language) -> Cells:
    """Groups of customers: what they are by, who answered, the figure and the mean."""
    keys = ("by", "group", "asked", "response", "mean")
    heads = [language.say(f"satisfaction.head-{key}") for key in keys]
    heads.insert(-1, score.kind)
    rows = [
        [
            dimension(row.dimension, language),
            group_name(row, language),
            language.count(row.response.of),
            language.with_interval(row.response) if row.response.of else language.count(row.n),
            figure(row, "", score.summary, language),
            mean(row, language),
        ]
        for row in score.by
    ]
    return heads, rows


def moment_rows(found: Satisfaction, score: Score, language: Language) -> Cells:
    """Steps passed badly against passed well."""
    keys = ("moment", "bad", "good", "difference", "q", "verdict")
    heads = [language.say(f"satisfaction.head-{key}") for key in keys]
    rows = [
        [
            moment_name(row, language),
            *(_side(one, score, language) for one in (row.bad, row.good)),
            difference(row.difference, language),
            probability(row.q, language),
            verdict(row, language),
        ]
        for row in found.moments
        if row.kind == score.kind
    ]
    return heads, rows


def _side(one: Rating, score: Score, language: Language) -> str:
    """How many, the mean, and the figure."""
    shown = language.say("satisfaction.mean-of", mean=mean(one, language), n=language.count(one.n))
    return f"{shown}; {figure(one, score.kind, score.summary, language)}"


def end_rows(score: Score, language: Language) -> Cells:
    """The four means of peak and end."""
    heads = [
        language.say("satisfaction.ends"),
        *(language.say(f"satisfaction.end-{one}") for one in ("good", "bad")),
    ]
    rows = [
        [
            language.say(f"satisfaction.{key}"),
            *(end_mean(row, language) for row in score.ends if row.bad_before == before),
        ]
        for before, key in ((False, "before-good"), (True, "before-bad"))
    ]
    return heads, rows if any(row.n for row in score.ends) else []
