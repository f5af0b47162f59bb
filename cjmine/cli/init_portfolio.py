"""`cjmine init --portfolio`: a first portfolio file from a log."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cjmine.cli.logs import open_logs
from cjmine.cli.outputs import refuse_existing
from cjmine.cli.progress import progress_bar
from cjmine.cli.screen import remark, say_notes
from cjmine.ingest.source_options import SourceOptions
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
    contact = declared_by(logs, None).contact.activities
    rules, declared = rules_at_hand(logs, None), journey_files(into)
    with progress_bar() as progress:
        loaded = open_logs(logs, sources, progress)
        say_notes(loaded.notes_beside_the_log, lang)
        proposed = propose_portfolio(loaded.log, declared, contact, rules, settings)
        text = render(proposed, language(lang))
    write_text(file, text + "\n", Access.SHARED)
    remark(f"wrote {visible(shown_path(file))}")
    named = " ".join(visible(shown_path(one)) for one in logs)
    remark(f"next: answer its questions; cjmine portfolio {visible(shown_path(file))} {named}")
