"""`cjmine check`: does the measured journey keep what the ideal one promises?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cjmine.cli import options
from cjmine.cli.progress import progress_bar
from cjmine.cli.screen import put, remark, say_notes
from cjmine.cli.typed import typed
from cjmine.errors import ExitStatus
from cjmine.progress import Phase, ProgressEvent
from cjmine.reporters.escaping import visible
from cjmine.reporters.formats import CheckFormat, CheckTable

if TYPE_CHECKING:
    from cjmine.analysis.check import Outcome
    from cjmine.ideal.compiled import CompiledIdeal
    from cjmine.reporters.html.report import Made
    from cjmine.verbs.check import CheckQuestion

_JUDGING = "Judging"


def check(
    context: typer.Context,
    logs: Annotated[
        list[str] | None,
        typer.Argument(metavar="LOG…", help="A saved log, a process log, exports, or a folder."),
    ] = None,
    ideal: options.IdealFile = None,
    baseline: options.Baseline = None,
    save_baseline: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Keep the counts of this check.", rich_help_panel=_JUDGING
        ),
    ] = None,
    fail_on_inconclusive: Annotated[
        bool,
        typer.Option(
            "--fail-on-inconclusive",
            help="Exit 1 where too few journeys decide, too.",
            rich_help_panel=_JUDGING,
        ),
    ] = False,
    exit_zero: Annotated[
        bool,
        typer.Option(
            "--exit-zero",
            help="Exit 0 even if an expectation is broken.",
            rich_help_panel=_JUDGING,
        ),
    ] = False,
    observed_from: Annotated[
        str | None,
        typer.Option(
            metavar="DAY",
            help="Journeys that began before are truncated.",
            rich_help_panel=_JUDGING,
        ),
    ] = None,
    observed_until: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="The log observes until then.", rich_help_panel=_JUDGING),
    ] = None,
    min_group: Annotated[int, typer.Option(min=1, help="Fold groups of fewer customers.")] = 10,
    examples: Annotated[
        int, typer.Option(min=0, metavar="N", help="How many examples the text draws.")
    ] = 1,
    form: Annotated[
        CheckFormat, typer.Option("--format", "-f", help="What goes to stdout.")
    ] = CheckFormat.TEXT,
    table: Annotated[CheckTable, typer.Option(help="Which table CSV holds.")] = CheckTable.STEPS,
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Also write a file; the suffix decides (.html .txt .json .md .csv .xml: JUnit).",
        ),
    ] = None,
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
) -> int:
    """Compare the ideal journey with the measured ones; exit 1 if an expectation is broken.

    Example: cjmine check sample_logs --ideal sample_logs/journey.yaml
    """
    from cjmine.reporters.formats import check_format_of
    from cjmine.reporters.registry import render_check

    files = output or []
    forms = [check_format_of(file) for file in files]
    declared = _ideal(ideal, logs or [])
    question = _question(min_group, baseline, observed_from, observed_until)
    with progress_bar() as progress:
        opened = options.open_logs(
            logs or [],
            options.Columns(
                case,
                customer,
                activity,
                timestamp,
                channel,
                tz,
                time_format,
                region,
                object_type,
                config,
            ),
            _columns_of(declared),
            max_rejects,
            progress,
        )
        written = [*files, *([save_baseline] if save_baseline else [])]
        read = [*(logs or []), *(one.path for one in opened.log.about.sources)]
        options.spare([*read, declared.journey.file, *([baseline] if baseline else [])], written)
        if opened.loaded is not None:
            shown = {note.code for note in opened.log.about.notes}
            say_notes(note for note in opened.loaded.notes if note.code not in shown)
        from cjmine.verbs.check import check as compare

        outcome = compare(opened.log, declared, question, progress)
        made = _made(context, declared) if CheckFormat.HTML in (form, *forms) else None
        for file, chosen in zip(files, forms, strict=True):
            progress(ProgressEvent(Phase.WRITE, str(file)))
            _write(file, render_check(outcome.checked, chosen, table, examples, made))
        if save_baseline is not None:
            progress(ProgressEvent(Phase.WRITE, str(save_baseline)))
            _save_baseline(outcome, save_baseline)
    put(render_check(outcome.checked, form, table, examples, made))
    return _status(outcome, fail_on_inconclusive, exit_zero)


def _ideal(file: Path | None, logs: list[str]) -> CompiledIdeal:
    """The ideal that is named, or the journey.yaml beside the logs or here."""
    from cjmine.verbs.check import find_ideal, read_ideal

    found = file if file is not None else find_ideal(logs)
    return read_ideal(found, found.as_posix())


def _columns_of(declared: CompiledIdeal) -> list[str]:
    """Attributes that the ideal looks at, and that a load must therefore keep."""
    columns = (step.failed.column for step in declared.journey.steps if step.failed)
    return sorted({column for column in columns if column is not None})


def _question(
    min_group: int, baseline: Path | None, observed_from: str | None, observed_until: str | None
) -> CheckQuestion:
    from cjmine.verbs.check import CheckQuestion, moment_of, open_baseline

    def moment(written: str | None, option: str) -> int | None:
        return None if written is None else moment_of(written, option)

    return CheckQuestion(
        min_group=min_group,
        baseline=None if baseline is None else open_baseline(baseline, baseline.as_posix()),
        observed_from=moment(observed_from, "--observed-from"),
        observed_until=moment(observed_until, "--observed-until"),
    )


def _made(context: typer.Context, declared: CompiledIdeal) -> Made:
    from cjmine.verbs.report import made_by_check

    return made_by_check(typed(context), declared)


def _write(file: Path, text: str) -> None:
    from cjmine.output import write_text

    write_text(file, text)
    remark(f"wrote {visible(str(file))}")


def _save_baseline(outcome: Outcome, file: Path) -> None:
    from cjmine.verbs.check import save_baseline

    save_baseline(outcome, file)
    remark(f"wrote {visible(str(file))}")


def _status(outcome: Outcome, fail_on_inconclusive: bool, exit_zero: bool) -> int:
    from cjmine.results.check import Verdict

    failing = [Verdict.BROKEN, *([Verdict.INCONCLUSIVE] if fail_on_inconclusive else [])]
    fails = outcome.checked.verdict in failing and not exit_zero
    return ExitStatus.BROKEN if fails else ExitStatus.DONE
