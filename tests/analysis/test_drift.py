"""Flow drift: the formula written out, planted changes, and constant flows that raise no alarm."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import ACTIVITIES, CHANGES, DAY, HOUR, Flows, flows

from cjmine.analysis.drift import LEAST_Z, Drift, drifts, presence

LAG = 200


def found_in(log: Flows) -> tuple[Drift, ...]:
    return drifts(log.begin, presence(log.starts, log.activity, len(ACTIVITIES)))


def planted(seed: int, noise: float) -> tuple[Flows, list[int]]:
    """Two or three sudden changes, at least 600 journeys apart; of fewer than 200 a week."""
    random = np.random.default_rng(seed)
    places = np.cumsum(random.integers(600, 1000, int(random.integers(2, 4)))).tolist()
    names = random.permutation(CHANGES)[: len(places)].tolist()
    size = places[-1] + int(random.integers(600, 1000))
    return flows(seed, size, tuple(zip(places, names, strict=True)), noise, days=size // 20), places


def f1(seeds: range, noise: float) -> float:
    """Of planted and found changes, those within 200 journeys of each other, each once."""
    hits = found = true = 0
    for seed in seeds:
        log, places = planted(seed, noise)
        at = [one.journey for one in found_in(log)]
        hits += sum(any(abs(one - place) <= LAG for one in at) for place in places)
        found, true = found + len(at), true + len(places)
    return 2 * hits / (found + true)


def patterned(seed: int, size: int = 4000) -> Flows:
    """A constant flow, other at night and at weekends, with some 470 journeys a week."""
    return flows(seed, size, patterns=True, days=60)


def alarms(logs: list[Flows]) -> int:
    return sum(bool(found_in(log)) for log in logs)


def test_z_is_the_formula_at_every_journey() -> None:
    """Loops over journeys, for the window of 200 and 400, whichever is greater; most pairs rare."""
    log, names = flows(5, 1000, ((480, "swap"),), noise=0.1, days=200), 60
    random = np.random.default_rng(5)
    is_rare = random.random(len(log.activity)) < 0.1
    log.activity[is_rare] = random.integers(9, names, is_rare.sum())
    has = np.zeros((1000, names * names), bool)
    for journey in range(1000):
        trace = log.activity[log.starts[journey] : log.starts[journey + 1]]
        has[journey, trace[:-1] * names + trace[1:]] = True
    best = np.zeros(1000)
    for place in range(200, 801):
        for w in (200, 400):
            if w <= place <= 1000 - w:
                a, b = has[place - w : place].mean(axis=0), has[place : place + w].mean(axis=0)
                p = (a + b) / 2
                z = np.abs(a - b)[p * (1 - p) > 0] / np.sqrt((p * (1 - p) * 2 / w)[p * (1 - p) > 0])
                best[place] = max(best[place], np.sort(z)[-3:].mean())
    found = drifts(log.begin, presence(log.starts, log.activity, names))
    assert [one.journey for one in found] == [int(np.argmax(best))]
    assert found[0].z == pytest.approx(best.max())
    assert abs(found[0].journey - 480) < 20


def test_what_changed_is_named_with_its_counts() -> None:
    log = flows(1, 1600, ((800, "swap"),), days=200)
    found = presence(log.starts, log.activity, len(ACTIVITIES))
    (one,) = drifts(log.begin, found)
    assert (one.first, one.end) == (one.journey - 400, one.journey + 400)
    assert one.moment == log.begin[one.journey]
    pairs = {(ACTIVITIES[found.first[pair.pair]], ACTIVITIES[found.second[pair.pair]]): pair for pair in one.pairs}  # fmt: skip
    assert {("E", "F"), ("E", "G"), ("F", "G")} <= set(pairs)
    before = pairs["E", "G"]
    assert (before.before, before.after > 380) == (0, True)
    assert [pair.z for pair in one.pairs] == sorted((pair.z for pair in one.pairs), reverse=True)


@pytest.mark.parametrize("noise", [0.0, 0.2])
def test_planted_changes_are_found(noise) -> None:
    assert f1(range(10), noise) >= 0.9


def test_constant_and_shuffled_flows_raise_no_alarm() -> None:
    assert alarms([patterned(seed) for seed in range(8)]) <= 1
    assert alarms([planted(seed, 0.0)[0].shuffled(seed) for seed in range(8)]) <= 1


def test_days_and_nights_would_alarm_in_windows_of_journeys() -> None:
    """The same constant flow in three weeks: too few for windows of whole weeks."""
    assert found_in(flows(1, 4000, patterns=True, days=21))
    assert not found_in(patterned(1))


def test_a_change_in_a_busy_log_is_found_by_weeks() -> None:
    """A thousand journeys a week; nothing else within a week of the change."""
    log = flows(3, 8000, ((4000, "swap"),), patterns=True, days=56)
    (one,) = found_in(log)
    assert abs(one.journey - 4000) <= LAG
    week = log.begin[one.journey] - log.begin[one.first]
    assert week <= 7 * DAY < week + 2 * HOUR


@pytest.mark.parametrize("size", [0, 1, 2, 399])
def test_too_few_journeys_have_no_drift(size: int) -> None:
    log = flows(1, max(size, 2))
    kept = Flows(log.begin[:size], log.starts[: size + 1], log.activity[: log.starts[size]])
    assert found_in(kept) == ()


def test_one_event_a_journey_has_no_pairs() -> None:
    begin = np.arange(1000) * DAY
    assert drifts(begin, presence(np.arange(1001), np.zeros(1000, np.int64), 1)) == ()


@pytest.mark.prove
@pytest.mark.parametrize("noise", [0.0, 0.1, 0.2])
def test_a_hundred_logs_with_planted_changes(noise) -> None:
    found = f1(range(100, 200), noise)
    print(f"noise {noise:.0%}: F1 {found:.3f} at a lag of {LAG} journeys")
    assert found >= 0.9


@pytest.mark.prove
def test_a_hundred_shuffled_and_a_hundred_constant_logs() -> None:
    shuffled = alarms([planted(seed, 0.1)[0].shuffled(seed) for seed in range(100, 200)])
    constant = alarms([patterned(seed, 2000 + 40 * seed) for seed in range(100, 200)])
    print(f"alarms of 100: shuffled {shuffled}, constant {constant}, least z {LEAST_Z}")
    assert shuffled <= 5
    assert constant <= 5
