"""Loading: every record accounted for, nothing guessed that is kept, sources joined rightly."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

import cjmine as cj
from cjmine.errors import CjmineError, Code, DataError, UsageError
from cjmine.eventlog.log import CASE, CUSTOMER, Cases, EventLog, SourceCount
from cjmine.ingest.inputs import find_inputs
from cjmine.ingest.load import load
from cjmine.ingest.loaded import Loaded
from cjmine.ingest.open_log import open_log
from cjmine.ingest.reject_budget import RejectBudget
from cjmine.ingest.source_flags import SourceFlags
from cjmine.privacy.pseudonyms import Key, tokens
from cjmine.sources import Identifier, Kind, Roles, TimeColumn
from cjmine.verbs.discover import discover
from cjmine.verbs.settings import DiscoverSettings

KEY = Key(bytes(range(32)))
HEAD = "customer,activity,time\n"
ANN = "ann,Search,2026-03-02T10:00:00Z\nann,Buy,2026-03-02T10:05:00Z\n"
BOB = "bob,Search,2026-03-03T10:00:00Z\n"
EVE = "eve,Search,2026-03-03 10:00:00\n"
BAD = "bob,Search,yesterday\n"
ISO = Roles(time=TimeColumn((), "iso"))


def given(folder: Path, **files: str) -> Path:
    """A folder with these files; `web_csv` is the file web.csv."""
    for name, content in files.items():
        stem, _, suffix = name.rpartition("_")
        (folder / f"{stem}.{suffix}").write_text(content, encoding="utf-8")
    return folder


def loaded(
    *files: Path,
    roles: Roles = Roles(),
    keep: Sequence[str] = (),
    budget: RejectBudget = RejectBudget(),
    zone_required: bool = False,
) -> Loaded:
    """Load files as the command does, under a fixed key."""
    inputs = find_inputs([str(file) for file in files], SourceFlags(roles, tuple(keep)))
    return load(inputs, KEY, budget, zone_required)


def refused(*files: Path, **how) -> CjmineError:
    with pytest.raises(CjmineError) as caught:
        loaded(*files, **how)
    return caught.value


def accounts(found: Loaded) -> list[tuple[str, int, int, int, int, int]]:
    """Name, read, loaded, rejected, duplicate, filtered of every file."""
    return [
        (Path(one.path).name, one.read, one.loaded, one.rejected, one.duplicate, one.filtered)
        for one in found.log.about.sources
    ]


def traces(log: EventLog) -> dict[str, list[str]]:
    """The activities of every customer, under the token."""
    frame = log.to_pandas()
    return {
        str(who): list(rows["concept:name"])
        for who, rows in frame.groupby(frame["customer"].astype(str))
    }


def token(value: str, kind: Kind = Kind.CUSTOMER) -> str:
    return tokens(KEY, kind, [value])[0]


def noted(found: Loaded, code: Code) -> list[str]:
    return [note.text for note in found.notes if note.code is code]


# The account of every record


def test_an_account_must_add_up() -> None:
    with pytest.raises(AssertionError):
        SourceCount("a.csv", "csv", read=3, loaded=1, rejected=1)


def test_every_record_is_loaded_rejected_or_filtered(tmp_path: Path) -> None:
    """A bad time is rejected; an empty and a placeholder customer are nobody."""
    rows = HEAD + ANN + BAD + ",Search,2026-03-03T11:00:00Z\nunknown,Buy,2026-03-03T12:00:00Z\n"
    found = loaded(given(tmp_path, web_csv=rows) / "web.csv", budget=RejectBudget(1))
    assert accounts(found) == [("web.csv", 5, 2, 1, 0, 2)]
    assert noted(found, Code.ROWS_REJECTED) == ["records rejected: 1 (web 1)"]
    assert noted(found, Code.ROWS_FILTERED) == ["records left out: no usable customer: 2 (web 2)"]


def test_exact_duplicate_rows_are_events(tmp_path: Path) -> None:
    """Real logs hold two clicks in one second."""
    found = loaded(given(tmp_path, web_csv=HEAD + ANN + ANN) / "web.csv")
    assert accounts(found) == [("web.csv", 4, 4, 0, 0, 0)]


@pytest.mark.parametrize("spelling", ["same", "through a folder", "by a link", "another name"])
def test_a_file_given_twice_is_read_once(tmp_path: Path, spelling: str) -> None:
    folder = given(tmp_path, web_csv=HEAD + ANN)
    web = folder / "web.csv"
    copy = tmp_path / "copy.csv"
    if spelling == "by a link":
        copy.symlink_to(web)
    elif spelling == "another name":
        copy.write_bytes(web.read_bytes())
    second = {"same": web, "through a folder": tmp_path / "." / "web.csv"}.get(spelling, copy)
    found = loaded(web, second)
    assert [account[1:] for account in accounts(found)] == [(2, 2, 0, 0, 0), (2, 0, 0, 2, 0)]
    assert found.log.events == 2
    assert len(noted(found, Code.DUPLICATE_FILE)) == 1


def test_a_copy_of_a_file_with_rejects_is_accounted_for_as_a_whole(tmp_path: Path) -> None:
    folder = given(tmp_path, a_csv=HEAD + ANN + BAD, b_csv=HEAD + ANN + BAD)
    found = loaded(folder / "a.csv", folder / "b.csv", budget=RejectBudget(1))
    assert accounts(found) == [("a.csv", 3, 2, 1, 0, 0), ("b.csv", 3, 0, 0, 3, 0)]


def test_files_of_one_size_and_different_content_are_two_files(tmp_path: Path) -> None:
    folder = given(tmp_path, a_csv=HEAD + ANN, b_csv=HEAD + ANN.replace("ann", "eva"))
    assert loaded(folder).log.events == 4


def test_a_log_keeps_accounts_and_notes_of_its_making(tmp_path: Path) -> None:
    """But not what concerned the run alone, such as what was recognised."""
    found = loaded(given(tmp_path, web_csv=HEAD + ANN + BAD) / "web.csv", budget=RejectBudget(1))
    kept = {note.code for note in found.log.about.notes}
    assert Code.ROWS_REJECTED in kept
    assert Code.SNIFFED in {note.code for note in found.notes} - kept
    assert found.log.about.key_id == KEY.id


# Bad records


def with_bad(folder: Path, bad: int, good: int) -> Path:
    return given(folder, web_csv=HEAD + BAD * bad + EVE * good) / "web.csv"


@pytest.mark.parametrize(
    ("budget", "bad", "good", "goes_on"),
    [
        (RejectBudget(), 0, 3, True),
        (RejectBudget(), 1, 3, False),
        (RejectBudget(2), 1, 3, True),
        (RejectBudget(2), 2, 3, True),
        (RejectBudget(2), 3, 3, False),
        (RejectBudget(share=0.1), 1, 9, True),
        (RejectBudget(share=0.1), 1, 8, False),
        (RejectBudget(share=0.1), 1, 10, True),
        (RejectBudget(share=0.29), 29, 71, True),
        (RejectBudget(share=0.29), 30, 70, False),
        (RejectBudget(share=0.0), 1, 9, False),
    ],
)
def test_bad_records_are_tolerated_up_to_the_budget(
    tmp_path: Path, budget: RejectBudget, bad: int, good: int, goes_on: bool
) -> None:
    """A number of records, or a share of those that were read; both ends included."""
    file = with_bad(tmp_path, bad, good)
    if goes_on:
        assert accounts(loaded(file, roles=ISO, budget=budget)) == [
            ("web.csv", bad + good, good, bad, 0, 0)
        ]
    else:
        assert refused(file, roles=ISO, budget=budget).code is Code.REJECTS_OVER_BUDGET


def test_a_share_that_is_just_kept_is_kept() -> None:
    """29 % of 100 records are 29, whatever binary fractions say."""
    for read in range(1, 301):
        for hundredths in range(101):
            budget = RejectBudget(share=hundredths / 100)
            most = hundredths * read // 100
            assert budget.covers(most, read)
            assert not budget.covers(most + 1, read)


def test_the_budget_is_one_for_all_files(tmp_path: Path) -> None:
    folder = given(tmp_path, a_csv=HEAD + EVE + BAD, b_csv=HEAD + EVE * 2 + BAD)
    assert loaded(folder, roles=ISO, budget=RejectBudget(2)).log.events == 3
    assert refused(folder, roles=ISO, budget=RejectBudget(1)).code is Code.REJECTS_OVER_BUDGET


def test_a_refusal_names_every_place_and_no_value(tmp_path: Path) -> None:
    error = refused(with_bad(tmp_path, 2, 1), roles=ISO)
    summary, *places = error.problems
    assert summary.message == "2 of 3 records cannot be events; 0 are allowed"
    assert summary.remedy.endswith("--max-rejects 2")
    assert [(one.place.record, one.place.column, one.code) for one in places] == [
        (1, "time", Code.TIME_UNREADABLE),
        (2, "time", Code.TIME_UNREADABLE),
    ]
    assert "yesterday" not in str(error.problems)


def test_a_long_list_of_rejects_is_cut_for_the_screen_and_kept_whole(tmp_path: Path) -> None:
    file = with_bad(tmp_path, 50, 1)
    assert len(refused(file, roles=ISO).problems) == 21
    assert len(loaded(file, roles=ISO, budget=RejectBudget(50)).rejects) == 50


@pytest.mark.parametrize(
    "rows",
    ["", ",Search,2026-03-03T11:00:00Z\n", "unknown,Search,2026-03-03T11:00:00Z\n", BAD],
    ids=["no row", "no customer", "a placeholder", "a bad row"],
)
def test_a_load_that_leaves_nothing_is_an_error(tmp_path: Path, rows: str) -> None:
    file = given(tmp_path, web_csv=HEAD + rows) / "web.csv"
    assert refused(file, roles=ISO, budget=RejectBudget(9)).code is Code.NO_EVENTS


# Times


NAIVE = "ann,Search,2026-03-02 10:00:00\n"
ZONED = "ann,Buy,2026-03-02T10:00:00+01:00\n"
AMSTERDAM = Roles(time=TimeColumn((), None, "Europe/Amsterdam"))


def test_a_log_that_is_kept_needs_a_declared_zone(tmp_path: Path) -> None:
    file = given(tmp_path, calls_csv=HEAD + NAIVE) / "calls.csv"
    error = refused(file, zone_required=True)
    assert (error.code, error.problems[0].place.column) == (Code.ZONE_UNDECLARED, "time")
    found = loaded(file, roles=AMSTERDAM, zone_required=True)
    assert found.log.to_pandas()["time:timestamp"].iloc[0].isoformat() == (
        "2026-03-02T09:00:00+00:00"
    )
    assert noted(found, Code.ZONE_ASSUMED) == []


def test_a_log_that_is_not_kept_reads_naive_times_as_utc_and_says_so(tmp_path: Path) -> None:
    found = loaded(given(tmp_path, calls_csv=HEAD + NAIVE) / "calls.csv")
    assert found.log.to_pandas()["time:timestamp"].iloc[0].isoformat() == (
        "2026-03-02T10:00:00+00:00"
    )
    assert noted(found, Code.ZONE_ASSUMED) == ["times without a zone are read as UTC (calls)"]


def test_times_with_offsets_need_no_declaration(tmp_path: Path) -> None:
    found = loaded(given(tmp_path, web_csv=HEAD + ZONED) / "web.csv", zone_required=True)
    assert found.log.to_pandas()["time:timestamp"].iloc[0].isoformat() == (
        "2026-03-02T09:00:00+00:00"
    )


def test_naive_and_zoned_sources_do_not_mix_undeclared(tmp_path: Path) -> None:
    """An hour off would order the events of two systems wrongly."""
    folder = given(tmp_path, calls_csv=HEAD + NAIVE, web_csv=HEAD + ZONED)
    error = refused(folder)
    assert error.code is Code.SOURCES_DISAGREE
    assert "calls.csv" in str(error.problems[0].place)
    assert "web.csv" in error.problems[0].cause
    found = loaded(folder, roles=AMSTERDAM)
    assert list(found.log.to_pandas()["concept:name"]) == ["Search", "Buy"]


def test_two_naive_sources_may_be_read_together(tmp_path: Path) -> None:
    folder = given(tmp_path, calls_csv=HEAD + NAIVE, shop_csv=HEAD + NAIVE.replace("ann", "bob"))
    assert loaded(folder).log.events == 2


# Several sources, one customer


CONFIG = """
timezone = "Europe/Amsterdam"

