"""What was measured beside the steps of the ideal: channels, waits, additions, answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import isfinite, sqrt

import numpy as np
import numpy.typing as npt

from cjmine.analysis.folding import Gate, Part, flags, hidden_cells
from cjmine.analysis.ideal_shape import ideal_shape
from cjmine.analysis.mapped import Addition, ChannelUse, JourneyMap, Score, Wait
from cjmine.analysis.populations import Populations
from cjmine.analysis.ratio import Z95
from cjmine.conformance.alignments import NOWHERE, Move
from cjmine.conformance.moves import Kind
from cjmine.conformance.states import State
from cjmine.eventlog.log import EventLog
from cjmine.privacy.small_groups import is_small

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
SCORE = "score"


def journey_map(populations: Populations, gate: Gate, shown: frozenset[str]) -> JourneyMap:
    """What a map of the journey shows beside the figures of its steps; no log gives empty parts.

    Truncated journeys are left out, open ones count as far as they came. What too few customers
    stand behind is withheld or left out; `shown` are the undeclared touchpoints that are told.
    """
    declared = populations.comparison.ideal.journey
    columns, brackets = ideal_shape(declared)
    walked = _Walked(populations, gate)
    return JourneyMap(
        columns=columns,
        brackets=brackets,
        channels=tuple(walked.channels()),
        waits=tuple(walked.waits()),
        additions=tuple(walked.additions(shown)),
        scores=tuple(walked.scores()),
    )


@dataclass(frozen=True, slots=True)
class _Extras:
    """Undeclared events: what, after which step (past the last label: before any), in whom.

    `goes_on`: the journey comes to a later step.
    """

    activity: Ints
    after: Ints
    journey: Ints
    goes_on: Flags


@dataclass(frozen=True, slots=True)
class _Placed:
    """An addition, and the number of the step it stands after."""

    after: int
    drawn: Addition


@dataclass(frozen=True)
class _Walked:
    """The events of the compared journeys by the steps that they match."""

    populations: Populations
    gate: Gate

    @cached_property
    def labels(self) -> tuple[str, ...]:
        return self.populations.comparison.ideal.space.labels

    @cached_property
    def seen(self) -> Flags:
        """Which journeys are not truncated."""
        state: npt.NDArray[np.uint8] = self.populations.comparison.states.of_journey
        return np.not_equal(state, State.TRUNCATED)

    @cached_property
    def in_variant(self) -> Ints:
        """Each kept event as a place among the events of the distinct traces."""
        kept, found = self.populations.comparison.kept, self.populations.comparison.variants
        shift = found.starts[found.of_journey] - kept.starts[:-1]
        places: Ints = np.arange(len(kept.activity)) + shift[kept.journey]
        return places

    @cached_property
    def matched(self) -> Ints:
        """The step that each event of the distinct traces matches, or `NOWHERE`."""
        moves, found = self.populations.comparison.moves, self.populations.comparison.variants
        rows = np.flatnonzero(moves.kind == Move.SYNCHRONOUS)
        step = np.full(len(found.codes), NOWHERE, np.int64)
        step[found.starts[moves.trace[rows]] + moves.event[rows]] = moves.label[rows]
        return step

    @cached_property
    def match_before(self) -> Ints:
        """The place of the last match before each event of the distinct traces, or `NOWHERE`."""
        found = self.populations.comparison.variants
        places = np.where(self.matched != NOWHERE, np.arange(len(self.matched)), NOWHERE)
        last = np.maximum.accumulate(places) if len(places) else places
        before = np.concatenate([[NOWHERE], last[:-1]])[: len(places)]
        begins = np.repeat(found.starts[:-1], found.lengths)
        return np.where(before >= begins, before, NOWHERE)

    def channels(self) -> Iterator[ChannelUse]:
        """How often each step was met on each channel; an unknown one is a channel too."""
        kept = self.populations.comparison.kept
        step = self.matched[self.in_variant]
        here = (step != NOWHERE) & self.seen[kept.journey]
        unknown = len(kept.channels)
        row, column = step[here], kept.channel[here].astype(np.int64)
        column[column < 0] = unknown
        journey = kept.journey[here].astype(np.int64)
        customer = kept.customer[journey].astype(np.int64)
        shape = (len(self.labels), unknown + 1)
        if not unknown or not len(row):
            return
        hidden = hidden_cells(row, column, customer, shape, self.gate.min_group)
        counts = np.bincount(row * shape[1] + column, minlength=shape[0] * shape[1]).reshape(shape)
        for number in self._steps():
            total = int(counts[number].sum())
            if is_small(self.gate.customers(journey[row == number]), self.gate.min_group):
                continue
            for code in sorted(range(unknown), key=kept.channels.__getitem__):
                count = int(counts[number, code])
                if count:
                    told = None if hidden[number, code] else count
                    yield ChannelUse(self.labels[number], kept.channels[code], told, total)

    def waits(self) -> Iterator[Wait]:
        """How long each step came after the match before it: the first match of a journey."""
        kept = self.populations.comparison.kept
        flat = self.in_variant
        step, before = self.matched[flat], self.match_before[flat]
        rows = np.flatnonzero((step != NOWHERE) & self.seen[kept.journey])
        order = np.argsort(step[rows], kind="stable")  # within a step in the order of journeys
        rows = rows[order]
        bounds = np.searchsorted(step[rows], np.arange(len(self.labels) + 1))
        for number in self._steps():
            having = rows[bounds[number] : bounds[number + 1]]
            follows = having[before[having] != NOWHERE]
            who = kept.journey[follows].astype(np.int64)
            first = np.diff(who, prepend=-1) != 0
            at, journeys = follows[first], who[first]
            customers = self.gate.customers(journeys)
            if not len(journeys) or is_small(customers, self.gate.min_group):
                continue
            wait = kept.time[at] - kept.time[at - (flat[at] - before[at])]
            median, p90 = (
                None
                if is_small(round(min(share, 1 - share) * customers), self.gate.min_group)
                else float(np.quantile(wait, share)) / 1e6
                for share in (0.5, 0.9)
            )
            every = kept.journey[having].astype(np.int64)
            of = every[np.diff(every, prepend=-1) != 0]
            part = Part.once(journeys, of, *self._around(self.labels[number]))
            told = None if self.gate.tells_too_much(part) else len(journeys)
            yield Wait(self.labels[number], told, median, p90)

    def additions(self, shown: frozenset[str]) -> Iterator[Addition]:
        """Undeclared touchpoints by the step that they come after; `shown` are told elsewhere.

        Where one place of a touchpoint holds too few customers, it could be computed from the
        others and the whole: then only the whole is told.
        """
        found = self._extras()
        activities = self.populations.comparison.kept.activities
        order = {step: place for place, step in enumerate([len(self.labels), *self._steps()])}
        drawn: list[tuple[int, Addition]] = []
        for code in np.unique(found.activity).tolist():
            if activities[code] not in shown:
                continue
            rows = found.activity == code
            afters = np.unique(found.after[rows]).tolist()
            parts = [self._addition(found, rows & (found.after == one), one) for one in afters]
            if None not in parts:
                drawn += [(order[one.after], one.drawn) for one in parts if one is not None]
                continue
            most = max(afters, key=lambda one: (int((found.after[rows] == one).sum()), -order[one]))
            there = found.journey[rows & (found.after == most)]
            whole = self._addition(found, rows, most, anywhere=True)
            if whole is not None and self.gate.count(there) is not None:
                drawn.append((order[most], whole.drawn))
        drawn.sort(key=lambda one: (one[0], -one[1].journeys, one[1].activity))
        yield from (one for _, one in drawn)

    def _addition(
        self, found: _Extras, rows: Flags, after: int, anywhere: bool = False
    ) -> _Placed | None:
        """One touchpoint in one place (or anywhere); None where it would tell too much."""
        comparison = self.populations.comparison
        step = None if after == len(self.labels) else self.labels[after]
        some = self._members(found.journey[rows])
        of, *wider = self._around(None if anywhere else step)
        if not anywhere and step is not None:
            of = self._members(np.concatenate([of, some]))
        part = Part.once(some, of, *wider)
        if self.gate.tells_too_much(part):
            return None
        later = self._members(found.journey[rows & found.goes_on])
        told = not self.gate.tells_too_much(Part.once(later, some))
        name = comparison.kept.activities[int(found.activity[rows][0])]
        friction = name in comparison.ideal.journey.friction
        went_on = len(later) if told else None
        drawn = Addition(name, step, len(some), len(part.of), went_on, friction, anywhere)
        return _Placed(after, drawn)

    def _extras(self) -> _Extras:
        """The undeclared events of the journeys that are not truncated."""
        comparison = self.populations.comparison
        moves, found, kept = comparison.moves, comparison.variants, comparison.kept
        extra = np.flatnonzero(comparison.explained.kind == Kind.UNEXPECTED)
        is_extra = np.zeros(len(found.codes), bool)
        is_extra[found.starts[moves.trace[extra]] + moves.event[extra]] = True
        flat = self.in_variant
        rows = np.flatnonzero(is_extra[flat] & self.seen[kept.journey])
        places = flat[rows]
        before = self.match_before[places]
        ends = np.repeat(self._last_match(), found.lengths)
        return _Extras(
            activity=kept.activity[rows].astype(np.int64),
            after=np.where(before == NOWHERE, len(self.labels), self.matched[before]),
            journey=kept.journey[rows].astype(np.int64),
            goes_on=places < ends[places],
        )

    def scores(self) -> Iterator[Score]:
        """What customers answered, by the last step that they had had."""
        log, comparison = self.populations.log, self.populations.comparison
        if not log.has(SCORE):
            return
        journeys, kept = comparison.journeys, comparison.kept
        values = _numbers(log)[log.codes(SCORE)[journeys.event]]
        rows = np.flatnonzero(np.isfinite(values) & self.seen[journeys.journey])
        upto = np.cumsum(np.isin(journeys.event, kept.event))[rows] - 1
        inside = (upto >= 0) & (kept.journey[np.maximum(upto, 0)] == journeys.journey[rows])
        rows, upto = rows[inside], upto[inside]
        flat = self.in_variant[upto]
        before = np.where(self.matched[flat] != NOWHERE, flat, self.match_before[flat])
        rows, before = rows[before != NOWHERE], before[before != NOWHERE]
        step = self.matched[before]
        words = np.array([name.partition(" ")[0] for name in journeys.activities], object)
        metric = words[journeys.activity[rows]]
        for number in self._steps():
            for name in sorted(set(metric[step == number])):
                mine = rows[(step == number) & (metric == name)]
                if is_small(self.gate.customers(journeys.journey[mine]), self.gate.min_group):
                    continue
                yield _score(self.labels[number], name, values[mine])

    def _members(self, journeys: Ints) -> Ints:
        """Each journey once, in order."""
        return np.flatnonzero(flags(journeys, len(self.seen)))

    def _last_match(self) -> Ints:
        """The place of the last match of each distinct trace, or `NOWHERE`."""
        found = self.populations.comparison.variants
        places = np.where(self.matched != NOWHERE, np.arange(len(self.matched)), NOWHERE)
        last = np.full(len(found), NOWHERE, np.int64)
        has = found.lengths > 0
        if has.any():
            last[has] = np.maximum.reduceat(places, found.starts[:-1][has])
        return last

    def _around(self, step: str | None) -> tuple[Ints, ...]:
        seen = self.populations.seen
        if step is None:
            return seen, self.populations.all
        return self.populations.reaching(step), seen, self.populations.all

    def _steps(self) -> list[int]:
        """The labels in the order of the file."""
        steps = self.populations.comparison.ideal.journey.steps
        return [self.labels.index(step.name) for step in steps]


def _numbers(log: EventLog) -> npt.NDArray[np.float64]:
    """The scores of a log by their code; what is no number is no answer, and so is code -1."""
    values = [_number(name) for name in log.names(SCORE)]
    return np.array([*values, np.nan])


def _number(written: str) -> float:
    try:
        value = float(written.strip().replace(",", "."))
    except ValueError:
        return float("nan")
    return value if isfinite(value) else float("nan")


def _score(step: str, metric: str, values: npt.NDArray[np.float64]) -> Score:
    mean = float(values.mean())
    spread = Z95 * float(values.std(ddof=1)) / sqrt(len(values)) if len(values) > 1 else 0.0
    return Score(step, metric, len(values), mean, mean - spread, mean + spread)
