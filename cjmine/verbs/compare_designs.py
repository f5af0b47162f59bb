"""What makes the two sides of a comparison, from what was asked and what the log has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from cjmine.analysis.compare.sides import Sides, Window
from cjmine.analysis.judged import Judging
from cjmine.counting.split import Split
from cjmine.declared import Declared, Experiment
from cjmine.disclosure.labels import refuse_absent, shown_labels
from cjmine.errors import Code, Note, Place, Problem, UsageError, did_you_mean, listed
from cjmine.eventlog.chosen import NONE
from cjmine.eventlog.parts import Log
from cjmine.results.compare import Design
from cjmine.results.log import day_of, moment
from cjmine.sentences import Sentence
from cjmine.verbs.compare_settings import CompareSettings
from cjmine.verbs.filters import check_column
from cjmine.verbs.periods import Period, begin_of, end_of

_WEEK = 7 * 86_400_000_000


@dataclass(frozen=True, slots=True)
class Sided:
    """A design with its name, the names of both sides, and what puts journeys on them."""

    design: Design
    name: str
    names: tuple[str, str]
    sides: Sides
    experiment: Experiment | None = None
    notes: tuple[Note, ...] = ()

    def is_running(self, judging: Judging) -> bool:
        """Whether an experiment goes on after what the log observes."""
        until = None if self.experiment is None else self.experiment.until
        return until is not None and judging.until < end_of(until, judging.zone)


def design_of(settings: CompareSettings, has_other: bool, has_new: bool = False) -> Design:
    """The one design that was asked for. Raises UsageError U101 for none, and for two."""
    asked = {
        Design.BY: settings.by is not None,
        Design.PERIOD: settings.period is not None,
        Design.CHANGE: settings.change is not None,
        Design.EXPERIMENT: settings.experiment is not None,
        Design.LOGS: has_other,
        Design.WITH: has_new,
    }
    found = [design for design, is_asked in asked.items() if is_asked]
    if len(found) != 1:
        raise UsageError(
            Problem(
                Code.USAGE,
                "two sides are needed" if not found else "two ways to make sides are asked for",
                Place(f"--{found[1]}" if len(found) > 1 else None),
                remedy="name one of --by COLUMN, --period FROM..TO FROM..TO, --change DAY,"
                " --experiment NAME, --with FILE, or two logs",
            )
        )
    if settings.control is not None and found[0] not in (Design.PERIOD, Design.CHANGE):
        raise UsageError(
            Problem(
                Code.USAGE,
                "a control is for what changes in time",
                Place("--control"),
                remedy="--change DAY or --period FROM..TO FROM..TO",
            )
        )
    return found[0]


def experiment_of(settings: CompareSettings, declared: Declared) -> Experiment | None:
    """The experiment that is named, None where none is. Raises UsageError C103."""
    if settings.experiment is None:
        return None
    for one in declared.experiments:
        if one.name == settings.experiment:
            return one
    names = [one.name for one in declared.experiments]
    raise UsageError(
        Problem(
            Code.CONFIG_NOTHING,
            f'cjmine.toml declares no experiment "{settings.experiment}"',
            Place("--experiment"),
            remedy=did_you_mean(settings.experiment, names)
            or f'declare it: [experiment.{settings.experiment}] by = "arm"',
        )
    )


def sides_by(log: Log, settings: CompareSettings, split: Split) -> Sided:
    """Two values of a column, those named or the only two that may be shown.

    Raises UsageError U101 and U103, with the values that may be shown.
    """
    column = settings.by or ""
    check_column(log, column, "--by")
    known = shown_labels(log, settings.min_group, split, column)
    values = settings.values
    if values is None:
        if len(known) != 2:
            raise UsageError(
                Problem(
                    Code.USAGE,
                    f'the column "{column}" does not have two values: name the two to compare',
                    Place("--by"),
                    cause=f"values that may be shown: {listed(known)}" if known else "",
                    remedy=f"--by {column} A B",
                )
            )
        values = (known[0], known[1])
    else:
        refuse_absent(values, "--by", (*known, NONE), settings.policy)
        if values[0] == values[1]:
            raise UsageError(
                Problem(Code.USAGE, "a value cannot be compared with itself", Place("--by"))
            )
    return Sided(Design.BY, column, values, Sides(column=column, values=values))


def sides_of_experiment(log: Log, experiment: Experiment) -> Sided:
    """The arms; customers of both are on no side. Raises UsageError U101."""
    check_column(log, experiment.by, "--experiment")
    one, other = (arm.value for arm in experiment.arms)
    sides = Sides(column=experiment.by, values=(one, other), is_exclusive=True)
    return Sided(Design.EXPERIMENT, experiment.name, (one, other), sides, experiment)


def sides_by_period(periods: tuple[Period, Period], zone: str) -> Sided:
    """Journeys that begin in one of two periods."""
    windows = tuple(Window(*one.moments(zone)) for one in periods)
    notes = []
    if any(one.days % 7 for one in periods):
        notes.append(Sentence.UNEQUAL_WEEKDAYS.note())
    one, other = (str(period) for period in periods)
    sided = Sided(Design.PERIOD, f"{one} {other}", (one, other), Sides(windows=windows))
    return replace(sided, notes=tuple(notes))


def sides_by_change(change: date, declared: Declared, judging: Judging) -> Sided:
    """Journeys before and after a day, in full weeks, each with its full time on one side.

    What begins less than a full time before the change may see it, and is left out. Where a side
    has no full week, all of it is taken. Raises UsageError U101 for a day outside the log.
    """
    at = begin_of(change, judging.zone)
    full = judging.full_time.value or 0
    # The first day counts as a whole: a log does not begin in its first second.
    first = begin_of(day_of(moment(judging.first), judging.zone), judging.zone)
    last = judging.until - full
    end = at - full
    if not first < end or at > last:
        raise UsageError(
            Problem(
                Code.USAGE,
                "no journey has its full time on both sides of the day",
                Place("--change"),
                cause="the log begins after it, or ends before journeys after it are over",
                remedy="name a day inside the log, or --deadline with a shorter time",
            )
        )
    weeks, weeks_after = (end - first) // _WEEK, (last - at) // _WEEK
    notes = []
    if not weeks or not weeks_after:
        notes.append(Sentence.UNEQUAL_WEEKDAYS.note())
    before = Window(end - weeks * _WEEK if weeks else first, end - 1)
    after = Window(at, at + weeks_after * _WEEK - 1 if weeks_after else last)
    sides = Sides(windows=(before, after), straddles=Window(end, at - 1))
    what = [one.what for one in declared.changes if one.on == change]
    name = f"{change}" + (f": {'; '.join(what)}" if what else "")
    return Sided(Design.CHANGE, name, ("before", "after"), sides, notes=tuple(notes))
