"""The one place that says where a connection goes, before it is made.

Whatever reaches beyond the files that were named (a database, a bucket, a cluster) first calls
`connecting`. The text names a place and who names it, never a secret, an identifier or a value.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

Say = Callable[[str], None]


def _on_stderr(line: str) -> None:
    """One line on stderr; signs that a terminal would obey are left out."""
    if sys.stderr is not None:
        print("".join(sign for sign in line if sign.isprintable()), file=sys.stderr, flush=True)


_say: Say = _on_stderr


def connecting(to: str) -> None:
    """Say that a connection is about to be made; `to` says to what, and what declares it.

    It is also said where only results are wanted: nothing else says that data come from elsewhere.

    >>> before = said_by(print)
    >>> connecting("postgresql, service crm (source calls, sql/calls.sql)")
    connecting to postgresql, service crm (source calls, sql/calls.sql)
    >>> _ = said_by(before)
    """
    _say(f"connecting to {to}")


def said_by(say: Say) -> Say:
    """Let another function write what `connecting` says from now on; returns the one before."""
    global _say
    before, _say = _say, say
    return before
