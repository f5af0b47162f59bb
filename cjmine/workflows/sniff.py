"""Sniff: describe files, and write the configuration that reads them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cjmine.errors import DataError, Problem
from cjmine.loaders.files import expand
from cjmine.loaders.roles import told
from cjmine.loaders.sniff import Sniffed, sniff
from cjmine.reporters.clean import padded, visible
from cjmine.sources import Identifier, Kind, TimeColumn
from cjmine.workflows.inputs import Declared


@dataclass(frozen=True, slots=True)
class Description:
    """The text about all files that could be described, and what is wrong with the others."""

    text: str
    problems: tuple[Problem, ...] = ()


def describe(arguments: Sequence[str], declared: Declared) -> Description:
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
    lines += _block(one)
    return "\n".join(lines) + "\n"


def _block(one: Sniffed) -> list[str]:
    source, roles, given = one.source, one.source.roles, one.inspection.given
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", source.path.name.split(".")[0]).strip("-") or "source"
    lines = [
        f"[source.{name.lower()}]",
        f"files    = {_text(str(source.path))}",
        f'format   = "{source.format}"',
    ]
    if "channel" in given:
        pass
    elif roles.channel is not None:
        lines.append(f"channel  = {_text(roles.channel)}")
    elif roles.channel_column is not None:
        lines.append(f"channel  = {{ column = {_text(roles.channel_column)} }}")
    if roles.customer is not None and "customer" not in given:
        lines.append(f"customer = {_identifier(roles.customer)}")
        if roles.customer.kind is Kind.PHONE and roles.customer.region is None:
            lines.append('# numbers without a country code: add  region = "NL"  to the customer')
    if roles.case is not None and "case" not in given:
        lines.append(f"case     = {{ column = {_text(roles.case)} }}")
    if roles.time is not None and roles.time.columns and "time" not in given:
        lines.append(f"time     = {_time(roles.time)}")
    if roles.activity is not None and "activity" not in given:
        lines.append(f"activity = {{ column = {_text(roles.activity)} }}")
    if roles.time is not None and roles.time.zone is None and _is_local(one):
        lines.append('# local times: add  time = { zone = "Europe/Amsterdam" }  or timezone on top')
    if source.format == "mail":
        lines.append('# own    = ["example.nl"]   # your own domains: tell incoming from outgoing')
    return lines


def _is_local(one: Sniffed) -> bool:
    return any(row.role == "time" and "local" in row.because for row in one.inspection.found)


def _time(time: TimeColumn) -> str:
    columns = ", ".join(map(_text, time.columns))
    written = f"column = {columns}" if len(time.columns) == 1 else f"columns = [{columns}]"
    if time.format:
        written += f", format = {_text(time.format)}"
    if time.zone:
        written += f", zone = {_text(time.zone)}"
    return f"{{ {written} }}"


def _identifier(identifier: Identifier) -> str:
    written = f"column = {_text(identifier.column)}"
    if identifier.kind is not Kind.CUSTOMER:
        written += f', as = "{identifier.kind}"'
    if identifier.region is not None:
        written += f", region = {_text(identifier.region)}"
    return f"{{ {written} }}"


def _text(value: str) -> str:
    """A basic string of TOML, with everything escaped that hides or steers."""
    escaped = "".join(
        sign if visible(sign) == sign and sign not in '"\\' else _escape(sign) for sign in value
    )
    return f'"{escaped}"'


def _escape(sign: str) -> str:
    return f"\\{sign}" if sign in '"\\' else f"\\U{ord(sign):08x}"
