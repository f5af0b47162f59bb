"""What to fix first, for the head of a report and for its map."""

from __future__ import annotations

from cjmine.ideal.deviations import DeviationClass
from cjmine.reporters.journey_map.first import First
from cjmine.reporters.language import Language
from cjmine.reporters.priorities.words import amount, ceilings, gains, money, name
from cjmine.results.map import JourneyMap
from cjmine.results.priorities import CONTACT, Priorities

FIRST = 3


def first_places(found: Priorities, drawn: JourneyMap, language: Language) -> tuple[First, ...]:
    """Where the first three are on a map: at their step; undeclared ones where the map has them.

    What happens before any step is at no place of the map.
    """
    added = {one.activity: one.after for one in drawn.additions}
    places: list[First] = []
    for rank, one in enumerate(gains(found)[:FIRST], 1):
        step = one.at if one.class_ == CONTACT else one.step
        if one.class_ == DeviationClass.UNEXPECTED:
            step = added.get(one.step, one.at)
        if step is not None:
            places.append(First(step, rank, name(one, language)))
    return tuple(places)


def what_to_do(found: Priorities, language: Language) -> str:
    """What to fix first and what that gives, in one or two sentences; "" where nothing is known.

    Where no deviation is shown to cost goals, the largest loss with its ceiling.
    """
    first, lost = gains(found), ceilings(found)
    if not first:
        if not lost:
            return ""
        most = amount(lost[0].gain, language)
        return language.say("priorities.most-lost", item=name(lost[0], language), gain=most)
    one, worth = first[0], ""
    if one.money is not None:
        worth = f", {money(one.money, found.worth, language)}"
    said = language.say(
        "priorities.do-first",
        item=name(one, language),
        gain=amount(one.gain, language),
        worth=worth,
    )
    if found.together is None or len(first) < 2:
        return said
    together = language.say(
        "priorities.do-together",
        items=language.count(found.together.items),
        gain=amount(found.together.gain, language),
    )
    return f"{said} {together}"
