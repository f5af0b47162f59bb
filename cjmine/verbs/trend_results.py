"""A trend of saved results: checks of earlier runs in the order of the periods that they judge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from cjmine.analysis.differences import change
from cjmine.analysis.trend.levels import Levels, levels_of, pooled
from cjmine.analysis.trend.measures import Series
from cjmine.declared import Declared
from cjmine.disclosure.notes import policy_notes
from cjmine.disclosure.trend import measured
from cjmine.disclosure.trend_changes import near, slopes_of
from cjmine.disclosure.trend_notes import trend_notes
from cjmine.errors import Code, Note, Place, Problem, UsageError
from cjmine.results.check import Check
from cjmine.results.share import Share
from cjmine.results.trend import Dated, Every, LevelChange, Period, Topic, Trend
from cjmine.trend_sentences import TrendSentence
from cjmine.verbs.pictures import open_result
from cjmine.verbs.trend_settings import TrendSettings


@dataclass(frozen=True, slots=True)
class _Run:
    """A check with the file it is in, and the days between which the journeys it judges begin."""

    file: Path
    check: Check
    first: str
    last: str


def refuse_settings(
    arguments: Sequence[str], results: Sequence[str], settings: TrendSettings, is_more: bool
) -> None:
    """Refuse logs and what is asked of logs beside saved results. Raises UsageError U101."""
    usual = TrendSettings()
    asked = is_more or settings.rules or settings.is_about_a_log or settings.drift
    asked = asked or settings.every is not usual.every or Topic.DEVIATIONS in settings.what
    if len(results) < len(arguments) or asked:
        raise UsageError(
            Problem(
                Code.USAGE,
                "saved results are followed as they are",
                Place(results[0]),
                cause="columns, goals, filters, periods, deviations and drift belong to a log",
                remedy="name results alone, or the log alone",
            )
        )


def trend_of_results(files: Sequence[Path], settings: TrendSettings, declared: Declared) -> Trend:
    """Follow the shares of saved checks; each is one period.

    Raises UsageError: U102 for what is no check, U101 for checks of other journeys or settings,
    and for two of the same period; DataError L102.
    """
    runs = sorted(
        (_run(file, settings.release) for file in files), key=lambda run: (run.first, run.last)
    )
    _refuse_others(runs)
    last = runs[-1].check
    series = _series(last, settings.what)
    mature = [run for run in runs if run.check.judged.begun is not None]
    shares = [[_share(run.check, one) for run in mature] for one in series]
    overlapping = _overlapping(mature)
    none = [Levels((), (), (None,) * len(mature))] * len(series)
    levels = none
    if not overlapping:
        levels = levels_of(shares, [one.measure for one in series], Every.RESULT)
    found = Trend(
        schema="cjmine/trend/1",
        journey=last.journey,
        journey_file=last.journey_file,
        every=Every.RESULT,
        zone=last.log.zone,
        log=last.log,
        sources=last.sources,
        judged=last.judged,
        periods=tuple(_periods(runs, mature, series, shares, levels)),
        changes=tuple(_changes(mature, series, shares, levels, declared)),
        slopes=slopes_of(series, levels, [(run.first, run.last) for run in mature]),
        drifts=None,
        coverage=(),
        dated=tuple(Dated(one.on.isoformat(), one.what) for one in declared.changes),
        notes=(),
        privacy=last.privacy,
    )
    hidden = sum(not one.is_followed for one in levels)
    return replace(found, notes=tuple(_notes(found, overlapping, hidden, settings)))


def _run(file: Path, release: bool) -> _Run:
    found = open_result(file, release)
    if not isinstance(found, Check):
        raise UsageError(
            Problem(
                Code.RESULT_FORMAT,
                "a trend is made of checks",
                Place(file.as_posix()),
                cause="this is the result of another verb",
                remedy="cjmine check LOG --ideal FILE -o result.json",
            )
        )
    days = found.judged.days(found.log.zone) or found.log.days
    first, last = ("", "") if days is None else (one.isoformat() for one in days)
    return _Run(file, found, first, last)


def _refuse_others(runs: Sequence[_Run]) -> None:
    """Refuse checks that cannot be one series with the first. Raises UsageError U101."""
    first = runs[0].check
    for run in runs[1:]:
        one = run.check
        differing = {
            "another journey": one.journey != first.journey,
            "an ideal with other steps": [row.step for row in one.steps]
            != [row.step for row in first.steps],
            "another deadline": _deadline(one) != _deadline(first),
            "journeys of other filters": _filters(one) != _filters(first),
            "another zone": one.log.zone != first.log.zone,
            "another smallest group, or release": (one.privacy.min_group, one.privacy.release)
            != (first.privacy.min_group, first.privacy.release),
        }
        for what, differs in differing.items():
            if differs:
                raise _apart(f"a result is about {what} than {runs[0].file.as_posix()}", run.file)
    for before, after in pairwise(runs):
        if (before.first, before.last) == (after.first, after.last):
            raise _apart(
                f"a result judges the same days as {before.file.as_posix()}: {after.first} to"
                f" {after.last}",
                after.file,
            )


def _filters(found: Check) -> list[str]:
    """The conditions of a check, but those that choose the days of its period."""
    return [one for one in found.log.filters if not one.startswith(("--since ", "--until "))]


def _deadline(found: Check) -> float | None:
    """The declared time of journeys; an assumed one is another in every run."""
    return None if found.judged.assumed else found.judged.seconds


def _apart(message: str, file: Path) -> UsageError:
    return UsageError(
        Problem(
            Code.USAGE,
            message,
            Place(file.as_posix()),
            cause="a series of unlike figures would show changes that are none",
            remedy="leave it out, or check its log again with the same journey and settings",
        )
    )


def _series(found: Check, topics: Sequence[Topic]) -> list[Series]:
    series = [Series("goal-rate")] if Topic.GOAL in topics else []
    if Topic.DROP_OFF in topics:
        left = [row.step for row in found.steps if row.step not in found.goal.activities]
        series += [Series("drop-off", step) for step in left]
    if Topic.FITTING in topics:
        series.append(Series("fitting"))
    return series


def _share(found: Check, one: Series) -> Share:
    if one.measure == "goal-rate":
        return found.goal.share
    if one.measure == "fitting":
        return found.counted.fits
    return next(row.drop_off for row in found.steps if row.step == one.step)


def _overlapping(runs: Sequence[_Run]) -> bool:
    return any(after.first <= before.last for before, after in pairwise(runs))


def _periods(
    runs: Sequence[_Run],
    mature: Sequence[_Run],
    series: Sequence[Series],
    shares: Sequence[Sequence[Share]],
    levels: Sequence[Levels],
) -> Iterator[Period]:
    for run in runs:
        if run in mature:
            at = mature.index(run)
            rows = tuple(
                measured(one, row[at], level.limits[at])
                for one, row, level in zip(series, shares, levels, strict=True)
            )
            yield Period(run.first, run.last, run.check.counted.journeys, True, rows)
        elif run.first:
            yield Period(run.first, run.last, run.check.log.journeys, False, ())


def _changes(
    mature: Sequence[_Run],
    series: Sequence[Series],
    shares: Sequence[Sequence[Share]],
    levels: Sequence[Levels],
    declared: Declared,
) -> Iterator[LevelChange]:
    for one, row, level in zip(series, shares, levels, strict=True):
        for found in level.changes:
            before = pooled(row[found.first : found.at])
            after = pooled(row[found.at : found.end])
            day = mature[found.at].first
            yield LevelChange(
                one.measure,
                one.step,
                day,
                before,
                after,
                change(after, before),
                found.p,
                near(day, declared.changes),
            )


def _notes(found: Trend, overlapping: bool, hidden: int, settings: TrendSettings) -> Iterator[Note]:
    if overlapping:
        yield TrendSentence.OVERLAPPING.note()
    yield from trend_notes(found, hidden)
    policy = replace(settings, min_group=found.privacy.min_group, release=found.privacy.release)
    yield from policy_notes(policy.policy)
