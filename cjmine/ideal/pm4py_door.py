"""pm4py, imported when it is first needed, with its progress bars off."""

from __future__ import annotations

import os
from types import ModuleType

_PROGRESS_BAR = "PM4PY_SHOW_PROGRESS_BAR"


def load_pm4py() -> ModuleType:
    """The package. It reads the environment on import only, so the caller's is put back."""
    before = os.environ.get(_PROGRESS_BAR)
    os.environ[_PROGRESS_BAR] = "False"
    try:
        import pm4py
    finally:
        if before is None:
            del os.environ[_PROGRESS_BAR]
        else:
            os.environ[_PROGRESS_BAR] = before
    module: ModuleType = pm4py
    return module
