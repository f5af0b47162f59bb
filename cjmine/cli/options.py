"""Arguments and options that mean the same in every command, and outputs that are no inputs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.miner.kinds import Model
from cjmine.reporters.formats import TextOrJson
from cjmine.reporters.language import Lang

Logs = Annotated[
    list[str] | None,
    typer.Argument(metavar="LOG…", help="A saved log, exports, a folder, or - for stdin."),
]
Sources = Annotated[
    list[str] | None, typer.Argument(metavar="SOURCE...", help="Exports or folders of them.")
]
IdealFile = Annotated[
    Path | None,
    typer.Option(
        "--ideal", "-i", metavar="FILE", help="The journey file, or a .bpmn or .pnml model."
    ),
]
Pool = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Which pool of a .bpmn or .pnml model is the journey."),
]
BaselineFile = Annotated[
    Path | None, typer.Option("--baseline", metavar="FILE", help="Compare with an earlier check.")
]
Miner = Annotated[
    Model | None,
    typer.Option("--model", help="Who mines a process model: -o, or map --as model."),
]
Language = Annotated[Lang, typer.Option("--lang", help="The language of texts and pictures.")]
KeyFile = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Key of the pseudonyms; else CJMINE_KEY.")
]
SimpleFormat = Annotated[TextOrJson, typer.Option("--format", "-f", help="What goes to stdout.")]
Force = Annotated[bool, typer.Option("--force", help="Replace files that exist.")]


def spare(inputs: Iterable[str | Path], outputs: Iterable[Path]) -> None:
    """Refuse an output that would replace a file that is read. Raises UsageError U101."""
    read = [Path(one) for one in inputs if Path(one).is_file()]
    for output in outputs:
        if output.exists() and any(output.samefile(one) for one in read):
            raise UsageError(
                Problem(
                    Code.USAGE,
                    "the output would replace a file that is read",
                    Place(str(output)),
                    remedy="choose another file name",
                )
            )
