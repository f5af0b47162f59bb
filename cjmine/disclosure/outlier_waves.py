"""Waves as they may be shown: enough customers are behind each, and behind what came before it."""

from __future__ import annotations

from cjmine.analysis.outliers.candidates import Before
from cjmine.analysis.outliers.finished import FinishedOutliers, WaveOf, span_before, span_of
from cjmine.analysis.outliers.reasons import Spans
from cjmine.analysis.outliers.waves import excess_interval
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import count, two_digits
from cjmine.results.outliers import Candidate, CandidateKind, Excess, OutlierWave


def shown_waves(found: FinishedOutliers, spans: Spans, policy: Policy) -> tuple[OutlierWave, ...]:
    """The waves with their candidates; `spans` has the customers behind each row of `rows`."""
    rows = (_wave(one, found, spans, policy) for one in found.waves)
    return tuple(one for one in rows if one is not None)


def _wave(one: WaveOf, found: FinishedOutliers, spans: Spans, policy: Policy) -> OutlierWave | None:
    plan, wave = found.plan, one.wave
    n = count(spans.cells.sum(found.rows.index(span_of(one))), policy)
    if n is None:
        return None
    low, high = excess_interval(wave)
    excess = _figures(wave.n - wave.expected, low, high, policy)
    candidates = [_candidate(row, one, found, spans, policy) for row in one.before]
    shown = tuple(row for row in candidates if row is not None)
    return OutlierWave(
        reason=plan.reasons.names[one.place],
        is_error=one.is_error,
        from_=plan.days.first_day(wave.first),
        until=plan.days.first_day(wave.last),
        n=n,
        expected=_figure(wave.expected, policy),
        dispersion=_figure(wave.dispersion, policy),
        p=wave.p,
        excess=excess,
        per_thousand=_per_thousand(excess, shown),
        candidates=shown,
    )


def _candidate(
    row: Before, one: WaveOf, found: FinishedOutliers, spans: Spans, policy: Policy
) -> Candidate | None:
    plan = found.plan
    at, days = plan.days.first_day(row.day), one.wave.first - row.day
    span = span_before(row)
    if span is None:
        return Candidate(row.kind, plan.changes[row.place].what, at, days, None)
    n = count(spans.cells.sum(found.rows.index(span)), policy)
    if n is None:
        return None
    is_mailing = row.kind is CandidateKind.MAILING
    name = plan.reasons.names[row.place]
    return Candidate(row.kind, name, at, days, n if is_mailing else None)


def _per_thousand(excess: Excess, candidates: tuple[Candidate, ...]) -> Excess | None:
    """What the wave has beyond what is expected, by 1,000 mails of the nearest mailing."""
    mailed = [one for one in candidates if one.kind is CandidateKind.MAILING]
    if not mailed or not mailed[0].n:
        return None
    by = 1000 / mailed[0].n
    return Excess(excess.value * by, excess.low * by, excess.high * by)


def _figures(value: float, low: float, high: float, policy: Policy) -> Excess:
    return Excess(_figure(value, policy), _figure(low, policy), _figure(high, policy))


def _figure(value: float, policy: Policy) -> float:
    """What is estimated; in what is released with two digits, so that no count is read off it."""
    return two_digits(value) if policy.release else value