[source.web]
files    = "web.csv"
channel  = "web"
customer = { column = "visitor", as = "cookie" }
time     = { column = "time" }
activity = { column = "page" }

[source.calls]
files    = "calls.csv"
channel  = "call"
customer = { column = "number", as = "phone", region = "NL" }
time     = { column = "time" }
activity = { column = "reason" }

[customers]
files    = "customers.csv"
customer = { column = "id" }
links    = [
  { column = "cookie", as = "cookie" },
  { column = "phone", as = "phone", region = "NL" },
]

[[touchpoint]]
source   = "calls"
label    = "wrong number"
ignore   = true
"""
WEB = "visitor,page,time\nck-1,Search,2026-03-02T10:00:00+01:00\nck-9,Search,2026-03-02T10:00:00Z\n"
CALLS = (
    "number,reason,time\n06 1234 5678,Ask,2026-03-02 10:30:00\n"
    "+31612345678,wrong number,2026-03-02 10:45:00\n,Ask,2026-03-02 10:50:00\n"
)
CUSTOMERS = "id,cookie,phone\nK1,ck-1,0612345678\nK2,ck-2,\n"


def configured(folder: Path, **files: str) -> Path:
    texts = {"web_csv": WEB, "calls_csv": CALLS, "customers_csv": CUSTOMERS, **files}
    (folder / "cjmine.toml").write_text(texts.pop("config", CONFIG), encoding="utf-8")
    return given(folder, **texts)


def test_identifiers_of_two_sources_become_one_customer(tmp_path: Path) -> None:
    """Cookie and phone number lead to K1; the other cookie stays a customer of its own."""
    found = loaded(configured(tmp_path))
    assert traces(found.log) == {
        token("K1"): ["Search", "Ask"],
        token("ck-9", Kind.COOKIE): ["Search"],
    }
    assert accounts(found) == [("web.csv", 2, 2, 0, 0, 0), ("calls.csv", 3, 1, 0, 0, 2)]
    assert [one.unlinked for one in found.log.about.sources] == [1, 0]
    assert "of its own: 1 (web 1)" in noted(found, Code.UNLINKED)[0]


def test_each_source_brings_its_channel(tmp_path: Path) -> None:
    frame = loaded(configured(tmp_path)).log.to_pandas()
    assert dict(zip(frame["concept:name"], frame["channel"], strict=True)) == {
        "Search": "web",
        "Ask": "call",
    }


def test_an_identifier_of_two_customers_links_to_neither(tmp_path: Path) -> None:
    """A wrong link would invent a journey."""
    shared = CUSTOMERS + "K3,ck-3,0612345678\n"
    found = loaded(configured(tmp_path, customers_csv=shared))
    assert traces(found.log)[token("+31612345678", Kind.PHONE)] == ["Ask"]
    assert "identifiers of several customers, linked to none: 1" in noted(found, Code.CLASHES)[0]


def test_the_order_of_the_customer_table_does_not_matter(tmp_path: Path) -> None:
    head, *rows = CUSTOMERS.splitlines()
    turned = "\n".join([head, *rows[::-1]]) + "\n"
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one = loaded(configured(tmp_path / "one")).log
    two = loaded(configured(tmp_path / "two", customers_csv=turned)).log
    assert one.table.equals(two.table)


def test_a_customer_table_is_no_source_even_when_it_is_named(tmp_path: Path) -> None:
    folder = configured(tmp_path)
    found = loaded(folder / "web.csv", folder / "calls.csv", folder / "customers.csv")
    assert [account[0] for account in accounts(found)] == ["web.csv", "calls.csv"]


def test_without_a_table_nothing_is_called_unlinked(tmp_path: Path) -> None:
    found = loaded(given(tmp_path, web_csv=HEAD + ANN) / "web.csv")
    assert [one.unlinked for one in found.log.about.sources] == [None]
    assert noted(found, Code.UNLINKED) == []


# Process logs


ORDERS = """case:concept:name,concept:name,time:timestamp,klant
order-2,Pay,2026-03-02T10:00:00Z,ann
order-1,Pay,2026-03-02T11:00:00Z,bob
order-2,Ship,2026-03-05T10:00:00Z,
order-3,Pay,2026-03-06T10:00:00Z,ann
"""


def test_a_process_log_keeps_its_cases(tmp_path: Path) -> None:
    """Without a customer column the case is the customer; case ids are tokens too."""
    log = loaded(given(tmp_path, orders_csv=ORDERS) / "orders.csv").log
    assert log.about.cases is Cases.GIVEN
    case = [log.names(CASE)[code] for code in log.codes(CASE)]
    assert set(case) == {token(f"order-{number}", Kind.CASE) for number in (1, 2, 3)}
    assert case == [log.names(CUSTOMER)[code] for code in log.codes(CUSTOMER)]
    assert discover(log, DiscoverSettings(gap=1, min_group=1)).log.journeys == 3


def test_a_customer_of_a_process_log_is_named(tmp_path: Path) -> None:
    """An event without customer counts for its case."""
    roles = Roles(case="case:concept:name", customer=Identifier("klant"))
    log = loaded(given(tmp_path, orders_csv=ORDERS) / "orders.csv", roles=roles).log
    owners = {log.names(CUSTOMER)[code] for code in log.codes(CUSTOMER)}
    assert owners == {token("ann"), token("bob")}
    assert log.events == 4


CASE_CONFIG = """
[source.orders]
files    = "orders.csv"
case     = { column = "case:concept:name" }
customer = { column = "klant", as = "user" }

