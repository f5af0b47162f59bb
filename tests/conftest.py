"""Every property is tested on the same examples, on every run and however slow the machine.

What the machine's user, or a build that runs these tests, tells cjmine by the environment is no part
of them: a test that wants it says so.
"""

import os

import strategies  # noqa: F401  loads the profile

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
