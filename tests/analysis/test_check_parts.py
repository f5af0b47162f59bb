"""A check of a log in parts is the check of the whole, whatever the log and however it is cut."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from analysis.test_check_anything import events, ideals
from hypothesis import given
from hypothesis import strategies as st
from notation import log
from strategies import examples, log_from

from cjmine.analysis.check.parts import AskCounts, counted
from cjmine.analysis.cohorts import among, cohorts, rows
from cjmine.analysis.compared_part import Moments, prepared, rules_of
from cjmine.counting.packed import packed, unpacked
from cjmine.counting.split import Split
from cjmine.errors import PrivacyError
from cjmine.eventlog.log import EventLog
from cjmine.eventlog.parquet import write_log
from cjmine.eventlog.where import Where
from cjmine.ideal.compiled import CompiledIdeal, compile_ideal
from cjmine.ideal.file import parse_journey
from cjmine.results.codec import baseline_text, to_json
from cjmine.verbs.check import check
from cjmine.verbs.settings import CheckSettings
from tests.observing import at

SECOND = 1_000_000
JOURNEY = """
journey: order
goal: Pay
exits: [Stop]
case: {gap: 1d}
stages:
  - stage: One
    steps:
      - Search
      - step: Cart
        channel: web
        failed: {column: status, is: bad}
        within: {min: 1m, max: 1h, after: Search}
        expect: {drop-off: "<= 20%", repeated: "<= 5%", failed: "<= 5%", late: "<= 5%"}
      - repeat: View
      - step: Pay
        within: {max: 1h}
        expect: {drop-off: {is: "<= baseline + 2 pp", min-customers: 10}, wrong-channel: "<= 1%"}
allow: [News]
friction: [Call]
expect: {goal-rate: ">= 10%", fitness: ">= 0.2", fitting: ">= 1%"}
unexpected:
  - {touchpoint: Call, expect: "<= 5%"}
  - {touchpoint: Call, between: [Search, Pay], expect: "<= 5%"}
accepted:
  - {deviation: late, because: known, until: 2099-01-01}
""".replace(', wrong-channel: "<= 1%"', "")
NAMES = ("Search", "Cart", "View", "Pay", "Stop", "News", "Call", "Chat")
SURVEYS = ("NPS asked", "NPS answer", "CSAT answer", "Review")


@st.composite
def shop_logs(draw: st.DrawFn) -> EventLog:
    """Several journeys a customer, with channels, statuses, answers and repeated events."""
    rows, channels, status, score, scale = [], [], [], [], []
    names = st.sampled_from((*NAMES, *SURVEYS))
    stems = draw(st.lists(st.lists(names, max_size=6), min_size=1, max_size=3))
    for customer in range(draw(st.integers(1, 25))):
        time = 0
        for _ in range(draw(st.integers(1, 3))):
            trace = [*draw(st.sampled_from(stems)), *draw(st.lists(names))]
            for name in trace:
                time += draw(st.sampled_from((0, 30, 900, 9000)))
                rows.append((f"c{customer:02}", name, time))
                channels.append(draw(st.sampled_from(("web", "app", None))))
                status.append(draw(st.sampled_from(("ok", "bad", None))))
                score.append(draw(st.sampled_from(("7", "0,1", "9.3", "none", None))))
                scale.append(draw(st.sampled_from((None, None, "nps", "ces-7", "odd"))))
            time += 200_000
    found = log_from(rows, channels)
    order = np.random.default_rng(draw(st.integers(0, 9))).permutation(len(rows))
    table = found.table
    for name, values in (("status", status), ("score", score), ("scale", scale)):
        column = pa.array([values[place] for place in order], pa.string()).dictionary_encode()
        table = table.append_column(name, column)
    return EventLog(table, found.about)


def text_of(events: EventLog, settings: CheckSettings, parts: int) -> list[str]:
    """Everything that a check of a log in parts says."""
    ideal = compile_ideal(parse_journey(JOURNEY, "journey.yaml"))
    found = check(events, ideal, settings, split=Split(parts=parts))
    return [to_json(found.checked), baseline_text(found.baseline)]


@given(shop_logs(), st.sampled_from((1, 1, 3)), st.integers(2, 7), st.booleans())
@examples(20)
def test_a_shop_log_in_parts(found, min_group, parts, with_baseline):
    question = CheckSettings(
        min_group=min_group, observed_from=at(SECOND), ranges=True, by="status"
    )
    if len(set(found.table.column("customer").to_pylist())) < min_group:
        return
    if with_baseline:
        ideal = compile_ideal(parse_journey(JOURNEY, "journey.yaml"))
        question = CheckSettings(
            min_group=min_group, baseline=check(found, ideal, question).baseline
        )
    assert text_of(found, question, parts) == text_of(found, question, 1)


@given(shop_logs(), st.data())
@examples(13)
def test_chosen_customers_are_checked_like_a_log_of_their_own(found, data):
    """Also in parts; only the notes on filters and on what the whole log has may differ."""
    names = found.names("customer")
    some = tuple(data.draw(st.lists(st.sampled_from((*names, "no")), min_size=1, unique=True)))
    ideal = compile_ideal(parse_journey(JOURNEY, "journey.yaml"))
    observed = {"observed_from": at(SECOND), "observed_until": at(2 * 86_400 * SECOND)}
    asked = CheckSettings(min_group=1, deadline=3600 * SECOND, ranges=True, **observed)
    chosen = replace(asked, where=(Where("customer", some),))
    is_theirs = np.isin(found.table.column("customer").to_pylist(), some)
    alone = EventLog(found.table.filter(pa.array(is_theirs)), found.about)
    results = [
        json.loads(to_json(check(one, ideal, how, split=Split(parts=parts)).checked))
        for one, how, parts in ((alone, asked, 1), (found, chosen, 1), (found, chosen, 3))
    ]
    assert results[1] == results[2]
    for one in results:
        del one["notes"], one["log"]["filters"], one["judged"]["unseen"]
        for key in ("observed_from", "observed_until"):  # of a log without events there is none
            del one["log"][key], one["judged"][key.replace("observed", "begun")]
    assert results[0] == results[1]


@given(events, ideals(), st.sampled_from([1, 2, 10]), st.none() | st.integers(0, 300))
@examples(20)
def test_any_log_and_any_ideal_in_parts(rows, ideal, min_group, since):
    channels = ["web" if number % 3 else "call" for number in range(len(rows))]
    found, compiled = log_from(rows, channels), compile_ideal(ideal)
    least = min_group if len({row[0] for row in rows}) >= 20 else 1
    texts = [_checked(found, compiled, least, since, parts) for parts in (1, 2, 5)]
    assert texts[0] == texts[1] == texts[2]


def _checked(
    found: EventLog, ideal: CompiledIdeal, min_group: int, since: int | None, parts: int
) -> str:
    settings = CheckSettings(min_group=min_group, observed_from=at(since), ranges=True)
    try:
        return to_json(check(found, ideal, settings, split=Split(parts=parts)).checked)
    except PrivacyError as error:  # the entry leaves too few customers
        return str(error)


SHOP = """
    ann: Search@0@web Cart@60@web Pay@120@web
    bob: Search@0@web Cart@60@app Call@70@call Pay@4000@web
    cat: Search@0@web Call@50@call Cart@60@web NPS_answer@70@web
    dan: Search@0@web Cart@60@web News@70@mail Search@3d@web
    eve: Search@0@web Stop@60@call
