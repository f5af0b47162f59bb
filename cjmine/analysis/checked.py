"""What `check` finds: the ideal journey beside the measured ones, as values all reporters share.

A figure that is None is withheld, because it would tell about too few customers, or undefined.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cjmine.analysis.mapped import JourneyMap
from cjmine.analysis.measured import LogSize, PrivacyUse
from cjmine.analysis.ratio import Change, Ratio
from cjmine.errors import Code, Note
from cjmine.eventlog.log import SourceCount
from cjmine.ideal.deviations import Marker
from cjmine.ideal.journey import Level


class Verdict(StrEnum):
    """What became of an expectation, or of the whole check (kept, broken, inconclusive)."""

    KEPT = "kept"
    WARNED = "warned"
    BROKEN = "broken"
    INCONCLUSIVE = "inconclusive"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class ConformanceRow:
    """How well all journeys fit, over their whole alignments.

    `cost` = `log_moves` + `model_moves`. `log_fitness` is 1 - cost / (`events` + journeys times
    `shortest`), `mean_fitness` the mean of the same figure of each journey; the interval is that
    of `log_fitness`. `events` are those compared; `allowed_events`, `exit_events` were taken out.
    `precision` is align-ETC (Adriansyah and others 2015): of the steps that the ideal allows where
    journeys have been, how many were ever taken. None of these is defined without journeys.
    """

    journeys: int
    fitting: int | None
    cost: int
    log_moves: int
    model_moves: int
    events: int
    shortest: int
    mean_fitness: float | None
    log_fitness: float | None
    low: float | None
    high: float | None
    precision: float | None
    allowed_events: int
    exit_events: int


@dataclass(frozen=True, slots=True)
class StateCounts:
    """The journeys in each state; they add up to all journeys."""

    completed: int | None
    exited: int | None
    open: int | None
    abandoned: int | None
    truncated: int | None


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step: the journeys that reach it, and how they go on from there.

    `reached` = went_on + abandoned + exited + open + finished; truncated journeys are left out.
    `matched`: the step itself was seen. `drop_off` = abandoned / (abandoned + went_on).
    """

    step: str
    stage: str
    moment_of_truth: bool
    reached: int | None
    matched: int | None
    went_on: int | None
    abandoned: int | None
    exited: int | None
    open: int | None
    finished: int | None
    drop_off: Ratio | None


@dataclass(frozen=True, slots=True)
class NeverRow:
    """The journeys that have no step of the ideal at all, by what became of them."""

    abandoned: int | None
    exited: int | None
    open: int | None
    finished: int | None


@dataclass(frozen=True, slots=True)
class DeviationRow:
    """One deviation at one step (for `unexpected`: of one touchpoint).

    `journeys` of `of` have it, `occurrences` times in all. `activity` is "(other)" where small
    groups are folded, and so is `name` where they are folded over several classes.
    """

    code: Code | None
    name: str
    activity: str
    journeys: int | None
    occurrences: int | None
    of: int
    is_accepted: bool = False
    is_friction: bool = False


@dataclass(frozen=True, slots=True)
class TimingRow:
    """How long a step took after another, in seconds, where both were seen.

    `overdue`: the other was seen, the step was not, and the time allowed is over.
    """

    step: str
    after: str
    measured: int
    median_seconds: float | None
    p90_seconds: float | None
    late: int | None
    early: int | None
    overdue: int | None


@dataclass(frozen=True, slots=True)
class ExpectationRow:
    """One expectation, what was found, and the verdict.

    `what` says it in words ("drop-off at Checkout"). `ratio` is None for fitness and where it is
    withheld; `value`, `low`, `high` are what the budget is compared with, for a budget relative to
    the baseline a difference. `limit` is the budget as a number; `change` is that to the baseline.
    `between`: an unexpected touchpoint counts between these two steps only.
    """

    code: Code
    what: str
    verdict: Verdict
    level: Level
    value: float | None
    low: float | None
    high: float | None
    ratio: Ratio | None
    budget: str
    limit: float
    line: int
    step: str | None = None
    change: Change | None = None
    because: str = ""
    between: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of a drawn journey: ideal step, measured touchpoint, difference (None: equal)."""

    ideal: str | None
    measured: str | None
    marker: Marker | None


@dataclass(frozen=True, slots=True)
class Example:
    """A common trace with a deviation, drawn as ideal row, measured row and marker row."""

    name: str
    journeys: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class BaselineUse:
    """The earlier run that this one is compared with; shares of then, changes since."""

    file: str
    version: str
    journeys: int
    observed_from: str | None
    observed_until: str | None
    goal_rate: Change | None
    fitness: float | None
    drop_off: tuple[tuple[str, Change], ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """An ideal journey beside the measured ones.

    Steps stand in the order of the ideal, deviations by class and then the commonest first,
    expectations in the order of the journey file. `journey_file` is what messages call it.
    """

    journey: str
    journey_file: str
    purpose: str | None
    size: LogSize
    sources: tuple[SourceCount, ...]
    conformance: ConformanceRow
    states: StateCounts
    goal: tuple[str, ...]
    goal_rate: Ratio | None
    step_rows: tuple[StepRow, ...]
    never: NeverRow
    deviation_rows: tuple[DeviationRow, ...]
    timing_rows: tuple[TimingRow, ...]
    expectation_rows: tuple[ExpectationRow, ...]
    examples: tuple[Example, ...]
    journey_map: JourneyMap
    baseline: BaselineUse | None
    notes: tuple[Note, ...]
    privacy: PrivacyUse

    @property
    def verdict(self) -> Verdict:
        """Broken if an expectation is, else inconclusive if one is, else kept."""
        found = {row.verdict for row in self.expectation_rows}
        for one in (Verdict.BROKEN, Verdict.INCONCLUSIVE):
            if one in found:
                return one
        return Verdict.KEPT

    def count(self, verdict: Verdict) -> int:
        """How many expectations ended so."""
        return sum(row.verdict is verdict for row in self.expectation_rows)
