"""The one place where another program is run: to lay out, or to turn SVG into PNG.

Commands are ours, without a shell; what a program reads is a picture, and nothing of it is a name
of a file or an option. It may print, hang or crash, and takes nothing with it.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from cjmine.errors import OutputError


def output_of(
    command: Sequence[str], given: bytes, patience: float, failed: Callable[[str], OutputError]
) -> bytes:
    """What a program writes to stdout; it gets `given` on stdin, and so many seconds.

    Raises what `failed` makes of the cause where the program cannot be run, fails, or takes too
    long. What it says on stderr is nobody's.
    """
    name = Path(command[0]).name
    try:
        ran = subprocess.run(  # noqa: S603 - see above
            command, input=given, capture_output=True, timeout=patience, check=False
        )
    except subprocess.TimeoutExpired:
        raise failed(f"{name} took more than {patience:g} seconds")
    except OSError as error:
        raise failed(f"{name}: {error.strerror or type(error).__name__}")
    if ran.returncode:
        raise failed(f"{name} ended with status {ran.returncode}")
    return ran.stdout
