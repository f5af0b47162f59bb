"""The Python interface: the use cases with plain arguments, for notebooks and scripts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cjmine.analysis.check import Outcome
from cjmine.analysis.checked import Checked, StepRow, TimingRow
from cjmine.analysis.journey_table import journey_table
from cjmine.analysis.measured import (
    ActivityRow,
    ChannelRow,
    Discovery,
    FlowRow,
    LoopRow,
    SwitchRow,
    VariantRow,
)
from cjmine.durations import microseconds
from cjmine.errors import Code, PrivacyError, Problem
from cjmine.eventlog.log import EventLog
from cjmine.eventlog.parquet import read_log, write_log
from cjmine.loaders.times import declared_format, known_zone
from cjmine.output import write_whole
from cjmine.privacy.key import find_key, throw_away_key
from cjmine.privacy.small_groups import DEFAULT_MIN_GROUP
from cjmine.reporters import text
from cjmine.reporters.check import text as check_text
from cjmine.sources import Identifier, Roles, TimeColumn
from cjmine.workflows.check import CheckQuestion, moment_of, open_baseline, read_ideal
from cjmine.workflows.check import check as compare
from cjmine.workflows.discover import Question
from cjmine.workflows.discover import discover as measure
from cjmine.workflows.inputs import Declared, find_inputs
from cjmine.workflows.load import RejectBudget
from cjmine.workflows.load import load as load_inputs

if TYPE_CHECKING:
    import pandas as pd

_DTYPES = {
    "str": "string",
    "int": "Int64",
    "int | None": "Int64",
    "float | None": "Float64",
    "bool": "boolean",
}
File = str | PathLike[str]
Names = str | Sequence[str]


@dataclass(frozen=True, repr=False)
class Found(Discovery):
    """A discovery that prints itself and hands out data frames, the largest rows first.

    A figure that is withheld, because it would tell about too few customers, is missing (NA).
    """

    @property
    def activities(self) -> pd.DataFrame:
        """Columns activity, events, journeys, starts_here, ends_here."""
        return _frame(ActivityRow, self.activity_rows)

    @property
    def directly_follows(self) -> pd.DataFrame:
        """Columns from, to, count, median_seconds, p90_seconds."""
        return _frame(FlowRow, self.flow_rows)

    @property
    def variants(self) -> pd.DataFrame:
        """Columns activities (a tuple), journeys, is_folded."""
        return _frame(VariantRow, self.variant_rows)

    @property
    def channels(self) -> pd.DataFrame:
        """Columns channel, events, journeys."""
        return _frame(ChannelRow, self.channel_rows)

    @property
    def switches(self) -> pd.DataFrame:
        """Columns from, to, count, journeys."""
        return _frame(SwitchRow, self.switch_rows)

    @property
    def loops(self) -> pd.DataFrame:
        """Columns activity, journeys, of, at_once, returns."""
        return _frame(LoopRow, self.loop_rows)

    @property
    def segments(self) -> pd.DataFrame:
        """Columns value, journeys, reached, of: journeys by the column asked for."""
        rows = [
            (row.value, row.journeys, row.goal and row.goal.n, row.goal and row.goal.of)
            for row in self.segment_rows
        ]
        return _table(
            ["value", "journeys", "reached", "of"], ["string", "Int64", "Int64", "Int64"], rows
        )

    def __repr__(self) -> str:
        return text.render(self)


def load(
    *files: File,
    case: str | None = None,
    customer: str | None = None,
    activity: str | None = None,
    timestamp: str | None = None,
    channel: str | None = None,
    tz: str | None = None,
    time_format: str | None = None,
    keep: Names = (),
    max_rejects: int = 0,
    config: File | None = None,
    key_file: File | None = None,
) -> EventLog:
    """Read exports or process logs into one pseudonymised event log.

    Parameters
    ----------
    files
        Files, folders or globs. A folder with a `cjmine.toml` is read as that says.
    case, customer, activity, timestamp, channel
        Columns that play these roles; what is left out is recognised where it is plain.
    tz
        The zone of times that carry none, such as "Europe/Amsterdam".
    keep
        Further columns to keep as attributes; all others are dropped.
    key_file
        The key of the pseudonyms; without one (and without CJMINE_KEY) a random key is used and
        thrown away, so the log cannot be saved.

    Raises
    ------
    CjmineError
        With all problems found, each with code, place, cause and remedy.
    """
    if tz is not None:
        known_zone(tz)
    if time_format is not None:
        declared_format(time_format)
    roles = Roles(
        time=TimeColumn((timestamp,) if timestamp else (), time_format, tz),
        activity=activity,
        customer=Identifier(customer) if customer else None,
        case=case,
        channel_column=channel,
    )
    declared = Declared(roles, _names(keep), None if config is None else Path(config))
    key = find_key(None if key_file is None else Path(key_file)) or throw_away_key()
    inputs = find_inputs([fspath(file) for file in files], declared)
    return load_inputs(inputs, key, RejectBudget(max_rejects)).log


def read(file: File) -> EventLog:
    """Read a saved event log. Raises DataError L122."""
    return read_log(Path(file), fspath(file))


def save(log: EventLog, file: File) -> None:
    """Save a log as Parquet, whole or not at all. Raises PrivacyError P101, OutputError O101."""
    if log.about.key_id is None:
        raise PrivacyError(
            Problem(
                Code.KEY_MISSING,
                "the log was made with a key that is thrown away",
                cause="a kept log needs a key that is kept, or it can never be linked again",
                remedy="cjmine privacy new-key FILE, then load(…, key_file=FILE)",
            )
        )
    write_whole(Path(file), lambda temporary: write_log(log, temporary))


def discover(
    log: EventLog,
    goal: Names = (),
    entry: Names = (),
    gap: str | None = None,
    until_goal: bool = False,
    by: str | None = None,
    top: int | None = None,
    min_group: int = DEFAULT_MIN_GROUP,
) -> Found:
    """Measure the journeys of a log.

    Parameters
    ----------
    goal, entry
        One activity or several.
    gap
        A pause that begins a new journey, such as "30d" or "45m".
    until_goal
        Whether a journey ends with the goal.
    by
        An attribute to compare journeys by.
    top
        How many variants to list; None lists all.
    min_group
        Groups of fewer customers are folded.
    """
    question = Question(
        goal=_names(goal),
        entry=_names(entry),
        gap=None if gap is None else microseconds(gap),
        until_goal=until_goal,
        by=by,
        top=top,
        min_group=min_group,
    )
    found = measure(log, question)
    return Found(**{field.name: getattr(found, field.name) for field in fields(found)})


@dataclass(frozen=True, repr=False)
class CheckedJourney(Checked):
    """A check that prints itself and hands out data frames; a figure that is withheld is NA."""

    outcome: Outcome

    @property
    def steps(self) -> pd.DataFrame:
        """One row a step: reached, matched, went_on, abandoned, exited, open, finished, drop_off."""
        rows = [(*astuple(row)[:-1], row.drop_off and row.drop_off.value) for row in self.step_rows]
        names = [field.name for field in fields(StepRow)]
        kinds = ["string", "string", "boolean", *["Int64"] * 7, "Float64"]
        return _table(names, kinds, rows)

    @property
    def deviations(self) -> pd.DataFrame:
        """Columns code, class, activity, journeys, occurrences, of, accepted, friction."""
        rows = [
            (row.code and row.code.value, row.name, row.activity, row.journeys, row.occurrences)
            + (row.of, row.is_accepted, row.is_friction)
            for row in self.deviation_rows
        ]
        names = ["code", "class", "activity", "journeys", "occurrences", "of"]
        kinds = ["string", "string", "string", "Int64", "Int64", "Int64", "boolean", "boolean"]
        return _table([*names, "accepted", "friction"], kinds, rows)

    @property
    def expectations(self) -> pd.DataFrame:
        """Columns code, what, verdict, value, low, high, n, of, budget, line."""
        rows = [
            (row.code.value, row.what, row.verdict.value, row.value, row.low, row.high)
            + ((row.ratio.n, row.ratio.of) if row.ratio else (None, None))
            + (row.budget, row.line)
            for row in self.expectation_rows
        ]
        names = ["code", "what", "verdict", "value", "low", "high", "n", "of", "budget", "line"]
        kinds = [*["string"] * 3, *["Float64"] * 3, "Int64", "Int64", "string", "Int64"]
        return _table(names, kinds, rows)

    @property
    def timings(self) -> pd.DataFrame:
        """Columns step, after, measured, median_seconds, p90_seconds, late, early, overdue."""
        return _frame(TimingRow, self.timing_rows)

    @property
    def journeys(self) -> pd.DataFrame:
        """One row a journey, never folded: customer (a token), state, cost, fitness, last_step.

        For your own analysis; it is about single customers, so keep it inside.
        """
        import pandas

        table = journey_table(self.outcome.comparison, self.outcome.log)
        return pandas.DataFrame(
            {
                "customer": pandas.array(table.customer, dtype="string"),
                "state": pandas.array(table.state, dtype="string"),
                "events": table.events,
                "cost": table.cost,
                "fitness": table.fitness,
                "last_step": pandas.array(table.last_step, dtype="string"),
            }
        )

    def __repr__(self) -> str:
        return check_text.render(self)


def check(
    log: EventLog,
    ideal: File,
    baseline: File | None = None,
    min_group: int = DEFAULT_MIN_GROUP,
    observed_from: str | None = None,
    observed_until: str | None = None,
) -> CheckedJourney:
    """Compare a log with an ideal journey.

    Parameters
    ----------
    ideal
        A journey file, or a process model (.bpmn, .pnml).
    baseline
        A file that `cjmine check --save-baseline` wrote.
    observed_from, observed_until
        Days or moments between which the log observes, such as "2026-03-01".

    Raises CjmineError with all problems of the journey file; PrivacyError P103 where the log is
    about fewer customers than `min_group`.
    """

    def moment(written: str | None, name: str) -> int | None:
        return None if written is None else moment_of(written, name)

    declared = read_ideal(Path(ideal), fspath(ideal))
    question = CheckQuestion(
        min_group=min_group,
        baseline=None if baseline is None else open_baseline(Path(baseline), fspath(baseline)),
        observed_from=moment(observed_from, "observed_from"),
        observed_until=moment(observed_until, "observed_until"),
    )
    outcome = compare(log, declared, question)
    found = outcome.checked
    values = {field.name: getattr(found, field.name) for field in fields(found)}
    return CheckedJourney(**values, outcome=outcome)


def _names(names: Names) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _frame(row: type[Any], rows: Sequence[Any]) -> pd.DataFrame:
    renamed = {"source": "from", "target": "to"}
    names = [renamed.get(field.name, field.name) for field in fields(row)]
    types = [_DTYPES.get(str(field.type), "object") for field in fields(row)]
    return _table(names, types, [astuple(one) for one in rows])


def _table(names: list[str], types: list[str], rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    import pandas

    frame = pandas.DataFrame(list(rows), columns=names, dtype="object")
    return frame.astype(dict(zip(names, types, strict=True)))
