"""`cjmine check`: does the measured journey keep what the ideal one promises?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cjmine.cli import options
from cjmine.cli.check_portfolio import check_portfolio
from cjmine.cli.choices import format_option, table_option
from cjmine.cli.command import command
from cjmine.cli.logs import as_the_project_says, kept, open_logs
from cjmine.cli.outputs import write_results, wrote
from cjmine.cli.progress import progress_bar
from cjmine.cli.screen import put, say_notes, screen_width
from cjmine.cli.typed import typed
from cjmine.counting.split import Split
from cjmine.errors import Code, ExitStatus, Place, Problem, UsageError
from cjmine.ingest.source_options import SourceOptions
from cjmine.progress import Phase, ProgressEvent
from cjmine.reporters.formats import (
    Asked,
    Format,
    Subject,
    TableName,
    format_of,
)
from cjmine.reporters.language import Lang
from cjmine.shown_paths import shown_path
from cjmine.verbs.portfolio_settings import refuse_others
from cjmine.verbs.settings import JUDGING, CheckSettings

if TYPE_CHECKING:
    from cjmine.results.expectations import Verdict


@command
def check(
    *,
    context: typer.Context,
    logs: options.Logs = None,
    ideal: options.IdealFile = None,
    pool: options.Pool = None,
    baseline: options.BaselineFile = None,
    settings: CheckSettings,
    save_baseline: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Keep the counts of this check.", rich_help_panel=JUDGING
        ),
    ] = None,
    fail_on_inconclusive: Annotated[
        bool,
        typer.Option(
            "--fail-on-inconclusive",
            help="Exit 1 where too few journeys decide, too.",
            rich_help_panel=JUDGING,
        ),
    ] = False,
    exit_zero: Annotated[
        bool,
        typer.Option(
            "--exit-zero", help="Exit 0 even if an expectation is broken.", rich_help_panel=JUDGING
        ),
    ] = False,
    examples: Annotated[
        int, typer.Option(min=0, metavar="N", help="How many examples the text draws.")
    ] = 1,
    form: Annotated[Format, format_option(Subject.CHECK)] = Format.TEXT,
    table: Annotated[TableName, table_option(Subject.CHECK)] = TableName.STEPS,
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Also write a file; the suffix decides (.html .txt .json .md .csv .xml: JUnit).",
        ),
    ] = None,
    lang: options.Language = Lang.EN,
    sources: SourceOptions,
    split: Split,
) -> int:
    """Compare the ideal journey with the measured ones; exit 1 if an expectation is broken.

    A portfolio as the ideal checks all its journeys; the worst decides.

    Example: cjmine check sample_logs --ideal sample_logs/journey.yaml
    """
    from cjmine.portfolio.file import declares_portfolio
    from cjmine.reporters.registry import render
    from cjmine.verbs import check as verb
    from cjmine.verbs.ideals import columns_of, needed_ideal

    if table is TableName.RANGES and not settings.ranges:
        raise UsageError(
            Problem(
                Code.USAGE,
                "the table of ranges has to be asked for",
                Place("--table"),
                remedy="add --ranges",
            )
        )
    settings = as_the_project_says(settings, logs, sources)
    files = output or []
    if ideal is not None and declares_portfolio(ideal):
        beside = {"--baseline": baseline, "--save-baseline": save_baseline, "--pool": pool}
        refuse_others(settings, (name for name, value in beside.items() if value is not None))
        command = typed(context, settings.policy)
        worst = check_portfolio(
            ideal, logs or [], settings, form, files, command, lang, sources, split
        )
        return _status(worst, fail_on_inconclusive, exit_zero)
    forms = [format_of(file, Subject.CHECK) for file in files]
    declared = needed_ideal(ideal, logs or [], pool)
    if baseline is not None:
        settings = replace(settings, baseline=verb.open_baseline(baseline))
    with progress_bar() as progress:
        loaded = open_logs(
            logs or [],
            sources,
            progress,
            keep=[*columns_of(declared), *kept(settings)],
            beside=[declared.journey.file, *([baseline] if baseline else [])],
            outputs=[*files, *([save_baseline] if save_baseline else [])],
        )
        say_notes(loaded.notes_beside_the_log, lang)
        wanted = verb.wanted_by([form, *forms])
        outcome = verb.check(loaded.source, declared, settings, progress, split, wanted)
        made = None
        if Format.HTML in (form, *forms):
            from cjmine.verbs.report import made_by_check

            made = made_by_check(typed(context, settings.policy), declared)
        shown = Asked(table, examples, made, lang)
        write_results(outcome.checked, files, forms, shown, settings.release, progress)
        if save_baseline is not None:
            progress(ProgressEvent(Phase.WRITE, shown_path(save_baseline)))
            verb.save_baseline(outcome, save_baseline)
            wrote(save_baseline, settings.release)
    put(render(outcome.checked, form, replace(shown, width=screen_width())))
    return _status(outcome.checked.verdict, fail_on_inconclusive, exit_zero)


def _status(verdict: Verdict, fail_on_inconclusive: bool, exit_zero: bool) -> int:
    from cjmine.results.expectations import Verdict

    failing = [Verdict.BROKEN, *([Verdict.INCONCLUSIVE] if fail_on_inconclusive else [])]
    fails = verdict in failing and not exit_zero
    return ExitStatus.BROKEN if fails else ExitStatus.DONE
