"""What is shown at each column of a map, gathered from a check by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cjmine.errors import Code
from cjmine.ideas.insights import Heard, Insight
from cjmine.reporters.check.choices import called
from cjmine.reporters.journey_map.first import First
from cjmine.reporters.language import Language
from cjmine.results.check import Check, DeviationRow, StepRow, TimingRow
from cjmine.results.expectations import Verdict
from cjmine.results.figures import Change
from cjmine.results.map import Addition, Bracket, ChannelUse, Column, Notation, Score, Wait

# Drawn elsewhere than in the lane of deviations: as losses, as loops, as additions, as times.
_DRAWN = (Code.ABANDONED, Code.REPEATED, Code.UNEXPECTED, Code.LATE)
_SPOKEN = ("mail", "e-mail", "email", "call", "phone", "chat", "sms", "letter", "message")
MOST_CHANNELS = 4


@dataclass(frozen=True, slots=True)
class Figures:
    """One column: what is declared and what was measured."""

    column: Column
    row: StepRow
    wait: Wait | None
    timing: TimingRow | None
    channels: tuple[ChannelUse, ...]
    additions: tuple[Addition, ...]
    repeated: DeviationRow | None
    deviations: tuple[DeviationRow, ...]
    score: Score | None
    change: Change | None
    broken: frozenset[Code]
    broken_additions: frozenset[str]
    is_optional: bool
    on_the_way: bool
    firsts: tuple[First, ...] = ()
    heard: tuple[Insight, ...] = ()

    @property
    def is_spoken(self) -> bool:
        """Whether the step is a message or a talk: as declared, else as it mostly was."""
        names = self.column.channels
        if not names and self.channels:
            known = [use for use in self.channels if use.events is not None]
            names = tuple(use.channel for use in known if 2 * (use.events or 0) > use.of)
        return bool(names) and all(name.casefold() in _SPOKEN for name in names)


def figures(
    found: Check,
    words: Language,
    firsts: tuple[First, ...] = (),
    heard: Heard | None = None,
) -> tuple[Figures, ...]:
    """The figures of each column, in order; a choice that is skipped is at its first step."""
    drawn = found.map
    choices = {called(first, words): first[0] for first in found.choices}
    rows = {row.step: row for row in found.steps}
    waits = {one.step: one for one in drawn.waits}
    timings = {row.step: row for row in found.timings}
    scores = _drawn_scores(drawn.scores)
    rows_of = found.expectations
    broken = broken_at(found)
    touched = frozenset(
        row.step or ""
        for row in rows_of
        if row.verdict is Verdict.BROKEN and row.code is Code.UNEXPECTED
    )
    result = []
    for place, column in enumerate(drawn.columns):
        step = column.step
        mine = [row for row in found.deviations if row.code and _place(row, choices) == step]
        result.append(
            Figures(
                column=column,
                row=rows[step],
                wait=waits.get(step),
                timing=timings.get(step),
                channels=tuple(one for one in drawn.channels if one.step == step),
                additions=tuple(one for one in drawn.additions if one.after == step),
                repeated=_one(mine, Code.REPEATED),
                deviations=tuple(row for row in _commonest(mine) if row.code not in _DRAWN),
                score=scores.get(step),
                change=found.change_at(step),
                broken=frozenset(rows_of[at].code for at in broken.get(step, ())),
                broken_additions=touched,
                is_optional=_inside(place, drawn.brackets, Notation.OPTIONAL),
                on_the_way=_on_the_way(place, drawn.brackets),
                firsts=tuple(one for one in firsts if choices.get(one.step, one.step) == step),
                heard=() if heard is None else heard.at(step),
            )
        )
    return tuple(result)


def broken_at(found: Check) -> dict[str, tuple[int, ...]]:
    """The broken expectations of each step of the map, by their place among all expectations.

    An undeclared touchpoint is at every step after which the map has it; a choice that is skipped
    at its first step. Expectations about the whole journey are at no step.
    """
    firsts = {step: first[0] for first in reversed(found.choices) for step in first}
    after: dict[str, list[str]] = {}
    for addition in found.map.additions:
        if addition.after is not None:
            after.setdefault(addition.activity, []).append(addition.after)
    places: dict[str, list[int]] = {}
    for at, row in enumerate(found.expectations):
        if row.verdict is not Verdict.BROKEN or row.step is None:
            continue
        steps = [firsts.get(row.step, row.step) if row.code is Code.SKIPPED else row.step]
        if row.code is Code.UNEXPECTED:
            steps = after.get(row.step, [])
        for step in steps:
            places.setdefault(step, []).append(at)
    return {step: tuple(found_at) for step, found_at in places.items()}


def channels_of(every: Sequence[Figures]) -> tuple[str, ...]:
    """The channels that the map shows, the most used first."""
    used: dict[str, int] = {}
    for one in every:
        for use in one.channels:
            used[use.channel] = used.get(use.channel, 0) + (use.events or 0)
    return tuple(sorted(used, key=lambda name: (-used[name], name)))[:MOST_CHANNELS]


def _drawn_scores(scores: tuple[Score, ...]) -> dict[str, Score]:
    """The scores of the question with most answers, by step: one lane is about one question."""
    answers: dict[tuple[str, str], int] = {}
    for one in scores:
        question = (one.metric, one.scale or "")
        answers[question] = answers.get(question, 0) + one.answers
    most = min(answers, key=lambda name: (-answers[name], name), default=None)
    return {one.step: one for one in scores if (one.metric, one.scale or "") == most}


def _place(row: DeviationRow, choices: dict[str, str]) -> str:
    """The step at whose column a deviation is drawn."""
    return choices.get(row.activity, row.activity) if row.code is Code.SKIPPED else row.activity


def _one(rows: list[DeviationRow], code: Code) -> DeviationRow | None:
    return next((row for row in rows if row.code is code), None)


def _commonest(rows: list[DeviationRow]) -> list[DeviationRow]:
    return sorted(rows, key=lambda row: (-(row.journeys or 0), row.class_))


def _inside(place: int, brackets: tuple[Bracket, ...], notation: Notation) -> bool:
    return any(one.notation is notation and one.first <= place <= one.last for one in brackets)


def _on_the_way(place: int, brackets: tuple[Bracket, ...]) -> bool:
    """Whether every journey that comes so far must pass the column."""
    return not any(
        one.first <= place <= one.last
        and (
            one.notation in (Notation.CHOICE, Notation.OPTIONAL)
            or (one.notation is Notation.REPEAT and one.least == 0)
        )
        for one in brackets
    )