[source.returns]
files    = "returns.csv"
case     = { column = "case:concept:name" }

[customers]
files    = "customers.csv"
customer = { column = "id" }
links    = [{ column = "shop", as = "user" }]
"""


def orders_and_returns(folder: Path) -> Path:
    """Two process logs; the customers of one are linked by a table, the other names none."""
    (folder / "cjmine.toml").write_text(CASE_CONFIG, encoding="utf-8")
    return given(
        folder,
        orders_csv=ORDERS,
        returns_csv=ORDERS.replace("Pay", "Return").replace("order-", "return-"),
        customers_csv="id,shop\nK1,ann\nK2,zoe\n",
    )


def test_a_customer_table_links_the_customers_of_a_process_log(tmp_path: Path) -> None:
    """An event without customer links to nobody, and never to the last of the table."""
    log = loaded(orders_and_returns(tmp_path) / "orders.csv").log
    owner = dict(
        zip(log.to_pandas()["case:concept:name"], log.to_pandas()["customer"], strict=True)
    )
    assert owner[token("order-1", Kind.CASE)] == token("bob", Kind.USER)
    assert owner[token("order-3", Kind.CASE)] == token("K1")
    assert set(log.to_pandas()["customer"]) == {
        token("K1"),
        token("bob", Kind.USER),
    }
    assert [one.unlinked for one in log.about.sources] == [1]


def test_process_logs_with_and_without_a_customer_column_go_together(tmp_path: Path) -> None:
    log = loaded(orders_and_returns(tmp_path)).log
    assert log.events == 8
    frame = log.to_pandas()
    returns = frame[frame["case:concept:name"] == token("return-1", Kind.CASE)]
    assert set(returns["customer"]) == {token("return-1", Kind.CASE)}


def test_process_logs_and_exports_do_not_go_together(tmp_path: Path) -> None:
    folder = given(tmp_path, orders_csv=ORDERS, web_csv=HEAD + ANN)
    error = refused(folder / "orders.csv", folder / "web.csv")
    assert error.code is Code.SOURCES_DISAGREE
    assert "web.csv" in error.problems[0].cause


# Columns that survive


WITH_PLAN = (
    "customer,activity,time,plan,note\n"
    "ann,Search,2026-03-02T10:00:00Z,gold,call me\n"
    "ann,Buy,2026-03-02T10:00:00Z,,secret\n"
    "bob,Search,2026-03-02T10:00:00Z,free,\n"
)


def test_only_recognised_and_declared_columns_survive(tmp_path: Path) -> None:
    file = given(tmp_path, web_csv=WITH_PLAN) / "web.csv"
    bare, kept = loaded(file), loaded(file, keep=["plan"])
    assert bare.log.attributes == ()
    assert kept.log.attributes == ("plan",)
    assert noted(bare, Code.COLUMNS_DROPPED) == [f"{file.name}: not read: plan, note"]
    assert noted(kept, Code.COLUMNS_DROPPED) == [f"{file.name}: not read: note"]


def test_a_kept_column_can_be_compared_by(tmp_path: Path) -> None:
    file = given(tmp_path, web_csv=WITH_PLAN) / "web.csv"
    log = loaded(file, keep=["plan"]).log
    found = discover(log, DiscoverSettings(by="plan", goal=("Buy",), min_group=1))
    assert [(row.value, row.journeys, row.goal.n) for row in found.segments.values] == [
        ("free", 1, 0),
        ("gold", 1, 1),
    ]


def test_a_kept_column_may_be_in_one_source_only(tmp_path: Path) -> None:
    folder = given(tmp_path, a_csv=WITH_PLAN, b_csv=HEAD + BOB)
    log = loaded(folder, keep=["plan"]).log
    assert log.events == 4
    assert int((log.codes("plan") < 0).sum()) == 2


def test_a_column_to_keep_that_no_source_has(tmp_path: Path) -> None:
    file = given(tmp_path, web_csv=WITH_PLAN) / "web.csv"
    error = refused(file, keep=["plam"])
    assert isinstance(error, UsageError)
    assert error.problems[0].remedy == 'did you mean "plan"?'


# Where logs come from


def test_exports_can_be_measured_without_keeping_anything(tmp_path: Path) -> None:
    """The key is random: two runs share no token."""
    file = str(given(tmp_path, web_csv=HEAD + ANN) / "web.csv")
    one, two = open_log([file]).log, open_log([file]).log
    assert one.about.key_id is None
    assert set(one.names(CUSTOMER)).isdisjoint(two.names(CUSTOMER))


def test_a_saved_log_is_read_alone(tmp_path: Path) -> None:
    from cjmine.eventlog.parquet import write_log

    web = given(tmp_path, web_csv=HEAD + ANN) / "web.csv"
    saved = tmp_path / "log.parquet"
    write_log(loaded(web).log, saved)
    opened = open_log([str(saved)])
    assert (opened.log.events, opened.rejects, opened.notes) == (2, (), ())
    with pytest.raises(DataError) as caught:
        open_log([str(web), str(saved)])
    assert caught.value.code is Code.SOURCES_DISAGREE


def test_the_same_files_and_key_give_the_same_log(tmp_path: Path) -> None:
    folder = configured(tmp_path)
    assert loaded(folder).log.table.equals(loaded(folder).log.table)


def test_the_region_of_phones_can_be_said_for_all_files(tmp_path: Path) -> None:
    """National and international spellings meet once the country is known; without it they do not."""
    (tmp_path / "a.csv").write_text("telefoon,event,time\n06-12345678,Call,2024-05-03T10:00:00Z\n")
    (tmp_path / "b.csv").write_text("telefoon,event,time\n+31612345678,Call,2024-05-03T11:00:00Z\n")
    assert len(set(cj.load(tmp_path, region="NL").table["customer"].to_pylist())) == 1
    assert len(set(cj.load(tmp_path).table["customer"].to_pylist())) == 2


def test_customers_of_the_table_without_an_event_are_counted() -> None:
    """Of the sample logs, as their makers planted them."""
    samples = Path(__file__).parents[1] / "sample_logs"
    truths = json.loads((samples / "truths.json").read_text("utf-8"))
    known = cj.load(samples).about.registered
    assert known is not None
    assert known.customers == truths["journeys.customers_in_table"]
    assert known.silent == truths["silent.customers"]
