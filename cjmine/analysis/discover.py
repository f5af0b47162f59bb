"""From a cut log to what is shown of it: counted once, small groups folded, in fixed order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from cjmine.analysis.channels import channel_rows, switch_rows
from cjmine.analysis.loops import loop_rows
from cjmine.analysis.measured import (
    ActivityRow,
    Discovery,
    FlowRow,
    GoalRow,
    LogSize,
    PrivacyUse,
    SegmentRow,
    VariantRow,
)
from cjmine.analysis.ratio import Ratio
from cjmine.errors import Code, Note, did_you_mean
from cjmine.eventlog.journeys import Journeys
from cjmine.eventlog.log import EventLog
from cjmine.eventlog.quality import exact_duplicates
from cjmine.eventlog.variants import Variants, variants
from cjmine.miner.flows import Flows, Grouped, flows, grouped
from cjmine.privacy.rare_variants import Traces, VariantGroup, fold_variants
from cjmine.privacy.small_groups import (
    DEFAULT_MIN_GROUP,
    OTHER,
    FlowTable,
    Members,
    hidden_flows,
    hidden_parts,
    is_small,
    refuse_small_result,
)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What to look at. `top` None lists every variant; `by` names an attribute of the log."""

    goal: tuple[str, ...] = ()
    by: str | None = None
    top: int | None = None
    min_group: int = DEFAULT_MIN_GROUP


def discover_journeys(log: EventLog, journeys: Journeys, wishes: Wishes) -> Discovery:
    """Which journeys were measured, where they end, how they vary.

    Open journeys count as far as they came; an empty log gives empty lists. Raises PrivacyError
    P103 where the log is about fewer customers than `min_group`.
    """
    refuse_small_result(journeys.customers, wishes.min_group)
    found = variants(journeys)
    folded, by_activity = _with_folded_activities(journeys, wishes.min_group)
    counted = flows(folded)
    shown = _Shown(folded, by_activity, counted, wishes.min_group)
    variant_rows, folded_journeys, groups = _variant_rows(found, journeys, wishes)
    goal = _goal(journeys, wishes)
    size = LogSize(
        events=len(journeys.activity),
        journeys=len(journeys),
        customers=journeys.customers,
        activities=int((np.bincount(journeys.activity) > 0).sum()) if len(journeys) else 0,
        variants=len(found),
        tied_journeys=journeys.tied,
        period=log.period,
        without_entry=journeys.without_entry,
        before_entry=journeys.before_entry,
    )
    return Discovery(
        size=size,
        sources=log.about.sources,
        activity_rows=shown.activity_rows(),
        flow_rows=shown.flow_rows(),
        variant_rows=variant_rows,
        goal=goal,
        channel_rows=channel_rows(journeys, wishes.min_group),
        loop_rows=loop_rows(folded, by_activity, wishes.min_group),
        switch_rows=switch_rows(journeys, wishes.min_group),
        segment_rows=_segments(log, journeys, wishes),
        segments_by=wishes.by,
        notes=_notes(log, size, wishes),
        privacy=PrivacyUse(wishes.min_group, folded_journeys, log.about.key_id),
        variant_groups=groups,
    )


def _with_folded_activities(journeys: Journeys, min_group: int) -> tuple[Journeys, Grouped]:
    """The same journeys with every rare activity renamed to other, and their events by activity."""
    names = journeys.activities
    by_activity = grouped(journeys.activity, len(names))
    customer = np.repeat(journeys.customer, journeys.lengths)
    customers = by_activity.distinct(customer)
    if not ((customers > 0) & (customers < min_group)).any():
        return journeys, by_activity
    behind = Members(by_activity.bounds, customer[by_activity.order])
    hidden = hidden_parts(behind, customers, by_activity.sizes, min_group)
    renamed = np.where(hidden, len(names), np.arange(len(names))).astype(np.int32)
    other = OTHER if OTHER not in names else f"{OTHER} folded"
    folded = replace(journeys, activity=renamed[journeys.activity], activities=(*names, other))
    return folded, grouped(folded.activity, len(names) + 1)


