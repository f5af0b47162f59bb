"""What a purge can be asked. Light, because `--help` reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.option import option
from cjmine.verbs.settings import Settings


def day(written: str, name: str) -> date:
    """A day; `name` is the option for errors. Raises UsageError U101.

    >>> day("2026-03-01", "--today").isoformat()
    '2026-03-01'
    """
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise UsageError(
            Problem(
                Code.USAGE, "a day is needed", Place(name), remedy=f"for example {name} 2026-03-01"
            )
        ) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class PurgeSettings(Settings):
    """Whether files are changed, and the day that retention is counted back from."""

    dry_run: bool = option(False, "Say what would be removed; change no file.", kind=bool)
    today: date | None = option(None, "Take this day for today.", "DAY", read=day)