"""


def test_in_other_processes(tmp_path: Path):
    """The parts of a saved log are counted by processes that get its path and packed questions."""
    path = tmp_path / "log.parquet"
    write_log(log(SHOP), path)
    from cjmine.eventlog.parquet import open_file

    ideal = compile_ideal(parse_journey(JOURNEY, "journey.yaml"))
    saved = open_file(path, "log.parquet")
    here, there = (
        check(saved, ideal, CheckSettings(min_group=1, ranges=True), split=split).checked
        for split in (Split(), Split(jobs=2, parts=3))
    )
    assert to_json(here) == to_json(there)


def test_counts_travel_as_bytes():
    ideal = compile_ideal(parse_journey(JOURNEY, "journey.yaml"))
    rules = unpacked(packed(rules_of(ideal)), type(rules_of(ideal)))
    part = prepared(log(SHOP), rules)
    names = tuple(sorted(part.log.activities))
    asked = AskCounts(
        names, ("app", "call", "mail", "web"), Moments(None, 0, 10**12, 10**11), 3, True, True, True
    )
    found = counted(part, unpacked(packed(asked), AskCounts))
    assert packed(unpacked(packed(found), type(found))) == packed(found)


ENTRIES = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 6), st.sampled_from(("", "has", "outside"))),
    max_size=60,
)


@given(ENTRIES, st.integers(0, 7))
@pytest.mark.parametrize("groups", [3])
def test_sums_over_customers_add_up(groups, entries, border):
    """Journeys, customers and the sums for a variance, against plain loops and over two parts."""
    entries = sorted(entries, key=lambda row: row[1])

    def count(some):
        group, customer = (np.array([row[place] for row in some], np.int64) for place in (0, 1))
        what = np.array([row[2] for row in some], object)
        inside, having = what != "outside", what != ""
        base = among(group[inside], customer[inside], groups, 7)
        held = rows(group[having], customer[having], groups, 7)
        return cohorts(base, np.arange(groups), held, None, inside[having])

    found = count(entries)
    for group in range(groups):
        n, m = np.zeros(7, int), np.zeros(7, int)
        for _, customer, what in (row for row in entries if row[0] == group):
            n[customer] += 1
            m[customer] += what != ""
        assert (found.having[group], found.among[group]) == (m.sum(), n.sum())
        assert found.customers_having[group] == (m > 0).sum()
        assert found.customers_among[group] == (n > 0).sum()
        assert found.customers_rest[group] == (n > m).sum()
        assert found.largest[group] == m.max()
        assert found.among_squared[group] == (n * n).sum()
        assert found.among_having[group] == (n * m).sum()
        assert found.having_squared[group] == (m * m).sum()
    one, other = (
        count([row for row in entries if (row[1] < border) is side]) for side in (True, False)
    )
    both = one + other
    for name in type(both).__slots__:
        assert getattr(both, name).tolist() == getattr(found, name).tolist()
