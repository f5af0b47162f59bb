"""Tables for a job summary, a wiki or a pull request."""

from __future__ import annotations

from cjmine.reporters.discovery.tables import ACTIVITIES, CHANNELS, VARIANTS
from cjmine.reporters.formats import Asked
from cjmine.reporters.judged import judged_counts
from cjmine.reporters.language import Language
from cjmine.reporters.markdown_table import markdown, markdown_table, note
from cjmine.results.discovery import Discovery
from cjmine.results.share import Share


def render(found: Discovery, asked: Asked) -> str:
    """A discovery as Markdown; ends without a line feed."""
    language = asked.language.about(found.privacy)
    size = found.log
    counts = language.say(
        "summary.size",
        journeys=language.count(size.journeys),
        customers=language.count(size.customers),
        events=language.count(size.events),
        activities=language.count(size.activities),
        variants=language.count(size.variants),
    )
    if size.days:
        counts += f", {language.period(size.days, size.zone)}"
    parts = [f"## {language.say('report.title-measured')}", counts]
    if found.goal is not None:
        either = f" {language.say('report.or')} "
        name = either.join(markdown(one) for one in found.goal.activities)
        rate = _rate(found.goal.share, language.judging(found.judged))
        if found.judged is not None and found.goal.of:
            rate = judged_counts(rate, found.judged, found.log.zone, language)
        parts.append(language.say("summary.goal", goal=name, rate=rate))
    parts.append(markdown_table(ACTIVITIES, found, language))
    parts.append(f"### {language.say('summary.variants')}")
    parts.append(markdown_table(VARIANTS, found, language))
    if found.channels:
        parts.append(f"### {language.say('report.channels')}")
        parts.append(markdown_table(CHANNELS, found, language))
    if found.notes:
        parts.append(f"### {language.say('report.notes')}")
        parts.append("\n".join(note(one, language) for one in found.notes))
    folded = language.count(found.privacy.folded_journeys)
    smallest = language.count(found.privacy.min_group)
    parts.append(language.say("summary.folded", k=smallest, n=folded))
    return "\n\n".join(parts)


def _rate(rate: Share, language: Language) -> str:
    if rate.n is None:
        return language.say("figure.withheld")
    if rate.value is not None:
        return language.ratio(rate)
    counts = language.say("figure.of", n=language.count(rate.n), of=language.count(rate.of))
    return f"{language.say('figure.undefined')}, {counts}"
