"""The journeys of a check by a column, on the screen."""

from __future__ import annotations

from cjmine.reporters.check.words import share
from cjmine.reporters.escaping import padded
from cjmine.reporters.terminal import Screen
from cjmine.results.check import Check

_MOST_ROWS = 25


def drawn(found: Check, screen: Screen) -> list[str]:
    """One line a value: its journeys, the shares that reach the goal and that are as designed."""
    if found.segments is None or not found.segments.values:
        return []
    language, values = screen.language, found.segments.values[:_MOST_ROWS]
    title = language.say("screen.by", attribute=found.segments.by)
    heads = [language.say(f"screen.head-{one}") for one in ("journeys", "goal", "as-designed")]
    wide = screen.names([title, *(row.value for row in values)], 20)
    lines = [f"{padded(title, wide)} {heads[0]:>9}  {padded(heads[1], 23)}  {heads[2]}"]
    for row in values:
        goal, fitting = share(row.goal, language), share(row.fitting, language)
        count = language.count(row.journeys)
        lines.append(f"{padded(row.value, wide)} {count:>9}  {padded(goal, 23)}  {fitting}")
    more = len(found.segments.values) - _MOST_ROWS
    if more > 0:
        lines.append(language.say("screen.segments-more", more=language.count(more)))
    return lines
