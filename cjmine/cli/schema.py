"""`cjmine schema`: the JSON Schema of journey files, for editors that complete and check them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cjmine.cli import options
from cjmine.cli.screen import put, remark
from cjmine.reporters.escaping import visible


def schema(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it to a file.")
    ] = None,
    quiet: options.Quiet = False,
) -> None:
    """Print the JSON Schema of journey files; editors use it to complete and check them.

    Example: cjmine schema -o journey.schema.json
    """
    import cjmine.ideal

    file = Path(cjmine.ideal.__file__).with_name("journey.schema.json")
    text = file.read_text(encoding="utf-8")
    if output is None:
        put(text)
        return
    from cjmine.output import write_text

    write_text(output, text)
    remark(f"wrote {visible(str(output))}")
