"""The real logs beside the checkout: a test that reads one is skipped where it is absent."""

from __future__ import annotations

from pathlib import Path

import pytest

_FOLDER = Path(__file__).parents[2] / "shared" / "data"


def real(name: str) -> Path:
    """A file or folder of the real logs; the test is skipped where it is absent."""
    path = _FOLDER / name
    if not path.exists():
        pytest.skip(f"the real log {name} is not beside the checkout")
    return path
