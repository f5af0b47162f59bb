"""`cjmine report`: one HTML file with what was found, for people who do not run cjmine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cjmine.cli import options
from cjmine.cli.command import command
from cjmine.cli.logs import as_the_project_says, kept, open_logs
from cjmine.cli.outputs import write
from cjmine.cli.progress import progress_bar
from cjmine.cli.report_portfolio import FOLDER, report_portfolio
from cjmine.cli.screen import say_notes
from cjmine.cli.typed import typed
from cjmine.counting.split import Split
from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.ingest.source_options import SourceOptions
from cjmine.progress import Phase, Progress, ProgressEvent
from cjmine.reporters.language import Lang
from cjmine.shown_paths import shown_path
from cjmine.verbs.portfolio_settings import refuse_others
from cjmine.verbs.settings import ReportSettings

if TYPE_CHECKING:
    from cjmine.ideal.compiled import CompiledIdeal
    from cjmine.reporters.html.report import Report

_FILE = Path("report.html")


@command
def report(
    *,
    context: typer.Context,
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="LOG… | RESULT.json… | PORTFOLIO.yaml LOG…",
            help="A log, exports or a folder; the JSON of earlier runs; or a portfolio and a log.",
        ),
    ] = None,
    ideal: options.IdealFile = None,
    pool: options.Pool = None,
    baseline: options.BaselineFile = None,
    settings: ReportSettings,
    split: Split,
    lang: options.Language = Lang.EN,
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="FILE", help="The file to write; of a portfolio a folder."
        ),
    ] = _FILE,
    sources: SourceOptions,
) -> None:
    """Write one HTML file with pictures and figures, which opens anywhere without a network.

    Example: cjmine report sample_logs -o report.html
    """
    from cjmine.reporters.html import render
    from cjmine.verbs.check import open_baseline
    from cjmine.verbs.ideals import ideal_of
    from cjmine.verbs.pictures import is_result
    from cjmine.verbs.portfolio_journeys import is_portfolio
    from cjmine.verbs.report import report_on_results

    arguments = inputs or []
    settings = as_the_project_says(settings, arguments, sources)
    if baseline is not None:
        settings = replace(settings, baseline=open_baseline(baseline))
    settings = replace(settings, command=typed(context, settings.policy))
    beside = [one for one in (ideal, baseline) if one is not None]
    if any(is_portfolio(one) for one in arguments):
        given = {"--ideal": ideal, "--baseline": baseline, "--pool": pool}
        refuse_others(settings, (name for name, value in given.items() if value is not None))
        folder = FOLDER if output == _FILE else output
        report_portfolio(arguments, settings, sources, folder, lang, split)
        return
    if settings.gain:
        raise _of_a_portfolio()
    results = [one for one in arguments if is_result(one)]
    options.spare([*arguments, *beside], [output])
    if results:
        others = len(results) < len(arguments)
        if (
            others
            or sources.is_given
            or settings.goal
            or settings.is_about_a_log
            or baseline is not None
        ):
            raise _alone(results[0])
        declared = None if ideal is None else ideal_of(ideal, [], pool)
        found = report_on_results([Path(one) for one in results], declared, settings)
    with progress_bar() as progress:
        if not results:
            declared = ideal_of(ideal, arguments, pool)
            found = _of_logs(arguments, declared, settings, sources, output, lang, progress, split)
        progress(ProgressEvent(Phase.DRAW))
        page = render(found, lang)
        progress(ProgressEvent(Phase.WRITE, shown_path(output)))
        write(output, page, settings.release)


def _of_logs(
    logs: list[str],
    declared: CompiledIdeal | None,
    settings: ReportSettings,
    sources: SourceOptions,
    output: Path,
    lang: Lang,
    progress: Progress,
    split: Split,
) -> Report:
    from cjmine.ingest.project import declared_by
    from cjmine.verbs.ideals import columns_of
    from cjmine.verbs.insights import insights_beside
    from cjmine.verbs.report import report_on_log

    beside = [declared.journey.file] if declared is not None else []
    said = insights_beside(logs)
    project = declared_by(logs, sources.config)
    keep = [*columns_of(declared), *kept(settings), *project.like]
    loaded = open_logs(logs, sources, progress, keep=keep, beside=beside, outputs=[output])
    say_notes(loaded.notes_beside_the_log, lang)
    return report_on_log(loaded.source, declared, settings, project, progress, split, said)


def _alone(result: str) -> UsageError:
    return UsageError(
        Problem(
            Code.USAGE,
            "a result of an earlier run is shown as it is",
            Place(result),
            cause="logs, columns, goals, filters and baselines belong to the run that made it",
            remedy="name results alone, or the log alone",
        )
    )


def _of_a_portfolio() -> UsageError:
    return UsageError(
        Problem(
            Code.USAGE,
            "this is for a portfolio, not for one journey",
            Place("--gain"),
            remedy="name a portfolio.yaml, or see cjmine priorities",
        )
    )
