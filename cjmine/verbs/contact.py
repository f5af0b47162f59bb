"""Contact: when customers get in touch, why, and which contacts need not have been."""

from __future__ import annotations

import numpy as np

from cjmine.analysis.contact.asked import AskContact
from cjmine.analysis.contact.controls import LikeKeys
from cjmine.analysis.contact.counts import (
    AskLikeJourneys,
    ContactCounts,
    SecondCounts,
    count_contact,
    count_like,
)
from cjmine.analysis.contact.excess import type_items
from cjmine.analysis.contact.finished import ContactPlan, finished
from cjmine.analysis.contact.kinds import NO_WAVES, Waves
from cjmine.analysis.contacts import Contacts, contacts_of
from cjmine.analysis.dropoff.next_events import Vocabulary
from cjmine.analysis.like.items import items_of
from cjmine.analysis.outliers.coverage import covered_by
from cjmine.analysis.outliers.log_waves import AskWaves, WaveCounts, count_waves, waves_of
from cjmine.analysis.outliers.reasons import Reasons, errors_of
from cjmine.analysis.periods import periods
from cjmine.analysis.trend.coverage import Carriers, covered
from cjmine.counting.merging import merged
from cjmine.counting.rounds import IN_THIS_PROCESS
from cjmine.counting.split import Split
from cjmine.declared import NOTHING_DECLARED, Cost, Declared
from cjmine.disclosure.contact import shown_contact
from cjmine.disclosure.policy import Policy
from cjmine.eventlog.parts import Log
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.progress import Phase, Progress, ProgressEvent, no_progress
from cjmine.results.contact import Contact
from cjmine.results.trend import Every
from cjmine.verbs.compared import ComparedLog, compared, subject_of
from cjmine.verbs.contact_rules import contact_rules
from cjmine.verbs.contact_settings import ContactSettings
from cjmine.verbs.ideals import check_goal, step_number
from cjmine.verbs.like import asked_like

MOST_DAYS = 4000  # in which waves are looked for


def contact(
    log: Log,
    ideal: CompiledIdeal,
    settings: ContactSettings,
    declared: Declared = NOTHING_DECLARED,
    progress: Progress = no_progress,
    split: Split = IN_THIS_PROCESS,
) -> Contact:
    """When customers get in touch, why, and which contacts need not have been.

    `declared` names contacts, what answers them, and what they cost. In one part or in several: it
    is the same. An empty log gives empty tables.

    Raises
    ------
    UsageError
        U101 where a column or a step is not there, U103 where a goal that was typed is not.
    PrivacyError
        P103 where the log is about fewer customers than `min_group`.
    """
    policy = settings.policy
    check_goal(log, settings, split)
    after = step_number(ideal, settings.after, "--after")
    progress(ProgressEvent(Phase.ALIGN))
    like = (*settings.like, *declared.like)
    with compared(log, ideal, settings, split) as measured:
        held = asked_like(log, measured, declared.contact.activities, like, split)
        words = Vocabulary(measured.known.activities, measured.known.channels)
        asked = AskContact(
            words=words,
            moments=measured.moments,
            rules=contact_rules(measured, declared, settings.window, max(settings.again)),
            waves=_waves(measured, declared, policy),
            like=held.asked,
            again=np.array(settings.again, np.int64),
            promise=declared.contact.promise,
            before=settings.before,
            after=after,
            min_group=settings.min_group,
        )
        counts = merged(measured.rounds.ask(count_contact, asked, ContactCounts))
        done = counts.callers.done
        wanted = np.flatnonzero(counts.callers.contacts.customers >= max(policy.min_group, 1))
        like_callers = LikeKeys(
            *(one.value.astype(np.int64) for one in (done.journeys, done.earlier))
        )
        items = type_items(
            counts.expected,
            items_of(measured.ideal, words.activities),
            asked.rules.friction,
        )
        question = AskLikeJourneys(asked, like_callers, wanted, items)
        second = merged(measured.rounds.ask(count_like, question, SecondCounts))
    progress(ProgressEvent(Phase.COUNT))
    plan = ContactPlan(
        asked=asked,
        listed=settings.listed,
        costs=_costs(measured, settings, declared),
        currency=declared.worth.currency,
        held=held.held,
        may_occur=asked.rules.contacts.may_occur(words.activities, words.channels),
    )
    subject = subject_of(log, measured, settings, split)
    return shown_contact(finished(counts, second, items, subject, plan), subject, policy)


def _waves(measured: ComparedLog, declared: Declared, policy: Policy) -> Waves:
    """The waves of contacts, as `outliers` finds them."""
    known, journey, judging = measured.known, measured.ideal.journey, measured.judging
    days = periods(known.first or 0, known.last or 0, Every.DAY, measured.about.zone)
    if len(days) > MOST_DAYS:
        return NO_WAVES
    reasons = Reasons(
        known.activities,
        contacts_of(declared.contact.activities, journey),
        Contacts(declared.contact.answers),
        errors_of(known.activities, journey),
    )
    carriers = Carriers(known.activities, known.channels, ())
    question = AskWaves(reasons, carriers, days.bounds)
    counts = merged(measured.rounds.ask(count_waves, question, WaveCounts))
    k, coverage = policy.min_group, counts.coverage
    spells = covered(coverage, carriers, days, judging.full_time.value or 0, k)
    during = covered_by(tuple(spells), reasons.names, coverage.named[: len(reasons.names)])
    found = [
        (reasons.names[one.place], wave)
        for one in waves_of(counts.daily, counts.by_channel, during, reasons, carriers, k)
        if not one.is_error
        for wave in one.waves
    ]
    since, until = ([wave.first for _, wave in found], [wave.last + 1 for _, wave in found])
    return Waves(tuple(name for name, _ in found), days.bounds[since], days.bounds[until])


def _costs(
    measured: ComparedLog, settings: ContactSettings, declared: Declared
) -> tuple[Cost, ...]:
    """What contacts cost: as typed, else as the journey file says, else as the project does."""
    found = {one.channel: one for one in declared.contact.costs}
    found |= {one.channel: one for one in measured.ideal.journey.costs}
    found |= {one.channel: one for one in settings.costs}
    return tuple(found[channel] for channel in sorted(found))
