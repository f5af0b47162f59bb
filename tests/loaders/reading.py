"""Help for the tests of loaders: write a file, read it to its end, tell what came out."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa

from cjmine.loaders.batch import Clock, LeftOut, Reject
from cjmine.loaders.loader import Inspection
from cjmine.loaders.sniff import Sniffed, settle
from cjmine.sources import Extras, File, Identifier, Kind, Roles, Source, TimeColumn, TouchpointRule

EVENTS = Roles(time=TimeColumn(("time",)), activity="activity", customer=Identifier("customer"))
_START = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that a loader gave for one file; every list is in file order."""

    customers: list[str | None]
    activities: list[str]
    times: list[int]
    table: pa.Table
    records: int
    read: int
    rejected: int
    rejects: tuple[Reject, ...]
    filtered: Counter[LeftOut]
    clock: Clock
    batches: int

    @property
    def loaded(self) -> int:
        return len(self.times)

    @property
    def events(self) -> list[tuple[str | None, str, int]]:
        return list(zip(self.customers, self.activities, self.times, strict=True))

    @property
    def moments(self) -> list[str]:
        """The times as ISO text in UTC, with microseconds only where there are any."""
        return [
            (_START + timedelta(microseconds=time)).replace(tzinfo=None).isoformat()
            for time in self.times
        ]

    @property
    def places(self) -> list[tuple[int, int | None, str]]:
        """Record, physical line and code of every reject."""
        return [(reject.record, reject.line, reject.code.value) for reject in self.rejects]


def roles(
    zone: str | None = None,
    written: str | None = None,
    time: Sequence[str] = ("time",),
    kind: Kind = Kind.CUSTOMER,
    channel: str | None = None,
) -> Roles:
    """The roles of a table with the columns customer, activity and time."""
    return replace(
        EVENTS,
        time=TimeColumn(tuple(time), written, zone),
        customer=Identifier("customer", kind),
        channel=channel,
    )


def source(
    path: Path,
    format: str = "csv",
    declared: Roles = EVENTS,
    rules: tuple[TouchpointRule, ...] = (),
    extra: tuple[str, ...] = (),
    label: str | None = None,
    extras: Extras | None = None,
) -> Source:
    extras = extras or Extras(extra_fields=extra)
    return Source(File(path), label or path.name, format, "shop", declared, rules, extras)


def inspected(given: Source) -> Inspection:
    """How a source will be read."""
    return settle(given).inspection


def settled(given: Source) -> Source:
    """The source with the roles that its loader settles, as loading does it."""
    return settle(given).source


def outcome(given: Source) -> Outcome:
    """Read a source to the end and check that every record is accounted for."""
    return outcome_of(settle(given))


def outcome_of(opened: Sniffed) -> Outcome:
    """Read an open source to the end and check that every record is accounted for."""
    batches = list(opened.read())
    clock, filtered = Clock(), Counter[LeftOut]()
    for batch in batches:
        clock += batch.clock
        for part in batch.filtered:
            filtered[part.reason] += part.records
    tables = [pa.Table.from_batches([batch.events]) for batch in batches]
    table = (
        pa.concat_tables([table.cast(tables[0].schema) for table in tables], promote_options="none")
        if tables
        else pa.table({"customer": [], "activity": [], "time": []})
    )
    rejected = sum(batch.rejected for batch in batches)
    read = sum(batch.read for batch in batches)
    duplicate = sum(batch.duplicate for batch in batches)
    records = sum(batch.records for batch in batches)
    assert read == records + rejected + duplicate + filtered.total()
    return Outcome(
        customers=table["customer"].to_pylist() if "customer" in table.column_names else [],
        activities=[str(value) for value in table["activity"].to_pylist()],
        times=table["time"].to_pylist(),
        table=table,
        records=records,
        read=read,
        rejected=rejected,
        rejects=tuple(reject for batch in batches for reject in batch.rejects),
        filtered=filtered,
        clock=clock,
        batches=len(batches),
    )


def written(folder: Path, content: bytes | str, name: str = "events.csv") -> Path:
    """A file with exactly these bytes."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def csv_text(
    rows: Iterable[Sequence[str]],
    header: Sequence[str] = ("customer", "activity", "time"),
    delimiter: str = ",",
    end: str = "\n",
    quote_all: bool = False,
) -> str:
    """The rows as Python's own CSV writer puts them."""
    sink = io.StringIO()
    quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    writer = csv.writer(sink, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerow(header)
    writer.writerows(rows)
    return sink.getvalue()


def from_csv(
    folder: Path, content: bytes | str, declared: Roles = EVENTS, name: str = "events.csv"
) -> Outcome:
    return outcome(source(written(folder, content, name), "csv", declared))


def times_of(folder: Path, values: Sequence[str], declared: Roles = EVENTS) -> Outcome:
    """Read a CSV file whose only interest is its time column."""
    rows = [(f"c{number}", "step", value) for number, value in enumerate(values)]
    return from_csv(folder, csv_text(rows, delimiter=";"), declared)
