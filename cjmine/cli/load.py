"""`cjmine load`: exports in, one pseudonymised event log out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cjmine.cli import options
from cjmine.cli.command import command
from cjmine.cli.left_out import leave_out
from cjmine.cli.progress import progress_bar
from cjmine.cli.screen import remark, say, say_notes
from cjmine.errors import Code, Place, PrivacyError, Problem, UsageError
from cjmine.ingest.source_options import SourceOptions
from cjmine.privacy.group_size import DEFAULT_MIN_GROUP
from cjmine.progress import Phase, ProgressEvent
from cjmine.reporters.escaping import visible
from cjmine.shown_paths import shown_path

if TYPE_CHECKING:
    from cjmine.eventlog.log import Registered, SourceCount
    from cjmine.ingest.loaded import RejectedRecord


_MANY = 30  # files of one kind in one folder: more share a row


@command
def load(
    *,
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="SOURCE…", help="Exports, folders or globs; else cjmine.toml's."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="LOG",
            help="The event log to write: .parquet; .csv or .xes (.gz).",
        ),
    ] = None,
    key_file: options.KeyFile = None,
    rejects: Annotated[
        Path | None,
        typer.Option(metavar="FILE.csv", help="Write place and reason of rejected records."),
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option(
            metavar="COLUMN",
            help="Further column to keep; repeatable.",
            rich_help_panel="Columns and times",
        ),
    ] = None,
    sources: SourceOptions,
) -> None:
    """Turn exports into one pseudonymised event log, every record accounted for.

    Identifiers are replaced while reading; only declared or recognised columns survive.

    Example: cjmine load sample_logs --key-file my.key -o log.parquet
    """
    from cjmine.ingest.inputs import find_inputs
    from cjmine.ingest.load import load as load_inputs
    from cjmine.output import write_text, write_whole
    from cjmine.privacy.key import find_key
    from cjmine.reporters.log_files import writer_of

    writer = writer_of(output) if output is not None else None
    if output is None or writer is None:
        raise UsageError(
            Problem(
                Code.USAGE,
                "say where the log goes: a .parquet, .csv or .xes file",
                Place("--output"),
                remedy="-o log.parquet; log.csv, log.xes and their .gz are for other tools",
            )
        )
    key = find_key(key_file)
    if key is None:
        raise PrivacyError(
            Problem(
                Code.KEY_MISSING,
                "a log that is kept needs a key for its pseudonyms",
                cause="without a key, identifiers could be guessed back",
                remedy="cjmine privacy new-key my.key, then --key-file my.key",
            )
        )
    with progress_bar() as progress:
        inputs = find_inputs(
            files or [], replace(sources.flags(keep or []), lenient=not sources.strict), progress
        )
        read = [one.source.path for one in inputs.sources] + [one.path for one in inputs.customers]
        options.spare(read, [output, *([rejects] if rejects else [])])
        loaded = load_inputs(
            inputs,
            key,
            sources.max_rejects,
            zone_required=True,
            progress=progress,
        )
        progress(ProgressEvent(Phase.WRITE, shown_path(output)))
        if rejects is not None:
            write_text(rejects, _rejected(loaded.rejects))
        write_whole(output, lambda temporary: writer(loaded.log, temporary))
    leave_out(loaded.left)
    say_notes(loaded.notes)
    for line in _table(loaded.log.about.sources):
        say(line)
    if loaded.log.about.registered is not None:
        say(_silent(loaded.log.about.registered))
    remark(f"pseudonyms: HMAC-SHA-256, key {key.id}; raw identifiers are dropped")
    size = f"{loaded.log!r}".replace("<cjmine.EventLog ", "").rstrip(">")
    remark(f"wrote {visible(shown_path(output))}: {size}")
    remark(f"next: cjmine discover {visible(shown_path(output))}")


def _table(counts: tuple[SourceCount, ...]) -> list[str]:
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


def _silent(found: Registered) -> str:
    """How many customers of the customer table have no event, where that is not about a few."""
    few = 0 < found.silent < DEFAULT_MIN_GROUP
    shown = f"fewer than {DEFAULT_MIN_GROUP}" if few else f"{found.silent:,}"
    return f"customers in the table {found.customers:,}, without any event {shown}"


def _row(path: str, numbers: list[int], unlinked: int | None) -> str:
    shown = path if len(path) <= 30 else "…" + path[-29:]
    line = f"{shown:<30}" + "".join(f"{number:>11,}" for number in numbers)
    return line if unlinked is None else f"{line}{unlinked:>10,}"


def _rejected(rejects: tuple[RejectedRecord, ...]) -> str:
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
