"""What a journey map may show beside its steps."""

from __future__ import annotations

from collections.abc import Iterator

from cjmine.analysis.ideal_shape import ideal_shape
from cjmine.analysis.journey_map import MapFigures, Placed, additions, waits
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import may_show, shown
from cjmine.disclosure.step_table import hidden_cells
from cjmine.results.figures import Counted
from cjmine.results.map import Addition, ChannelUse, JourneyMap


def shown_map(found: MapFigures, touchpoints: frozenset[str], policy: Policy) -> JourneyMap:
    """The map; `touchpoints` are the undeclared ones that are shown one by one elsewhere."""
    columns, brackets = ideal_shape(found.ideal.journey)
    result = shown(
        JourneyMap(
            columns=columns,
            brackets=brackets,
            channels=tuple(_channels(found, policy)),
            waits=tuple(waits(found)),
            additions=tuple(_additions(found, touchpoints, policy)),
        ),
        policy,
    )
    return JourneyMap(
        columns=result.columns,
        brackets=result.brackets,
        channels=result.channels,
        waits=tuple(
            one
            for one in result.waits
            if (one.journeys, one.median_seconds, one.p90_seconds) != (None, None, None)
        ),
        additions=result.additions,
    )


def _channels(found: MapFigures, policy: Policy) -> Iterator[ChannelUse]:
    """How often each step was met on each channel that enough customers used at all."""
    counts, channels = found.counts, found.channels
    wide = len(channels) + 1
    if not channels or not counts.met.count.any():
        return
    sizes, people = (table.reshape(-1, wide) for table in (counts.met.count, counts.met.customers))
    hidden = hidden_cells(sizes, people, policy.min_group)
    for step in found.steps():
        of = counts.met_at.counted(step)
        for code, channel in enumerate(channels):
            if not sizes[step, code] or policy.is_small(int(counts.met_on.customers[code])):
                continue
            events = None if hidden[step, code] else counts.met.counted(step * wide + code)
            yield ChannelUse(found.ideal.space.labels[step], channel, events, of)


def _additions(
    found: MapFigures, touchpoints: frozenset[str], policy: Policy
) -> Iterator[Addition]:
    """Undeclared touchpoints by the step that they come after, the commonest first.

    Where one place of a touchpoint is withheld, it could be computed from the others and the
    whole: then only the whole is shown.
    """
    drawn: list[tuple[int, Addition]] = []
    for one in additions(found, touchpoints):
        drawn += _shown_places(one, policy)
    drawn.sort(key=lambda one: (one[0], -one[1].journeys, one[1].activity))
    yield from (one for _, one in drawn)


def _shown_places(one: Placed, policy: Policy) -> list[tuple[int, Addition]]:
    if all(_may_show(row.journeys, policy) for _, row in one.places):
        return list(one.places)
    place, whole = one.everywhere
    if _may_show(whole.journeys, policy) and not policy.is_small(one.there.customers):
        return [(place, whole)]
    return []


def _may_show(count: int, policy: Policy) -> bool:
    assert isinstance(count, Counted)
    return may_show(count, policy)
