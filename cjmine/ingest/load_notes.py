"""What the reader of a log should know about its making: one note a matter, counted by source."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from cjmine.errors import Code, Note, listed
from cjmine.ingest.far_times import far_times
from cjmine.ingest.inputs import Inputs
from cjmine.ingest.linking import Linking
from cjmine.ingest.reading import SourceRead
from cjmine.loaders.batch import LeftOut
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

    def note(code: Code, count: Callable[[SourceRead], int], text: str) -> None:
        total, where = by_source(count)
        if total:
            found.append(Note(code, f"{text}: {total:,} ({where})"))

    naive = [
        one.source.name
        for one, read in zip(inputs.sources, reads, strict=True)
        if read.clock.naive and (one.source.roles.time is None or not one.source.roles.time.zone)
    ]
    if naive:
        names_of = listed(dict.fromkeys(naive), 6)
        found.append(Note(Code.ZONE_ASSUMED, f"times without a zone are read as UTC ({names_of})"))
    note(
        Code.CLOCK_CHANGE,
        lambda read: read.clock.skipped_hour,
        "times in an hour that the clock skipped",
    )
    note(
        Code.CLOCK_CHANGE,
        lambda read: read.clock.doubled_hour,
        "times in an hour that the clock ran twice",
    )
    note(
        Code.DATE_NOT_USED,
        lambda read: read.clock.redated,
        "mails whose Date cannot be right, at the time of their arrival",
    )
    note(
        Code.TIMES_FAR,
        lambda read: far_times(np.concatenate(read.time)) if read.time else 0,
        "events years away from all others, or on a day that stands for none, such as 1970-01-01",
    )
    note(Code.DATES_ONLY, lambda read: read.clock.dates_only, "events with a date only")
    note(
        Code.PLACEHOLDER_IDS,
        lambda read: read.placeholders,
        "records that say NA, unknown or the like where an identifier should be",
    )
    note(
        Code.PLACEHOLDER_IDS,
        lambda read: read.nobody_numbers,
        "records whose identifier is a number such as 0, 999999 or 12345 that stands for no"
        " customer (nobody = [] in cjmine.toml keeps them)",
    )
    for reason in LeftOut:
        note(
            Code.ROWS_FILTERED,
            lambda read, reason=reason: read.filtered.get(reason, 0),  # type: ignore[misc]
            "records left out: " + reason.value,
        )
    note(Code.ROWS_REJECTED, lambda read: read.rejected, "records rejected")
    note(
        Code.REDELIVERED,
        lambda read: read.duplicate,
        "redelivered copies of records, left out",
    )
    note(
        Code.UNORDERED,
        lambda read: sum(int((np.diff(part) < 0).sum()) for part in read.time),
        "events that stood behind a later one, put in order",
    )
    addresses = [
        one.source.name
        for one in inputs.sources
        if one.source.roles.customer and one.source.roles.customer.kind is Kind.IP
    ]
    if addresses:
        found.append(
            Note(
                Code.WEAK_IDENTIFIER,
                "customers are told apart by network address: a household or an office looks"
                f" like one customer ({', '.join(dict.fromkeys(addresses))})",
            )
        )
    if linked is not None:
        places = {id(read): place for place, read in enumerate(reads)}
        note(
            Code.UNLINKED,
            lambda read: linked.unlinked(places[id(read)]),
            "events of identifiers that nothing links to a customer, each a customer of its own",
        )
        for code, codes, text in (
            (
                Code.CLASHES,
                linked.resolved.clashes,
                "identifiers of several customers, linked to none",
            ),
            (Code.HUBS, linked.resolved.hubs, "identifiers of too many customers, linked to none"),
            (Code.SHARED_DEVICES, linked.resolved.shared, "devices of several customers in turn"),
        ):
            if len(codes):
                found.append(Note(code, f"{text}: {len(codes):,}"))
    if inputs.copies:
        copies = ", ".join(copy.source.label for copy, _ in inputs.copies)
        found.append(Note(Code.DUPLICATE_FILE, f"a copy of another file, left out ({copies})"))
    return found
