"""Every table of a check, once: key, heading, shape, value and place of each column.

CSV, data frames, the page and the Markdown summary render these. A column more is one line here.
"""

from __future__ import annotations

from typing import Any

from cjmine.reporters.table import Column, Place, Shape, Table
from cjmine.results.check import Check, DeviationRow, RangeRow, StepRow, TimingRow
from cjmine.results.expectations import ExpectationRow
from cjmine.results.figures import OTHER
from cjmine.results.map import ChannelUse, Score
from cjmine.results.segments import CheckedSegment

CSV, FRAME, PAGE, SUMMARY = Place.CSV, Place.FRAME, Place.PAGE, Place.SUMMARY
DATA = CSV | FRAME
SEEN = PAGE | SUMMARY
TEXT, COUNT, FIGURE, SECONDS = Shape.TEXT, Shape.COUNT, Shape.FIGURE, Shape.SECONDS
FLAG, SHARE, RATE = Shape.FLAG, Shape.SHARE, Shape.RATE
CHANGE, SCORE = Shape.CHANGE, Shape.SCORE

STEPS: Table[Check, StepRow] = Table(
    "steps",
    lambda found: found.steps,
    (
        Column("step", TEXT, DATA | SEEN, lambda row, _: row.step, "step"),
        Column("stage", TEXT, DATA | PAGE, lambda row, _: row.stage, "stage"),
        Column("moment_of_truth", FLAG, FRAME, lambda row, _: row.moment_of_truth),
        Column("reached", COUNT, DATA | SEEN, lambda row, _: row.reached, "reached"),
        Column("of_all", SHARE, SEEN, lambda row, found: (row.reached, found.reached_of), "of-all"),
        Column("matched", COUNT, DATA | PAGE, lambda row, _: row.matched, "matched"),
        Column("seen", COUNT, DATA, lambda row, _: row.seen),
        Column("went_on", COUNT, DATA | PAGE, lambda row, _: row.went_on, "went-on"),
        Column("abandoned", COUNT, DATA | SEEN, lambda row, _: row.abandoned, "lost"),
        Column("rate", RATE, SEEN, lambda row, _: row.drop_off, "drop-off"),
        Column("change", CHANGE, SEEN, lambda row, found: found.change_at(row.step), "change"),
        Column("exited", COUNT, DATA | PAGE, lambda row, _: row.exited, "exited"),
        Column("open", COUNT, DATA | PAGE, lambda row, _: row.open, "open"),
        Column("finished", COUNT, DATA | PAGE, lambda row, _: row.finished, "finished"),
        Column("drop_off", FIGURE, DATA, lambda row, _: row.drop_off.value),
        Column("drop_off_low", FIGURE, CSV, lambda row, _: row.drop_off.low),
        Column("drop_off_high", FIGURE, CSV, lambda row, _: row.drop_off.high),
    ),
)
DEVIATIONS: Table[Check, DeviationRow] = Table(
    "deviations",
    lambda found: found.deviations,
    (
        Column("code", TEXT, DATA | SEEN, lambda row, _: row.code and row.code.value, "code"),
        Column("class", TEXT, DATA | SEEN, lambda row, _: row.class_, "deviation"),
        Column("activity", TEXT, DATA | SEEN, lambda row, _: row.activity, "touchpoint"),
        Column("journeys", COUNT, DATA | SEEN, lambda row, _: row.journeys, "journeys"),
        Column("occurrences", COUNT, DATA, lambda row, _: row.occurrences),
        Column("of", COUNT, DATA | SEEN, lambda row, _: row.of, "of"),
        Column("share", SHARE, SEEN, lambda row, _: (row.journeys, row.of), "share"),
        Column("times", COUNT, PAGE, lambda row, _: row.occurrences, "occurrences"),
        Column("accepted", FLAG, DATA, lambda row, _: row.accepted),
        Column("friction", FLAG, DATA, lambda row, _: row.friction),
        Column("marks", TEXT, PAGE, lambda row, _: "", "mark"),
    ),
)
RANGES: Table[Check, RangeRow] = Table(
    "ranges",
    lambda found: found.ranges or (),
    (
        Column(
            "attribution", TEXT, DATA | SEEN, lambda row, _: row.attribution or OTHER, "attribution"
        ),
        Column("activity", TEXT, DATA | SEEN, lambda row, _: row.activity, "touchpoint"),
        Column("certain", COUNT, DATA | SEEN, lambda row, _: row.certain, "certain"),
        Column("shown", COUNT, DATA | SEEN, lambda row, _: row.shown, "shown"),
        Column("possible", COUNT, DATA | SEEN, lambda row, _: row.possible, "possible"),
        Column("of", COUNT, DATA | SEEN, lambda row, _: row.of, "of"),
    ),
)
EXPECTATIONS: Table[Check, ExpectationRow] = Table(
    "expectations",
    lambda found: found.expectations,
    (
        Column("code", TEXT, DATA, lambda row, _: row.code.value),
        Column("what", TEXT, DATA, lambda row, _: row.what),
        Column("verdict", TEXT, DATA, lambda row, _: row.verdict.value),
        Column("level", TEXT, CSV, lambda row, _: row.level.value),
        Column("budget", TEXT, CSV, lambda row, _: row.budget),
        Column("limit", FIGURE, CSV, lambda row, _: row.limit),
        Column("value", FIGURE, DATA, lambda row, _: row.value),
        Column("low", FIGURE, DATA, lambda row, _: row.low),
        Column("high", FIGURE, DATA, lambda row, _: row.high),
        Column("n", COUNT, DATA, lambda row, _: row.n),
        Column("of", COUNT, DATA, lambda row, _: row.of),
        Column("budget", TEXT, FRAME, lambda row, _: row.budget),
        Column("change", FIGURE, CSV, lambda row, _: row.change and row.change.value),
        Column("because", TEXT, CSV, lambda row, _: row.because or ""),
        Column("line", COUNT, DATA, lambda row, _: row.line),
    ),
)
TIMINGS: Table[Check, TimingRow] = Table(
    "timings",
    lambda found: found.timings,
    (
        Column("step", TEXT, DATA, lambda row, _: row.step),
        Column("after", TEXT, DATA, lambda row, _: row.after),
        Column("of", COUNT, DATA, lambda row, _: row.of),
        Column("measured", COUNT, DATA, lambda row, _: row.measured),
        Column("median_seconds", SECONDS, DATA, lambda row, _: row.median_seconds),
        Column("median_low_seconds", SECONDS, DATA, lambda row, _: row.median_low_seconds),
        Column("median_high_seconds", SECONDS, DATA, lambda row, _: row.median_high_seconds),
        Column("p90_seconds", SECONDS, DATA, lambda row, _: row.p90_seconds),
        Column("late", COUNT, DATA, lambda row, _: row.late),
        Column("early", COUNT, DATA, lambda row, _: row.early),
        Column("overdue", COUNT, DATA, lambda row, _: row.overdue),
    ),
)
CHANNELS_OF_STEPS: Table[Check, ChannelUse] = Table(
    "channels-of-steps",
    lambda found: found.map.channels,
    (
        Column("step", TEXT, PAGE, lambda row, _: row.step, "step"),
        Column("channel", TEXT, PAGE, lambda row, _: row.channel, "channel"),
        Column("events", COUNT, PAGE, lambda row, _: row.events, "events"),
        Column("of", COUNT, PAGE, lambda row, _: None if row.events is None else row.of, "of"),
        Column("share", SHARE, PAGE, lambda row, _: (row.events, row.of), "share"),
    ),
)
SCORES: Table[Check, Score] = Table(
    "scores",
    lambda found: found.map.scores,
    (
        Column("step", TEXT, DATA | SEEN, lambda row, _: row.step, "step"),
        Column("metric", TEXT, DATA, lambda row, _: row.metric),
        Column("scale", TEXT, DATA, lambda row, _: row.scale and row.scale.value),
        Column("summary", TEXT, DATA, lambda row, _: row.summary.value),
        Column("score", SCORE, SEEN, lambda row, _: row, "score"),
        Column("answers", COUNT, DATA | SEEN, lambda row, _: row.answers, "answers"),
        Column("value", FIGURE, DATA, lambda row, _: row.value),
        Column("low", FIGURE, DATA, lambda row, _: row.low),
        Column("high", FIGURE, DATA, lambda row, _: row.high),
        Column("mean", FIGURE, DATA, lambda row, _: row.mean),
        Column("lowest_band", COUNT, DATA, lambda row, _: _band(row, 0)),
        Column("middle_band", COUNT, DATA, lambda row, _: _band(row, 1)),
        Column("highest_band", COUNT, DATA, lambda row, _: _band(row, 2)),
    ),
)


def _band(row: Score, place: int) -> int | None:
    return row.bands[place].answers if row.bands else None


CHECKED_SEGMENTS: Table[Check, CheckedSegment] = Table(
    "segments",
    lambda found: found.segments.values if found.segments else (),
    (
        Column("value", TEXT, DATA | SEEN, lambda row, _: row.value, "value"),
        Column("journeys", COUNT, DATA | SEEN, lambda row, _: row.journeys, "journeys"),
        Column("reached", COUNT, DATA, lambda row, _: row.goal.n),
        Column("fitting", COUNT, DATA, lambda row, _: row.fitting.n),
        Column("of", COUNT, DATA, lambda row, _: row.goal.of),
        Column("goal", RATE, SEEN, lambda row, _: row.goal, "goal-rate"),
        Column("designed", RATE, SEEN, lambda row, _: row.fitting, "as-designed"),
    ),
)
EVERY: tuple[Table[Check, Any], ...] = (
    *(STEPS, DEVIATIONS, EXPECTATIONS, TIMINGS, SCORES, RANGES, CHECKED_SEGMENTS),
)
