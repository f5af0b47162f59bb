"""`cjmine privacy purge`: events past their declared retention leave saved logs."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from cjmine.cli import options
from cjmine.cli.command import command
from cjmine.cli.documents import Documents, WordsFormat, deliver
from cjmine.cli.progress import progress_bar
from cjmine.errors import Code, Place, PrivacyError, Problem
from cjmine.reporters.formats import WordsOrJson, words_format_of
from cjmine.reporters.language import Lang
from cjmine.verbs.purge_settings import PurgeSettings


@command
def purge(
    *,
    logs: Annotated[
        list[str], typer.Argument(metavar="LOG…", help="Saved logs, or folders that hold them.")
    ],
    settings: PurgeSettings,
    form: WordsFormat = WordsOrJson.TEXT,
    output: Documents = None,
    lang: options.Language = Lang.EN,
    config: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Configuration; else cjmine.toml beside the logs, or here."
        ),
    ] = None,
) -> None:
    """Remove events past the retention of cjmine.toml from saved logs, for good.

    Each log is replaced whole or not at all; what cannot be purged is named, with exit status 4.

    Example: cjmine privacy purge log.parquet --dry-run
    """
    from cjmine.ingest.released import is_released
    from cjmine.reporters.privacy.purge import render
    from cjmine.verbs.purge import purge as enforce

    for file in output or []:
        words_format_of(file)
    options.spare(logs, output or [])
    if is_released(logs, config):
        settings = replace(settings, release=True)
    with progress_bar() as progress:
        found = enforce(logs, config, settings, progress)
    deliver(partial(render, found), form, output or [], lang, settings.release)
    if found.unpurged:
        raise PrivacyError(
            *(
                Problem(
                    Code.NOT_PURGED,
                    "what is past its retention may still be here",
                    Place(one.file),
                    cause=one.why.value.replace("-", " "),
                    remedy=f"cjmine explain {Code.NOT_PURGED}",
                )
                for one in found.unpurged
            )
        )
