"""How many bad records a load goes on without."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cjmine.errors import Code, Place, Problem, UsageError


@dataclass(frozen=True, slots=True)
class RejectBudget:
    """How many bad records are tolerated: a number, or a share (0 to 1) of the records read."""

    records: int = 0
    share: float | None = None

    def covers(self, rejected: int, read: int) -> bool:
        """Whether the load may go on."""
        if self.share is None:
            return rejected <= self.records
        return rejected <= self.share * read + 1e-6  # 29 % of 100 is a little less in binary

    def __str__(self) -> str:
        return f"{self.records:,}" if self.share is None else f"{100 * self.share:g}%"


def read_budget(written: str, name: str) -> RejectBudget:
    """A number of records, or a share of them; `name` is the option for errors.

    >>> read_budget("0.5%", "--max-rejects")
    RejectBudget(records=0, share=0.005)

    Raises UsageError U101.
    """
    found = re.fullmatch(r"(\d+)|(\d+(?:\.\d+)?)%", written.strip())
    if found is None or (found[2] and float(found[2]) > 100):
        raise UsageError(
            Problem(
                Code.USAGE,
                "a number of records or a share of them is needed",
                Place(name),
                remedy=f"for example {name} 20 or {name} 0.5%",
            )
        )
    return RejectBudget(int(found[1])) if found[1] else RejectBudget(share=float(found[2]) / 100)
