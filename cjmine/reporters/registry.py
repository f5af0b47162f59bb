"""A result in one format; its module is imported when the format is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from cjmine.reporters.formats import USUAL, Asked, Format, Subject

if TYPE_CHECKING:
    from cjmine.results.check import Check
    from cjmine.results.discovery import Discovery


def render(found: Check | Discovery, form: Format, asked: Asked = USUAL) -> str:
    """A result in one of the formats of its kind, ending with a line feed."""
    subject = Subject.CHECK if found.schema == "cjmine/check/2" else Subject.DISCOVERY
    name = form.module(subject)
    assert name, "there are no such reports of this result"
    module = import_module(f"cjmine.reporters.{name}")
    return f"{module.render(found, asked)}\n"
