"""The account of a load: where every record went, and what is said where too many went wrong."""

from __future__ import annotations

from collections.abc import Sequence

from cjmine.errors import Code, DataError, Place, Problem, listed
from cjmine.eventlog.log import SourceCount
from cjmine.ingest.inputs import Inputs
from cjmine.ingest.linking import Linking
from cjmine.ingest.reject_budget import RejectBudget
from cjmine.ingest.source_read import SourceRead
from cjmine.loaders.batch import Reject
from cjmine.loaders.sniff import Sniffed

SHOWN_REJECTS = 20


def counts_of(
    inputs: Inputs, reads: Sequence[SourceRead], linked: Linking | None
) -> tuple[SourceCount, ...]:
    """The account of every file, and of those that were given twice."""
    counts = [
        SourceCount(
            one.source.label,
            one.source.format,
            read.read,
            read.loaded,
            read.rejected,
            read.duplicate,
            sum(read.filtered.values()),
            None if linked is None else linked.unlinked[place],
            read.given,
        )
        for place, (one, read) in enumerate(zip(inputs.sources, reads, strict=True))
    ]
    counts += [
        SourceCount(
            copy.source.label, copy.source.format, reads[same].read, 0, 0, reads[same].read, 0
        )
        for copy, same in inputs.copies
    ]
    return tuple(counts)


def check_events(
    inputs: Inputs, counts: Sequence[SourceCount], reads: Sequence[SourceRead]
) -> None:
    """Raises DataError L121 where no record became an event."""
    if any(one.events for one in reads):
        return
    raise DataError(
        Problem(
            Code.NO_EVENTS,
            "no record became an event",
            Place(inputs.sources[0].source.label),
            cause=_went(counts, reads),
            remedy="cjmine sniff FILE says how a file is read",
        ),
        *_kinds_of_rejects(inputs.sources, reads),
    )


def check_rejects(
    sources: Sequence[Sniffed], reads: Sequence[SourceRead], budget: RejectBudget
) -> None:
    """Raises DataError L120 where more records were rejected than the budget covers."""
    rejected, read = sum(one.rejected for one in reads), sum(one.read for one in reads)
    if budget.covers(rejected, read):
        return
    problems = [
        _rejected(one, reject)
        for one, part in zip(sources, reads, strict=True)
        for reject in part.rejects[:SHOWN_REJECTS]
    ][:SHOWN_REJECTS]
    files = [one.source.label for one, part in zip(sources, reads, strict=True) if part.rejected]
    summary = Problem(
        Code.REJECTS_OVER_BUDGET,
        f"{rejected:,} of {read:,} records cannot be events; {budget} are allowed",
        Place(files[0] if len(files) == 1 else None),
        remedy=f"mend the export, or go on without them: --max-rejects {rejected}",
    )
    raise DataError(summary, *problems)


def _went(counts: Sequence[SourceCount], reads: Sequence[SourceRead]) -> str:
    """Where the records went, if none became an event."""
    parts = {"rejected": sum(one.rejected for one in reads)}
    for read in reads:
        for reason, records in read.filtered.items():
            parts[reason.value] = parts.get(reason.value, 0) + records
    where = listed(f"{name} {records:,}" for name, records in parts.items() if records)
    return f"{sum(count.read for count in counts):,} records were read" + (
        f": {where}" if where else ""
    )


def _kinds_of_rejects(sources: Sequence[Sniffed], reads: Sequence[SourceRead]) -> list[Problem]:
    """The first record that was rejected for each reason."""
    found: dict[str, Problem] = {}
    for one, part in zip(sources, reads, strict=True):
        for reject in part.rejects:
            found.setdefault(reject.reason, _rejected(one, reject))
    return list(found.values())[:SHOWN_REJECTS]


def _rejected(one: Sniffed, reject: Reject) -> Problem:
    place = Place(one.source.label, reject.line, reject.column, reject.record)
    return Problem(reject.code, reject.reason, place)
