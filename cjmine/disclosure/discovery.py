"""From the counts of a log to what discover shows of it: small groups folded, in fixed order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.activities import activity_rows
from cjmine.analysis.channels import (
    ChannelCounts,
    channel_rows,
    count_channels,
    merge_channels,
    switch_rows,
)
from cjmine.analysis.chosen_notes import chosen_notes
from cjmine.analysis.discover import Asked, Counts, count, merge, offsets
from cjmine.analysis.flows import (
    FoundWaits,
    WantedWaits,
    edges,
    flow_rows,
    merge_found,
)
from cjmine.analysis.goal import goal_share
from cjmine.analysis.judged import Judging, judged_notes, judged_period
from cjmine.analysis.log_counts import CountedNote, notes_of, size_of, sources_of
from cjmine.analysis.loops import loop_rows
from cjmine.analysis.measured_part import MeasuredPart, Measuring
from cjmine.analysis.paths import AskedWaits, Paths, count_paths, find_wanted, merge_paths
from cjmine.counting.groups import Flags, Ints
from cjmine.counting.rounds import Rounds
from cjmine.disclosure.flows import flows_to_hide
from cjmine.disclosure.folds import activities_to_fold, channels_to_fold
from cjmine.disclosure.notes import policy_notes, shown_notes
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.refusals import refuse_small_result
from cjmine.disclosure.segments import segments_of
from cjmine.disclosure.shown import shown
from cjmine.disclosure.variants import variant_rows
from cjmine.errors import Note
from cjmine.eventlog.chosen import EVERYBODY, Filter
from cjmine.eventlog.log import About
from cjmine.miner.waits import BUCKETS, cells_wanted
from cjmine.results.discovery import Discovery, goal_of
from cjmine.results.figures import Counted
from cjmine.results.log import Privacy
from cjmine.results.share import WITHHELD


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is listed. `top` None lists every variant; `by` names a column of the log.

    `judging` says how journeys are judged, where there is a goal. `filters` say which
    journeys are counted.

    The goal is `is_known` where enough customers have one of its activities, or all may be shown.
    """

    goal: tuple[str, ...] = ()
    is_known: bool = True
    by: str | None = None
    top: int | None = None
    judging: Judging | None = None
    filters: Filter = EVERYBODY


@dataclass(frozen=True, slots=True)
class Found:
    """The counts of a log after folding, and the waits of the flows that are shown."""

    counts: Counts
    paths: Paths
    channels: ChannelCounts
    hidden: Flags
    cells: Ints
    waits: FoundWaits


def found_in(rounds: Rounds[Measuring, MeasuredPart], asked: Asked, policy: Policy) -> Found:
    """Count the parts of a log: everything, then again what folds, then the waits of quantiles.

    Raises PrivacyError P103 where the log is about fewer customers than may be shown.
    """
    parts = rounds.ask(count, asked, Counts)
    counts, before = merge(parts, asked.most), offsets(parts)
    del parts
    refuse_small_result(counts.log.customers, policy, is_chosen=bool(counts.aside.journeys.size))
    folded = activities_to_fold(counts.paths, policy.min_group)
    paths, channels = counts.paths, counts.channels
    if folded.activities:
        paths = merge_paths(rounds.ask(count_paths, folded, Paths), before, asked.most)
    rare = channels_to_fold(channels, policy.min_group)
    if rare.channels or rare.is_unknown_folded or rare.source:
        again = rounds.ask(count_channels, rare, ChannelCounts)
        channels = merge_channels(again, before, asked.most)
    hidden = flows_to_hide(paths.flows, policy.min_group)
    cells, wanted = _wanted(paths, hidden)
    waits = FoundWaits(np.zeros(1, np.int64), np.zeros(0, np.int64))
    if len(cells):
        waits = merge_found(rounds.ask(find_wanted, AskedWaits(folded, wanted), FoundWaits))
    return Found(counts, paths, channels, hidden, cells, waits)


def _wanted(paths: Paths, hidden: Flags) -> tuple[Ints, WantedWaits]:
    flows, names = paths.flows, paths.names
    cells = cells_wanted(flows.waits, np.flatnonzero(flows.inner & ~hidden))
    row = cells // BUCKETS
    return cells, WantedWaits(
        tuple(names[code] for code in flows.source[row].tolist()),
        tuple(names[code] for code in flows.target[row].tolist()),
        cells % BUCKETS,
    )


def discovery_of(
    found: Found, about: About, wishes: Wishes, policy: Policy, notes: tuple[Note, ...] = ()
) -> Discovery:
    """What may be shown of what was found; `notes` come after those on the log."""
    counts, names = found.counts, found.paths.names
    starts, ends = edges(found.paths.flows, found.hidden, len(names))
    variants = variant_rows(counts.variants, wishes.top, policy.min_group)
    switching = policy.is_small(found.channels.switching)
    is_known = wishes.is_known or not counts.log.journeys
    reached = goal_share(counts.goal) if is_known else WITHHELD
    judged = None
    judged_says: tuple[CountedNote, ...] = ()
    if wishes.judging is not None and counts.judged is not None:
        unseen = Counted(counts.log.unseen, counts.log.unseen_customers)
        judged = judged_period(counts.judged, wishes.judging, unseen)
        judged_says = tuple(judged_notes(counts.judged, wishes.judging))
    activities = int(np.count_nonzero(counts.paths.activities.groups.occurrences))
    finished = Discovery(
        schema="cjmine/discover/1",
        log=size_of(counts.log, about, activities, len(counts.variants), wishes.filters),
        sources=sources_of(about),
        activities=activity_rows(names, found.paths.activities, starts, ends),
        directly_follows=flow_rows(
            names, found.paths.flows, found.hidden, found.cells, found.waits, counts.log.customers
        ),
        variants=variants.rows,
        goal=goal_of(wishes.goal, reached) if wishes.goal else None,
        channels=channel_rows(found.channels),
        loops=loop_rows(names, found.paths.loops),
        switches=() if switching else switch_rows(found.channels),
        segments=segments_of(counts.goal, wishes.by, bool(wishes.goal) and is_known, policy),
        notes=(
            *shown_notes(
                (
                    *notes_of(counts.log, about),
                    *chosen_notes(counts.aside, wishes.filters),
                    *judged_says,
                ),
                policy,
            ),
            *notes,
            *policy_notes(policy),
        ),
        privacy=Privacy(policy.min_group, variants.folded, about.key_id, policy.release),
        judged=judged,
        variant_groups=variants.groups,
    )
    return shown(finished, policy)
