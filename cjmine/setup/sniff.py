"""Sniff: describe files, and write the configuration that reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cjmine.errors import DataError, Problem
from cjmine.ingest.source_flags import SourceFlags
from cjmine.loaders.folders import expand
from cjmine.loaders.roles import told
from cjmine.loaders.sniff import Sniffed, sniff
from cjmine.reporters.escaping import padded, visible
from cjmine.setup.write_config import source_block


@dataclass(frozen=True, slots=True)
class Description:
    """The text about all files that could be described, and what is wrong with the others."""

    text: str
    problems: tuple[Problem, ...] = ()


def describe(arguments: Sequence[str], declared: SourceFlags) -> Description:
    """What each file is and how it would be read, with the block for `cjmine.toml`.

    Files of a folder that cannot be read are told in a line; a file that was named and cannot be
    read is a problem.
    """
    parts: list[str] = []
    problems: list[Problem] = []
    for argument in arguments:
        explicit = not Path(argument).is_dir()
        for file in expand(argument):
            try:
                parts.append(_described(sniff(file, str(file), declared.roles, declared.extras)))
            except DataError as error:
                if explicit:
                    problems += error.problems
                else:
                    parts.append(f"{visible(str(file))}\n  {error.problems[0].message}\n")
    return Description("\n".join(parts), tuple(problems))


def _described(one: Sniffed) -> str:
    source, inspection = one.source, one.inspection
    lines = [visible(source.label), f"{visible(inspection.description)}", ""]
    lines.append(f"  {'role':<18}{'column':<22}{'because':<22}sample (masked)")
    for row in inspection.found:
        lines.append(
            f"  {padded(row.role, 18)}{padded(row.column, 22)}{padded(row.because, 22)}"
            f"{visible(row.sample)}".rstrip()
        )
        if len(row.because) > 22:
            lines[-1] = f"  {padded(row.role, 18)}{padded(row.column, 22)}{visible(row.because)}"
            if row.sample:
                lines.append(f"  {'':<40}{visible(row.sample)}")
    if inspection.dropped:
        lines += [
            "",
            "  not read: " + ", ".join(visible(told(name)) for name in inspection.dropped),
        ]
    lines += ["", "Nothing was written. For cjmine.toml:", ""]
    lines += source_block(one)
    return "\n".join(lines) + "\n"
