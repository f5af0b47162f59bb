"""Compare the customer journey you designed with the journeys your logs show.

    import cjmine as cj

    log = cj.load("sample_logs")            # or cj.read(LOG.parquet), cj.from_frame(FRAME, …)
    found = log.discover(goal="Final bill mail")
    found.activities                        # a data frame
    found                                   # shows itself
    result = log.check("sample_logs/journey.yaml")
    result.ok, result.steps, result.map()

Names are imported when they are first used, so that `import cjmine` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from cjmine.version import VERSION

if TYPE_CHECKING:
    from cjmine.errors import CjmineError as CjmineError
    from cjmine.notebook import CheckedJourney as CheckedJourney
    from cjmine.notebook import EventLog as EventLog
    from cjmine.notebook import Found as Found
    from cjmine.notebook import Journey as Journey
    from cjmine.notebook import check as check
    from cjmine.notebook import discover as discover
    from cjmine.notebook import from_frame as from_frame
    from cjmine.notebook import load as load
    from cjmine.notebook import read as read
    from cjmine.notebook import save as save
    from cjmine.results.share import Share as Share

__version__ = VERSION

_HOMES = {
    "CheckedJourney": "cjmine.notebook",
    "CjmineError": "cjmine.errors",
    "EventLog": "cjmine.notebook",
    "Found": "cjmine.notebook",
    "Journey": "cjmine.notebook",
    "Share": "cjmine.results.share",
    "check": "cjmine.notebook",
    "discover": "cjmine.notebook",
    "from_frame": "cjmine.notebook",
    "load": "cjmine.notebook",
    "read": "cjmine.notebook",
    "save": "cjmine.notebook",
}
__all__ = [*sorted(_HOMES), "__version__"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'cjmine' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
