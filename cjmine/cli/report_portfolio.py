"""`cjmine report portfolio.yaml LOG -o FOLDER`: the life cycle, and the report of each journey."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cjmine.cli import options
from cjmine.cli.logs import open_logs
from cjmine.cli.outputs import write
from cjmine.cli.progress import progress_bar
from cjmine.cli.screen import say_notes
from cjmine.counting.split import Split
from cjmine.errors import Code, OutputError, Place, Problem, UsageError, listed
from cjmine.ingest.source_options import SourceOptions
from cjmine.portfolio_sentences import PortfolioSentence
from cjmine.progress import Phase, ProgressEvent
from cjmine.reporters.language import Lang
from cjmine.shown_paths import shown_path
from cjmine.verbs.settings import ReportSettings

FOLDER = Path("report")


def report_portfolio(
    arguments: Sequence[str],
    settings: ReportSettings,
    sources: SourceOptions,
    output: Path,
    lang: Lang,
    split: Split,
) -> None:
    """Write `index.html` and a page a journey into a folder, which is made where it is missing.

    Raises UsageError U101 for an output that names a file, and what `portfolio` raises.
    """
    from cjmine.ingest.project import declared_by
    from cjmine.reporters.html.report import Made
    from cjmine.reporters.portfolio.folder import folder
    from cjmine.verbs.insights import insights_beside
    from cjmine.verbs.portfolio_journeys import (
        columns_in,
        digest_of,
        files_of,
        needed_portfolio,
    )
    from cjmine.verbs.portfolio_report import portfolio_report
    from cjmine.version import VERSION

    if output.suffix or output.is_file():
        raise UsageError(
            Problem(
                Code.USAGE,
                "the report of a portfolio is a folder: a page a journey",
                Place(str(output)),
                remedy="name a folder: -o report",
            )
        )
    journeys, logs = needed_portfolio(arguments)
    project, beside = declared_by(logs, sources.config), files_of(journeys)
    with progress_bar() as progress:
        keep = [*columns_in(journeys), *project.like]
        loaded = open_logs(logs, sources, progress, keep, beside)
        say_notes(loaded.notes_beside_the_log, lang)
        said = insights_beside([arguments[0], *logs])
        found = portfolio_report(loaded.source, journeys, settings, project, progress, split, said)
        say_notes([one for one in found.portfolio.notes if one.code is Code.REPORT_WITHHELD], lang)
        reports = {one.name: one.report for one in found.reports}
        made = Made(settings.command, VERSION, digest_of(journeys))
        progress(ProgressEvent(Phase.DRAW))
        pages = dict(folder(found.portfolio, reports, made, lang, found.unheard))
        files = [output / name for name in pages]
        options.spare([*logs, *beside, *loaded.files], files)
        _make(output)
        for file, text in zip(files, pages.values(), strict=True):
            progress(ProgressEvent(Phase.WRITE, shown_path(file)))
            write(file, text, settings.release)
        if left := sorted({one.name for one in output.glob("*.html")} - set(pages)):
            say_notes([PortfolioSentence.LEFT.note(listed(left))], lang)


def _make(folder: Path) -> None:
    """Make a folder where there is none. Raises OutputError O101."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            Problem(
                Code.OUTPUT_FAILED,
                "the folder cannot be made",
                Place(str(folder)),
                cause=error.strerror or "",
                remedy="name another one: -o FOLDER",
            )
        ) from None
