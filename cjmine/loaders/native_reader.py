"""The reader of workbooks is compiled: where a damaged file breaks it off, it writes to stderr.

What it writes may quote the file, so nothing of it is shown.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_STDERR = 2
_ONE_AT_A_TIME = Lock()


@contextmanager
def silent_reader() -> Iterator[None]:
    """Nothing reaches stderr inside; that the reader broke off comes out as RuntimeError.

    >>> with silent_reader():
    ...     found = 1 + 1
    """
    with _ONE_AT_A_TIME:
        try:
            kept = os.dup(_STDERR)
        except OSError:  # there is none
            kept = -1
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            if kept >= 0:
                os.dup2(nowhere, _STDERR)
            yield
        except BaseException as error:
            if type(error).__name__ != "PanicException":  # no module exports its class
                raise
            raise RuntimeError("the reader broke off") from None
        finally:
            os.close(nowhere)
            if kept >= 0:
                os.dup2(kept, _STDERR)
                os.close(kept)
