"""From a cut log to what is shown of it: counted once, small groups folded, in fixed order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cjmine.analysis.activities import Shown, with_folded_activities
from cjmine.analysis.channels import channel_rows, switch_rows
from cjmine.analysis.commonest import variant_rows
from cjmine.analysis.goal import goal_row, segments_of
from cjmine.analysis.log_facts import log_notes, log_size, small_groups_note, sources_of
from cjmine.analysis.loops import loop_rows
from cjmine.errors import Code, Note, did_you_mean
from cjmine.eventlog.journeys import Journeys
from cjmine.eventlog.log import EventLog
from cjmine.eventlog.variants import variants
from cjmine.meanwhile import Meanwhile
from cjmine.miner.flows import flows
from cjmine.privacy.small_groups import DEFAULT_MIN_GROUP, refuse_small_result
from cjmine.results.discovery import Discovery
from cjmine.results.log import Privacy


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
    commonest = Meanwhile(lambda: variant_rows(found, journeys, wishes.top, wishes.min_group))
    folded, by_activity = with_folded_activities(journeys, wishes.min_group)
    counted = Meanwhile(lambda: flows(folded))
    channels = channel_rows(journeys, wishes.min_group)
    switches = switch_rows(journeys, wishes.min_group)
    loops = loop_rows(folded, by_activity, wishes.min_group)
    shown = Shown(folded, by_activity, counted.result(), wishes.min_group)
    common, folded_journeys, groups = commonest.result()
    size = log_size(log, journeys, len(found))
    activities = shown.activity_rows()
    return Discovery(
        schema="cjmine/discover/1",
        log=size,
        sources=sources_of(log.about),
        activities=activities,
        directly_follows=shown.flow_rows(),
        variants=common,
        goal=goal_row(journeys, wishes.goal, wishes.min_group),
        channels=channels,
        loops=loops,
        switches=switches,
        segments=segments_of(log, journeys, wishes.by, wishes.goal, wishes.min_group),
        notes=(
            *log_notes(log, size),
            *_absent_goals(log, wishes.goal, [row.activity for row in activities]),
            *small_groups_note(wishes.min_group),
        ),
        privacy=Privacy(wishes.min_group, folded_journeys, log.about.key_id),
        variant_groups=groups,
    )


def _absent_goals(log: EventLog, goal: Sequence[str], shown: Sequence[str]) -> tuple[Note, ...]:
    return tuple(
        Note(Code.GOAL_ABSENT, f'no event is "{name}"; {did_you_mean(name, shown)}')
        for name in goal
        if name not in log.activities
    )
