"""From finished outliers to those that may be shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import isfinite

from cjmine.analysis.check.notes import rules_notes
from cjmine.analysis.intervals import share_of
from cjmine.analysis.log_counts import CountedNote, sources_of
from cjmine.analysis.looks import FALSE_SHARE, q_values
from cjmine.analysis.outliers.contrasts import Found
from cjmine.analysis.outliers.finished import FinishedOutliers
from cjmine.analysis.outliers.lifts import chance, lift
from cjmine.analysis.outliers.reasons import Spans
from cjmine.disclosure.notes import policy_notes, shown_notes
from cjmine.disclosure.outlier_waves import shown_waves
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import shown
from cjmine.errors import Note
from cjmine.eventlog.log import About
from cjmine.outlier_sentences import OutlierSentence
from cjmine.results.figures import Counted, Sampled
from cjmine.results.log import Privacy
from cjmine.results.outliers import (
    Condition,
    Contrast,
    CoveredFrom,
    Lift,
    Outliers,
    Unanswered,
    What,
)
from cjmine.results.share import Share
from cjmine.results.verdicts import Confirmation

_JUDGED_FROM = 28  # days


@dataclass(frozen=True, slots=True)
class _Sides:
    """The shares of one contrast, for the walk of the gate: without and with, by half."""

    first: tuple[Share, ...]
    second: tuple[Share, ...]


def shown_outliers(found: FinishedOutliers, spans: Spans, policy: Policy) -> Outliers:
    """Outliers without any figure about too few customers.

    What a condition adds is said by the shares that are shown, and so is whether the other half
    confirms it; a condition of which one share is withheld is left out.
    """
    subject, plan = found.subject, found.plan
    declared, overview = subject.ideal.journey, found.counts.overview
    named = replace(policy, zone=subject.about.zone)
    whole = Outliers(
        schema="cjmine/outliers/1",
        journey=declared.name,
        journey_file=policy.file_name(declared.file) if declared.file else "",
        log=overview.size(subject.about, subject.filters),
        sources=sources_of(subject.about),
        judged=overview.period(subject.judging),
        happy=plan.happy,
        as_designed=found.as_designed,
        completed=found.completed,
        deviating=found.deviating,
        contrasts=None,
        waves=None,
        coverage=(),
        black_hole=_black_hole(found),
        silent=_silent(subject.about) if plan.is_lost else None,
        notes=(),
        privacy=Privacy(policy.min_group, 0, subject.about.key_id, policy.release),
    )
    result = replace(
        shown(whole, policy),
        contrasts=_contrasts(found, policy) if plan.is_contrasted else None,
        waves=shown_waves(found, spans, named) if plan.is_waved else None,
        coverage=_coverage(found),
    )
    return replace(result, notes=tuple(_notes(found, result, policy)))


def _black_hole(found: FinishedOutliers) -> Unanswered | None:
    if not (found.plan.is_lost and found.plan.is_answerable):
        return None
    counts = found.counts.unanswered
    return Unanswered(share_of(counts.lost.n(0), counts.lost.of(0)), counts.again.n(0))


def _silent(about: About) -> Share | None:
    """The customers of the customer table without any event."""
    known = about.registered
    if known is None:
        return None
    n = Counted(known.silent, known.silent, known.customers - known.silent)
    return share_of(n, Sampled(known.customers, known.customers, 1.0, 1.0, False))


def _contrasts(found: FinishedOutliers, policy: Policy) -> tuple[Contrast, ...]:
    rows: list[tuple[Found, Lift, Lift]] = []
    for one in found.contrasts:
        sides = shown(_Sides(one.first, one.second), policy)
        lifts = [lift(with_, without) for without, with_ in (sides.first, sides.second)]
        first, second = lifts
        if first is None or second is None or not isfinite(first.high + second.high):
            continue
        rows.append((one, first, second))
    q = q_values([chance(second) for _, _, second in rows])
    return tuple(
        Contrast(
            condition=" and ".join(_written(part) for part in parts),
            parts=parts,
            found=first,
            confirmed=second,
            q=sure or 0.0,
            verdict=_verdict(first, second, sure or 0.0),
        )
        for (one, first, second), sure in zip(rows, q, strict=True)
        for parts in [_parts(one, found)]
    )


def _verdict(first: Lift, second: Lift, q: float) -> Confirmation:
    is_same = (first.value > 1) == (second.value > 1)
    excludes = second.low > 1 or second.high < 1
    is_sure = q < FALSE_SHARE and is_same and excludes
    return Confirmation.CONFIRMED if is_sure else Confirmation.NOT_CONFIRMED


def _parts(one: Found, found: FinishedOutliers) -> tuple[Condition, ...]:
    ways = found.plan.dimensions
    return tuple(ways[term.dimension].condition(term.code) for term in one.terms)


def _written(one: Condition) -> str:
    name = one.column if one.what is What.VALUE else one.what.value
    return f'{name} = "{one.value}"'


def _coverage(found: FinishedOutliers) -> tuple[CoveredFrom, ...]:
    days = found.plan.days
    return tuple(
        CoveredFrom(
            one.of.kind,
            f'{one.of.column} = "{one.of.name}"' if one.of.column else one.of.name,
            None if one.begins is None else days.first_day(one.begins),
            None if one.ends is None else days.last_day(one.ends),
        )
        for one in found.covered.spells
    )


def _notes(found: FinishedOutliers, result: Outliers, policy: Policy) -> Iterator[Note]:
    overview, subject, plan = found.counts.overview, found.subject, found.plan
    yield from shown_notes(overview.notes(subject.about, subject.filters, subject.judging), policy)
    if result.coverage:
        yield OutlierSentence.COVERAGE.note(len(result.coverage))
    if plan.is_waved:
        yield OutlierSentence.WAVES_FROM.note(min(_JUDGED_FROM, len(plan.days)))
    if plan.is_lost and not plan.is_answerable:
        yield OutlierSentence.ANSWERS_NOT_DECLARED.note()
    if plan.is_lost and subject.about.registered is None:
        yield OutlierSentence.NO_CUSTOMERS.note()
    yield from shown_notes(_small(found), policy)
    yield from policy_notes(policy)
    yield from rules_notes(subject)


def _small(found: FinishedOutliers) -> Iterator[CountedNote]:
    table = found.counts.journeys
    if found.plan.is_contrasted and len(table) < 4 * found.least:
        said = Counted(len(table), table.customers)
        yield CountedNote(OutlierSentence.SMALL_HALVES, (said, f"{found.least}"))
