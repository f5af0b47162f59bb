"""What became of the expectations of a check."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from cjmine.errors import Code
from cjmine.ideal.journey import Bound, Level
from cjmine.results.figures import Change, Journeys, Limit, Proportion, Setting
from cjmine.results.share import Share


class Verdict(StrEnum):
    """What became of an expectation, or of the whole check (kept, broken, inconclusive)."""

    KEPT = "kept"
    WARNED = "warned"
    BROKEN = "broken"
    INCONCLUSIVE = "inconclusive"
    ACCEPTED = "accepted"


class Undecided(StrEnum):
    """Why an expectation is inconclusive."""

    FULL_TIME = "full-time"  # no deadline is declared, and the log cannot show one
    NOBODY = "nobody"  # no counted journey is in its denominator
    CUSTOMERS = "customers"  # fewer than it asks for
    WITHHELD = "withheld"  # what is shown leaves both answers possible
    LED = "led"  # one customer weighs more than all others, so there is no interval
    NO_BASELINE = "no-baseline"
    NOT_IN_BASELINE = "not-in-baseline"


@dataclass(frozen=True, slots=True)
class ExpectationRow:
    """One expectation, what was found, and the verdict.

    `what` says it in words ("drop-off at Checkout"). `share` is what it is about, `n` of `of`
    journeys; None for fitness and where they are withheld. `value`, `low`, `high` are what the
    budget is compared with, for a budget relative to the baseline a difference. `limit` is the
    budget as a number, `bound` its side (None where an older version wrote the result).
    `change` is that to the baseline. `undecided`: why it is inconclusive (None where it is not, or
    where an older version wrote the result). `between`: an unexpected touchpoint counts between
    these two steps only. `line` is that of the journey file.
    """

    code: Code
    what: str
    step: str | None
    between: tuple[str, str] | None = field(default=None, kw_only=True)
    verdict: Verdict
    level: Level
    value: Proportion | None
    low: Proportion | None
    high: Proportion | None
    n: Journeys | None
    of: Journeys | None
    share: Share | None = field(default=None, kw_only=True)
    budget: str
    bound: Bound | None = field(default=None, kw_only=True)
    limit: Limit
    change: Change | None
    because: str | None
    line: Setting | None
    undecided: Undecided | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        """Hold that counts are those of the share."""
        known = (None, None) if self.share is None else (self.share.n, self.share.of)
        if self.n is not None and (self.n, self.of) != known:
            raise ValueError("a share has two counts")


def verdict_of(rows: Iterable[ExpectationRow]) -> Verdict:
    """Broken if an expectation is, else inconclusive if one is, else kept."""
    found = {row.verdict for row in rows}
    for one in (Verdict.BROKEN, Verdict.INCONCLUSIVE):
        if one in found:
            return one
    return Verdict.KEPT
