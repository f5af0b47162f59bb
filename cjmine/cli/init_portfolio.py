"""`cjmine init --portfolio`: a first portfolio file from a log."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

from cjmine.cli.logs import as_the_project_says, open_logs
from cjmine.cli.outputs import refuse_existing
from cjmine.cli.progress import progress_bar
from cjmine.cli.screen import remark, say_notes
from cjmine.ingest.source_options import SourceOptions
from cjmine.privacy.group_size import DEFAULT_MIN_GROUP
from cjmine.reporters.escaping import visible
from cjmine.reporters.language import Lang
from cjmine.shown_paths import shown_path
from cjmine.verbs.settings import CutSettings


def write_portfolio(
    logs: Sequence[str],
    into: Path,
    settings: CutSettings,
    sources: SourceOptions,
    lang: Lang,
    force: bool,
) -> None:
    """Write a proposed portfolio into a folder. Raises what opening logs and proposing raise."""
    from cjmine.ingest.project import declared_by
    from cjmine.output import Access, write_text
    from cjmine.reporters.language import language
    from cjmine.reporters.portfolio_file import render
    from cjmine.verbs.draft import rules_at_hand
    from cjmine.verbs.init_portfolio import journey_files, propose_portfolio
    from cjmine.verbs.portfolio_journeys import PORTFOLIO_NAME

    file = into / PORTFOLIO_NAME
    if not force:
        refuse_existing([file], "choose another folder with --into, or --force")
    settings = as_the_project_says(settings, logs, sources)
    contact = declared_by(logs, None).contact
    rules, declared = rules_at_hand(logs, None), journey_files(into)
    with progress_bar() as progress:
        loaded = open_logs(logs, sources, progress)
        say_notes(loaded.notes_beside_the_log, lang)
        proposed = propose_portfolio(loaded.log, declared, contact, rules, settings)
        named = [Path(one).name if settings.release else shown_path(one) for one in logs]
        folder = "" if settings.release else shown_path(into)
        text = render(proposed, _drafting(named, settings.min_group), folder, language(lang))
    write_text(file, text + "\n", Access.SHARED)
    remark(f"wrote {visible(shown_path(file))}")
    remark(
        f"journeys: {len(proposed.journeys)}; contact reasons: {len(proposed.reasons)};"
        " the same again with --force takes up journey files that are drafted"
    )
    shown = " ".join(visible(shown_path(one)) for one in logs)
    remark(f"next: answer its questions; cjmine portfolio {visible(shown_path(file))} {shown}")


def _drafting(logs: Sequence[str], min_group: int) -> str:
    """The command that drafts a journey of the same logs."""
    group = "" if min_group == DEFAULT_MIN_GROUP else f" --min-group {min_group}"
    return f"cjmine draft {' '.join(map(shlex.quote, logs))}{group}"
