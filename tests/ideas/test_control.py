"""Ideas with a control: how much more their journeys changed, as `compare` measures it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from ideas.logs import ideal, rows_of, week
from strategies import log_from

from cjmine.analysis.intervals import Z95, student
from cjmine.counting.split import Split
from cjmine.errors import UsageError
from cjmine.eventlog.log import EventLog
from cjmine.eventlog.where import Where
from cjmine.ideas.file import parse_register
from cjmine.results.codec import to_json
from cjmine.results.ideas import Ideas, Kept, Lack
from cjmine.verbs.compare import compare
from cjmine.verbs.compare_settings import CompareSettings
from cjmine.verbs.ideas import ideas
from cjmine.verbs.periods import Period
from cjmine.verbs.settings import JudgedSettings

CONTROL = "where: {channel: web}, control: {channel: app}"
# It was noted long before, so that no week before is left out.
IDEA = f"id: M-1, title: x, step: Cart, metric: drop-off, status: running, noted: 2025-06-02, since: {week(20)}"


def log(reached: list[int], control: list[int]) -> EventLog:
    """Weeks in which so many of 40 leave on the web, and so many of 40 in the app."""
    web, app = rows_of(reached), [(f"a{who}", *rest) for who, *rest in rows_of(control)]
    return log_from([*web, *app], [*["web"] * len(web), *["app"] * len(app)])


def measured(line: str, given: EventLog, parts: int = 1, min_group: int = 1) -> Ideas:
    tried = parse_register(f"ideas:\n  - {{{line}}}\n", "ideas.yaml")
    settings = JudgedSettings(min_group=min_group)
    return ideas(given, ideal(), tried, settings, split=Split(parts=parts))


def test_what_the_control_did_too_is_no_effect() -> None:
    """12 - 20 of 40 where it ran, 18 - 24 of 40 elsewhere: 5 points more, of 20."""
    given = log([20] * 20 + [12] * 6, [24] * 20 + [18] * 6)
    plain = measured(f"{IDEA}, where: {{channel: web}}, expected: -20 pp", given).ideas[0].measured
    row = measured(f"{IDEA}, {CONTROL}, expected: -20 pp", given).ideas[0].measured
    assert plain is not None and plain.change is not None and plain.control is None
    assert plain.verdict is Kept.KEPT and plain.change.value == pytest.approx(-0.2)
    assert row is not None and row.change is not None and row.control is not None
    assert row.change.value == pytest.approx(-0.05)
    assert row.verdict is Kept.NOT_SEEN
    assert (row.control.b.n, row.control.b.of) == (6 * 18, 6 * 40)


@pytest.mark.parametrize("metric, name", [("drop-off", "drop-off"), ("goal", "goal-rate")])
def test_the_change_is_that_of_a_comparison(metric: str, name: str) -> None:
    given = log(
        [20, 22, 18, 21] * 5 + [12, 15, 11, 14, 12, 9], [24, 20, 22, 25] * 5 + [18, 21, 20] * 2
    )
    line = f"{IDEA}, {CONTROL}".replace("drop-off", metric)
    found = measured(f"{line}, expected: {'-' if metric == 'drop-off' else '+'}9 pp", given)
    row = found.ideas[0].measured
    assert row is not None and row.change is not None
    since = date.fromisoformat(week(20))
    last = since - timedelta(days=2)
    periods = (
        Period(last - timedelta(days=7 * row.weeks_before - 1), last),
        Period(since, since + timedelta(days=7 * row.weeks_after - 1)),
    )
    beside = compare(
        given,
        ideal(),
        CompareSettings(
            min_group=1,
            period=periods,
            where=(Where("channel", ("web",)),),
            control=Where("channel", ("app",)),
        ),
    )
    same = next(one for one in beside.rows if one.measure == name and one.step in (None, "Cart"))
    assert same.difference is not None and same.difference.low is not None
    assert (same.a, same.b, same.control) == (row.before, row.after, row.control)
    assert row.change.value == pytest.approx(same.difference.value)
    wide = row.change.value - row.change.low
    least = (same.difference.value - same.difference.low) * student(24) / Z95
    assert wide >= least * (1 - 1e-9)


@pytest.mark.parametrize("parts", [2, 5])
def test_parts_give_the_same_bytes(parts: int) -> None:
    given = log([20, 22] * 10 + [12, 15] * 3, [24, 20] * 10 + [18, 21] * 3)
    line = f"{IDEA}, {CONTROL}, expected: -20 pp, harm: 1 pp"
    assert to_json(measured(line, given)) == to_json(measured(line, given, parts))


def test_a_control_of_few_customers_gives_no_change() -> None:
    given = log([20] * 20 + [12] * 6, [24] * 20 + [1] * 6)
    row = measured(f"{IDEA}, {CONTROL}, expected: -20 pp", given, min_group=10).ideas[0]
    assert row.lack is Lack.JOURNEYS and row.measured is not None
    assert row.measured.change is None and row.measured.control is not None
    assert row.measured.control.b.n is None


def test_a_column_that_the_log_lacks_is_said() -> None:
    given = log([20] * 26, [20] * 26)
    line = f"{IDEA}, where: {{channel: web}}, control: {{fund: A}}, expected: -20 pp"
    assert measured(line, given).ideas[0].lack is Lack.ABSENT


def test_a_control_needs_journeys_that_the_idea_reaches() -> None:
    with pytest.raises(UsageError) as raised:
        parse_register(f"ideas:\n  - {{{IDEA}, control: {{fund: A}}}}\n", "ideas.yaml")
    assert "a control is beside the journeys that the idea reaches" in str(raised.value)
