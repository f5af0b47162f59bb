"""TOML in the words of `cjmine.toml`: strings, identifiers and touchpoint rules."""

from __future__ import annotations

from cjmine.reporters.escaping import unobeyed, visible
from cjmine.sources import Identifier, Kind, TouchpointRule


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
    return f'"{unobeyed(escaped, _escape("#"))}"'


def _escape(sign: str) -> str:
    return f"\\{sign}" if sign in '"\\' else f"\\U{ord(sign):08x}"


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
