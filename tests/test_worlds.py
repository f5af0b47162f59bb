"""The simulator plants what it says, in columns and in the log of the same world."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import (
    ACTIVITIES,
    DAY,
    EXIT,
    GOAL,
    HOUR,
    MONDAY,
    OPEN,
    World,
    confounded,
    flows,
    null,
    repeaters,
)

from cjmine.eventlog.journeys import WHOLE, cut

MANY = World(customers=20_000, each=3.0)


def test_journeys_of_a_customer_are_alike_and_others_are_not() -> None:
    log = MANY.journeys()
    pairs = np.flatnonzero(log.customer[1:] == log.customer[:-1])
    one, next_ = log.reaches[pairs], log.reaches[pairs + 1]
    assert np.corrcoef(one, next_)[0, 1] == pytest.approx(0.4, abs=0.02)
    assert log.reaches.mean() == pytest.approx(0.4, abs=0.01)
    assert len(log) / 20_000 == pytest.approx(3, abs=0.1)


def test_effects_are_those_planted() -> None:
    log = World(seed=1, customers=40_000, effect=0.1, segment_effect=0.15, change=70,
                change_effect=-0.05).journeys()  # fmt: skip

    def effect(flags: np.ndarray) -> float:  # fmt: skip
        return log.reaches[flags].mean() - log.reaches[~flags].mean()

    assert effect(log.arm == 1) == pytest.approx(0.1, abs=0.015)
    assert effect(log.segment == 1) == pytest.approx(0.15, abs=0.015)
    assert effect(log.is_after) == pytest.approx(-0.05, abs=0.015)


def test_nothing_is_planted_in_a_null() -> None:
    log = null(2, customers=20_000).journeys()
    for flags in (log.arm == 1, log.segment == 1, log.begin > np.median(log.begin)):
        assert log.reaches[flags].mean() == pytest.approx(log.reaches[~flags].mean(), abs=0.02)


def test_young_journeys_are_open_and_none_is_seen_after_the_end() -> None:
    log = World(customers=20_000, follow_up=0).journeys()
    end = MONDAY + 140 * DAY
    assert (log.begin + log.time <= end).all()
    assert (log.begin[log.cause == OPEN] + log.time[log.cause == OPEN] == end).all()
    is_young = log.begin > end - DAY
    assert (log.cause == OPEN)[is_young].mean() > 0.85
    assert (log.cause == EXIT).mean() == pytest.approx(0.6 * 0.2, abs=0.02)


def test_waves_answers_segments_and_sources() -> None:
    log = World(customers=20_000, wave=(30, 44), response=0.4, response_of_lost=0.1,
                segment_in_arm=0.5, late_source=20).journeys()  # fmt: skip
    day = (log.begin - MONDAY) // DAY
    is_wave = (day >= 30) & (day < 44)
    assert log.contacts[is_wave].mean() == pytest.approx(0.5, abs=0.03)
    assert log.contacts[~is_wave & (day >= 20)].mean() == pytest.approx(0.12, abs=0.01)
    assert log.contacts[day < 20].sum() == 0
    assert log.answered[log.reaches].mean() > 3 * log.answered[~log.reaches].mean()
    shares = [(log.segment[log.arm == arm] == 1).mean() for arm in (0, 1)]
    assert shares == pytest.approx([0.3, 0.65], abs=0.02)


def test_weekends_and_nights_are_quiet() -> None:
    begin = World(customers=20_000, weekdays=True, nights=True).journeys().begin - MONDAY
    weekend = np.mean(begin // DAY % 7 >= 5)
    night = np.mean((begin // HOUR % 24 < 6) | (begin // HOUR % 24 >= 22))
    assert weekend == pytest.approx(2 * 0.2 / 5.4, abs=0.01)
    assert night == pytest.approx(8 * 0.1 / 16.8, abs=0.01)


def test_the_log_holds_the_same_journeys() -> None:
    world = World(seed=3, customers=300, each=2.0)
    columns, log = world.journeys(), world.log()
    found = cut(log, WHOLE)
    assert len(found) == len(columns)
    names = np.array(log.activities)[found.activity]
    assert np.count_nonzero(names == "Goal") == np.count_nonzero(columns.cause == GOAL)
    assert np.count_nonzero(names == "Cancelled") == np.count_nonzero(columns.cause == EXIT)
    assert np.count_nonzero(names == "Call") == columns.contacts.sum()
    assert np.count_nonzero(names == "Answer") == (columns.answered & (columns.cause != OPEN)).sum()
    assert log.table.equals(world.log().table)


def test_the_traps_are_traps() -> None:
    found = confounded(1, 20_000)
    gap = found.has[found.is_second].mean() - found.has[~found.is_second].mean()
    assert gap > 0.06
    for one in range(3):
        inside = found.stratum == one
        shares = [found.has[inside & (found.is_second == flag)].mean() for flag in (False, True)]
        assert shares[0] == pytest.approx(shares[1], abs=0.03)
    log = repeaters(1, 20_000)
    stays = log.following < np.iinfo(np.int64).max
    repeats = log.repeated < np.iinfo(np.int64).max
    assert log.has[repeats].mean() > log.has[~repeats].mean()
    assert log.has[repeats].mean() < log.has[stays & ~repeats].mean() - 0.05


def test_flows_change_where_they_are_planted() -> None:
    log = flows(1, 4000, ((2000, "insert"),))
    has = np.zeros(4000, bool)
    journey = np.repeat(np.arange(4000), np.diff(log.starts))
    has[journey[log.activity == ACTIVITIES.index("N")]] = True
    assert has.tolist() == [False] * 2000 + [True] * 2000
    other = log.shuffled(1)
    assert np.bincount(other.activity).tolist() == np.bincount(log.activity).tolist()
    assert len(other.activity) == other.starts[-1]
