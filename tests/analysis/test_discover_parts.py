"""Any split of a log by customer gives the same bytes, in this process or in others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import cut_rules, examples, log_from, logs

from cjmine.counting.packed import packed, unpacked
from cjmine.counting.rounds import Rounds
from cjmine.counting.split import Split
from cjmine.errors import CjmineError
from cjmine.eventlog.log import EventLog
from cjmine.eventlog.parquet import open_file, write_log
from cjmine.eventlog.where import Where
from cjmine.results.codec import to_json
from cjmine.verbs.discover import discover
from cjmine.verbs.settings import DiscoverSettings
from tests.observing import at


@dataclass(frozen=True, slots=True)
class Case:
    log: EventLog
    question: DiscoverSettings


@st.composite
def cases(draw: st.DrawFn) -> Case:
    log = draw(logs(80, least=6))
    rules = draw(cut_rules(log))
    goal = tuple(draw(st.lists(st.sampled_from([*log.activities, "no"]), max_size=2)))
    columns = [name for name in ("channel", "activity", "case") if log.has(name)]
    return Case(
        log,
        DiscoverSettings(
            goal=goal,
            entry=draw(st.sampled_from([(), rules.entry])),
            gap=rules.gap_us,
            until_goal=bool(goal) and draw(st.booleans()),
            by=draw(st.none() | st.sampled_from(columns)),
            top=draw(st.none() | st.integers(0, 4)),
            min_group=draw(st.sampled_from([1, 2, 3, 10])),
            **draw(filters(log)),
        ),
    )


@st.composite
def filters(draw: st.DrawFn, log: EventLog) -> dict[str, object]:
    """No filter, or one or two of any kind."""
    moment = st.sampled_from(log.times.tolist())
    names = st.sampled_from([*log.activities, "no"])
    possible = {
        "since": moment.map(at),
        "until": moment.map(at),
        "where": st.builds(lambda one: (Where("activity", (one,), True),), names),
        "having": names.map(lambda one: (one,)),
        "shorter": st.integers(1, 5).map(lambda one: one * 1_000_000),
        "longer": st.integers(1, 5).map(lambda one: one * 1_000_000),
        "variant": st.integers(1, 3),
    }
    chosen = draw(st.sets(st.sampled_from(sorted(possible)), max_size=2))
    return {name: draw(possible[name]) for name in sorted(chosen)}


def answer(case: Case, split: Split) -> str:
    """The JSON of discover, or the codes of its refusal."""
    try:
        return to_json(discover(case.log, case.question, split=split))
    except CjmineError as error:
        return " ".join(problem.code for problem in error.problems)


@examples(33)
@given(cases(), st.integers(2, 9))
def test_any_split_gives_the_same_bytes(case: Case, parts: int) -> None:
    assert answer(case, Split(1, parts)) == answer(case, Split(1, 1))


@examples(10)
@given(cases(), st.integers(2, 5))
def test_partials_travel_as_bytes(case: Case, parts: int) -> None:
    """What another process would send back is the same as what was counted here."""
    ask = Rounds.ask

    def sent(self, count, shared, kind):  # type: ignore[no-untyped-def]
        found = ask(self, count, unpacked(packed(shared), type(shared)), kind)
        return [unpacked(packed(one), kind) for one in found]

    whole = answer(case, Split(1, 1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rounds, "ask", sent)
        assert answer(case, Split(1, parts)) == whole


@examples(13)
@given(cases(), st.integers(2, 6), st.randoms(use_true_random=False))
def test_counts_merge_in_any_order_and_grouping(case: Case, parts: int, random) -> None:
    """Counts of counts are counts, and no part comes first."""
    from cjmine.analysis.discover import Asked, count, merge
    from cjmine.analysis.judged import AskJudged
    from cjmine.analysis.measured_part import Measuring, measured_part
    from cjmine.conformance.states import Terms
    from cjmine.eventlog.journeys import CutRules

    judged = AskJudged(Terms(case.question.goal), None, 0, 10**12, 60_000_000)
    asked = Asked(case.question.by, case.question.min_group, judged)
    rules = Measuring(CutRules(case.question.gap))
    found = [count(measured_part(part, rules), asked) for part in case.log.parts(parts)]
    whole = merge(found, asked.most)
    random.shuffle(found)
    middle = random.randint(0, len(found))
    halves = [merge(some, asked.most) for some in (found[:middle], found[middle:]) if some]
    again = merge(halves, asked.most)
    assert again.log == whole.log
    assert again.paths.names == whole.paths.names
    for one, other in (
        (again.paths.activities.groups, whole.paths.activities.groups),
        (again.paths.flows.groups, whole.paths.flows.groups),
        (again.channels.channels, whole.channels.channels),
        (again.goal.every, whole.goal.every),
        (again.goal.reached, whole.goal.reached),
    ):
        assert one.occurrences.tolist() == other.occurrences.tolist()
        assert one.customers.tolist() == other.customers.tolist()
        assert one.bounds.tolist() == other.bounds.tolist()
    assert again.paths.flows.waits.cell.tolist() == whole.paths.flows.waits.cell.tolist()
    assert again.paths.flows.waits.largest.tolist() == whole.paths.flows.waits.largest.tolist()
    assert sorted(again.variants.groups.occurrences) == sorted(whole.variants.groups.occurrences)


@pytest.fixture(scope="module")
def walks(tmp_path_factory: pytest.TempPathFactory) -> tuple[EventLog, Path]:
    """Rare activities, many journeys a customer, ties, channels that are sometimes unknown."""
    rows = [
        (f"c{n % 97:03d}", f"step {(n * n) % 7 if n % 50 else n // 50 % 9 + 7}", n // 3 * 1000)
        for n in range(3000)
    ]
    channels = [("web", "call", None, "mail", "shop")[n % 5 if n % 40 else 4] for n in range(3000)]
    log = log_from(rows, channels)
    file = tmp_path_factory.mktemp("logs") / "log.parquet"
    write_log(log, file)
    return log, file


@pytest.mark.parametrize("min_group", [1, 10])
def test_other_processes_give_the_same_bytes(walks: tuple[EventLog, Path], min_group: int) -> None:
    log, file = walks
    question = DiscoverSettings(
        goal=("step 0",), gap=3_600_000_000, by="channel", min_group=min_group
    )
    whole = to_json(discover(log, question))
    saved = open_file(file, "log")
    for split in (Split(1), Split(1, 4), Split(2, 3)):
        assert to_json(discover(saved, question, split=split)) == whole


@examples(10)
@given(cases())
def test_a_rare_name_is_answered_as_an_absent_one(case: Case) -> None:
    """As goal and as entry: the same bytes but for the name itself."""
    rare = "known to one customer"
    customer = case.log.table.column("customer").to_pylist()[0]
    assume(case.log.about.cases == "customer" and rare not in case.log.activities)
    table = case.log.table.to_pylist()
    rows = [(row["customer"], row["activity"], int(row["time"].timestamp())) for row in table]
    log = log_from([*rows, (customer, rare, 4 * 10**9 + 1)])
    for question in (
        DiscoverSettings(goal=("?",), min_group=2),
        DiscoverSettings(goal=("?",), until_goal=True, min_group=2),
        DiscoverSettings(entry=("?",), min_group=2),
    ):
        answers = {
            answer(Case(log, replaced(question, name)), Split()).replace(name, "?")
            for name in (rare, "known to no customer.")
        }
        assert len(answers) == 1


def replaced(question: DiscoverSettings, name: str) -> DiscoverSettings:
    return replace(
        question,
        goal=tuple(name for _ in question.goal),
        entry=tuple(name for _ in question.entry),
    )
