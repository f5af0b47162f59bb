"""`cjmine identity`: how identifiers of different channels become one customer."""

from __future__ import annotations

from typing import Annotated

import typer

from cjmine.cli import options
from cjmine.cli.command import Without, command
from cjmine.cli.logs import as_the_project_says
from cjmine.cli.progress import progress_bar
from cjmine.cli.screen import put, say_notes
from cjmine.ingest.source_options import SourceOptions
from cjmine.reporters.formats import TextOrJson
from cjmine.reporters.language import Lang
from cjmine.verbs.settings import Settings

app = typer.Typer(no_args_is_help=True, help="How identifiers become customers.")


@app.callback()
def _identity() -> None:
    """How identifiers become customers."""


@app.command("report")
@command
def report(
    *,
    files: options.Sources = None,
    key_file: options.KeyFile = None,
    settings: Settings,
    form: options.SimpleFormat = TextOrJson.TEXT,
    lang: options.Language = Lang.EN,
    sources: Annotated[SourceOptions, Without("case", "object_type")],
) -> None:
    """Say how many events each rule links, what was cut, and what a rule changes.

    Example: cjmine identity report sample_logs
    """
    from cjmine.disclosure.notes import policy_notes
    from cjmine.ingest.inputs import find_inputs
    from cjmine.privacy.key import find_key, throw_away_key
    from cjmine.reporters.identity import render
    from cjmine.reporters.language import language
    from cjmine.results.codec import to_json
    from cjmine.verbs.identity import identity_report

    key = find_key(key_file) or throw_away_key()
    policy = as_the_project_says(settings, files, sources).policy
    with progress_bar() as progress:
        inputs = find_inputs(files or [], sources.flags(), progress)
        found = identity_report(inputs, key, sources.max_rejects, policy, progress)
    say_notes([*inputs.notes, *policy_notes(policy)], lang)
    if form is TextOrJson.JSON:
        put(to_json(found) + "\n")
    else:
        put(render(found, language(lang)) + "\n")
