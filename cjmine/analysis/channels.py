"""Channels: how much of the journeys runs through each, and where customers change channel."""

from __future__ import annotations

import numpy as np

from cjmine.eventlog.journeys import Journeys
from cjmine.miner.flows import distinct_customers, grouped
from cjmine.privacy.small_groups import OTHER, Members, hidden_parts, is_small
from cjmine.results.discovery import ChannelRow, SwitchRow

UNKNOWN = "(unknown)"


def channel_rows(journeys: Journeys, min_group: int) -> tuple[ChannelRow, ...]:
    """Events and journeys of each channel, the largest first; none where no source tells it."""
    if not journeys.channels or not len(journeys):
        return ()
    names = (*journeys.channels, UNKNOWN, OTHER)
    channel = np.where(journeys.channel < 0, len(names) - 2, journeys.channel)
    by_channel = grouped(channel, len(names))
    customers = distinct_customers(by_channel, journeys)
    if ((customers > 0) & (customers < min_group)).any():
        customer = journeys.customer[journeys.journey]
        behind = Members(by_channel.bounds, customer[by_channel.order])
        hidden = hidden_parts(behind, customers, by_channel.sizes, min_group)
        channel = np.where(hidden[channel], len(names) - 1, channel)
        by_channel = grouped(channel, len(names))
    used = by_channel.distinct(journeys.journey)
    rows = [
        ChannelRow(names[code], int(by_channel.sizes[code]), int(used[code]))
        for code in np.flatnonzero(by_channel.sizes).tolist()
    ]
    return tuple(sorted(rows, key=lambda row: (row.channel == OTHER, -row.events, row.channel)))


def switch_rows(journeys: Journeys, min_group: int) -> tuple[SwitchRow, ...]:
    """Changes from one known channel to another between neighbouring events of a journey.

    None where fewer than `min_group` customers change at all.
    """
    if len(journeys.channels) < 2 or len(journeys.activity) < 2:
        return ()
    here, there = journeys.channel[:-1], journeys.channel[1:]
    journey = journeys.journey
    moved = np.flatnonzero(here != there)
    known = (here[moved] >= 0) & (there[moved] >= 0)
    moved = moved[known & (journey[moved] == journey[moved + 1])]
    if not len(moved):
        return ()
    side = len(journeys.channels)
    pair = here[moved].astype(np.int64) * side + there[moved]
    owner = journey[moved]
    by_pair = grouped(pair, side * side + 1)
    customer = journeys.customer[owner]
    if is_small(len(np.unique(customer)), min_group):
        return ()
    customers = by_pair.distinct(customer)
    behind = Members(by_pair.bounds, customer[by_pair.order])
    hidden = hidden_parts(behind, customers, by_pair.sizes, min_group)
    if hidden.any():
        by_pair = grouped(np.where(hidden[pair], side * side, pair), side * side + 1)
    used = by_pair.distinct(owner)
    rows = []
    for code in np.flatnonzero(by_pair.sizes).tolist():
        folded = code == side * side
        source = OTHER if folded else journeys.channels[code // side]
        target = OTHER if folded else journeys.channels[code % side]
        rows.append(SwitchRow(source, target, int(by_pair.sizes[code]), int(used[code])))
    return tuple(sorted(rows, key=lambda row: (row.from_ == OTHER, -row.count, row.from_, row.to)))
