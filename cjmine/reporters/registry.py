"""A result in one format; its module is imported when the format is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from cjmine.reporters.formats import USUAL, Asked, Format, Subject

if TYPE_CHECKING:
    from cjmine.reporters.result import Reported

_SUBJECTS = {
    "discover": Subject.DISCOVERY,
    "check": Subject.CHECK,
    "compare": Subject.COMPARISON,
    "trend": Subject.TREND,
    "dropoff": Subject.DROPOFF,
    "hints": Subject.HINTS,
    "outliers": Subject.OUTLIERS,
    "ideas": Subject.IDEAS,
    "satisfaction": Subject.SATISFACTION,
    "priorities": Subject.PRIORITIES,
    "contact": Subject.CONTACT,
    "portfolio": Subject.PORTFOLIO,
}


def subject_of(found: Reported) -> Subject:
    """What a result is about, by its schema."""
    return _SUBJECTS[found.schema.split("/")[1]]


def render(found: Reported, form: Format, asked: Asked = USUAL) -> str:
    """A result in one of the formats of its kind, ending with a line feed."""
    name = form.module(subject_of(found))
    assert name, "there are no such reports of this result"
    module = import_module(f"cjmine.reporters.{name}")
    return f"{module.render(found, asked)}\n"
