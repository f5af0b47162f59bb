"""What a drop-off shows: no share, moment or next thing of too few customers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from analysis.test_dropoff import EXACT, IDEAL, random_log, step, without_deadline
from notation import log

from cjmine.results.dropoff import Dropoff, NextKind
from cjmine.results.trend import Every
from cjmine.verbs.dropoff import dropoff
from cjmine.verbs.dropoff_settings import DropoffSettings
from tests.observing import at as bound_at

SECOND, DAY = 1_000_000, 86_400_000_000
K = 5
NAMES = ("Pay", "Stop")


def asked(seed: int, **more: object) -> tuple[Dropoff, np.ndarray, np.ndarray]:
    events, cause, time, until = random_log(seed)
    times = tuple(sorted({int(one) * SECOND for one in np.quantile(time, (0.2, 0.5, 0.9))}))
    settings = DropoffSettings(
        min_group=K,
        observed_until=bound_at(until * SECOND),
        at=times,
        **more,  # type: ignore[arg-type]
    )
    return dropoff(events, without_deadline(IDEAL), settings), cause, time


def is_small(many: int) -> bool:
    return 0 < many < K


@pytest.mark.parametrize("seed", range(12))
def test_no_cell_of_a_time_is_of_few(seed: int) -> None:
    """Nor the rest of it; and what is withheld in a row is of enough customers together."""
    found, cause, time = asked(seed)
    shown = 0
    for horizon in found.horizons:
        at = horizon.at_seconds
        ended = [int(np.sum((cause == one) & (time <= at))) for one in (0, 1)]
        cells = [*ended, int(np.sum((time > at) | ((cause == 2) & (time == at))))]
        values = [*(one.value for one in horizon.causes), horizon.under_way]
        for cell, value in zip(cells, values, strict=True):
            if value is not None:
                shown += 1
                assert not is_small(cell) and not is_small(sum(cells) - cell)
        hidden = [cell for cell, value in zip(cells, values, strict=True) if value is None]
        assert not hidden or (len(hidden) > 1 and not is_small(sum(hidden)))
    assert shown


@pytest.mark.parametrize("seed", range(12))
def test_between_two_moments_of_a_curve_enough_customers_end(seed: int) -> None:
    """Moments are round or asked for; at each enough customers are still followed."""
    found, cause, time = asked(seed)
    for number, name in enumerate(NAMES):
        points = [one for one in found.curve if one.cause == name]
        fixed = {one.at_seconds for one in found.horizons}
        before = -1.0
        for one in points:
            inside = (cause == number) & (time > before) & (time <= one.t_seconds)
            assert one.events == np.count_nonzero(inside) >= K
            assert one.at_risk == np.count_nonzero(time >= one.t_seconds) >= K
            assert one.t_seconds in fixed or one.t_seconds == float(f"{one.t_seconds:.1e}")
            before = one.t_seconds


@pytest.mark.parametrize("seed", range(4))
def test_what_is_released_is_of_rounded_counts(seed: int) -> None:
    """Shares are multiples of a rounded count of all, and add up."""
    settings = {"release": True, "min_group": 10}
    events, _, time, until = random_log(seed)
    found = dropoff(
        events,
        without_deadline(IDEAL),
        DropoffSettings(
            observed_until=bound_at(until * SECOND), at=(int(max(time)) * SECOND,), **settings
        ),
    )
    whole = (len(time) + 2) // 5 * 5
    for horizon in found.horizons:
        for one in horizon.causes:
            if one.value is not None:
                parts = one.value * whole / 5
                assert parts == pytest.approx(round(parts), abs=1e-9)
    assert {one.at_risk % 5 for one in found.curve} | {one.events % 5 for one in found.curve} <= {0}


def many(text: str, times: int) -> str:
    """The same lines for so many customers."""
    lines = [line.strip() for line in text.strip().splitlines()]
    return "\n".join(f"c{one}{line}" for line in lines for one in range(times))


def next_of(events: str, k: int) -> dict[tuple[str, str | None], tuple[int, NextKind]]:
    found = dropoff(log(events), IDEAL, replace(EXACT, min_group=k))
    return {(one.what, one.channel): (one.n, one.kind) for one in step(found, "Search").next}


def test_rare_things_that_come_next_are_put_together() -> None:
    """By channel where that is enough, else in one row; a step of few has none."""
    events = (
        many("a: Search@0d Call_a@call@1d", 4)
        + "\n"
        + many("b: Search@0d Call_b@call@1d", 4)
        + "\n"
        + many("d: Search@0d Chat@web@1d", 12)
        + "\n"
        + many("e: Search@0d Mail@mail@1d", 6)
        + "\n"
        + many("f: Search@0d Cart@0d", 9)
        + "\nend: Search@40d"
    )
    assert next_of(events, 6) == {
        ("(other)", "call"): (8, NextKind.OTHER),
        ("Chat", "web"): (12, NextKind.TOUCHPOINT),
        ("Mail", "mail"): (6, NextKind.TOUCHPOINT),
    }
    # Six mails are too few now, and so they take what is next larger with them.
    assert next_of(events, 7) == {
        ("(other)", None): (14, NextKind.OTHER),
        ("Chat", "web"): (12, NextKind.TOUCHPOINT),
    }
    few = dropoff(log(events), IDEAL, replace(EXACT, min_group=10))
    assert step(few, "Cart").next == () and step(few, "Cart").abandoned is None


def test_small_values_of_a_column_have_no_curve() -> None:
    lines = many("a: Search@0d@fund=A Pay@1d", 20) + "\n" + many("b: Search@0d@fund=B", 20)
    lines += "\n" + many("d: Search@0d@fund=C Pay@2d", 3) + "\n" + many("e: Search@0d@fund=D", 8)
    settings = DropoffSettings(min_group=10, by="fund", at=(DAY, 3 * DAY))
    segments = dropoff(log(lines + "\nend: Search@40d@fund=A"), IDEAL, settings).segments
    assert segments is not None
    assert [(one.value, one.journeys) for one in segments.values] == [
        ("A", 21),
        ("B", 20),
        ("(other)", 11),
    ]
    assert segments.values[-1].horizons == () == segments.values[-1].differences
    change = next(one for one in segments.values[1].differences if one.cause == "Pay").change
    assert change is not None and change.value == -1.0  # the one who is open is in no share


def test_cohorts_are_listed_by_week_and_the_young_ones_marked() -> None:
    lines = many("a: Search@0d Pay@1d", 20) + "\n" + many("b: Search@8d", 20)
    settings = replace(EXACT, cohort=Every.WEEK, at=(5 * DAY,))
    found = dropoff(log(lines + "\nend: Search@12d"), IDEAL, settings)
    assert found.segments is not None
    rows = [(one.value, one.journeys, one.young) for one in found.segments.values]
    assert rows == [("1969-12-29", 20, False), ("1970-01-05", 20, True), ("1970-01-12", 1, True)]
    assert found.segments.values[0].horizons[0].causes[0].value == 1.0
