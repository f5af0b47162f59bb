"""Every property is tested on the same examples, on every run and however slow the machine.

What the machine's user, or a build that runs these tests, tells cjmine by the environment is no part
of them: a test that wants it says so.
"""

import os
import sys
from functools import cache
from pathlib import Path

import pytest
import strategies  # noqa: F401  loads the profile

TESTS = str(Path(__file__).parent)
TOLD_BY_THE_MACHINE = (
    "CI",
    "CJMINE_DEBUG",
    "CJMINE_KEY",
    "COLUMNS",
    "FORCE_COLOR",
    "NO_COLOR",
    "SPARK_REMOTE",
)
for _name in TOLD_BY_THE_MACHINE:
    os.environ.pop(_name, None)

# What starts a command, a browser, a database, a store or a cluster, as a user would.
STARTERS = {"browser", "cli.fork_server", "cli.running", "cluster", "object_store", "postgresql"}


def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Mark the tests that run programs: they take most of the time, so `make test` has few of them."""
    for item in items:
        if starts_programs(item.module.__name__) and item.get_closest_marker("smoke") is None:
            item.add_marker("end_to_end")


@cache
def starts_programs(module: str) -> bool:
    """Whether a module of these tests takes something from a starter, directly or through others."""
    if module in STARTERS:
        return True
    loaded = sys.modules[module]
    if not (getattr(loaded, "__file__", None) or "").startswith(TESTS):
        return False
    taken = {getattr(value, "__module__", None) for value in vars(loaded).values()}
    return any(map(starts_programs, sorted((taken & sys.modules.keys()) - {module})))
