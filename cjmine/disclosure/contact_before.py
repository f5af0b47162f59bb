"""What customers did before they got in touch, as far as it may be shown, with its verdict."""

from __future__ import annotations

from dataclasses import replace

from cjmine.analysis.contact.finished import FinishedContact
from cjmine.analysis.contact.ratios import (
    LEAST_SETS,
    OddsRatio,
    Tables,
    earlier_of,
    earlier_ratio,
    odds_ratio,
    sets_of,
    tables_of,
)
from cjmine.analysis.intervals import share_of
from cjmine.analysis.looks import FALSE_SHARE, q_values
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import count, may_show, shown, two_digits
from cjmine.results.contact import BeforeRow, Ratio
from cjmine.results.figures import Counted
from cjmine.results.verdicts import Verdict


def before_rows(found: FinishedContact, policy: Policy) -> tuple[BeforeRow, ...]:
    """One row a touchpoint that enough customers had in the hour before; the surest first.

    Rows are in the order of the near end of the interval, so that a ratio of a few is not the first
    by chance.
    """
    words, callers = found.plan.asked.words, found.counts.callers
    rows = []
    for number, name in enumerate(words.activities):
        contacts = count(callers.contacts.sum(number), policy)
        many = int(callers.contacts.customers[number])
        visits = count(Counted(many, many), policy)
        if contacts and visits:
            rows.append(_row(found, number, name, contacts, visits, policy))
    q = q_values([row.p for row in rows])
    judged = [_judged(replace(row, q=one)) for row, one in zip(rows, q, strict=True)]
    judged.sort(key=lambda row: (row.ratio is None, -_near(row), -row.contacts, row.touchpoint))
    return tuple(judged)


def _row(
    found: FinishedContact, number: int, name: str, contacts: int, visits: int, policy: Policy
) -> BeforeRow:
    callers, words = found.counts.callers, found.plan.asked.words
    followed = share_of(callers.followed.n(number), callers.followed.of(number))
    tables = tables_of(number, len(words.activities), callers.done, found.second.controls)
    in_sets = sets_of(tables)
    has = tables.controls > 0
    with_it = int(tables.callers_with[has].sum())
    sides = (with_it, int(tables.callers[has].sum()) - with_it)
    enough = in_sets >= LEAST_SETS and int(tables.controls_with.sum()) >= policy.min_group
    enough &= all(may_show(Counted(one, one), policy) for one in sides)
    ratio = _beside_the_day_before(found, number, tables) if enough else None
    sets = count(Counted(in_sets, in_sets), policy)
    return BeforeRow(
        touchpoint=name,
        contacts=contacts,
        visits=visits,
        followed=shown(followed, policy),
        sets=sets,
        ratio=None if ratio is None else _ratio(ratio, policy),
        p=None if ratio is None else ratio.p,
        q=None,
        verdict=Verdict.CANNOT_SAY,
    )


def _beside_the_day_before(found: FinishedContact, number: int, tables: Tables) -> OddsRatio | None:
    """The odds ratio of the last hour, beside that of the day before it where that is known."""
    size = len(found.plan.asked.words.activities)
    now = odds_ratio(tables)
    before = earlier_ratio(
        *earlier_of(number, size, found.counts.callers.done, found.second.controls)
    )
    if now is None:
        return None
    return now.ratio if before is None else now.beside(before).ratio


def _ratio(found: OddsRatio, policy: Policy) -> Ratio:
    ends = (found.value, found.low, found.high)
    return Ratio(*(two_digits(one) if policy.release else one for one in ends))


def _judged(row: BeforeRow) -> BeforeRow:
    """More contact after it than among like journeys is a loss, less is a gain."""
    if row.ratio is None or row.q is None:
        return row
    if row.q < FALSE_SHARE and row.ratio.low > 1:
        return replace(row, verdict=Verdict.LOSS)
    if row.q < FALSE_SHARE and row.ratio.high < 1:
        return replace(row, verdict=Verdict.GAIN)
    return replace(row, verdict=Verdict.CANNOT_TELL)


def _near(row: BeforeRow) -> float:
    """The lower end of the interval: how many times as often it is at the least."""
    return 0.0 if row.ratio is None else row.ratio.low
