"""Expectations: what the owner promises, what was found, and whether the difference is real.

An expectation is broken only when the whole 95 % interval is past its budget; where only the
estimate is, it warns. So a check of few customers does not fail a build by chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cjmine.analysis.check.counts import CheckCounts
from cjmine.analysis.cohorts import Cohorts
from cjmine.analysis.deviations import cohort_of
from cjmine.analysis.differences import change, difference
from cjmine.analysis.fitness import Estimate
from cjmine.analysis.intervals import Interval, share_of
from cjmine.ideal.choices import Choices
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ideal.deviations import BY_MEASURE, code_of
from cjmine.ideal.journey import Accepted, Budget, Expectation, Level
from cjmine.ideal.measures import Measure
from cjmine.results.baseline import Baseline
from cjmine.results.expectations import ExpectationRow, Undecided, Verdict
from cjmine.results.figures import Change, Counted, Sampled
from cjmine.results.share import Share

FEWEST = 20  # customers: fewer never decide an expectation


def expectation_rows(counts: CheckCounts, ideal: CompiledIdeal) -> tuple[ExpectationRow, ...]:
    """Every expectation with its share, not judged yet; in the order of the journey file."""
    rows = []
    touched, skipped = _each(counts.touched), _each(counts.skipped)
    for one in ideal.journey.expectations:
        match one.measure:
            case Measure.UNEXPECTED:
                found: tuple[Counted, Sampled] | None = next(touched)
            case Measure.SKIPPED:
                found = next(skipped)
            case _:
                found = _counted(one, counts, ideal)
        rows.append(
            ExpectationRow(
                code=code_of(one.measure),
                what=_words(one, ideal.choices),
                verdict=Verdict.INCONCLUSIVE,
                level=one.level,
                value=None,
                low=None,
                high=None,
                n=found and found[0],
                of=found and found[1],
                share=found and share_of(*found),
                budget=one.budget.written,
                bound=one.budget.bound,
                limit=one.budget.value,
                line=one.mark.line,
                step=one.step,
                change=None,
                because=None,
                between=one.between,
            )
        )
    return tuple(rows)


def _each(table: Cohorts) -> Iterator[tuple[Counted, Sampled]]:
    """One row after the other: the journeys that have it, and of how many."""
    for group in range(len(table.having)):
        yield table.n(group), table.of(group)


def _counted(
    one: Expectation, counts: CheckCounts, ideal: CompiledIdeal
) -> tuple[Counted, Sampled] | None:
    """The journeys of a share, and of how many; None for fitness."""
    match one.measure:
        case Measure.FITNESS:
            return None
        case Measure.GOAL_RATE:
            return counts.goal.n(0), counts.goal.of(0)
        case Measure.FITTING:
            return counts.counted.fitting.n(0), counts.counted.fitting.of(0)
    assert one.step is not None
    labels = ideal.space.labels
    step = labels.index(one.step)
    match one.measure:
        case Measure.REACHED:
            return counts.reached.n(step), counts.reached.of(step)
        case Measure.DROP_OFF:
            return counts.drop_off.n(step), counts.drop_off.of(step)
    return cohort_of(counts.deviations, BY_MEASURE[one.measure].of_class, step, ideal)


@dataclass(frozen=True, slots=True)
class Judge:
    """What verdicts depend on beside the figures: acceptances in force, and an earlier check.

    `is_uncertain`: nobody declared a deadline and the log cannot show one, so nothing is decided.
    """

    accepted: tuple[Accepted, ...]
    baseline: Baseline | None
    choices: Choices
    is_uncertain: bool = False

    def fitness(
        self, one: Expectation, row: ExpectationRow, found: Estimate | Undecided
    ) -> ExpectationRow:
        """The verdict on fitness, or why it is not known."""
        return self._judged(one, row, found, _fitness_change(found, self.baseline))

    def share(
        self, one: Expectation, row: ExpectationRow, ends: Sequence[Share], customers: int
    ) -> ExpectationRow:
        """The verdict on a share of so many customers.

        `ends` is the share that is shown, or where it is withheld the smallest and the largest
        that what is shown leaves possible: a verdict on both is the verdict, else there is none.
        """
        before = None
        if self.baseline is not None:
            between = between_text(one.between)
            before = self.baseline.share(one.measure.value, one.step or "", between)
        rows = [
            self._judged(
                one,
                row,
                _estimate(end, customers),
                None if before is None else change(end, before),
            )
            for end in ends
        ]
        if len(rows) == 1:
            return rows[0]
        verdicts = {found.verdict for found in rows}
        if len(verdicts) != 1 or verdicts == {Verdict.INCONCLUSIVE}:
            return replace(row, undecided=self._undecided(Undecided.WITHHELD))
        return replace(row, verdict=verdicts.pop(), because=rows[0].because)

    def _undecided(self, cause: Undecided) -> Undecided:
        return Undecided.FULL_TIME if self.is_uncertain else cause

    def _judged(
        self,
        one: Expectation,
        row: ExpectationRow,
        estimate: Estimate | Undecided,
        moved: Change | None,
    ) -> ExpectationRow:
        found = self._compared(estimate, moved) if one.budget.from_baseline else estimate
        compared = None if isinstance(found, Undecided) else found
        verdict, undecided = Verdict.INCONCLUSIVE, None
        if not self.is_uncertain:
            verdict = judge(compared, one.budget, one.level, one.min_customers)
        if verdict is Verdict.INCONCLUSIVE:
            cause = found if isinstance(found, Undecided) else Undecided.CUSTOMERS
            undecided = self._undecided(cause)
        because = None
        if verdict in (Verdict.BROKEN, Verdict.WARNED):
            covering = [item for item in self.accepted if covers(item, one, self.choices)]
            if covering:
                verdict, because = Verdict.ACCEPTED, covering[0].because
        return replace(
            row,
            verdict=verdict,
            because=because,
            value=compared.value if compared else None,
            low=compared.low if compared else None,
            high=compared.high if compared else None,
            change=moved,
            undecided=undecided,
        )

    def _compared(self, found: Estimate | Undecided, moved: Change | None) -> Estimate | Undecided:
        """The change since the baseline, of which a budget is."""
        if isinstance(found, Undecided):
            return found
        if self.baseline is None:
            return Undecided.NO_BASELINE
        if moved is None:
            return Undecided.NOT_IN_BASELINE
        return Estimate(moved.value, moved.low, moved.high, found.customers)


def judge(found: Estimate | None, budget: Budget, level: Level, min_customers: int) -> Verdict:
    """Broken when the whole interval is past the budget; see the module.

    Too few customers decide nothing: the interval itself rests on them.

    >>> budget = Budget(at_most=True, value=0.12)
    >>> judge(Estimate(0.143, 0.129, 0.159, 2232), budget, Level.ERROR, 200)
    <Verdict.BROKEN: 'broken'>
    """
    if found is None or found.customers < max(min_customers, FEWEST):
        return Verdict.INCONCLUSIVE
    past = found.value > budget.value if budget.at_most else found.value < budget.value
    surely = found.low > budget.value if budget.at_most else found.high < budget.value
    if surely and level is Level.ERROR:
        return Verdict.BROKEN
    return Verdict.WARNED if past else Verdict.KEPT


def covers(accepted: Accepted, one: Expectation, choices: Choices) -> bool:
    """Whether an acceptance is about what an expectation measures."""
    limited = BY_MEASURE.get(one.measure)
    if limited is None or limited.of_class is not accepted.deviation:
        return False
    if accepted.step is None or accepted.step == one.step:
        return True
    is_skip = one.measure is Measure.SKIPPED and one.step is not None
    names = choices.named_by(one.step or "") if is_skip else ()
    return any(accepted.step in choices.first[name] for name in names)


def between_text(between: tuple[str, str] | None) -> str:
    """How a baseline writes between which steps something counts."""
    return "" if between is None else " > ".join(between)


def _estimate(found: Share, customers: int) -> Estimate | Undecided:
    if found.value is None:
        return Undecided.NOBODY if found.of == 0 else Undecided.WITHHELD
    if found.low is None or found.high is None:
        return Undecided.LED
    return Estimate(found.value, found.low, found.high, customers)


def _fitness_change(now: Estimate | Undecided, baseline: Baseline | None) -> Change | None:
    if isinstance(now, Undecided) or baseline is None or baseline.fitness is None:
        return None
    before = baseline.fitness
    sure, sure_before = Interval(now.low, now.high), Interval(before.low, before.high)
    found = difference(now.value, sure, before.value, sure_before)
    return Change(found.value, found.low, found.high)


def _words(one: Expectation, choices: Choices) -> str:
    match one.measure:
        case Measure.GOAL_RATE | Measure.FITNESS | Measure.FITTING:
            return one.measure.value.replace("-", " ")
        case Measure.UNEXPECTED if one.between is not None:
            return f"unexpected {one.step} between {one.between[0]} and {one.between[1]}"
        case Measure.UNEXPECTED:
            return f"unexpected {one.step}"
        case Measure.SKIPPED if one.step is not None and choices.named_by(one.step):
            names = (choices.names[name] for name in choices.named_by(one.step))
            return f"{', '.join(names)} skipped"
        case Measure.REACHED:
            return f"{one.step} reached"
        case Measure.DROP_OFF:
            return f"drop-off at {one.step}"
        case _:
            return f"{one.step} {one.measure.value.replace('-', ' ')}"
