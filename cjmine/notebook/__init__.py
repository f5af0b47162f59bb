"""The Python interface: the use cases with plain arguments, for notebooks and scripts."""

from __future__ import annotations

from cjmine.notebook.checked import CheckedJourney
from cjmine.notebook.found import Found
from cjmine.notebook.loading import from_frame, load, read
from cjmine.notebook.log import EventLog, Journey
from cjmine.notebook.verbs import check, discover, save

__all__ = [
    "CheckedJourney",
    "EventLog",
    "Found",
    "Journey",
    "check",
    "discover",
    "from_frame",
    "load",
    "read",
    "save",
]
