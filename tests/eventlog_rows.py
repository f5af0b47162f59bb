"""The rows of a log, and what parts of it must hold."""

from __future__ import annotations

from cjmine.eventlog.log import EventLog
from cjmine.eventlog.parts import LogPart

COLUMNS = ["case", "customer", "activity", "time", "channel"]


def rows(log_: EventLog) -> list[tuple]:
    names = [name for name in COLUMNS if log_.has(name)]
    return list(zip(*(log_.table.column(name).to_pylist() for name in names), strict=True))


def owners(log_: EventLog) -> set[str]:
    """The customers that own journeys: of a given case that of its first event."""
    seen: dict[str, str] = {}
    for case, customer in zip(
        log_.table.column(log_.case_column).to_pylist(),
        log_.table.column("customer").to_pylist(),
        strict=True,
    ):
        seen.setdefault(case, customer)
    return set(seen.values())


def check_parts(whole: EventLog, parts: list[LogPart]) -> None:
    """Every event is in one part, and so is every customer."""
    read = [part.read() for part in parts]
    found = sorted((row for part in read for row in rows(part)), key=repr)
    assert found == sorted(rows(whole), key=repr)
    assert sum(len(owners(part)) for part in read) == len(owners(whole))
    for part in read:
        assert part.about == whole.about and part.table.column_names == whole.table.column_names
