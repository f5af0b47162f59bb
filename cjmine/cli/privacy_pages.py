"""`cjmine privacy register` and `notice`: what a project does with personal data, in words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cjmine.cli import options
from cjmine.cli.command import Without, command
from cjmine.cli.documents import Documents, WordsFormat, deliver
from cjmine.cli.logs import as_the_project_says
from cjmine.cli.progress import progress_bar
from cjmine.ingest.source_options import SourceOptions
from cjmine.reporters.formats import WordsOrJson, words_format_of
from cjmine.reporters.language import Lang
from cjmine.verbs.settings import Settings

if TYPE_CHECKING:
    from cjmine.results.privacy import PrivacyRegister

Loads = Annotated[
    list[str] | None,
    typer.Argument(metavar="LOG…", help="Saved logs, or exports; else cjmine.toml's."),
]
Ideals = Annotated[
    list[Path] | None,
    typer.Option(
        "--ideal", "-i", metavar="FILE", help="The journey file, or a .bpmn or .pnml model."
    ),
]
Sources = Annotated[SourceOptions, Without("max_rejects")]


@command
def register(
    *,
    logs: Loads = None,
    ideal: Ideals = None,
    settings: Settings,
    form: WordsFormat = WordsOrJson.TEXT,
    output: Documents = None,
    lang: options.Language = Lang.EN,
    sources: Sources,
) -> None:
    """Write the register of Article 30(1) of the GDPR: purposes, columns, retention, security.

    From cjmine.toml, journey files and the last load; what nobody declared is an error.

    Example: cjmine privacy register sample_logs
    """
    from cjmine.reporters.privacy.register import render

    settings = as_the_project_says(settings, logs, sources)
    found = _found(logs or [], ideal or [], output or [], settings, sources)
    deliver(partial(render, found), form, output or [], lang, settings.release)


@command
def notice(
    *,
    logs: Loads = None,
    ideal: Ideals = None,
    settings: Settings,
    form: WordsFormat = WordsOrJson.TEXT,
    output: Documents = None,
    lang: options.Language = Lang.EN,
    sources: Sources,
) -> None:
    """Write in plain words what is measured, for those whose data it is: at most 300 words.

    From cjmine.toml, journey files and the last load; what nobody declared is an error.

    Example: cjmine privacy notice sample_logs --lang nl
    """
    from cjmine.reporters.privacy.notice import render

    settings = as_the_project_says(settings, logs, sources)
    found = _found(logs or [], ideal or [], output or [], settings, sources)
    deliver(partial(render, found), form, output or [], lang, settings.release)


def _found(
    logs: Sequence[str],
    ideals: Sequence[Path],
    outputs: Sequence[Path],
    settings: Settings,
    sources: SourceOptions,
) -> PrivacyRegister:
    from cjmine.verbs.privacy_register import privacy_register

    for file in outputs:
        words_format_of(file)
    options.spare([*logs, *ideals], outputs)
    with progress_bar() as progress:
        return privacy_register(logs, ideals, sources, settings.policy, progress)
