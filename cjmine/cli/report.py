"""`cjmine report`: one HTML file that tells what was found, for people who do not run cjmine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cjmine.cli import options
from cjmine.cli.progress import progress_bar
from cjmine.cli.screen import remark, say_notes
from cjmine.cli.typed import typed
from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.progress import Phase, Progress, ProgressEvent
from cjmine.reporters.escaping import visible
from cjmine.reporters.language import Lang

if TYPE_CHECKING:
    from cjmine.ideal.compiled import CompiledIdeal
    from cjmine.reporters.html.report import Report
    from cjmine.verbs.report import ReportQuestion


def report(
    context: typer.Context,
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="LOG… | RESULT.json…",
            help="A log, exports or a folder; or the JSON of a check, a discovery, or both.",
        ),
    ] = None,
    ideal: options.IdealFile = None,
    baseline: options.Baseline = None,
    goal: Annotated[
        list[str] | None, typer.Option(metavar="ACTIVITY", help="The goal; repeatable.")
    ] = None,
    min_group: Annotated[int, typer.Option(min=1, help="Fold groups of fewer customers.")] = 10,
    lang: Annotated[Lang, typer.Option(help="The language of what is drawn and told.")] = Lang.EN,
    title: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The title; else the name of the journey.")
    ] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The file to write.")
    ] = Path("report.html"),
    case: options.Case = None,
    customer: options.Customer = None,
    activity: options.Activity = None,
    timestamp: options.Timestamp = None,
    channel: options.Channel = None,
    tz: options.Zone = None,
    time_format: options.TimeFormat = None,
    region: options.Region = None,
    object_type: options.ObjectType = None,
    max_rejects: options.MaxRejects = "0",
    config: options.Config = None,
    quiet: options.Quiet = False,
) -> None:
    """Write one HTML file with pictures and figures, which opens anywhere without a network.

    Example: cjmine report sample_logs -o report.html
    """
    from cjmine.reporters.html import render
    from cjmine.verbs.check import open_baseline
    from cjmine.verbs.pictures import is_result
    from cjmine.verbs.report import ReportQuestion

    arguments = inputs or []
    question = ReportQuestion(
        tuple(goal or ()),
        min_group,
        None if baseline is None else open_baseline(baseline, baseline.as_posix()),
        title,
        typed(context),
    )
    given = options.Columns(
        case, customer, activity, timestamp, channel, tz, time_format, region, object_type, config
    )
    results = [one for one in arguments if is_result(one)]
    options.spare([*arguments, *(one for one in (ideal, baseline) if one is not None)], [output])
    if results:
        is_more = len(results) < len(arguments) or given.is_given or goal or baseline is not None
        if is_more:
            raise _alone(results[0])
        found = _of_results(results, ideal, question)
    from cjmine.output import write_text

    with progress_bar() as progress:
        if not results:
            found = _of_logs(arguments, ideal, question, given, max_rejects, output, progress)
        progress(ProgressEvent(Phase.DRAW))
        page = render(found, lang)
        progress(ProgressEvent(Phase.WRITE, str(output)))
        write_text(output, page)
    remark(f"wrote {visible(str(output))}")


def _of_results(results: list[str], ideal: Path | None, question: ReportQuestion) -> Report:
    from cjmine.verbs.report import ideal_of, report_on_results

    declared = None if ideal is None else ideal_of(ideal, [])
    return report_on_results([Path(one) for one in results], declared, question)


def _of_logs(
    logs: list[str],
    ideal: Path | None,
    question: ReportQuestion,
    given: options.Columns,
    max_rejects: str,
    output: Path,
    progress: Progress,
) -> Report:
    from cjmine.verbs.report import ideal_of, report_on_log

    declared = ideal_of(ideal, logs)
    opened = options.open_logs(logs, given, _columns_of(declared), max_rejects, progress)
    read = [*(one.path for one in opened.log.about.sources)]
    options.spare([*read, *([declared.journey.file] if declared else [])], [output])
    if opened.loaded is not None:
        shown = {note.code for note in opened.log.about.notes}
        say_notes(note for note in opened.loaded.notes if note.code not in shown)
    return report_on_log(opened.log, declared, question, progress)


def _columns_of(declared: CompiledIdeal | None) -> list[str]:
    """Attributes that the ideal looks at, and that a load must therefore keep."""
    steps = declared.journey.steps if declared else ()
    columns = (step.failed.column for step in steps if step.failed)
    return sorted({column for column in columns if column is not None})


def _alone(result: str) -> UsageError:
    return UsageError(
        Problem(
            Code.USAGE,
            "a result of an earlier run is shown as it is",
            Place(result),
            cause="logs, columns, goals and baselines belong to the run that made it",
            remedy="name results alone, or the log alone",
        )
    )
