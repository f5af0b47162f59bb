"""From finished contacts to those that may be shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cjmine.analysis.check.notes import rules_notes
from cjmine.analysis.contact.finished import FinishedContact
from cjmine.analysis.intervals import share_of
from cjmine.analysis.subject import Subject
from cjmine.disclosure.contact_before import before_rows
from cjmine.disclosure.contact_tables import (
    again_rows,
    busiest_hour,
    contact_groups,
    contained_rows,
    hour_rows,
    unanswered_share,
)
from cjmine.disclosure.contact_types import cost_of_failures, type_rows
from cjmine.disclosure.notes import policy_notes, shown_notes
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import count, shown, two_digits
from cjmine.errors import Note
from cjmine.results.contact import Contact, Identified, KnownRow
from cjmine.results.log import Privacy
from cjmine.results.share import WITHHELD
from cjmine.sentences import Sentence


def shown_contact(found: FinishedContact, subject: Subject, policy: Policy) -> Contact:
    """Contacts without any figure about too few customers."""
    walked = shown(found.contact, policy)
    tallies, plan = found.counts.tallies, found.plan
    hours = hour_rows(tallies, policy)
    types = type_rows(found, policy)
    is_refused = walked.identified.refused is not None
    need_not = share_of(tallies.need_not.n(0), tallies.need_not.of(0))
    result = replace(
        walked,
        journey_file=policy.file_name(walked.journey_file) if walked.journey_file else "",
        identified=_identified(found, walked.identified, policy),
        per_100=_per_100(walked, policy),
        types=types,
        need_not=WITHHELD if is_refused else shown(need_not, policy),
        cost=None if is_refused else cost_of_failures(found, types, policy),
        before=before_rows(found, policy),
        again=again_rows(tallies, plan, policy),
        unanswered=unanswered_share(tallies, plan, policy),
        contained=contained_rows(found.counts.contained, subject, policy),
        busiest=busiest_hour(tallies, hours, walked.contacts),
        hours=hours,
        groups=contact_groups(tallies, plan, policy),
        privacy=Privacy(policy.min_group, 0, walked.privacy.key, policy.release),
    )
    return replace(result, notes=tuple(_notes(found, result, subject, policy)))


def _per_100(found: Contact, policy: Policy) -> float | None:
    if found.contacts is None or not found.with_contact.of:
        return None
    value = 100 * found.contacts / found.with_contact.of
    return two_digits(value) if policy.release else value


def _identified(found: FinishedContact, known: Identified, policy: Policy) -> Identified:
    """How many contacts are of known customers, of all records of contacts."""
    words = found.plan.asked.words
    cells = found.counts.known.channels
    strangers = found.strangers.by_channel(len(words.channels)).tolist()
    rows = []
    for channel, name in enumerate(words.channels):
        n = count(cells.sum(channel), policy)
        if n or (n == 0 and strangers[channel]):
            rows.append(KnownRow(name, n, n + policy.rounded(strangers[channel])))
    if known.n is None:
        return replace(known, by=tuple(rows))
    of = known.n + policy.rounded(sum(strangers))
    return replace(known, of=of, value=known.n / of if of else None, by=tuple(rows))


def _notes(
    found: FinishedContact, result: Contact, subject: Subject, policy: Policy
) -> Iterator[Note]:
    yield from shown_notes(found.notes, policy)
    yield from policy_notes(policy)
    if any(row.contacts is None for row in result.types) or result.contacts is None:
        mark = f"a dash or <{policy.min_group}" if policy.release else "a dash"
        yield Sentence.DASHES.note(mark, str(policy.min_group))
    yield from rules_notes(subject)
