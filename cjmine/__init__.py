"""Compare the customer journey you designed with the journeys your logs show.

    import cjmine as cj

    log = cj.load("sample_logs")
    found = cj.discover(log, goal="Final bill mail")
    found.activities            # a data frame
    found                       # prints the screen that `cjmine discover` shows
    cj.check(log, "sample_logs/journey.yaml").steps

Names are imported when they are first used, so that `import cjmine` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from cjmine.version import VERSION

if TYPE_CHECKING:
    from cjmine.analysis.ratio import Ratio as Ratio
    from cjmine.errors import CjmineError as CjmineError
    from cjmine.eventlog.log import EventLog as EventLog
    from cjmine.notebook import CheckedJourney as CheckedJourney
    from cjmine.notebook import Found as Found
    from cjmine.notebook import check as check
    from cjmine.notebook import discover as discover
    from cjmine.notebook import load as load
    from cjmine.notebook import read as read
    from cjmine.notebook import save as save

__version__ = VERSION

_HOMES = {
    "CheckedJourney": "cjmine.notebook",
    "CjmineError": "cjmine.errors",
    "EventLog": "cjmine.eventlog.log",
    "Found": "cjmine.notebook",
    "Ratio": "cjmine.analysis.ratio",
    "check": "cjmine.notebook",
    "discover": "cjmine.notebook",
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
