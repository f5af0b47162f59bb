"""Ctrl-C and SIGTERM end the process at once, at any moment, and leave nothing half-written.

Outputs are renamed into place when they are whole, so all there is to do is to remove what is
temporary, and to undo what says of itself that it is half done. The handler does so itself: an
exception would have to find its way through engines, threads and clean-up that may be interrupted
again.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_SAID = b"interrupted; nothing was left half-written\n"
INTERRUPTED = 130  # as in errors.ExitStatus, which is not imported yet when this begins to count


def heed_interruptions() -> None:
    """Heed both signals from now on; what the parent process has ignored stays ignored."""
    for number in _SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _leave)


def past_interruption() -> None:
    """Ignore both signals: the outputs are in place, and the process is about to end."""
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def _leave(_number: int, _frame: FrameType | None) -> None:
    past_interruption()
    # Only what has been imported can have made something; importing anything now might hang.
    if (temporary := sys.modules.get("cjmine.temporary")) is not None:
        temporary.undo_all()
    screen = sys.modules.get("cjmine.cli.screen")
    wiped = screen.wiping() if screen is not None else b""
    with suppress(OSError):  # sys.stderr may be in the middle of a line
        os.write(2, wiped + _SAID)
    os._exit(INTERRUPTED)
