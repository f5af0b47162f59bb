"""Ideas: what was tried, and what it brought, by rules that were fixed before."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

from cjmine.analysis.compare.contrasts import Contrasts
from cjmine.analysis.compare.measures import GOAL, AskCompare
from cjmine.analysis.compare.sides import Sides
from cjmine.analysis.compare.weeks import WEEK
from cjmine.analysis.contacts import Contacts, contacts_of
from cjmine.analysis.ideas.contrasts import contrasts_asked, count_idea_contrasts
from cjmine.analysis.ideas.counts import AskIdeas, IdeaCounts, Measure, Places, count_ideas
from cjmine.analysis.ideas.near import overlaps
from cjmine.analysis.ideas.plan import Plan, Span, plan_of
from cjmine.analysis.ideas.rows import Row, others_of, row_of
from cjmine.analysis.judged import Judging
from cjmine.counting.merging import merged
from cjmine.counting.rounds import IN_THIS_PROCESS
from cjmine.counting.split import Split
from cjmine.declared import NOTHING_DECLARED, Declared
from cjmine.disclosure.ideas import Following, shown_ideas
from cjmine.eventlog.log import TIME
from cjmine.eventlog.parts import Log
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ideas.declared import Idea, Register, Status
from cjmine.progress import Phase, Progress, ProgressEvent, no_progress
from cjmine.results.ideas import Ideas, Lack
from cjmine.results.log import day_of, moment
from cjmine.verbs.compare_settings import MONTH
from cjmine.verbs.compared import ComparedLog, compared, subject_of
from cjmine.verbs.periods import begin_of, end_of
from cjmine.verbs.settings import JudgedSettings


def ideas(
    log: Log,
    ideal: CompiledIdeal,
    register: Register,
    settings: JudgedSettings,
    declared: Declared = NOTHING_DECLARED,
    progress: Progress = no_progress,
    split: Split = IN_THIS_PROCESS,
) -> Ideas:
    """Measure the ideas of a register that are about a journey, in one part or in several.

    Each is measured by the share that it names, in the full weeks before and after its first day;
    `declared` names contacts. An idea that did not begin is there without a measure. Raises what
    `check` raises.
    """
    progress(ProgressEvent(Phase.ALIGN))
    with compared(log, ideal, settings, split) as measured:
        asked, following = _asked(log, measured, register, declared)
        counts = merged(measured.rounds.ask(count_ideas, asked, IdeaCounts))
        contrasts = Contrasts(())
        if asked.controlled:
            question = contrasts_asked(asked, counts.sides)
            contrasts = merged(measured.rounds.ask(count_idea_contrasts, question, Contrasts))
    progress(ProgressEvent(Phase.COUNT))
    subject = subject_of(log, measured, settings, split)
    return shown_ideas(counts, asked, following, register, subject, settings.policy, contrasts)


@dataclass
class _Asking:
    """The measures that are asked of one log, gathered idea by idea."""

    measured: ComparedLog
    contacts: Contacts
    measures: list[Measure] = field(default_factory=list)
    controlled: list[tuple[int, int]] = field(default_factory=list)

    def metric(self, idea: Idea, row: Row) -> Places:
        """The measure of an idea; where weeks are few, with all others of its kind."""
        plan, others = _plan(idea, self.measured.judging), []
        if plan.is_short:
            ideal, activities = self.measured.ideal, self.measured.known.activities
            for other in others_of(idea, ideal, activities, self.contacts):
                others.append(self._add(other, idea, plan))
        return replace(self.share(idea, row, plan), others=tuple(others))

    def share(self, idea: Idea, row: Row, plan: Plan) -> Places:
        """One measure of the journeys that an idea reaches, and of its control."""
        own = self._add(row, idea, plan)
        if not idea.control:
            return Places(own)
        contacts = row.contacts or self.contacts
        self.measures.append(Measure(row.number, contacts, idea.control, plan, idea.where))
        self.controlled.append((own, own + 1))
        return Places(own, own + 1)

    def _add(self, row: Row, idea: Idea, plan: Plan) -> int:
        self.measures.append(Measure(row.number, row.contacts or self.contacts, idea.where, plan))
        return len(self.measures) - 1


def _asked(
    log: Log, measured: ComparedLog, register: Register, declared: Declared
) -> tuple[AskIdeas, list[Following]]:
    """What is asked of the log, and which idea each measure is of."""
    journey, activities = measured.ideal.journey, measured.known.activities
    contacts = contacts_of(declared.contact.activities, journey)
    asking = _Asking(measured, contacts)
    following = []
    for idea in register.of(journey.name):
        lack = _lack(idea, log, measured)
        row = row_of(idea, measured.ideal, activities)
        if idea.since is None or row is None or lack is not None or not _has_begun(idea):
            following.append(Following(idea, lack=lack))
            continue
        metric, goal = asking.metric(idea, row), None
        if idea.harm is not None and row.number != GOAL:
            goal = asking.share(idea, Row(GOAL), asking.measures[metric.own].plan)
        following.append(Following(idea, metric, goal))
    compare = AskCompare(
        activities, measured.moments, Sides(), contacts, max(MONTH, 2 * (journey.gap or 0))
    )
    shown = [one.metric for one in following if one.metric is not None]
    numbers = [at for one in shown for at in (one.own, one.control) if at is not None]
    return AskIdeas(
        compare,
        tuple(asking.measures),
        tuple(asking.controlled),
        overlaps(asking.measures, numbers),
    ), following


def _has_begun(idea: Idea) -> bool:
    return idea.status in (Status.RUNNING, Status.DONE, Status.STOPPED)


def _lack(idea: Idea, log: Log, measured: ComparedLog) -> Lack | None:
    """What keeps an idea that began from being measured at all."""
    if not _has_begun(idea):
        return None
    if idea.since is None:
        return Lack.SINCE
    wheres = (*idea.where, *idea.control)
    columns = all(one.column != TIME and log.has(one.column) for one in wheres)
    row = row_of(idea, measured.ideal, measured.known.activities)
    return None if columns and row is not None else Lack.ABSENT


def _plan(idea: Idea, judging: Judging) -> Plan:
    """The weeks of an idea, in the zone of the log."""
    assert idea.since is not None
    at, full = begin_of(idea.since, judging.zone), judging.full_time.value or 0
    last = judging.until - full
    if idea.until is not None:
        last = min(last, end_of(idea.until, judging.zone))
    born = at - WEEK
    if idea.noted is not None and idea.noted <= idea.since:
        monday = idea.noted - timedelta(days=idea.noted.weekday())
        born = begin_of(monday, judging.zone)
    # The first day counts as a whole: a log does not begin in its first second.
    first = begin_of(day_of(moment(judging.first), judging.zone), judging.zone)
    return plan_of(Span(first, last, full, at, born, judging.zone))
