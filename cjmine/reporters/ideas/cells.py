"""The cells of the table of ideas that are more than a value."""

from __future__ import annotations

from cjmine.reporters.ideas import words
from cjmine.reporters.language import DASH, Language
from cjmine.results.ideas import MeasuredIdea


def cell(key: str, row: MeasuredIdea, language: Language) -> str | None:
    """A cell by the key of its column; None where it is the value alone."""
    match key:
        case "status":
            return words.status(row.idea, language)
        case "metric":
            return words.metric(row.idea, language)
        case "expected":
            return words.promised(row.idea, language)
        case "change":
            found = row.measured
            return DASH if found is None else words.change(found.change, found.unit, language)
        case "verdict":
            return words.word(row, language) or DASH
    return None
