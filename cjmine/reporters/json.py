"""The machine's view: keys are never renamed, numbers never rounded, withheld is null."""

from __future__ import annotations

from cjmine.reporters.formats import Asked
from cjmine.reporters.result import Reported
from cjmine.results.codec import to_json


def render(found: Reported, asked: Asked) -> str:
    """A result as JSON; ends without a line feed."""
    return to_json(found)
