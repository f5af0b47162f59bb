"""What was measured beside the steps of the ideal: channels, waits, additions, answers."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cjmine.analysis.additions import additions
from cjmine.analysis.folding import Gate, Part, hidden_cells
from cjmine.analysis.ideal_shape import ideal_shape
from cjmine.analysis.populations import Populations
from cjmine.analysis.scores import scores
from cjmine.analysis.walked import Walked
from cjmine.conformance.alignments import NOWHERE
from cjmine.privacy.small_groups import is_small
from cjmine.results.map import ChannelUse, JourneyMap, Wait


def journey_map(populations: Populations, gate: Gate, shown: frozenset[str]) -> JourneyMap:
    """What a map of the journey shows beside the figures of its steps; no log gives empty parts.

    Truncated journeys are left out, open ones count as far as they came. What too few customers
    stand behind is withheld or left out; `shown` are the undeclared touchpoints that are told.
    """
    declared = populations.comparison.ideal.journey
    columns, brackets = ideal_shape(declared)
    walked = Walked(populations, gate)
    return JourneyMap(
        columns=columns,
        brackets=brackets,
        channels=tuple(channels(walked)),
        waits=tuple(waits(walked)),
        additions=tuple(additions(walked, shown)),
        scores=tuple(scores(walked)),
    )


def channels(walked: Walked) -> Iterator[ChannelUse]:
    """How often each step was met on each channel; an unknown one is a channel too."""
    kept = walked.populations.comparison.kept
    step = walked.matched[walked.in_variant]
    here = (step != NOWHERE) & walked.seen[kept.journey]
    unknown = len(kept.channels)
    row, column = step[here], kept.channel[here].astype(np.int64)
    column[column < 0] = unknown
    journey = kept.journey[here].astype(np.int64)
    customer = kept.customer[journey].astype(np.int64)
    shape = (len(walked.labels), unknown + 1)
    if not unknown or not len(row):
        return
    hidden = hidden_cells(row, column, customer, shape, walked.gate.min_group)
    counts = np.bincount(row * shape[1] + column, minlength=shape[0] * shape[1]).reshape(shape)
    for number in walked.steps():
        total = int(counts[number].sum())
        if is_small(walked.gate.customers(journey[row == number]), walked.gate.min_group):
            continue
        for code in sorted(range(unknown), key=kept.channels.__getitem__):
            count = int(counts[number, code])
            if count:
                told = None if hidden[number, code] else count
                yield ChannelUse(walked.labels[number], kept.channels[code], told, total)


def waits(walked: Walked) -> Iterator[Wait]:
    """How long each step came after the match before it: the first match of a journey."""
    kept = walked.populations.comparison.kept
    flat = walked.in_variant
    step, before = walked.matched[flat], walked.match_before[flat]
    rows = np.flatnonzero((step != NOWHERE) & walked.seen[kept.journey])
    order = np.argsort(step[rows], kind="stable")  # within a step in the order of journeys
    rows = rows[order]
    bounds = np.searchsorted(step[rows], np.arange(len(walked.labels) + 1))
    for number in walked.steps():
        having = rows[bounds[number] : bounds[number + 1]]
        follows = having[before[having] != NOWHERE]
        who = kept.journey[follows].astype(np.int64)
        first = np.diff(who, prepend=-1) != 0
        at, journeys = follows[first], who[first]
        customers = walked.gate.customers(journeys)
        if not len(journeys) or is_small(customers, walked.gate.min_group):
            continue
        wait = kept.time[at] - kept.time[at - (flat[at] - before[at])]
        median, p90 = (
            None
            if is_small(round(min(share, 1 - share) * customers), walked.gate.min_group)
            else float(np.quantile(wait, share)) / 1e6
            for share in (0.5, 0.9)
        )
        every = kept.journey[having].astype(np.int64)
        of = every[np.diff(every, prepend=-1) != 0]
        part = Part.once(journeys, of, *walked.around(walked.labels[number]))
        told = None if walked.gate.tells_too_much(part) else len(journeys)
        yield Wait(walked.labels[number], told, median, p90)
