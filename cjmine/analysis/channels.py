"""Channels: how much of the journeys runs through each, and where customers change channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cjmine.analysis.measured_part import MeasuredPart
from cjmine.counting.groups import Groups, Ints, added, counted, distinct, grouped, merged
from cjmine.counting.names import united
from cjmine.results.discovery import ChannelRow, SwitchRow
from cjmine.results.figures import OTHER, Counted

UNKNOWN = "(unknown)"


@dataclass(frozen=True, slots=True)
class FoldedChannels:
    """Channels, and switches between two, that are counted as one; `most` customers are kept."""

    channels: tuple[str, ...]
    is_unknown_folded: bool
    source: tuple[str, ...]
    target: tuple[str, ...]
    most: int


@dataclass(frozen=True, slots=True)
class ChannelCounts:
    """What is behind each channel and each switch of channel.

    The last two of the `names` are the unknown and the folded channel. `source` and `target` are
    their codes; a switch from and to the folded channel is that of the folded switches.
    `switching` are the customers who change channel at all.
    """

    names: tuple[str, ...]
    channels: Groups
    journeys: Ints
    source: Ints
    target: Ints
    switches: Groups
    switch_journeys: Ints
    switching: int


def count_channels(part: MeasuredPart, folded: FoldedChannels) -> ChannelCounts:
    """Count the channels of a part. Events and switches without a known channel are no switches."""
    journeys = part.journeys
    names = (*journeys.channels, UNKNOWN, OTHER)
    unknown, other = len(names) - 2, len(names) - 1
    channel = np.where(journeys.channel < 0, unknown, journeys.channel)
    rare = [name in folded.channels for name in journeys.channels]
    hidden = np.array([*rare, folded.is_unknown_folded, False])
    shown = np.where(hidden[channel], other, channel) if hidden.any() else channel
    by_channel = grouped(shown, len(names))
    source, target, pair, moved = _moves(part, folded)
    by_pair = grouped(pair, len(source))
    owner = part.owners(moved)
    return ChannelCounts(
        names,
        counted(by_channel, part.owners(by_channel.order), folded.most),
        by_channel.distinct(journeys.journey),
        source,
        target,
        counted(by_pair, owner[by_pair.order], folded.most),
        by_pair.distinct(journeys.journey[moved]),
        int((np.diff(owner) != 0).sum()) + 1 if len(owner) else 0,
    )


def _moves(part: MeasuredPart, folded: FoldedChannels) -> tuple[Ints, Ints, Ints, Ints]:
    """The pairs of channels between which journeys change, and of each change pair and event."""
    journeys = part.journeys
    here, there, journey = journeys.channel[:-1], journeys.channel[1:], journeys.journey
    moved = np.flatnonzero(here != there)
    known = (here[moved] >= 0) & (there[moved] >= 0)
    moved = moved[known & (journey[moved] == journey[moved + 1])]
    names = journeys.channels
    side, other = len(names), len(names) + 1
    code = here[moved].astype(np.int64) * side + there[moved]
    present = np.flatnonzero(np.bincount(code, minlength=side * side))
    source, target = present // max(side, 1), present % max(side, 1)
    row = np.zeros(side * side, np.int64)
    row[present] = np.arange(len(present))
    hidden = set(zip(folded.source, folded.target, strict=True))
    for place in range(len(present)):
        if hidden and (names[source[place]], names[target[place]]) in hidden:
            row[present[place]] = len(present)
    if hidden:
        source, target = np.append(source, other), np.append(target, other)
    return source, target, row[code], moved


def merge_channels(
    parts: Sequence[ChannelCounts], offsets: Sequence[int], most: int
) -> ChannelCounts:
    """The channels of all parts, in one vocabulary."""
    names, places = united([part.names[:-2] for part in parts])
    every = (*names, UNKNOWN, OTHER)
    side = len(every)
    places = [np.append(place, [side - 2, side - 1]) for place in places]
    keys = [
        place[part.source] * side + place[part.target]
        for part, place in zip(parts, places, strict=True)
    ]
    present = distinct(np.concatenate(keys))
    rows = [np.searchsorted(present, key) for key in keys]
    return ChannelCounts(
        every,
        merged([part.channels for part in parts], places, offsets, side, most),
        added([part.journeys for part in parts], places, side),
        present // side,
        present % side,
        merged([part.switches for part in parts], rows, offsets, len(present), most),
        added([part.switch_journeys for part in parts], rows, len(present)),
        sum(part.switching for part in parts),
    )


def channel_rows(found: ChannelCounts) -> tuple[ChannelRow, ...]:
    """Events and journeys of each channel, the largest first; none where no source has it."""
    if len(found.names) == 2:
        return ()
    rows = [
        ChannelRow(
            found.names[code],
            Counted(int(found.channels.occurrences[code]), found.channels.customers[code]),
            Counted(int(found.journeys[code]), found.channels.customers[code]),
        )
        for code in np.flatnonzero(found.channels.occurrences).tolist()
    ]
    return tuple(sorted(rows, key=lambda row: (row.channel == OTHER, -row.events, row.channel)))


def switch_rows(found: ChannelCounts) -> tuple[SwitchRow, ...]:
    """Changes from one known channel to another between neighbouring events of a journey."""
    rows = [
        SwitchRow(
            found.names[found.source[row]],
            found.names[found.target[row]],
            Counted(int(found.switches.occurrences[row]), found.switches.customers[row]),
            Counted(int(found.switch_journeys[row]), found.switches.customers[row]),
        )
        for row in np.flatnonzero(found.switches.occurrences).tolist()
    ]
    return tuple(sorted(rows, key=lambda row: (row.from_ == OTHER, -row.count, row.from_, row.to)))
