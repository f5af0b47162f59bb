"""How many customers a group needs before anything is shown of it: the default.

A module of its own, because help texts read it, and nothing slow may be imported for them.
"""

from __future__ import annotations

DEFAULT_MIN_GROUP = 10
