"""What customers answered, counted by the step that they were asked about."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import Cells, Rows, cells, rows
from cjmine.analysis.multisets import Values, values
from cjmine.conformance.facts import Facts
from cjmine.counting.groups import Flags, Ints
from cjmine.counting.merging import summed
from cjmine.scales import Scale, Summary, usual_scale

BANDS = 3
FATES = 3
PLACED, BEFORE_ANY_STEP, OUTSIDE = range(FATES)


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked; without a scale it is any number that a touchpoint carries."""

    metric: str
    scale: Scale | None


def questions_of(activities: tuple[str, ...]) -> tuple[Question, ...]:
    """What could be asked: on each scale, then by the first words of the other activities."""
    named = {name.partition(" ")[0] for name in activities if usual_scale(name) is None}
    return (
        *(Question(scale.metric, scale) for scale in Scale),
        *(Question(word, None) for word in sorted(named)),
    )


@dataclass(frozen=True, slots=True)
class ScoreCounts:
    """The answers of counted journeys, in groups of step and question.

    `bands` counts answers by step, scale and the three bands of it. `points` are what an answer
    adds to the figure of its scale, summed up by customer: the group of a sum is that of the
    answers, plus the number of groups times the number of answers in it. `fates` counts by scale
    whether answers are placed at a step, came before any, or lie outside the scale; `undeclared`
    those whose scale is not declared.
    """

    answered: Cells
    bands: Cells
    answers: Values
    points: Values
    fates: Cells
    undeclared: Cells

    def __add__(self, other: ScoreCounts) -> ScoreCounts:
        return summed(self, other)


def count_scores(facts: Facts, activities: tuple[str, ...]) -> ScoreCounts:
    """Count the answers of a part; `activities` are those of the whole log, in order."""
    return _counted(facts, activities, facts.answers.step, facts.step_count)


def count_journey_scores(facts: Facts, activities: tuple[str, ...]) -> ScoreCounts:
    """The same of all steps together, as if they were one."""
    return _counted(facts, activities, np.minimum(facts.answers.step, 0), 1)


@dataclass(frozen=True, slots=True)
class Given:
    """Answers that lie on their scales, one row each; customers never decrease.

    `asked` is the place of the question, `people` the number of customers.
    """

    customer: Ints
    asked: Ints
    value: np.ndarray
    people: int


def count_given(given: Given, questions: tuple[Question, ...]) -> ScoreCounts:
    """The same of answers that are given, all of them about one step."""
    step = np.zeros(len(given.asked), np.int64)
    placed = given.asked[given.asked < len(Scale)] * FATES + PLACED
    customer = given.customer[given.asked < len(Scale)]
    nothing = np.zeros(0, np.int64)
    return ScoreCounts(
        *_placed(given, step, 1, questions),
        fates=cells(rows(placed, customer, len(Scale) * FATES, given.people)),
        undeclared=cells(rows(nothing, nothing, len(Scale), given.people)),
    )


def _counted(facts: Facts, activities: tuple[str, ...], step: Ints, steps: int) -> ScoreCounts:
    answers, people = facts.answers, facts.customers
    questions = questions_of(activities)
    asked = questions_asked(facts, questions)
    customer = facts.customer[answers.journey]
    is_inside, _ = bands_of(asked, answers.value)
    placed = np.flatnonzero(is_inside & (step >= 0))
    fate = np.where(step >= 0, PLACED, BEFORE_ANY_STEP)
    fate[~is_inside] = OUTSIDE
    usual = np.flatnonzero((answers.scale < 0) & (asked < len(Scale)))
    on_scale = np.flatnonzero(asked < len(Scale))
    fates = asked[on_scale] * FATES + fate[on_scale]
    given = Given(customer[placed], asked[placed], answers.value[placed], people)
    return ScoreCounts(
        *_placed(given, step[placed], steps, questions),
        fates=cells(rows(fates, customer[on_scale], len(Scale) * FATES, people)),
        undeclared=cells(rows(asked[usual], customer[usual], len(Scale), people)),
    )


def _placed(
    given: Given, step: Ints, steps: int, questions: tuple[Question, ...]
) -> tuple[Cells, Cells, Values, Values]:
    """The answers in groups of step and question, by band, by value, and what each is worth."""
    customer, asked, people = given.customer, given.asked, given.people
    _, band = bands_of(asked, given.value)
    groups = steps * len(questions)
    group = step * len(questions) + asked
    scaled = np.flatnonzero(asked < len(Scale))
    by_band = (step[scaled] * len(Scale) + asked[scaled]) * BANDS + band[scaled]
    found = rows(group, customer, groups, people)
    return (
        cells(found),
        cells(rows(by_band, customer[scaled], steps * len(Scale) * BANDS, people)),
        values(group, given.value),
        _points(found, _worth(asked, band, given.value)),
    )


def questions_asked(facts: Facts, questions: tuple[Question, ...]) -> Ints:
    """The place of the question of each answer of a part."""
    answers, names = facts.answers, facts.comparison.journeys.activities
    return asked_questions(names, answers.activity, answers.scale, questions)


def asked_questions(
    names: tuple[str, ...], activity: Ints, scale: Ints, questions: tuple[Question, ...]
) -> Ints:
    """The place of the question of each row: by its scale, else by what its touchpoint is called.

    `activity` are places in `names`, `scale` is -1 where none is declared.
    """
    place = {(one.metric, one.scale): at for at, one in enumerate(questions)}
    by_name = np.array(
        [
            place[usual.metric, usual]
            if (usual := usual_scale(name)) is not None
            else place[name.partition(" ")[0], None]
            for name in names
        ],
        np.int64,
    )
    return np.where(scale >= 0, scale, by_name[activity])


def bands_of(asked: Ints, value: np.ndarray) -> tuple[Flags, Ints]:
    """Which answers lie on the scale of their question (its place), and the band of each."""
    is_inside, band = np.ones(len(asked), bool), np.zeros(len(asked), np.int64)
    for at, scale in enumerate(Scale):
        mine = np.flatnonzero(asked == at)
        if len(mine):
            lows = [one.low for one in scale.bands]
            band[mine] = np.searchsorted(lows, value[mine], "right") - 1
            is_inside[mine] = (value[mine] >= scale.low) & (value[mine] <= scale.high)
    return is_inside, band


def _worth(asked: Ints, band: Ints, value: np.ndarray) -> np.ndarray:
    """What each answer adds to its figure: 1, 0 or -1 of an NPS, 1 or 0 of a share, its value."""
    worth = value.copy()
    for at, scale in enumerate(Scale):
        if scale.summary is Summary.POINTS:
            worth[asked == at] = band[asked == at] - 1
        elif scale.summary is Summary.SHARE:
            worth[asked == at] = band[asked == at] == BANDS - 1
    return worth


def _points(found: Rows, worth: np.ndarray) -> Values:
    """The sums of customers, kept with the number of answers in each."""
    run = np.repeat(np.arange(len(found.begins)), found.many)
    total = np.bincount(run, worth[found.order], len(found.begins))
    return values(found.group + found.groups * found.many, total)
