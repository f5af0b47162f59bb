"""What `cjmine load` says of the records that it read: every one is accounted for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cjmine.privacy.group_size import DEFAULT_MIN_GROUP
from cjmine.reporters.escaping import visible

if TYPE_CHECKING:
    from cjmine.eventlog.log import Registered, SourceCount
    from cjmine.ingest.loaded import RejectedRecord

_MANY = 30  # files of one kind in one folder: more share a row


def account(counts: tuple[SourceCount, ...]) -> list[str]:
    """The account of every file, and the totals; read = the sum of the next four.

    Many files of one kind in one folder (single mails) are one row; the log lists them all.
    """
    linked = any(count.unlinked is not None for count in counts)
    names = ("read", "loaded", "rejected", "duplicate", "filtered")
    lines = [f"{'source':<30}" + "".join(f"{name:>11}" for name in names)]
    if linked:
        lines[0] += f"{'unlinked':>10}"
    alike: dict[tuple[Path, str], list[SourceCount]] = {}
    for one in counts:
        alike.setdefault((Path(one.path).parent, one.format), []).append(one)
    for (folder, _), group in alike.items():
        together = len(group) > _MANY
        for part in [group] if together else [[one] for one in group]:
            name = f"{folder}: {len(part):,} files" if together else part[0].path
            numbers = [sum(getattr(one, kind) for one in part) for kind in names]
            unlinked = sum(one.unlinked or 0 for one in part)
            lines.append(_row(visible(name), numbers, unlinked if linked else None))
    if len(counts) > 1:
        sums = [sum(getattr(one, name) for one in counts) for name in names]
        lines.append(
            _row("total", sums, sum(one.unlinked or 0 for one in counts) if linked else None)
        )
    return lines


def silent(found: Registered) -> str:
    """How many customers of the customer table have no event, where that is not about a few."""
    few = 0 < found.silent < DEFAULT_MIN_GROUP
    shown = f"fewer than {DEFAULT_MIN_GROUP}" if few else f"{found.silent:,}"
    return f"customers in the table {found.customers:,}, without any event {shown}"


def _row(path: str, numbers: list[int], unlinked: int | None) -> str:
    shown = path if len(path) <= 30 else "…" + path[-29:]
    line = f"{shown:<30}" + "".join(f"{number:>11,}" for number in numbers)
    return line if unlinked is None else f"{line}{unlinked:>10,}"


def rejected(rejects: tuple[RejectedRecord, ...]) -> str:
    """The rejected records as CSV: places and reasons, never values."""
    import csv
    import io

    from cjmine.reporters.escaping import spreadsheet

    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(["file", "record", "line", "column", "code", "reason"])
    for one in rejects:
        reject = one.reject
        writer.writerow(
            [
                spreadsheet(one.file),
                reject.record,
                reject.line,
                spreadsheet(reject.column or ""),
                reject.code.value,
                reject.reason,
            ]
        )
    return sink.getvalue()
