"""`cjmine load`: exports in, one pseudonymised event log out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cjmine.cli import options
from cjmine.cli.command import command
from cjmine.cli.left_out import leave_out
from cjmine.cli.load_account import account, rejected, silent
from cjmine.cli.load_place import log_place, size_of
from cjmine.cli.load_watch import check_watch, watch
from cjmine.cli.progress import progress_bar
from cjmine.cli.screen import remark, say, say_notes
from cjmine.errors import Code, ExitStatus, PrivacyError, Problem
from cjmine.ingest.source_options import SourceOptions
from cjmine.progress import Phase, ProgressEvent
from cjmine.shown_paths import shown_path
from cjmine.verbs.settings import duration

if TYPE_CHECKING:
    from cjmine.ingest.loaded import Loaded
    from cjmine.ingest.source_flags import SourceFlags
    from cjmine.privacy.pseudonyms import Key
    from cjmine.progress import Progress
    from cjmine.reporters.log_files import Writer


@command
def load(
    *,
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE…", help="Exports, folders, globs, - for stdin; else cjmine.toml's."
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="LOG",
            help="The event log to write: a folder, .parquet; .csv or .xes (.gz).",
        ),
    ] = None,
    append: Annotated[
        Path | None,
        typer.Option(metavar="LOG", help="The log folder that this delivery joins."),
    ] = None,
    watched: Annotated[
        Path | None,
        typer.Option(
            "--watch",
            metavar="FOLDER",
            help="Append each file that arrives in a folder, once it is whole.",
            rich_help_panel="Watching",
        ),
    ] = None,
    once: Annotated[
        bool,
        typer.Option(
            "--once", help="Take what is there and end: for cron.", rich_help_panel="Watching"
        ),
    ] = False,
    settle: Annotated[
        str,
        typer.Option(
            metavar="TIME",
            help="A file is whole when it has not changed so long, or FILE.done is there.",
            rich_help_panel="Watching",
        ),
    ] = "1m",
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
) -> int:
    """Turn exports into one pseudonymised event log, every record accounted for.

    Identifiers are replaced while reading; only declared or recognised columns survive.

    Example: cjmine load sample_logs --key-file my.key -o log.parquet
    """
    from cjmine.output import write_text
    from cjmine.privacy.key import find_key

    if watched is not None:
        append = check_watch(watched, bool(files or output), append)
    place = log_place(output, append)
    path, writer = place.path, place.writer
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
    flags = replace(sources.flags(keep or []), lenient=not sources.strict, joins=append is not None)
    if watched is not None:
        from cjmine.ingest.deliver import Target, deliver

        def arrived(file: Path, appends: bool) -> Loaded:
            into = Target(path, shown_path(path), appends)
            return deliver(into, [str(file)], flags, key, sources.max_rejects)

        return watch(watched, path, duration(settle, "--settle"), once, arrived)
    with progress_bar() as progress:
        if writer is None:
            from cjmine.ingest.deliver import Target, deliver

            target = Target(path, shown_path(path), append is not None)
            loaded = deliver(target, files or [], flags, key, sources.max_rejects, progress)
            size = size_of(loaded.source)
        else:
            loaded, size = _into_file(writer, path, rejects, files, flags, key, sources, progress)
        if rejects is not None:
            write_text(rejects, rejected(loaded.rejects))
    leave_out(loaded.left)
    say_notes(loaded.notes)
    if loaded.delivery is None and append is not None:
        remark(f"nothing new for {place.shown}: {size}")
        return ExitStatus.DONE
    about = loaded.delivery or loaded.source.about
    for line in account(about.sources):
        say(line)
    if about.registered is not None:
        say(silent(about.registered))
    remark(f"pseudonyms: HMAC-SHA-256, key {key.id}; raw identifiers are dropped")
    remark(f"wrote {place.shown}: {size}")
    remark(f"next: cjmine discover {place.shown}")
    return ExitStatus.DONE


def _into_file(
    writer: Writer,
    path: Path,
    rejects: Path | None,
    files: list[str] | None,
    flags: SourceFlags,
    key: Key,
    sources: SourceOptions,
    progress: Progress,
) -> tuple[Loaded, str]:
    """Load into one file; the load, and the size of its log in words."""
    from cjmine.eventlog.parquet import write_log
    from cjmine.ingest.inputs import find_inputs
    from cjmine.ingest.into_file import load_into_file
    from cjmine.ingest.load import load as load_inputs
    from cjmine.output import write_whole

    inputs = find_inputs(files or [], flags, progress)
    read = [one.source.path for one in inputs.sources] + [one.path for one in inputs.customers]
    options.spare(read, [path, *([rejects] if rejects else [])])
    if writer is write_log:
        return load_into_file(path, inputs, key, sources.max_rejects, progress)
    loaded = load_inputs(inputs, key, sources.max_rejects, zone_required=True, progress=progress)
    progress(ProgressEvent(Phase.WRITE, shown_path(path)))
    write_whole(path, lambda temporary: writer(loaded.log, temporary))
    return loaded, size_of(loaded.log)
