"""`cjmine check -i portfolio.yaml`: all journeys of a portfolio at once, and the worst of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cjmine.cli.logs import open_logs
from cjmine.cli.outputs import write_results
from cjmine.cli.progress import progress_bar
from cjmine.cli.screen import put, say_notes, screen_width
from cjmine.counting.split import Split
from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.ingest.source_options import SourceOptions
from cjmine.reporters.formats import Asked, Format, Subject, format_of
from cjmine.reporters.language import Lang
from cjmine.verbs.portfolio_settings import PortfolioSettings
from cjmine.verbs.settings import CheckSettings

if TYPE_CHECKING:
    from cjmine.results.expectations import Verdict


def check_portfolio(
    file: Path,
    logs: Sequence[str],
    settings: CheckSettings,
    form: Format,
    files: Sequence[Path],
    command: str,
    lang: Lang,
    sources: SourceOptions,
    split: Split,
) -> Verdict:
    """Show the portfolio, write it to files, and give the worst verdict of its journeys.

    Raises UsageError U101 for a format or an option that is for one journey.
    """
    from cjmine.ingest.project import declared_by
    from cjmine.reporters.html.report import Made
    from cjmine.reporters.registry import render
    from cjmine.verbs.portfolio import portfolio
    from cjmine.verbs.portfolio_journeys import columns_in, digest_of, files_of, read_journeys
    from cjmine.version import VERSION

    if not form.module(Subject.PORTFOLIO):
        raise UsageError(
            Problem(
                Code.USAGE,
                f"a portfolio has no reports of the format {form.value}",
                Place("--format"),
                remedy="check its journeys one by one in this format, each with its own --ideal",
            )
        )
    forms = [format_of(one, Subject.PORTFOLIO) for one in files]
    journeys = read_journeys(file, file.as_posix())
    project = declared_by(logs, sources.config)
    with progress_bar() as progress:
        keep, beside = columns_in(journeys), files_of(journeys)
        loaded = open_logs(logs, sources, progress, keep, beside, files)
        say_notes(loaded.notes_beside_the_log, lang)
        asked = settings.into(PortfolioSettings)
        found = portfolio(loaded.source, journeys, asked, project, progress, split)
        shown = Asked(made=Made(command, VERSION, digest_of(journeys)), lang=lang)
        write_results(found, files, forms, shown, settings.release, progress)
    put(render(found, form, replace(shown, width=screen_width())))
    return found.verdict
