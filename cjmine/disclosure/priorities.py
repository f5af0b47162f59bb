"""From the counts of priorities to the result that may be shown, with verdicts on what it shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from cjmine.analysis.check.notes import absent_notes, rules_notes
from cjmine.analysis.differences import Difference
from cjmine.analysis.influences import Influences
from cjmine.analysis.like.together import TogetherCounts
from cjmine.analysis.log_counts import sources_of
from cjmine.analysis.looks import Better, p_value, q_values, verdict
from cjmine.analysis.overview import Overview
from cjmine.analysis.strata import Mix, standard_difference
from cjmine.analysis.subject import Subject
from cjmine.disclosure.notes import policy_notes, shown_notes
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.priorities_items import ShownItem, gain_of, money_of
from cjmine.disclosure.shown import count, shown, two_digits
from cjmine.errors import Note
from cjmine.priorities_sentences import PrioritySentence
from cjmine.results.log import Privacy
from cjmine.results.priorities import Amount, GoalWorth, Priorities, PriorityItem, Together
from cjmine.results.verdicts import Verdict
from cjmine.sentences import Sentence

FIRST = 3  # items that are also taken together
_ORDER = (*(Verdict.GAIN, Verdict.CANNOT_TELL, Verdict.NO_HARM, Verdict.LOSS, Verdict.CANNOT_SAY),)


def judged(items: Iterable[ShownItem], margin: float) -> tuple[ShownItem, ...]:
    """The items with q and verdict, in order: gains by their near end, ceilings at the end.

    Effects are with the item minus without it, so that a harm is negative: without it there is
    something to gain. The q are those of all effects that are shown.
    """
    found = list(items)
    p = [
        None if one.row.effect is None or one.row.is_ceiling else p_value(_difference(one.row))
        for one in found
    ]
    rows = []
    for one, q in zip(found, q_values(p), strict=True):
        row = one.row
        if not row.is_ceiling:
            row = replace(row, q=q, verdict=_verdict(row, q, margin))
        rows.append(replace(one, row=row))
    return tuple(sorted(rows, key=lambda one: _place(one.row)))


def _difference(row: PriorityItem) -> Difference:
    assert row.effect is not None
    return Difference(row.effect.value, row.effect.low, row.effect.high)


def _verdict(row: PriorityItem, q: float | None, margin: float) -> Verdict:
    """Gain where an end to the item gains goals; no harm where it costs less than the margin."""
    if row.effect is None or q is None:
        return Verdict.CANNOT_SAY
    found = verdict(_difference(row), q, Better.LOWER)
    if found is Verdict.CANNOT_TELL and row.effect.low > -margin:
        return Verdict.NO_HARM
    return found


def _place(row: PriorityItem) -> tuple[int, int, float, int, str, str]:
    gain = row.gain
    order = -1 if row.verdict is None else _ORDER.index(row.verdict)
    by = 0.0
    if gain is not None:
        by = -gain.low if row.verdict is Verdict.GAIN else -gain.value
    return (int(row.is_ceiling), order, by, -row.journeys, row.class_, row.step)


def first_ones(items: tuple[ShownItem, ...]) -> tuple[ShownItem, ...]:
    """The first gains, where there are several."""
    found = tuple(one for one in items if one.row.verdict is Verdict.GAIN)[:FIRST]
    return found if len(found) > 1 else ()


@dataclass(frozen=True, slots=True)
class FoundTogether:
    """The first items together, before anything is withheld."""

    items: int
    counts: TogetherCounts
    swayed: Influences


def shown_together(
    found: FoundTogether | None, worth: GoalWorth | None, policy: Policy
) -> Together | None:
    """What the first items give together; None without several."""
    if found is None:
        return None
    strata = found.counts.strata
    effect = standard_difference(strata, Mix.SECOND, found.swayed)
    journeys = count(found.counts.journeys.counted(0), policy)
    if effect is None or not journeys:
        return None
    supported = policy.rounded(int(strata.second_of[strata.supported].sum()))
    gain = gain_of(effect, supported, is_ceiling=False)
    if not policy.is_exact:  # of single items some is withheld
        gain = Amount(*map(two_digits, (gain.value, gain.low, gain.high)))
    return Together(found.items, journeys, gain, money_of(gain, worth))


@dataclass(frozen=True, slots=True)
class Frame:
    """What a result says beside its items. `unnamed` items are of too few customers."""

    overview: Overview
    subject: Subject
    held_equal: tuple[str, ...]
    margin: float
    worth: GoalWorth | None
    unnamed: int


def shown_priorities(
    items: tuple[ShownItem, ...], together: Together | None, frame: Frame, policy: Policy
) -> Priorities:
    """Priorities without any figure about too few customers."""
    subject = frame.subject
    declared = subject.ideal.journey
    return Priorities(
        schema="cjmine/priorities/1",
        journey=declared.name,
        journey_file=policy.file_name(declared.file) if declared.file else "",
        log=shown(frame.overview.size(subject.about, subject.filters), policy),
        sources=shown(sources_of(subject.about), policy),
        judged=shown(frame.overview.period(subject.judging), policy),
        goal=declared.goal,
        items=tuple(one.row for one in items),
        together=together,
        held_equal=frame.held_equal,
        margin=frame.margin,
        worth=frame.worth,
        notes=tuple(_notes(items, frame, policy)),
        privacy=Privacy(policy.min_group, 0, subject.about.key_id, policy.release),
    )


def _notes(items: tuple[ShownItem, ...], frame: Frame, policy: Policy) -> Iterator[Note]:
    subject = frame.subject
    notes = frame.overview.notes(subject.about, subject.filters, subject.judging)
    yield from shown_notes(notes, policy)
    yield from shown_notes(absent_notes(subject), policy)
    yield PrioritySentence.OBSERVED.note()
    if frame.unnamed:
        many = f"{policy.rounded(frame.unnamed):,}"
        yield PrioritySentence.UNNAMED.note(str(policy.min_group), many)
    yield from policy_notes(policy)
    if any(one.row.goal.n is None for one in items):
        mark = f"a dash or <{policy.min_group}" if policy.release else "a dash"
        yield Sentence.DASHES.note(mark, str(policy.min_group))
    yield from rules_notes(subject)
