"""Which journeys a figure is about: those that had their full time, and when they begin."""

from __future__ import annotations

from cjmine.reporters.language import Language
from cjmine.results.full_time import JudgedPeriod


def judged_counts(counts: str, judged: JudgedPeriod, zone: str, language: Language) -> str:
    """Counts of journeys with the period judged: `2 of 3 begun 1 to 17 May 2026, 3 more later`.

    Days are those of `zone`, the zone of the log.
    """
    period = language.days(judged.days(zone))
    text = language.say("figure.ended", counts=counts, period=period)
    if judged.later:
        text += ", " + language.say("figure.later", n=language.count(judged.later))
    return text
