"""What `--on` cannot count is refused before anything is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cjmine.counting.split import Split, only_saved_logs


def refuse_exports(given: dict[str, Any]) -> None:
    """Raises UsageError U101 where a cluster is named and no saved log is among the arguments.

    `given` are the arguments of a command; files that do not exist are left to those who read.
    """
    split = next((one for one in given.values() if isinstance(one, Split)), None)
    if split is None or split.on is None:
        return
    from cjmine.eventlog.saved import is_log

    named = [Path(one) for one in given.get("logs") or ()]
    if named and all(one.exists() for one in named) and not any(map(is_log, named)):
        raise only_saved_logs()
