"""From a cut log and an ideal journey to what is shown of their comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass

from cjmine.analysis.against_baseline import baseline_of, baseline_use
from cjmine.analysis.check_notes import accepted_notes, baseline_notes, comparison_notes
from cjmine.analysis.deviating import deviation_rows, timing_rows
from cjmine.analysis.examples import examples
from cjmine.analysis.expectations import expectation_rows, in_force, log_fitness, mean_fitness
from cjmine.analysis.folding import Gate
from cjmine.analysis.journey_map import journey_map
from cjmine.analysis.log_facts import log_notes, log_size, small_groups_note, sources_of
from cjmine.analysis.populations import Populations
from cjmine.analysis.steps import state_counts, step_rows
from cjmine.conformance.compare import Comparison, compare
from cjmine.conformance.precision import precision
from cjmine.conformance.states import Window
from cjmine.errors import Code, Note
from cjmine.eventlog.journeys import Journeys
from cjmine.eventlog.log import EventLog
from cjmine.eventlog.variants import variants
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ideal.deviations import DeviationClass
from cjmine.privacy.small_groups import DEFAULT_MIN_GROUP, OTHER, refuse_small_result
from cjmine.results.baseline import Baseline
from cjmine.results.check import Check, Conformance, DeviationRow, StepRow, verdict_of
from cjmine.results.discovery import goal_of
from cjmine.results.log import Privacy


@dataclass(frozen=True, slots=True)
class CheckWishes:
    """How to look at a comparison; `version` is that of cjmine, for the baseline."""

    min_group: int = DEFAULT_MIN_GROUP
    baseline: Baseline | None = None
    version: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A check, the baseline that later ones can be compared with, and what both rest on."""

    checked: Check
    baseline: Baseline
    comparison: Comparison
    log: EventLog


def compare_journeys(
    journeys: Journeys, ideal: CompiledIdeal, window: Window, min_group: int
) -> Comparison:
    """Align all journeys with the ideal, unless they are of too few customers to tell about.

    Raises PrivacyError P103 where there are fewer than `min_group`.
    """
    refuse_small_result(journeys.customers, min_group)
    return compare(journeys, ideal, window)


def judge(log: EventLog, comparison: Comparison, wishes: CheckWishes) -> Outcome:
    """Count what was compared, and judge it by the expectations.

    Open journeys count as far as they came and are no drop-offs. A log without journeys gives
    empty counts and inconclusive expectations.
    """
    journeys, ideal = comparison.journeys, comparison.ideal
    populations, gate = Populations(log, comparison), Gate(journeys, wishes.min_group)
    declared = ideal.journey
    accepted = in_force(declared.accepted, comparison.window.until)

    def is_accepted(one: DeviationClass, name: str) -> bool:
        return any(item.deviation is one and item.step in (None, name) for item in accepted)

    steps, never = step_rows(comparison, populations.passed, gate)
    untold = frozenset(row.step for row in steps if row.drop_off.n is None)
    deviating = deviation_rows(populations, gate, is_accepted, untold)
    size = log_size(log, journeys, len(variants(journeys)))
    folded = sum(row.journeys or 0 for row in deviating if row.activity == OTHER)
    expectations = expectation_rows(populations, gate, accepted, wishes.baseline, untold)
    checked = Check(
        schema="cjmine/check/1",
        journey=declared.name,
        journey_file=declared.file,
        purpose=declared.purpose,
        verdict=verdict_of(expectations),
        log=size,
        sources=sources_of(log),
        conformance=_conformance(populations, gate),
        states=state_counts(comparison, gate),
        goal=goal_of(declared.goal, gate.share(populations.goal_rate())),
        steps=steps,
        never=never,
        deviations=deviating,
        timings=timing_rows(populations, gate),
        expectations=expectations,
        examples=examples(comparison, gate),
        map=journey_map(populations, gate, _undeclared(deviating)),
        baseline=baseline_use(populations, gate, wishes.baseline, untold),
        notes=(
            *log_notes(log, size),
            *comparison_notes(log, comparison),
            *accepted_notes(declared.accepted, accepted, populations),
            *baseline_notes(declared, wishes.baseline, wishes.min_group),
            *small_groups_note(wishes.min_group),
            *_withheld_note(steps, wishes.min_group),
        ),
        privacy=Privacy(wishes.min_group, folded, log.about.key_id),
    )
    made = baseline_of(populations, gate, wishes.version, untold)
    return Outcome(checked, made, comparison, log)


def _undeclared(rows: Sequence[DeviationRow]) -> frozenset[str]:
    """The undeclared touchpoints that are told one by one."""
    return frozenset(row.activity for row in rows if row.code is Code.UNEXPECTED)


def _withheld_note(steps: Sequence[StepRow], min_group: int) -> tuple[Note, ...]:
    if all(None not in astuple(row) for row in steps):
        return ()
    text = f"a dash is a figure that would tell about fewer than {min_group} customers"
    return (Note(Code.WITHHELD, text),)


def _conformance(populations: Populations, gate: Gate) -> Conformance:
    comparison = populations.comparison
    fitting = gate.share(populations.fitting())
    fitness = log_fitness(comparison)
    tally = comparison.tally
    return Conformance(
        journeys=len(comparison.journeys),
        fitting=fitting.n,
        cost=tally.log_moves + tally.model_moves,
        log_moves=tally.log_moves,
        model_moves=tally.model_moves,
        events=len(comparison.kept.activity),
        shortest=comparison.ideal.space.shortest,
        mean_fitness=mean_fitness(comparison),
        log_fitness=fitness.value if fitness else None,
        low=fitness.low if fitness else None,
        high=fitness.high if fitness else None,
        precision=precision(comparison),
        allowed_events=comparison.allowed_events,
        exit_events=comparison.exit_events,
    )
