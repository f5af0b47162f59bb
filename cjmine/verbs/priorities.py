"""Priorities: what like journeys achieve without each deviation, and what that would gain."""

from __future__ import annotations

from cjmine.analysis.compared_part import Part, Rules
from cjmine.analysis.contact.events import Rules as ContactRules
from cjmine.analysis.contacts import contacts_of
from cjmine.analysis.influences import Influences
from cjmine.analysis.like.counts import SwayedCounts
from cjmine.analysis.like.together import TogetherCounts
from cjmine.analysis.priorities.counts import (
    AskItems,
    AskPriorities,
    FirstCounts,
    count_first,
    count_swayed,
    count_together,
    count_together_swayed,
)
from cjmine.analysis.priorities.finished import found_items
from cjmine.counting.merging import merged
from cjmine.counting.rounds import IN_THIS_PROCESS, Rounds
from cjmine.counting.split import Split
from cjmine.declared import NOTHING_DECLARED, Declared
from cjmine.disclosure.priorities import (
    FoundTogether,
    Frame,
    first_ones,
    judged,
    shown_priorities,
    shown_together,
)
from cjmine.disclosure.priorities_items import ShownItem, shown_items
from cjmine.disclosure.shown import may_show
from cjmine.eventlog.parts import Log
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.progress import Phase, Progress, ProgressEvent, no_progress
from cjmine.results.priorities import GoalWorth, Priorities
from cjmine.verbs.compared import ComparedLog, compared, subject_of
from cjmine.verbs.contact_rules import contact_rules
from cjmine.verbs.contact_settings import WEEK
from cjmine.verbs.like import asked_like
from cjmine.verbs.priorities_settings import PrioritiesSettings


def priorities(
    log: Log,
    ideal: CompiledIdeal,
    settings: PrioritiesSettings,
    declared: Declared = NOTHING_DECLARED,
    progress: Progress = no_progress,
    split: Split = IN_THIS_PROCESS,
) -> Priorities:
    """What to fix first, in one part or in several: it is the same.

    Only counted journeys: open ones cannot say whether they reach the goal. An empty log, and one
    without deviations, has no items. `declared` says what else is held equal, what is contact, and
    what a goal is worth.

    Raises
    ------
    UsageError
        U101 where a column is not there, or more is held equal than can be.
    PrivacyError
        P103 where the log is about fewer customers than `min_group`.
    """
    policy = settings.policy
    progress(ProgressEvent(Phase.ALIGN))
    worth = worth_of(ideal, declared)
    with compared(log, ideal, settings, split) as measured:
        like = (*declared.like, *settings.like)
        equal = asked_like(log, measured, declared.contact.activities, like, split)
        question = AskPriorities(equal.asked, _contact_rules(measured, declared))
        counts = merged(measured.rounds.ask(count_first, question, FirstCounts))
        items = found_items(counts, measured.ideal, equal.asked)
        progress(ProgressEvent(Phase.COUNT))
        subject = subject_of(log, measured, settings, split)
        asked = tuple(one for one in items if one.is_enough and may_show(one.journeys, policy))
        of_items = AskItems(question, tuple(one.held for one in asked))
        swayed = merged(measured.rounds.ask(count_swayed, of_items, SwayedCounts))
        shown = shown_items(items, asked, swayed, subject, worth, policy)
        ranked = judged(shown, settings.margin)
        found = _together(measured.rounds, question, first_ones(ranked))
    frame = Frame(
        overview=counts.overview,
        subject=subject,
        held_equal=equal.held,
        margin=settings.margin,
        worth=worth,
        unnamed=len(items) - len(shown),
    )
    return shown_priorities(ranked, shown_together(found, worth, policy), frame, policy)


def _contact_rules(measured: ComparedLog, declared: Declared) -> ContactRules | None:
    """What is contact, as `contact` has it where nothing else is asked for; None without any."""
    known, names = measured.known, declared.contact.activities
    if not contacts_of(names, measured.ideal.journey).may_occur(known.activities, known.channels):
        return None
    return contact_rules(measured, declared, WEEK, WEEK)


def worth_of(ideal: CompiledIdeal, declared: Declared) -> GoalWorth | None:
    r"""What a goal is worth: as the journey file says, else as the project does; None for neither.

    >>> from cjmine.ideal.compiled import compile_ideal
    >>> from cjmine.ideal.file import parse_journey
    >>> text = "journey: order\ngoal: Pay\nvalue: 40\nstages: [{stage: One, steps: [Pay]}]"
    >>> worth_of(compile_ideal(parse_journey(text, "journey.yaml")), NOTHING_DECLARED)
    GoalWorth(goal=40.0, currency='EUR')
    """
    goal = ideal.journey.value if ideal.journey.value is not None else declared.worth.goal
    return None if goal is None else GoalWorth(float(goal), declared.worth.currency)


def _together(
    rounds: Rounds[Rules, Part], asked: AskPriorities, first: tuple[ShownItem, ...]
) -> FoundTogether | None:
    """The first items at once, where there are several."""
    if not first:
        return None
    question = AskItems(asked, tuple(one.found.held for one in first))
    counts = merged(rounds.ask(count_together, question, TogetherCounts))
    again = AskItems(asked, question.items, counts.strata)
    return FoundTogether(
        len(first), counts, merged(rounds.ask(count_together_swayed, again, Influences))
    )
