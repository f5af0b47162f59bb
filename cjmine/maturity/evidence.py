"""Which evidence a folder shows: one rule a line of the table in docs/maturity.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cjmine.maturity.declared import STAGES, Evidence, Line
from cjmine.maturity.seen import SeenCount, SeenEntry, SeenFile, SeenFolder, SeenIdeal

HALF_A_YEAR, A_YEAR = timedelta(183), timedelta(365)
A_MONTH, A_QUARTER = timedelta(31), timedelta(92)
MOST_REJECTED = 0.01
LEAST_CLOSED = 3


@dataclass(frozen=True, slots=True)
class Found:
    """One piece of evidence: whether it is shown, by which files, and how many of how many have it.

    `lacking` are the files in which something lacks it.
    """

    evidence: Evidence
    shown: bool
    have: int = 0
    of: int | None = None
    files: tuple[SeenFile, ...] = ()
    lacking: tuple[SeenFile, ...] = ()


def evidence_of(seen: SeenFolder, today: date) -> tuple[Found, ...]:
    """All evidence in the order of lines and stages.

    >>> sum(one.shown for one in evidence_of(SeenFolder(), date(2026, 3, 1)))
    0
    """
    rules = [*_mapping(seen, today), *_mining(seen, today), *_managing(seen, today)]
    by_name = {one.evidence: one for one in rules}
    return tuple(by_name[one] for stages in STAGES.values() for every in stages for one in every)


def level_of(line: Line, found: Sequence[Found]) -> int:
    """The stage that a line has reached, from 0: the last one that, as all before it, has all."""
    shown = {one.evidence for one in found if one.shown}
    level = 0
    for needed in STAGES[line]:
        if not shown.issuperset(needed):
            break
        level += 1
    return level


def _mapping(seen: SeenFolder, today: date) -> Iterable[Found]:
    ideals, oldest = seen.ideals, today - HALF_A_YEAR
    recent = [one for one in seen.insights if one.day is not None and one.day >= today - A_YEAR]

    def every(name: Evidence, having: Sequence[SeenIdeal]) -> Found:
        return _every(name, [one.at for one in having], [one.at for one in ideals])

    yield _some(Evidence.IDEAL, [one.at for one in ideals])
    yield _some(
        Evidence.OWNED_IDEAL, [one.at for one in ideals if one.owned and one.has_purpose], ideals
    )
    yield every(Evidence.ALL_OWNED, [one for one in ideals if one.owned])
    yield every(Evidence.REVIEWED, [one for one in ideals if one.at.day >= oldest])
    yield every(Evidence.EXPECTED, [one for one in ideals if one.has_expectations])
    yield _some(Evidence.HEARD, [one.at for one in recent], seen.insights)


def _mining(seen: SeenFolder, today: date) -> Iterable[Found]:
    yield _counted(Evidence.SOURCES, seen.sources)
    yield _counted(Evidence.LINKED, seen.identities)
    last = max(seen.checks, key=lambda one: (one.at.day, one.at.file), default=None)
    yield _rejects(last)
    is_recent = last is not None and last.at.day >= today - A_MONTH
    yield _some(Evidence.CHECKED, [last.at] if last and is_recent else [])
    yield _some(Evidence.GATED, seen.gates)
    yield _some(Evidence.FOLLOWED, [one for one in seen.trends if one.day >= today - A_QUARTER])


def _managing(seen: SeenFolder, today: date) -> Iterable[Found]:
    journeys = seen.journeys
    in_time = [one for one in journeys if one.day is not None and one.day >= today]

    def every(name: Evidence, having: Sequence[SeenEntry]) -> Found:
        return _every(name, [one.at for one in having], [one.at for one in journeys])

    yield _some(Evidence.PORTFOLIO, [one.at for one in journeys])
    yield _some(Evidence.IDEAS, [one.at for one in seen.ideas if one.owned], seen.ideas)
    yield every(Evidence.OWNERS, [one for one in journeys if one.owned])
    yield every(Evidence.REVIEW_BY, in_time)
    yield _counted(Evidence.MEASURED, seen.effects)
    yield _counted(Evidence.CALIBRATED, seen.calibrations, LEAST_CLOSED)


def _some(
    name: Evidence, having: Sequence[SeenFile], whole: Sequence[object] | None = None
) -> Found:
    """Evidence that one thing shows already."""
    of = None if whole is None else len(whole)
    return Found(name, bool(having), len(having), of, _once(having))


def _every(name: Evidence, having: Sequence[SeenFile], whole: Sequence[SeenFile]) -> Found:
    """Evidence that all things must have, and there is one."""
    lacking = [one for one in whole if having.count(one) < whole.count(one)]
    shown = bool(whole) and not lacking
    return Found(name, shown, len(having), len(whole), _once(having), _once(lacking))


def _counted(name: Evidence, counts: Sequence[SeenCount], least: int = 1) -> Found:
    """Evidence of which there must be so many in all files together."""
    have = sum(one.have for one in counts)
    files = [one.at for one in counts if one.have]
    return Found(name, have >= least, have, None, _once(files))


def _rejects(last: SeenCount | None) -> Found:
    """Whether the last check rejected few records."""
    if last is None:
        return Found(Evidence.REJECTS, shown=False)
    few = bool(last.of) and last.have < MOST_REJECTED * (last.of or 0)
    where = (last.at,)
    return Found(
        Evidence.REJECTS,
        few,
        last.have,
        last.of,
        where if few else (),
        () if few else where,
    )


def _once(files: Iterable[SeenFile]) -> tuple[SeenFile, ...]:
    return tuple(dict.fromkeys(files))
