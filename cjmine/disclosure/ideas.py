"""From the counts of ideas to what may be shown of them, with words for what it shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from cjmine.analysis.compare.contrasts import Contrasts
from cjmine.analysis.compare.words import Beside, ShownRow
from cjmine.analysis.ideas.changes import level
from cjmine.analysis.ideas.counts import AskIdeas, IdeaCounts, Places
from cjmine.analysis.ideas.found import Followed, followed
from cjmine.analysis.ideas.shrunken import Level
from cjmine.analysis.ideas.spread import Spread
from cjmine.analysis.ideas.words import Judged, Observed, judged
from cjmine.analysis.influences import Influences
from cjmine.analysis.log_counts import sources_of
from cjmine.analysis.subject import Subject
from cjmine.disclosure.compare_rows import NOTHING, of_share, shown_rows
from cjmine.disclosure.ideas_near import Apart, apart
from cjmine.disclosure.notes import policy_notes, shown_notes
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import shown, two_digits
from cjmine.errors import Note
from cjmine.ideas.declared import Idea, Promise, Register, Status
from cjmine.ideas_sentences import IdeaSentence
from cjmine.results.compare import GOAL_RATE, ControlSides
from cjmine.results.ideas import (
    Calibration,
    Card,
    IdeaList,
    Ideas,
    Lack,
    MeasuredIdea,
    Pair,
    PromisedChange,
)
from cjmine.results.log import Privacy, day_of, moment


@dataclass(frozen=True, slots=True)
class Following:
    """An idea, and which measures are its metric and its goal; None where there is none.

    `lack` is why nothing is measured of it, None where it did not begin.
    """

    idea: Idea
    metric: Places | None = None
    goal: Places | None = None
    lack: Lack | None = None


def shown_ideas(
    counts: IdeaCounts,
    asked: AskIdeas,
    following: Sequence[Following],
    register: Register,
    subject: Subject,
    policy: Policy,
    contrasts: Contrasts,
) -> Ideas:
    """The ideas about a journey, without any figure about too few customers.

    `contrasts` are those with a control, in the order of `asked.controlled`.
    """
    found = list(followed(counts, asked, _names(following, len(asked.measures))))
    owners = [own for own, _ in asked.controlled]
    swayed = dict(zip(owners, contrasts.rows, strict=True))
    may_show = apart(counts, asked, [one.metric for one in following], policy)
    observed = [
        _observed(one, each, found, swayed, policy)
        for one, each in zip(following, may_show, strict=True)
    ]
    words = iter(judged([one for one in observed if one is not None]))
    rows = tuple(
        _row(one, None if seen is None else next(words))
        for one, seen in zip(following, observed, strict=True)
    )
    journey = subject.ideal.journey
    ideas = [one.idea for one in following]
    result = Ideas(
        schema="cjmine/ideas/1",
        register_file=policy.file_name(register.file),
        journey=journey.name,
        journey_file=policy.file_name(journey.file) if journey.file else "",
        log=shown(counts.overview.size(subject.about, subject.filters), policy),
        sources=shown(sources_of(subject.about), policy),
        judged=shown(counts.overview.period(subject.judging), policy),
        ideas=rows,
        together=tuple(_together(ideas, _last_day(subject))),
        calibration=_calibration(rows),
        elsewhere=len(register.ideas) - len(ideas),
        notes=(),
        privacy=Privacy(policy.min_group, 0, subject.about.key_id, policy.release),
    )
    return replace(result, notes=tuple(_notes(result, counts, subject, policy)))


def card(idea: Idea) -> Card:
    """An idea as results have it."""

    def day(found: object) -> str | None:
        return None if found is None else str(found)

    promise = idea.expected
    return Card(
        id=idea.id,
        title=idea.title,
        journey=idea.journey,
        step=idea.step,
        touchpoint=idea.touchpoint,
        deviation=None if idea.deviation is None else idea.deviation.value,
        owner=idea.owner,
        status=idea.status.value,
        noted=day(idea.noted),
        since=day(idea.since),
        until=day(idea.until),
        where=tuple(str(one) for one in idea.where),
        control=tuple(str(one) for one in idea.control),
        metric=idea.metric.value,
        expected=None if promise is None else PromisedChange(promise.value, promise.unit),
        harm=idea.harm,
        jira=idea.jira,
    )


def idea_list(register: Register, policy: Policy) -> IdeaList:
    """The ideas of a register as they are declared."""
    file = policy.file_name(register.file)
    return IdeaList("cjmine/idea-list/1", file, tuple(card(one) for one in register.ideas))


def _names(following: Sequence[Following], many: int) -> tuple[tuple[str, str | None], ...]:
    found: list[tuple[str, str | None]] = [(GOAL_RATE, None)] * many
    for one in following:
        if one.metric is not None:
            found[one.metric.own] = (one.idea.metric.value, one.idea.step)
    return tuple(found)


def _observed(
    one: Following,
    may_show: Apart,
    found: Sequence[Followed],
    swayed: Mapping[int, Influences],
    policy: Policy,
) -> Observed | None:
    if one.metric is None:
        return None
    row, weeks = _row_of(one.metric, found, swayed, policy)
    if not may_show.sides:
        beside = None if row.control is None else Beside(ControlSides(NOTHING, NOTHING), None)
        row = replace(row, a=NOTHING, b=NOTHING, control=beside)
    goal = goal_weeks = None
    if one.goal is not None:
        goal, goal_weeks = _row_of(one.goal, found, swayed, policy)
    return Observed(
        row=row,
        month=of_share(shown(found[one.metric.own].month, policy)) if may_show.month else NOTHING,
        weeks=weeks,
        promise=one.idea.expected,
        goal=goal,
        goal_weeks=goal_weeks,
        harm=one.idea.harm,
        lack=None if may_show.sides else Lack.NEAR,
        others=tuple(_levels([found[other] for other in one.metric.others], policy)),
    )


def _row_of(
    places: Places, found: Sequence[Followed], swayed: Mapping[int, Influences], policy: Policy
) -> tuple[ShownRow, Spread]:
    one = found[places.own]
    if places.control is not None:
        one = one.beside(found[places.control])
    influences = [swayed[places.own]] if places.control is not None else []
    (row,) = shown_rows([one.share], (), None, influences, policy)
    return row, _spread(one.spread, policy)


def _levels(found: Sequence[Followed], policy: Policy) -> Iterator[Level]:
    """The levels of others before: of shares that are shown."""
    for one in found:
        known = level(of_share(shown(one.share.first, policy)), _spread(one.spread, policy))
        if known is not None:
            yield known


def _spread(found: Spread, policy: Policy) -> Spread:
    """It follows from all customers: it is said in two digits in what is released."""
    if not policy.release:
        return found
    return replace(found, beyond=two_digits(found.beyond), alike=two_digits(found.alike))


def _row(one: Following, found: Judged | None) -> MeasuredIdea:
    if found is None:
        return MeasuredIdea(card(one.idea), None, one.lack)
    return MeasuredIdea(card(one.idea), found.measured, found.lack)


def _last_day(subject: Subject) -> date:
    """The last day that is observed."""
    judging = subject.judging
    return day_of(moment(judging.until), judging.zone)


def _together(ideas: Sequence[Idea], observed: date) -> Iterator[Pair]:
    """The pairs that began and ran at the same time at one place."""
    begun = (Status.RUNNING, Status.DONE, Status.STOPPED)
    for one, other in combinations([one for one in ideas if one.status in begun], 2):
        if one.runs_with(other, observed):
            yield Pair(one.id, other.id)


def _calibration(rows: Sequence[MeasuredIdea]) -> Calibration:
    closed = [
        (one.idea.expected.value, one.measured.change)
        for one in rows
        if Status(one.idea.status).is_closed
        and one.idea.expected is not None
        and one.measured is not None
        and one.measured.change is not None
    ]
    inside = sum(change.low <= promised <= change.high for promised, change in closed)
    realised = [change.value / promised for promised, change in closed]
    return Calibration(len(closed), inside, sum(realised) / len(realised) if realised else None)


def _notes(result: Ideas, counts: IdeaCounts, subject: Subject, policy: Policy) -> Iterator[Note]:
    for pair in result.together:
        yield IdeaSentence.TOGETHER.note(pair.first, pair.second)
    for one in result.ideas:
        measured = one.measured
        if measured is None or measured.change is None:
            continue
        if measured.is_unusual:
            yield IdeaSentence.UNUSUAL_MONTH.note(one.idea.id)
        promised = one.idea.expected
        if promised is not None and _is_worse(promised, measured.change.low, measured.change.high):
            yield IdeaSentence.WRONG_WAY.note(one.idea.id)
    if result.elsewhere:
        yield IdeaSentence.ELSEWHERE.note(result.elsewhere)
    counted = counts.overview.notes(subject.about, subject.filters, subject.judging)
    yield from shown_notes(counted, policy)
    yield from policy_notes(policy)


def _is_worse(promised: PromisedChange | Promise, low: float, high: float) -> bool:
    return high < 0 if promised.value > 0 else low > 0
