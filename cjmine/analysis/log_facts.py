"""What every result says about the log that it rests on, without counting anything."""

from __future__ import annotations

from cjmine.errors import Code, Note
from cjmine.eventlog.log import About
from cjmine.privacy.small_groups import DEFAULT_MIN_GROUP
from cjmine.results.log import Source


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
