"""One module a format; the module is imported when its format is asked for."""

from __future__ import annotations

import importlib

from cjmine.analysis.measured import Discovery
from cjmine.reporters.formats import Format, Table, format_of

__all__ = ["format_of", "render"]


def render(found: Discovery, form: Format, table: Table = Table.ACTIVITIES) -> str:
    """A discovery in one format, ending with a line feed. Only CSV holds a single table."""
    module = importlib.import_module(f"cjmine.reporters.{form.value}")
    text = module.render(found, table) if form is Format.CSV else module.render(found)
    return f"{text}\n"
