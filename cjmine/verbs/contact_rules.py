"""What is contact in a log beside an ideal: asked of a log that is being compared."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from cjmine.analysis.compared_part import rules_of
from cjmine.analysis.contact.counts import AnswerCounts, AskAnswers, count_answers
from cjmine.analysis.contact.events import Rules
from cjmine.analysis.contacts import contacts_of, fitting
from cjmine.analysis.dropoff.next_events import Vocabulary
from cjmine.counting.merging import merged
from cjmine.declared import Declared
from cjmine.verbs.compared import ComparedLog


def contact_rules(measured: ComparedLog, declared: Declared, window: int, again: int) -> Rules:
    """What is contact and what answers it, as the project declares and as the channels show.

    `window` and `again` are those of the rules, in microseconds.
    """
    words = Vocabulary(measured.known.activities, measured.known.channels)
    journey, cut = measured.ideal.journey, rules_of(measured.ideal).cut
    answers = declared.contact.answers
    answered: tuple[str, ...] = ()
    if answers:
        question = AskAnswers(words, answers)
        found = merged(measured.rounds.ask(count_answers, question, AnswerCounts)).channels
        answered = tuple(words.channels[one] for one in np.flatnonzero(found[:-1]).tolist())
    contacts = contacts_of(declared.contact.activities, journey)
    is_answer = fitting(words.activities, answers)
    sent = (name for name, flag in zip(words.activities, is_answer, strict=True) if flag)
    return Rules(
        contacts=replace(contacts, own=(*contacts.own, *sent)),
        answers=answers,
        answered=answered,
        friction=tuple(dict.fromkeys(journey.friction)),
        own=(*cut.own, *cut.until, *cut.entry),
        window=window,
        again=again,
    )
