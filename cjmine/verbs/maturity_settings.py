"""What a look at maturity can be asked. Light, because `--help` reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cjmine.option import option
from cjmine.verbs.purge_settings import day


@dataclass(frozen=True, slots=True, kw_only=True)
class MaturitySettings:
    """The day that evidence is judged on."""

    today: date | None = option(None, "Take this day for today.", "DAY", read=day)
