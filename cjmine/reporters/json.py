"""The machine's view: keys are never renamed, numbers never rounded, withheld is null."""

from __future__ import annotations

from cjmine.reporters.formats import Asked
from cjmine.results.check import Check
from cjmine.results.codec import to_json
from cjmine.results.discovery import Discovery


def render(found: Check | Discovery, asked: Asked) -> str:
    """A result as JSON; ends without a line feed."""
    return to_json(found)
