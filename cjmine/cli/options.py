"""Options that mean the same in every command that reads logs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cjmine.cli.screen import hush
from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.progress import Progress

if TYPE_CHECKING:
    from cjmine.ingest.load import RejectBudget
    from cjmine.ingest.open_log import Opened
    from cjmine.ingest.source_flags import SourceFlags

_COLUMNS = "Columns and times"

Case = Annotated[
    str | None,
    typer.Option(
        metavar="COLUMN", help="Column of the case: a process log.", rich_help_panel=_COLUMNS
    ),
]
Customer = Annotated[
    str | None,
    typer.Option(
        metavar="COLUMN", help="Column that tells the customer.", rich_help_panel=_COLUMNS
    ),
]
Activity = Annotated[
    str | None,
    typer.Option(
        metavar="COLUMN", help="Column that tells what happened.", rich_help_panel=_COLUMNS
    ),
]
Timestamp = Annotated[
    str | None,
    typer.Option(metavar="COLUMN", help="Column that tells when.", rich_help_panel=_COLUMNS),
]
Channel = Annotated[
    str | None,
    typer.Option(metavar="COLUMN", help="Column that tells the channel.", rich_help_panel=_COLUMNS),
]
Zone = Annotated[
    str | None,
    typer.Option(
        "--tz", metavar="ZONE", help="Zone of times that carry none.", rich_help_panel=_COLUMNS
    ),
]
TimeFormat = Annotated[
    str | None,
    typer.Option(
        metavar="FORMAT",
        help="strptime pattern, iso, epoch-s, epoch-ms or epoch-us.",
        rich_help_panel=_COLUMNS,
    ),
]
Region = Annotated[
    str | None,
    typer.Option(
        metavar="CC", help="Country whose form phone numbers have.", rich_help_panel=_COLUMNS
    ),
]
ObjectType = Annotated[
    str | None,
    typer.Option(
        metavar="TYPE",
        help="Object that is the case: object-centric logs.",
        rich_help_panel=_COLUMNS,
    ),
]
Keep = Annotated[
    list[str] | None,
    typer.Option(
        metavar="COLUMN", help="Further column to keep; repeatable.", rich_help_panel=_COLUMNS
    ),
]
MaxRejects = Annotated[
    str,
    typer.Option(
        metavar="N|P%", help="How many bad records to go on without.", rich_help_panel=_COLUMNS
    ),
]
Config = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Configuration; else cjmine.toml beside the logs, or here.",
        rich_help_panel=_COLUMNS,
    ),
]
IdealFile = Annotated[
    Path | None,
    typer.Option(
        "--ideal", "-i", metavar="FILE", help="The journey file, or a .bpmn or .pnml model."
    ),
]
Baseline = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Compare with an earlier check.")
]
Quiet = Annotated[
    bool,
    typer.Option(
        "--quiet", "-q", callback=hush, help="No progress and no notes; errors and results only."
    ),
]


def declared(
    case: str | None,
    customer: str | None,
    activity: str | None,
    timestamp: str | None,
    channel: str | None,
    tz: str | None,
    time_format: str | None,
    region: str | None,
    object_type: str | None,
    keep: list[str] | None,
    config: Path | None,
) -> SourceFlags:
    """What the flags declare. Raises UsageError U101 for an unknown zone or format."""
    from cjmine.ingest.source_flags import SourceFlags, named_roles

    roles = named_roles(case, customer, activity, timestamp, channel, tz, time_format)
    if region is not None and not re.fullmatch("[A-Z]{2}", region):
        raise UsageError(
            Problem(
                Code.USAGE,
                "a region is a country code of two capitals",
                Place("--region"),
                remedy="for example --region NL",
            )
        )
    return SourceFlags(roles, tuple(keep or ()), config, region, object_type)


def spare(inputs: Iterable[str | Path], outputs: Iterable[Path]) -> None:
    """Refuse an output that would replace a file that is read. Raises UsageError U101."""
    read = [Path(one) for one in inputs if Path(one).is_file()]
    for output in outputs:
        if output.exists() and any(output.samefile(one) for one in read):
            raise UsageError(
                Problem(
                    Code.USAGE,
                    "the output would replace a file that is read",
                    Place(str(output)),
                    remedy="choose another file name",
                )
            )


def top(written: str, option: str = "--top") -> int | None:
    """A number of rows, or None for all of them. Raises UsageError U101."""
    if written == "all":
        return None
    if written.isdecimal():
        return int(written)
    raise UsageError(
        Problem(
            Code.USAGE,
            'a number or "all" is needed',
            Place(option),
            remedy=f"for example {option} 20",
        )
    )


def reject_budget(written: str) -> RejectBudget:
    """A number of records, or a share of them. Raises UsageError U101."""
    from cjmine.ingest.load import RejectBudget

    found = re.fullmatch(r"(\d+)|(\d+(?:\.\d+)?)%", written.strip())
    if found is None or (found[2] and float(found[2]) > 100):
        raise UsageError(
            Problem(
                Code.USAGE,
                "a number of records or a share of them is needed",
                Place("--max-rejects"),
                remedy="for example --max-rejects 20 or --max-rejects 0.5%",
            )
        )
    return RejectBudget(int(found[1])) if found[1] else RejectBudget(share=float(found[2]) / 100)


@dataclass(frozen=True, slots=True)
class Columns:
    """The options that name columns, times and the configuration, as they were given."""

    case: str | None
    customer: str | None
    activity: str | None
    timestamp: str | None
    channel: str | None
    tz: str | None
    time_format: str | None
    region: str | None
    object_type: str | None
    config: Path | None

    @property
    def is_given(self) -> bool:
        """Whether any of them was given."""
        return any(getattr(self, field.name) is not None for field in fields(self))


def open_logs(
    arguments: list[str],
    given: Columns,
    keep: list[str],
    max_rejects: str,
    progress: Progress,
) -> Opened:
    """Open what the arguments name: one saved log, or exports that are loaded and not kept.

    Raises UsageError U101 where options name the columns of a saved log, which knows its own.
    """
    from cjmine.eventlog.parquet import is_log
    from cjmine.ingest.open_log import open_log

    if len(arguments) == 1 and is_log(Path(arguments[0])):
        if given.is_given:
            raise UsageError(
                Problem(
                    Code.USAGE,
                    "a saved event log knows its columns and its zone",
                    Place(arguments[0]),
                    remedy="leave the options for columns, times and configuration away",
                )
            )
        return open_log(arguments, progress=progress)
    flags = declared(
        given.case,
        given.customer,
        given.activity,
        given.timestamp,
        given.channel,
        given.tz,
        given.time_format,
        given.region,
        given.object_type,
        keep or None,
        given.config,
    )
    return open_log(arguments, flags, budget=reject_budget(max_rejects), progress=progress)
