"""The journeys of a check by a column, on the screen."""

from __future__ import annotations

from cjmine.reporters.check.words import share
from cjmine.reporters.escaping import padded
from cjmine.reporters.language import Language
from cjmine.results.check import Check

_MOST_ROWS = 25


def screen(found: Check, language: Language) -> list[str]:
    """One line a value: its journeys, the shares that reach the goal and that are as designed."""
    if found.segments is None or not found.segments.values:
        return []
    title = language.say("screen.by", attribute=found.segments.by)
    heads = [language.say(f"screen.head-{one}") for one in ("journeys", "goal", "as-designed")]
    lines = [f"{padded(title, 20)} {heads[0]:>9}  {padded(heads[1], 23)}  {heads[2]}"]
    for row in found.segments.values[:_MOST_ROWS]:
        goal, fitting = share(row.goal, language), share(row.fitting, language)
        count = language.count(row.journeys)
        lines.append(f"{padded(row.value, 20)} {count:>9}  {padded(goal, 23)}  {fitting}")
    more = len(found.segments.values) - _MOST_ROWS
    if more > 0:
        lines.append(language.say("screen.segments-more", more=language.count(more)))
    return lines
