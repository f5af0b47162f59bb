"""pm4py, imported when it is first needed, with its progress bars off."""

from __future__ import annotations

import os
from types import ModuleType

_PROGRESS_BAR = "PM4PY_SHOW_PROGRESS_BAR"


def load_pm4py() -> ModuleType:
    """The package. It, and what it brings, look at the environment on import only: put back."""
    before = dict(os.environ)
    os.environ[_PROGRESS_BAR] = "False"
    try:
        import pm4py
    finally:
        for name in set(os.environ) - set(before):
            del os.environ[name]
        os.environ.update(before)
    module: ModuleType = pm4py
    return module
