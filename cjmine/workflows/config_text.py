"""Writing `cjmine.toml`: the blocks that `sniff`, `touchpoints` and `init` print and write."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cjmine.loaders.sniff import Sniffed
from cjmine.reporters.escaping import visible
from cjmine.sources import Identifier, Kind, TimeColumn, TouchpointRule


def source_block(one: Sniffed, files: Sequence[str] = (), name: str = "") -> list[str]:
    """The table of one source; `files` stand for several of its kind."""
    source, roles, given = one.source, one.source.roles, one.inspection.given
    named = list(files) or [str(source.path)]
    several = "[" + ", ".join(map(toml_text, named)) + "]"
    lines = [
        f"[source.{name or source_name(one)}]",
        f"files    = {toml_text(named[0]) if len(named) == 1 else several}",
        f'format   = "{source.format}"',
    ]
    if "channel" in given:
        pass
    elif roles.channel is not None:
        lines.append(f"channel  = {toml_text(roles.channel)}")
    elif roles.channel_column is not None:
        lines.append(f"channel  = {{ column = {toml_text(roles.channel_column)} }}")
    if roles.customer is not None and "customer" not in given:
        lines.append(f"customer = {toml_identifier(roles.customer)}")
        if roles.customer.kind is Kind.PHONE and roles.customer.region is None:
            lines.append('# numbers without a country code: add  region = "NL"  to the customer')
    if roles.case is not None and "case" not in given:
        lines.append(f"case     = {{ column = {toml_text(roles.case)} }}")
    if roles.time is not None and roles.time.columns and "time" not in given:
        lines.append(f"time     = {_time(roles.time)}")
    if roles.activity is not None and "activity" not in given:
        lines.append(f"activity = {{ column = {toml_text(roles.activity)} }}")
    if roles.time is not None and roles.time.zone is None and _is_local(one):
        lines.append('# local times: add  time = { zone = "Europe/Amsterdam" }  or timezone on top')
    if source.extras.object_type is not None:
        lines.append(f"object   = {toml_text(source.extras.object_type)}")
    if source.format == "mail":
        lines.append('# own    = ["example.nl"]   # your own domains: tell incoming from outgoing')
    return lines


def _is_local(one: Sniffed) -> bool:
    return any(row.role == "time" and "local" in row.because for row in one.inspection.found)


def _time(time: TimeColumn) -> str:
    columns = ", ".join(map(toml_text, time.columns))
    written = f"column = {columns}" if len(time.columns) == 1 else f"columns = [{columns}]"
    if time.format:
        written += f", format = {toml_text(time.format)}"
    if time.zone:
        written += f", zone = {toml_text(time.zone)}"
    return f"{{ {written} }}"


def toml_identifier(identifier: Identifier) -> str:
    """An identifier as a table in one line."""
    written = f"column = {toml_text(identifier.column)}"
    if identifier.kind is not Kind.CUSTOMER:
        written += f', as = "{identifier.kind}"'
    if identifier.region is not None:
        written += f", region = {toml_text(identifier.region)}"
    return f"{{ {written} }}"


def toml_text(value: str) -> str:
    """A basic string of TOML, with everything escaped that hides or steers."""
    escaped = "".join(
        sign if visible(sign) == sign and sign not in '"\\' else _escape(sign) for sign in value
    )
    return f'"{escaped}"'


def _escape(sign: str) -> str:
    return f"\\{sign}" if sign in '"\\' else f"\\U{ord(sign):08x}"


def source_name(one: Sniffed) -> str:
    """A name for a source, from its file."""
    stem = one.source.path.name.split(".")[0]
    return re.sub(r"[^A-Za-z0-9_-]+", "-", stem).strip("-").lower() or "source"


def rule_block(rule: TouchpointRule) -> list[str]:
    """The table of one touchpoint rule."""
    lines = ["[[touchpoint]]"]
    for key in ("source", "label", "path", "glob", "pattern"):
        value = getattr(rule, key)
        if value is not None:
            lines.append(f"{key} = {_literal(value)}")
    what = "ignore = true" if rule.activity is None else f"activity = {toml_text(rule.activity)}"
    lines.append(what)
    if rule.stage is not None:
        lines.append(f"stage = {toml_text(rule.stage)}")
    return lines


def _literal(value: str) -> str:
    """A literal string where backslashes would be doubled otherwise."""
    plain = "\\" in value and "'" not in value and visible(value) == value
    return f"'{value}'" if plain else toml_text(value)
