"""From the counts of `satisfaction` to its figures: each still knows the customers behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from cjmine.analysis.check.notes import absent_notes
from cjmine.analysis.like.items import items_of
from cjmine.analysis.log_counts import CountedNote, sources_of
from cjmine.analysis.satisfaction.asked import STATES
from cjmine.analysis.satisfaction.counts import (
    AskSatisfaction,
    QuestionCounts,
    SatisfactionCounts,
    widths_of,
)
from cjmine.analysis.satisfaction.ends import FoundEnds, found_ends
from cjmine.analysis.satisfaction.moments import FoundMoment, found_moments
from cjmine.analysis.satisfaction.tallies import Group, Tally
from cjmine.analysis.satisfaction.weights import Weighted, weighted
from cjmine.analysis.score_counts import Question
from cjmine.analysis.score_notes import score_notes
from cjmine.analysis.subject import Subject
from cjmine.conformance.states import State
from cjmine.counting.groups import Ints, distinct
from cjmine.errors import Note
from cjmine.eventlog.chosen import NONE
from cjmine.results.figures import Counted
from cjmine.results.log import Privacy
from cjmine.results.satisfaction import (
    CHANNEL,
    CONTACT,
    DEVIATION,
    HAD_CONTACT,
    NO_CONTACT,
    STATE,
    STEP,
    Satisfaction,
)
from cjmine.satisfaction_sentences import SatisfactionSentence


@dataclass(frozen=True, slots=True)
class FoundBy:
    """The customers asked in one group of a dimension.

    `is_named`: the log names the groups. Each customer asked is in one, but for deviations.
    """

    dimension: str
    name: str
    group: Group
    is_named: bool


@dataclass(frozen=True, slots=True)
class FoundQuestion:
    """One question before anything is withheld; `known` customers have an event of being asked."""

    question: Question
    about: str | None
    everybody: Group
    known: int
    weighted: Weighted | None
    never: tuple[tuple[str, Counted], ...]
    by: tuple[FoundBy, ...]
    moments: tuple[FoundMoment, ...]
    ends: FoundEnds


@dataclass(frozen=True, slots=True)
class FoundSatisfaction:
    """A satisfaction before anything is withheld. Nothing of it may be shown as it is.

    `base` has the figures of the log, its tables are empty.
    """

    base: Satisfaction
    questions: tuple[FoundQuestion, ...]
    notes: tuple[CountedNote | Note, ...]


def finished(
    counts: SatisfactionCounts, subject: Subject, asked: AskSatisfaction, wanted: tuple[int, ...]
) -> FoundSatisfaction:
    """The figures of the `wanted` questions, by their places. Without questions there are none."""
    declared = subject.ideal.journey
    columns = tuple(one.column for one in asked.asker.kinds)
    base = Satisfaction(
        schema="cjmine/satisfaction/1",
        journey=declared.name,
        journey_file=declared.file,
        log=counts.overview.size(subject.about, subject.filters),
        sources=sources_of(subject.about),
        judged=counts.overview.period(subject.judging),
        by=subject.by,
        cells=(STATE, CHANNEL, CONTACT, *columns),
        scores=(),
        moments=(),
        truths=(),
        notes=(),
        privacy=Privacy(0, 0, subject.about.key_id),
    )
    questions = tuple(_question(counts, number, subject, asked) for number in wanted)
    notes = tuple(_notes(counts, subject, questions))
    return FoundSatisfaction(base, questions, notes)


def _question(
    counts: SatisfactionCounts, number: int, subject: Subject, asked: AskSatisfaction
) -> FoundQuestion:
    question, found = asked.asker.questions[number], counts.questions[number]
    every = found.cells.where(lambda groups: groups >= 0)
    return FoundQuestion(
        question=question,
        about=asked.asker.about(question),
        everybody=every,
        known=found.known,
        weighted=weighted(found.cells, asked.sizes, question) if found.known else None,
        never=tuple(
            (state.name.lower(), found.never.counted(state))
            for state in State
            if found.never.count[state]
        ),
        by=tuple(_by(found, subject, asked)),
        moments=tuple(found_moments(found.moments, question, subject.ideal)),
        ends=found_ends(found.ends, question),
    )


def _by(found: QuestionCounts, subject: Subject, asked: AskSatisfaction) -> Iterator[FoundBy]:
    labels, sizes = subject.ideal.space.labels, asked.sizes
    widths = widths_of(sizes)
    names = (
        (STATE, [one.name.lower() for one in STATES]),
        (CHANNEL, [*asked.asker.channels, NONE]),
        (CONTACT, [NO_CONTACT, HAD_CONTACT]),
        *((one.column, [*one.values, NONE]) for one in asked.asker.kinds),
    )
    for (dimension, every), width, size in zip(names, widths, sizes, strict=True):
        if dimension in (CHANNEL, CONTACT) and size < 2:
            continue
        by_value = found.cells.grouped(partial(_digit, width, size))
        yield from _rows(dimension, every, by_value, dimension not in (STATE, CONTACT))
    yield from _rows(STEP, [*labels, NONE], found.steps, True)
    items = items_of(subject.ideal, asked.activities)
    for number in distinct(found.deviations.asked.group).tolist():
        item = items.read(number)
        group = found.deviations.of(number)
        yield FoundBy(DEVIATION, f"{item.name}: {item.of_class.value}", group, True)


def _digit(width: int, size: int, key: Ints) -> Ints:
    """One of the things that cells are made of, from their numbers."""
    return key // width % size


def _rows(dimension: str, names: list[str], found: Tally, is_named: bool) -> Iterator[FoundBy]:
    for place, name in enumerate(names):
        group = found.of(place)
        if group.asked:
            yield FoundBy(dimension, name, group, is_named)


def _notes(
    counts: SatisfactionCounts, subject: Subject, found: tuple[FoundQuestion, ...]
) -> Iterator[CountedNote | Note]:
    judging = subject.judging if subject.ideal.journey.steps else None
    yield from counts.overview.notes(subject.about, subject.filters, judging)
    yield from score_notes(counts.scores)
    if not found:
        yield CountedNote(SatisfactionSentence.NO_SCORES)
    for one in found:
        alone = one.everybody.asked - one.known
        if not one.known:
            yield CountedNote(SatisfactionSentence.ASKED_UNKNOWN, (one.question.metric,))
        elif alone:
            count = Counted(alone, alone, one.known)
            yield CountedNote(SatisfactionSentence.WITHOUT_QUESTION, (one.question.metric, count))
    yield from absent_notes(subject)
