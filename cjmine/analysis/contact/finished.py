"""From the counts of `contact` to its figures: each still knows the customers behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cjmine.analysis.check.notes import absent_notes
from cjmine.analysis.contact.asked import AskContact
from cjmine.analysis.contact.counts import ContactCounts, SecondCounts
from cjmine.analysis.contact.expected import TypeItems
from cjmine.analysis.contact.known import Strangers, refused, strangers_of
from cjmine.analysis.contact.like_times import HOUR
from cjmine.analysis.intervals import share_of
from cjmine.analysis.log_counts import CountedNote, sources_of
from cjmine.analysis.subject import Subject
from cjmine.contact_sentences import ContactSentence
from cjmine.declared import Cost
from cjmine.errors import Note
from cjmine.results.contact import Contact, ContactBy, Identified, Refused
from cjmine.results.log import Privacy
from cjmine.results.share import WITHHELD


@dataclass(frozen=True, slots=True)
class ContactPlan:
    """What is asked of a log, and what is declared: contacts are listed by `listed`.

    `held` names what like journeys have in common. Contacts by channels without a cost are in no
    amount; `currency` is that of all amounts. `may_occur`: the log can have contact at all.
    """

    asked: AskContact
    listed: ContactBy
    costs: tuple[Cost, ...]
    currency: str
    held: tuple[str, ...]
    may_occur: bool


@dataclass(frozen=True, slots=True)
class FinishedContact:
    """Contacts before anything is withheld. Nothing of it may be shown as it is.

    `contact` has the figures that are counts alone; its tables are empty. `labels` are the steps.
    """

    contact: Contact
    plan: ContactPlan
    counts: ContactCounts
    second: SecondCounts
    items: TypeItems
    strangers: Strangers
    labels: tuple[str, ...]
    notes: tuple[CountedNote | Note, ...]


def finished(
    counts: ContactCounts,
    second: SecondCounts,
    items: TypeItems,
    subject: Subject,
    plan: ContactPlan,
) -> FinishedContact:
    """The figures of contacts. A log without journeys gives empty counts."""
    declared, asked = subject.ideal.journey, plan.asked
    strangers = strangers_of(subject.about, asked.rules.contacts, asked.words)
    known = counts.known.every.sum(0)
    why = refused(counts.known.reasons, strangers)
    contact = Contact(
        schema="cjmine/contact/1",
        journey=declared.name,
        journey_file=declared.file,
        log=counts.overview.size(subject.about, subject.filters),
        sources=sources_of(subject.about),
        judged=counts.overview.period(subject.judging),
        goal=declared.goal,
        identified=Identified(known, None, None, (), why),
        with_contact=share_of(counts.having.n(0), counts.having.of(0)),
        contacts=counts.tallies.every.sum(0),
        per_100=None,
        types=(),
        need_not=WITHHELD,
        cost=None,
        currency=plan.currency if plan.costs else None,
        before_name=" or ".join(asked.before) or None,
        before_seconds=HOUR / 1e6,
        before=(),
        again=(),
        unanswered=None,
        window_seconds=asked.rules.window / 1e6,
        contained=(),
        busiest=None,
        hours=(),
        by=plan.listed,
        groups=(),
        held_equal=plan.held,
        notes=(),
        privacy=Privacy(0, 0, subject.about.key_id),
    )
    notes = tuple(_notes(counts, subject, plan, why))
    labels = tuple(subject.ideal.space.labels)
    return FinishedContact(contact, plan, counts, second, items, strangers, labels, notes)


def _notes(
    counts: ContactCounts, subject: Subject, plan: ContactPlan, why: Refused | None
) -> Iterator[CountedNote | Note]:
    steps = subject.ideal.journey.steps
    judging = subject.judging if steps else None
    yield from counts.overview.notes(subject.about, subject.filters, judging)
    if not plan.may_occur:
        yield CountedNote(ContactSentence.NONE_DECLARED)
        return
    if why is Refused.FEW_KNOWN:
        yield CountedNote(ContactSentence.FEW_KNOWN)
    if why is Refused.DEPENDS:
        yield CountedNote(ContactSentence.DEPENDS)
    if not steps:
        yield CountedNote(ContactSentence.NO_STEPS)
    if not plan.asked.rules.answers:
        yield CountedNote(ContactSentence.NO_ANSWERS)
    free = _without_cost(counts, plan)
    if plan.costs and free:
        yield CountedNote(ContactSentence.NO_COST, (", ".join(free),))
    yield CountedNote(ContactSentence.NOT_CAUSED)
    yield from absent_notes(subject)


def _without_cost(counts: ContactCounts, plan: ContactPlan) -> list[str]:
    """The channels of many contacts that have no cost."""
    priced = {one.channel for one in plan.costs}
    groups = counts.tallies.channels
    least = max(plan.asked.min_group, 1)
    return [
        name
        for number, name in enumerate(plan.asked.words.channels)
        if name not in priced and groups.customers[number] >= least
    ]
