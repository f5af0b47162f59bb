"""`cjmine privacy`: the key of the pseudonyms, and what is said and done about personal data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cjmine.cli import privacy_pages, privacy_purge
from cjmine.cli.command import command
from cjmine.cli.screen import remark
from cjmine.reporters.escaping import visible
from cjmine.shown_paths import shown_path

_HELP = "Keys, and what is said and done about personal data."
app = typer.Typer(no_args_is_help=True, help=_HELP)
app.command("register")(privacy_pages.register)
app.command("notice")(privacy_pages.notice)
app.command("purge")(privacy_purge.purge)


@app.callback()
def _privacy() -> None:
    """Keys, and what is said and done about personal data."""


@app.command("new-key")
@command
def new_key(
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that does not exist yet.")],
) -> None:
    """Make a key: a new file that only you can read.

    Who holds the key can recognise customers in the log; keep it away from those who analyse.
    """
    from cjmine.privacy.key import new_key as make

    key = make(file)
    remark(f"wrote {visible(shown_path(file))}: key {key.id}, readable by you only")
    remark("keep it: without it, later loads cannot be linked to earlier ones")
