"""What every comparison says beside its rows: what was compared, of which log, and the notes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from cjmine.analysis.compare.notes import observed_notes, ratio_notes
from cjmine.analysis.compare.sides import Sides
from cjmine.analysis.log_counts import sources_of
from cjmine.analysis.overview import Overview
from cjmine.analysis.subject import Subject
from cjmine.disclosure.notes import policy_notes, shown_notes
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import shown
from cjmine.errors import Note
from cjmine.results.compare import GOAL_RATE, Compared, ComparedRow, Design, Group
from cjmine.results.log import Privacy


@dataclass(frozen=True, slots=True)
class Asked:
    """What was compared: the design with its name and sides, and what decides its words.

    `planned` are the shares of the arms of an experiment, `until` its last day, `margin` the harm
    of a share that would not matter, `returned` how soon a customer returns, in microseconds.
    """

    design: Design
    name: str
    names: tuple[str, str]
    sides: Sides
    returned: int
    margin: float | None = None
    planned: tuple[float, float] | None = None
    until: date | None = None
    is_running: bool = False
    notes: tuple[Note, ...] = ()


def framed(
    overview: Overview,
    subject: Subject,
    asked: Asked,
    rows: tuple[ComparedRow, ...],
    groups: tuple[Group, Group],
    policy: Policy,
) -> Compared:
    """A comparison that has its rows and nothing more; notes come last."""
    ideal = subject.ideal
    goals = (row.detectable for row in rows if row.measure == GOAL_RATE)
    return Compared(
        schema="cjmine/compare/1",
        journey=ideal.journey.name,
        journey_file=policy.file_name(ideal.journey.file) if ideal.journey.file else "",
        design=asked.design,
        name=asked.name,
        groups=groups,
        running=asked.is_running,
        sample_ratio=None,
        log=shown(overview.size(subject.about, subject.filters), policy),
        sources=shown(sources_of(subject.about), policy),
        judged=shown(overview.period(subject.judging), policy),
        goal=ideal.journey.goal,
        rows=rows,
        detectable=next(goals, None),
        gained=(),
        lost=(),
        left_out=(),
        control=None,
        weeks=(),
        trend=None,
        held_equal=None,
        returned_seconds=asked.returned / 1e6,
        notes=(),
        privacy=Privacy(policy.min_group, 0, subject.about.key_id, policy.release),
    )


def with_notes(
    result: Compared, overview: Overview, subject: Subject, asked: Asked, policy: Policy
) -> Compared:
    """The comparison with what its reader should know."""
    counted = overview.notes(subject.about, subject.filters, subject.judging)
    notes = (
        *ratio_notes(result, asked.until),
        *observed_notes(result),
        *asked.notes,
        *shown_notes(counted, policy),
        *policy_notes(policy),
    )
    return replace(result, notes=notes)
