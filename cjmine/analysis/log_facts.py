"""What every result says about the log that it rests on: its size, and notes on its quality."""

from __future__ import annotations

import numpy as np

from cjmine.errors import Code, Note
from cjmine.eventlog.journeys import Journeys
from cjmine.eventlog.log import About, EventLog
from cjmine.eventlog.quality import exact_duplicates
from cjmine.privacy.small_groups import DEFAULT_MIN_GROUP
from cjmine.results.log import LogSize, Source, moment


def log_size(log: EventLog, journeys: Journeys, variants: int) -> LogSize:
    """How much was measured."""
    return LogSize(
        events=len(journeys.activity),
        journeys=len(journeys),
        customers=journeys.customers,
        activities=int((np.bincount(journeys.activity) > 0).sum()) if len(journeys) else 0,
        variants=variants,
        tied_journeys=journeys.tied,
        observed_from=None if log.period is None else moment(log.period[0]),
        observed_until=None if log.period is None else moment(log.period[1]),
        without_entry=journeys.without_entry,
        before_entry=journeys.before_entry,
    )


def sources_of(about: About) -> tuple[Source, ...]:
    """The accounts of the files that a log was made from."""
    return tuple(
        Source(
            path=one.path,
            format=one.format,
            read=one.read,
            loaded=one.loaded,
            rejected=one.rejected,
            duplicate=one.duplicate,
            filtered=one.filtered,
            unlinked=one.unlinked,
            events=one.events,
        )
        for one in about.sources
    )


def log_notes(log: EventLog, size: LogSize) -> tuple[Note, ...]:
    """The notes of the load, and what the reader of any figure should know about the events."""
    notes = list(log.about.notes)
    if size.tied_journeys:
        notes.append(
            Note(
                Code.TIES,
                "journeys with events at the same time, kept in the order of the source:"
                f" {size.tied_journeys:,}",
            )
        )
    if size.tied_journeys and (equal := exact_duplicates(log)):
        notes.append(
            Note(
                Code.DUPLICATES_KEPT,
                f"events equal to another in everything that is kept, all counted: {equal:,}",
            )
        )
    if size.without_entry or size.before_entry:
        notes.append(
            Note(
                Code.ENTRY_CUT,
                f"set aside by the entry: journeys without it {size.without_entry:,}, events"
                f" before it {size.before_entry:,}",
            )
        )
    return tuple(notes)


def small_groups_note(min_group: int) -> tuple[Note, ...]:
    """A warning where smaller groups are shown than usual."""
    if min_group >= DEFAULT_MIN_GROUP:
        return ()
    return (
        Note(
            Code.SMALL_GROUPS_SHOWN,
            f"the smallest group shown has {min_group} (usual: {DEFAULT_MIN_GROUP}"
            " customers); keep this result inside",
        ),
    )
