"""`cjmine model`: the ideal journey as a process model file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cjmine.cli import options
from cjmine.cli.command import command
from cjmine.cli.screen import remark
from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.reporters.escaping import visible
from cjmine.shown_paths import shown_path


@command
def model(
    *,
    ideal: Annotated[Path, typer.Argument(metavar="JOURNEY", help="The journey file.")],
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="FILE", help="Write FILE.bpmn or FILE.pnml."),
    ],
) -> None:
    """Write an ideal journey as BPMN, for process tools, or as a Petri net in PNML.

    Example: cjmine model journey.yaml -o journey.bpmn
    """
    from cjmine.ideal.file import read_journey
    from cjmine.ideal.model_out import journey_bpmn, journey_pnml
    from cjmine.output import Access, write_text

    writers = {".bpmn": journey_bpmn, ".pnml": journey_pnml}
    write = writers.get(output.suffix.lower())
    if write is None:
        raise UsageError(
            Problem(
                Code.USAGE,
                "the suffix of the output file names no process model",
                Place(str(output)),
                remedy="name it .bpmn (for BPMN tools) or .pnml (a Petri net)",
            )
        )
    journey = read_journey(ideal, ideal.as_posix()).journey
    options.spare([ideal], [output])
    write_text(output, write(journey), Access.SHARED)
    remark(f"wrote {visible(shown_path(output))}")