class _Shown:
    """Rows about activities and flows, with what may not be shown folded or withheld."""

    def __init__(
        self, journeys: Journeys, by_activity: Grouped, counted: Flows, min_group: int
    ) -> None:
        self._journeys, self._by_activity, self._flows = journeys, by_activity, counted
        self._min_group = min_group
        self._hidden = np.zeros(len(counted.count), bool)
        if min_group > 1:
            behind = Members(counted.bounds, counted.members)
            table = FlowTable(
                counted.outside + 1, counted.source, counted.target, counted.count, behind
            )
            self._hidden = hidden_flows(table, counted.customers, min_group)

    def activity_rows(self) -> tuple[ActivityRow, ...]:
        """All activities, those of most journeys first, other last."""
        names = self._journeys.activities
        events = self._by_activity.sizes
        journeys = self._by_activity.distinct(self._journeys.journey)
        starts = self._at_the_edge(self._flows.source, self._flows.target)
        ends = self._at_the_edge(self._flows.target, self._flows.source)
        order = sorted(
            np.flatnonzero(events).tolist(),
            key=lambda code: (
                names[code].startswith(OTHER),
                -int(journeys[code]),
                -int(events[code]),
                names[code],
            ),
        )
        return tuple(
            ActivityRow(
                names[code], int(events[code]), int(journeys[code]), starts[code], ends[code]
            )
            for code in order
        )

    def _at_the_edge(
        self, outside: npt.NDArray[np.int32], inside: npt.NDArray[np.int32]
    ) -> list[int | None]:
        counts: list[int | None] = [0] * len(self._journeys.activities)
        for row in np.flatnonzero(outside == self._flows.outside):
            counts[inside[row]] = None if self._hidden[row] else int(self._flows.count[row])
        return counts

    def flow_rows(self) -> tuple[FlowRow, ...]:
        """All flows between activities, the commonest first, other last."""
        names, counted = self._journeys.activities, self._flows
        rows = np.flatnonzero(counted.inner & ~self._hidden).tolist()
        rows.sort(
            key=lambda row: (
                -int(counted.count[row]),
                names[counted.source[row]],
                names[counted.target[row]],
            )
        )
        shown = [
            FlowRow(
                names[counted.source[row]],
                names[counted.target[row]],
                int(counted.count[row]),
                *self._waits(row),
            )
            for row in rows
        ]
        rest = int(counted.count[counted.inner & self._hidden].sum())
        if rest:
            shown.append(FlowRow(OTHER, OTHER, rest, None, None))
        return tuple(shown)

    def _waits(self, row: int) -> tuple[float | None, float | None]:
        """Median and 90th percentile; each needs a group on both of its sides."""
        customers = int(self._flows.customers[row])
        median, p90 = self._flows.quantiles(row, 0.5, 0.9)
        few = self._min_group if self._min_group > 1 else 0
        return (
            None if customers < 2 * few else median / 1e6,
            None if customers < 10 * few else p90 / 1e6,
        )


def _variant_rows(
    found: Variants, journeys: Journeys, wishes: Wishes
) -> tuple[tuple[VariantRow, ...], int, int]:
    """Rows up to `top`, the number of journeys that are folded, and of groups in all."""
    if wishes.min_group <= 1:
        rows = tuple(
            VariantRow(found.trace(one), int(found.journeys[one]), False)
            for one in found.ranked(wishes.top)
        )
        return rows, 0, len(found)
    traces = Traces(found.codes, found.starts, found.of_journey, journeys.customer)
    groups = fold_variants(traces, wishes.min_group)
    folded = sum(group.journeys for group in groups if group.is_folded)
    assert sum(group.journeys for group in groups) == len(journeys)

    def size(group: VariantGroup) -> tuple[bool, int]:
        return group.is_folded, -group.journeys

    def trace(group: VariantGroup) -> tuple[str, ...]:
        return found.trace(group.variant)[: group.length] if group.length else ()

    groups.sort(key=size)
    top = groups if wishes.top is None else _with_equals(groups, wishes.top)
    rows = tuple(
        VariantRow(
            (*trace(group), OTHER) if group.is_folded else trace(group),
            group.journeys,
            group.is_folded,
        )
        for group in sorted(top, key=lambda group: (*size(group), trace(group)))
    )
    return rows[: wishes.top], folded, len(groups)


