"""What the reader of a log should know about its making: one note a matter, counted by source."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cjmine.errors import Note, listed
from cjmine.ingest.inputs import Inputs
from cjmine.ingest.linking import Linking
from cjmine.ingest.source_read import SourceRead
from cjmine.loaders.batch import LeftOut
from cjmine.sentences import Sentence
from cjmine.sources import Kind


def load_notes(inputs: Inputs, reads: Sequence[SourceRead], linked: Linking | None) -> list[Note]:
    """The notes of a load, in fixed order; a matter that did not occur has none."""
    names = [one.source.name for one in inputs.sources]

    def by_source(count: Callable[[SourceRead], int]) -> tuple[int, str]:
        totals: dict[str, int] = {}
        for name, read in zip(names, reads, strict=True):
            if number := count(read):
                totals[name] = totals.get(name, 0) + number
        parts = [f"{name} {number:,}" for name, number in totals.items()]
        return sum(totals.values()), listed(parts, 6)

    found: list[Note] = []

    def note(sentence: Sentence, count: Callable[[SourceRead], int], *first: str) -> None:
        total, where = by_source(count)
        if total:
            found.append(sentence.note(*first, total, where))

    naive = [
        one.source.name
        for one, read in zip(inputs.sources, reads, strict=True)
        if read.clock.naive and (one.source.roles.time is None or not one.source.roles.time.zone)
    ]
    if naive:
        names_of = listed(dict.fromkeys(naive), 6)
        found.append(Sentence.READ_AS_UTC.note(names_of))
    note(Sentence.SKIPPED_HOUR, lambda read: read.clock.skipped_hour)
    note(Sentence.DOUBLED_HOUR, lambda read: read.clock.doubled_hour)
    note(Sentence.REDATED, lambda read: read.clock.redated)
    note(Sentence.FAR_TIMES, lambda read: read.far)
    note(Sentence.DAYS_ONLY, lambda read: read.clock.dates_only)
    note(Sentence.PLACEHOLDERS, lambda read: read.placeholders)
    note(Sentence.PLACEHOLDER_NUMBERS, lambda read: read.nobody_numbers)
    for reason in LeftOut:
        note(
            Sentence.LEFT_OUT,
            lambda read, reason=reason: read.filtered.get(reason, 0),  # type: ignore[misc]
            reason.value,
        )
    note(Sentence.REJECTED, lambda read: read.rejected)
    note(Sentence.COPIES, lambda read: read.duplicate)
    note(Sentence.WITHOUT_ID, lambda read: read.without_id)
    note(Sentence.PUT_IN_ORDER, lambda read: read.steps_back)
    addresses = [
        one.source.name
        for one in inputs.sources
        if one.source.roles.customer and one.source.roles.customer.kind is Kind.IP
    ]
    if addresses:
        found.append(Sentence.BY_ADDRESS.note(", ".join(dict.fromkeys(addresses))))
    if linked is not None:
        places = {id(read): place for place, read in enumerate(reads)}
        note(Sentence.NOT_LINKED, lambda read: linked.unlinked[places[id(read)]])
        for sentence, codes in (
            (Sentence.OF_SEVERAL, linked.resolved.clashes),
            (Sentence.OF_TOO_MANY, linked.resolved.hubs),
            (Sentence.IN_TURN, linked.resolved.shared),
        ):
            if len(codes):
                found.append(sentence.note(len(codes)))
    if inputs.copies:
        copies = ", ".join(copy.source.label for copy, _ in inputs.copies)
        found.append(Sentence.SAME_FILE.note(copies))
    return found
