"""What a step of the map shows, in words: for who does not see the picture."""

from __future__ import annotations

from cjmine.reporters.journey_map import measured_lane
from cjmine.reporters.journey_map.figures import Figures
from cjmine.reporters.journey_map.heard import quoted
from cjmine.reporters.journey_map.measured_lane import Scale
from cjmine.reporters.language import Language


def sentence(one: Figures, scale: Scale, words: Language) -> str:
    """What a step shows, in words."""
    parts = [f"{one.column.step} ({one.column.stage})"]
    row = one.row
    if row.reached is not None and scale.of:
        parts.append(
            words.say(
                "map.said-reached",
                share=words.share(row.reached, scale.of),
                n=words.count(row.reached),
                of=words.count(scale.of),
            )
        )
    if row.abandoned is None:
        parts.append(words.say("map.lost-withheld"))
    elif row.abandoned and row.drop_off is not None:
        parts.append(words.say("map.said-lost", lost=words.ratio(row.drop_off)))
    if one.repeated is not None and one.repeated.journeys:
        share = words.share(one.repeated.journeys, one.repeated.of)
        parts.append(words.say("map.said-repeated", share=share))
    parts += [measured_lane.in_words(addition, words) for addition in one.additions]
    parts += [words.say("map.said-first", rank=two.rank, what=two.what) for two in one.firsts]
    parts += [quoted(two, words) for two in one.heard]
    if one.broken:
        codes = ", ".join(sorted(one.broken))
        parts.append(words.say("map.said-broken", codes=codes))
    return ". ".join(parts) + "."