def _with_equals(groups: list[VariantGroup], top: int) -> list[VariantGroup]:
    """The first groups, and those as large as the last of them."""
    if not 0 < top < len(groups):
        return groups[:top]
    last = groups[top - 1]
    return [
        group
        for place, group in enumerate(groups)
        if place < top or (group.is_folded, group.journeys) == (last.is_folded, last.journeys)
    ]


def _goal(journeys: Journeys, wishes: Wishes) -> GoalRow | None:
    if not wishes.goal:
        return None
    reached = _reached(journeys, wishes.goal)
    return GoalRow(wishes.goal, _shown_ratio(reached, journeys.customer, wishes.min_group))


def _reached(journeys: Journeys, goal: Sequence[str]) -> npt.NDArray[np.bool_]:
    codes = [code for code, name in enumerate(journeys.activities) if name in goal]
    reached = np.zeros(len(journeys), bool)
    reached[journeys.journey[np.isin(journeys.activity, codes)]] = True
    return reached


def _shown_ratio(
    reached: npt.NDArray[np.bool_], customer: npt.NDArray[np.int32], min_group: int
) -> Ratio | None:
    """The share, unless so few reach it, or so few do not, that it tells about each of them."""
    few = any(is_small(len(np.unique(customer[side])), min_group) for side in (reached, ~reached))
    return None if few else Ratio(int(reached.sum()), len(reached))


def _segments(log: EventLog, journeys: Journeys, wishes: Wishes) -> tuple[SegmentRow, ...]:
    """Journeys by the value that their first event with one has."""
    if wishes.by is None or not len(journeys):
        return ()
    names = (*log.names(wishes.by), "(none)", OTHER)
    codes = log.codes(wishes.by)[journeys.event]
    filled = np.flatnonzero(codes >= 0)
    owner, first = np.unique(journeys.journey[filled], return_index=True)
    value = np.full(len(journeys), len(names) - 2)
    value[owner] = codes[filled[first]]
    by_value = grouped(value, len(names))
    customers = by_value.distinct(journeys.customer)
    behind = Members(by_value.bounds, journeys.customer[by_value.order])
    hidden = hidden_parts(behind, customers, by_value.sizes, wishes.min_group)
    value = np.where(hidden[value], len(names) - 1, value)
    reached = _reached(journeys, wishes.goal)
    rows = []
    for code in np.unique(value).tolist():
        inside = value == code
        goal = None
        if wishes.goal:
            goal = _shown_ratio(reached[inside], journeys.customer[inside], wishes.min_group)
        rows.append(SegmentRow(names[code], int(inside.sum()), goal))
    return tuple(sorted(rows, key=lambda row: (row.value == OTHER, -row.journeys, row.value)))


def _notes(log: EventLog, size: LogSize, wishes: Wishes) -> tuple[Note, ...]:
    notes = list(log.about.notes)
    if size.tied_journeys:
        notes.append(
            Note(
                Code.TIES,
                f"{size.tied_journeys:,} journeys hold events at the same time; they stay in the"
                " order of the source",
            )
        )
    if size.tied_journeys and (equal := exact_duplicates(log)):
        notes.append(
            Note(
                Code.DUPLICATES_KEPT,
                f"{equal:,} events equal another in everything that is kept; they are counted",
            )
        )
    if size.without_entry or size.before_entry:
        notes.append(
            Note(
                Code.ENTRY_CUT,
                f"{size.without_entry:,} journeys without the entry are set aside, and"
                f" {size.before_entry:,} events before it",
            )
        )
    for name in wishes.goal:
        if name not in log.activities:
            near = did_you_mean(name, log.activities)
            notes.append(Note(Code.GOAL_ABSENT, f'no event is "{name}"; {near}'))
    if wishes.min_group < DEFAULT_MIN_GROUP:
        notes.append(
            Note(
                Code.SMALL_GROUPS_SHOWN,
                f"groups of {wishes.min_group} customers and more are shown"
                f" (usual: {DEFAULT_MIN_GROUP}); keep this result inside",
            )
        )
    return tuple(notes)
