"""The sample logs hold what they promise, and cjmine finds every planted truth in them."""

from __future__ import annotations

import csv
import gzip
import json
import os
import subprocess
import sys
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import cjmine
from cjmine.analysis.intervals import share
from cjmine.eventlog.log import EventLog, SourceCount
from cjmine.notebook import Found

pytestmark = pytest.mark.end_to_end
ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "sample_logs"
TRUTHS: dict[str, Any] = json.loads((SAMPLE / "truths.json").read_text("utf-8"))
SOURCES = {
    "web": ["web/access.log", "web/access.log.1.gz"],
    "analytics": ["analytics.csv"],
    "chats": ["chats.csv"],
    "calls": [f"calls_2026-{month:02d}.csv" for month in range(1, 6)],
    "mail": ["servicebox.mbox"],
    "nps": ["surveys.csv"],
    "csat": ["surveys_csat.csv"],
}
FILES = [file for files in SOURCES.values() for file in files]


@pytest.fixture(scope="module")
def log() -> EventLog:
    return cjmine.load(SAMPLE)


@pytest.fixture(scope="module")
def events(log: EventLog) -> pd.DataFrame:
    """The events with their Amsterdam day, and whether the customer table knows the customer."""
    frame = log.to_pandas()
    frame["day"] = frame["time:timestamp"].dt.tz_convert("Europe/Amsterdam").dt.date
    frame["known"] = frame["customer"].str.startswith("customer_")
    return frame.rename(columns={"concept:name": "activity"})


@pytest.fixture(scope="module")
def moving(log: EventLog) -> Found:
    """The journeys from the moving page on, every group shown."""
    return cjmine.discover(
        log, entry="Moving page", goal="Final bill mail", min_group=1, deadline="14d"
    )


@pytest.fixture(scope="module")
def accounts(log: EventLog) -> dict[str, SourceCount]:
    return {
        Path(one.path).resolve().relative_to(SAMPLE).as_posix(): one for one in log.about.sources
    }


def truth(key: str) -> Any:
    return TRUTHS[key]


def truth_or_0(key: str) -> int:
    return int(TRUTHS.get(key, 0))


def between(events: pd.DataFrame, start: tuple[int, int], end: tuple[int, int]) -> pd.Series:
    """Which events lie on these days of 2026, both included."""
    return (events["day"] >= date(2026, *start)) & (events["day"] <= date(2026, *end))


# The set itself


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run an example far from home: another hash seed, time zone and locale."""
    elsewhere = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONUTF8": "0"}
    return subprocess.run(
        [sys.executable, str(ROOT / "examples" / script), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **elsewhere},
    )


def test_every_figure_can_be_recomputed_from_the_files() -> None:
    done = run("verify_sample_logs.py")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    assert f"{len(TRUTHS)} figures, 0 wrong" in done.stdout


def test_the_verification_can_fail(tmp_path: Path) -> None:
    """One call less, and it says so."""
    for file in SAMPLE.rglob("*"):
        if file.is_file():
            copy = tmp_path / file.relative_to(SAMPLE)
            copy.parent.mkdir(exist_ok=True)
            copy.write_bytes(file.read_bytes())
    calls = tmp_path / "calls_2026-05.csv"
    lines = calls.read_bytes().split(b"\r\n")
    calls.write_bytes(b"\r\n".join([*lines[:-2], b""]))
    done = run("verify_sample_logs.py", str(tmp_path))
    assert done.returncode == 1
    assert "WRONG" in done.stdout


def test_the_generator_writes_the_same_bytes_again(tmp_path: Path) -> None:
    assert run("make_sample_logs.py", str(tmp_path)).returncode == 0

    def contents(folder: Path) -> dict[str, bytes]:
        return {
            file.relative_to(folder).as_posix(): gzip.decompress(file.read_bytes())
            if file.suffix == ".gz"
            else file.read_bytes()
            for file in sorted(folder.rglob("*"))
            if file.is_file()
        }

    assert contents(tmp_path) == contents(SAMPLE)


# What loading makes of it


def test_every_file_is_loaded_and_no_other(accounts: dict[str, SourceCount]) -> None:
    assert list(accounts) == FILES


@pytest.mark.parametrize("file", FILES)
def test_every_record_of_a_file_is_accounted_for(
    accounts: dict[str, SourceCount], file: str
) -> None:
    """What the truths call loaded has an identifier or not; without one it is filtered."""
    account = accounts[file]
    nobody = truth(f"files.{file}.loaded") - account.loaded
    left_out = sum(truth_or_0(f"files.{file}.{why}") for why in ("bot", "asset", "ignored"))
    assert account.read == truth(f"files.{file}.read")
    assert account.rejected == account.duplicate == 0
    assert nobody >= 0
    assert account.filtered == left_out + nobody


@pytest.mark.parametrize("source", SOURCES)
def test_unlinked_events_are_counted_by_source(
    accounts: dict[str, SourceCount], source: str
) -> None:
    parts = [accounts[file] for file in SOURCES[source]]
    nobody = sum(truth(f"files.{one}.loaded") for one in SOURCES[source]) - sum(
        one.loaded for one in parts
    )
    assert nobody == truth(f"unlinked.{source}.events_without_identifier")
    unlinked = sum(one.unlinked or 0 for one in parts)
    assert unlinked == truth(f"unlinked.{source}.events_of_unknown_identifiers")


def test_notes_tell_what_was_left_out(log: EventLog) -> None:
    texts = [f"{note.code}: {note.text}" for note in log.about.notes]
    bots = truth("files.web/access.log.bot") + truth("files.web/access.log.1.gz.bot")
    assert f"N213: records left out: bots and health checks: {bots} (web {bots})" in texts
    nobody = truth("unlinked.web.events_without_identifier")
    assert any(f"{nobody}" in text and "no usable customer" in text for text in texts)


def test_customers_are_those_of_the_table_and_the_unknown(events: pd.DataFrame) -> None:
    known = events.loc[events["known"], "customer"].nunique()
    assert known == truth("journeys.customers_with_events")
    unknown = events.loc[~events["known"], "customer"].nunique()
    assert unknown == truth("journeys.unknown_identities")
    assert events["customer"].nunique() == truth("journeys.all_identities")


def test_events_and_channels_are_those_with_an_identifier(events: pd.DataFrame) -> None:
    """No label is invented, and what is missing is exactly what nobody did."""
    nobody = sum(truth(f"unlinked.{source}.events_without_identifier") for source in SOURCES)
    for prefix, column in (("events.", "activity"), ("channel.", "channel")):
        expected = Counter({
            key.removeprefix(prefix): count
            for key, count in TRUTHS.items()
            if key.startswith(prefix) and key != "events.total"
        })  # fmt: skip
        found = Counter(events[column].value_counts().to_dict())
        assert found <= expected
        assert expected.total() - found.total() == nobody
    assert len(events) == truth("events.total") - nobody


def test_no_raw_identifier_is_left_in_the_log(events: pd.DataFrame) -> None:
    tokens = events["customer"].unique()
    kinds = Counter(token.partition("_")[0] for token in tokens)
    assert set(kinds) == {"customer", "cookie", "phone", "email"}
    assert not any(sign.isdigit() or sign == "@" for token in tokens for sign in token)


def test_local_times_are_read_with_their_clock_change(events: pd.DataFrame) -> None:
    """Lines open at 8: in UTC an hour earlier once the clock went forward."""
    calls = events[events["channel"] == "call"]
    at_six = calls[calls["time:timestamp"].dt.hour == 6]
    assert len(at_six) > 0
    assert (at_six["day"] >= date(2026, 3, 29)).all()
    assert calls["time:timestamp"].dt.tz_convert("Europe/Amsterdam").dt.hour.min() == 8


def test_the_log_observes_from_the_first_to_the_last_event(log: EventLog) -> None:
    expected = [datetime.fromisoformat(truth(f"observed.{end}")) for end in ("from", "until")]
    assert [moment.timestamp() * 1e6 for moment in expected] == list(log.period)


# What the journeys show


def test_movers_reach_each_step_as_planted(moving: Found) -> None:
    reached = dict(zip(moving.activities["activity"], moving.activities["journeys"], strict=True))
    prefix = "reached.movers_all_identities."
    for key in TRUTHS:
        if key.startswith(prefix) and key != f"{prefix}Contract choice":
            assert reached[key.removeprefix(prefix)] == truth(key), key
    assert moving.size.journeys == truth("journeys.movers_all_identities")
    assert moving.size.without_entry == truth("journeys.all_identities") - moving.size.journeys
    assert moving.size.tied_journeys == truth("journeys.with_two_events_in_one_second")


def test_a_choice_of_two_activities_is_one_goal(log: EventLog) -> None:
    found = cjmine.discover(
        log, entry="Moving page", goal=["Keep contract", "New contract"], deadline="14d"
    )
    assert found.goal_rate is not None
    assert found.goal_rate.n == truth("goal.movers_all_identities.with_contract_choice")


def test_the_goal_rate_is_as_planted(moving: Found) -> None:
    completed = truth("states.movers_all_identities.completed")
    of = truth("goal.movers_all_identities.counted")
    assert (moving.goal_rate.n, moving.goal_rate.of) == (completed, of)
    assert moving.goal_rate.low < share(completed, of).low  # customers have several journeys
    assert round(moving.goal_rate.value, 4) == truth("goal.movers_all_identities.share")


def test_the_table_alone_gives_the_figures_of_its_customers(events: pd.DataFrame) -> None:
    known = events[events["known"]]
    movers = known.loc[known["activity"] == "Moving page", "customer"].unique()
    assert len(movers) == truth("journeys.movers")
    steps = known[known["customer"].isin(movers)].groupby("activity")["customer"].nunique()
    for step in ("Log in", "Meter readings", "Submit move", "Final bill mail"):
        assert steps[step] == truth(f"reached.movers.{step}")


def test_customers_come_back_to_the_meter_readings(events: pd.DataFrame, moving: Found) -> None:
    known = events[events["known"]]
    movers = known.loc[known["activity"] == "Moving page", "customer"].unique()
    readings = known[(known["activity"] == "Meter readings") & known["customer"].isin(movers)]
    visits = readings.groupby("customer").size()
    assert (visits >= 2).sum() == truth("rework.Meter readings.customers")
    assert (visits - 1).sum() == truth("rework.Meter readings.extra_events")
    by_call = readings[readings["channel"] == "call"]["customer"].nunique()
    assert by_call == truth("channel_choice.Meter readings.by_call")
    loop = moving.loops.iloc[0]
    assert loop["activity"] == "Meter readings"
    assert loop["journeys"] >= (visits >= 2).sum()
    assert loop["of"] == truth("reached.movers_all_identities.Meter readings")


def test_the_confirm_button_broke_for_a_week(events: pd.DataFrame) -> None:
    few = range(5)  # requests without a cookie: no event, but a request
    week = between(events, (4, 13), (4, 19))
    failed, done = (events["activity"] == f"Submit move{suffix}" for suffix in (" (error)", ""))
    assert truth("broken_page.week.errors") - (failed & week).sum() in few
    assert truth("broken_page.other.errors") - (failed & ~week).sum() in few
    assert truth("broken_page.week.posts") - ((failed | done) & week).sum() in few
    hit = set(events.loc[failed & week & events["known"], "customer"])
    assert len(hit) == truth("broken_page.customers_hit")
    never = hit - set(events.loc[done, "customer"])
    assert len(never) == truth("broken_page.customers_hit_who_never_submitted")
    calls = events["activity"] == "Call: website does not work"
    soon = between(events, (4, 13), (4, 22))
    assert (calls & soon).sum() == truth("broken_page.calls_13_to_22_april")
    assert (calls & ~soon).sum() == truth("broken_page.calls_other_days")


def calls_of_nobody(days: set[str]) -> int:
    """Calls with a hidden number on these days (dd-mm-yyyy): no event, but a call."""
    with (SAMPLE / "calls_2026-03.csv").open(encoding="utf-8-sig", newline="") as stream:
        return sum(
            row["Datum"] in days
            and not any(sign.isdigit() for sign in row["Telefoonnummer"])
            and row["Gespreksreden"] != "Verkeerd verbonden"
            for row in csv.DictReader(stream, delimiter=";")
        )


@pytest.mark.parametrize("first", [18, 25])
def test_the_newsletter_made_people_call(events: pd.DataFrame, first: int) -> None:
    calls = (events["channel"] == "call") & between(events, (3, first), (3, first + 2))
    nobody = calls_of_nobody({f"{first + day}-03-2026" for day in range(3)})
    assert calls.sum() + nobody == truth(f"mailing.calls_{first}_to_{first + 2}_march")


def test_some_calls_have_a_hidden_number() -> None:
    assert calls_of_nobody({f"{day:02d}-03-2026" for day in range(1, 32)}) > 0


def test_recipients_of_the_newsletter_are_among_the_callers(events: pd.DataFrame) -> None:
    wave = (events["channel"] == "call") & between(events, (3, 25), (3, 27)) & events["known"]
    letters = events[(events["activity"] == "Newsletter")]
    assert len(letters) == truth("mailing.sent")
    both = set(events.loc[wave, "customer"]) & set(letters.loc[letters["known"], "customer"])
    assert len(both) == truth("mailing.recipients_who_called_25_to_27_march")


def test_confirmations_came_late_in_one_week(events: pd.DataFrame) -> None:
    """From the last Submit move before the first Confirmation mail, by day of the move."""
    late: Counter[str] = Counter()
    for _, journey in events[events["known"]].groupby("customer"):
        mails = journey[journey["activity"] == "Confirmation mail"]["time:timestamp"]
        moves = journey[journey["activity"] == "Submit move"]
        if len(mails):
            moves = moves[moves["time:timestamp"] < mails.iloc[0]]
        if len(mails) and len(moves):
            inside = date(2026, 5, 4) <= moves["day"].iloc[-1] <= date(2026, 5, 10)
            name = "period" if inside else "other"
            wait = mails.iloc[0] - moves["time:timestamp"].iloc[-1]
            late[f"{name}.confirmations"] += 1
            late[f"{name}.late"] += wait > pd.Timedelta(hours=24)
    for name, count in late.items():
        assert count == truth(f"late_mails.{name}"), name


def test_the_command_tells_the_same(moving: Found) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cjmine", "discover", "sample_logs", "--entry", "Moving page",
         "--goal", "Final bill mail", "--deadline", "14d", "--min-group", "1", "-f", "json", "--top", "all"],
        capture_output=True, check=True, cwd=ROOT,
    )  # fmt: skip
    printed = json.loads(done.stdout)
    assert printed["goal"]["n"] == moving.goal_rate.n
    assert printed["log"]["variants"] == len(printed["variants"]) == moving.size.variants
    assert [row["count"] for row in printed["switches"]] == moving.switches["count"].tolist()
    assert [row["loaded"] for row in printed["sources"]] == [
        one.loaded for one in moving.result.sources
    ]


# What groups of journeys make of it


@pytest.mark.parametrize("column", ["device", "login", "banner", "customer_type"])
def test_journeys_by_device_and_arm_are_the_planted_ones(column: str) -> None:
    kept = cjmine.load(SAMPLE, keep=[column])
    found = cjmine.check(kept, SAMPLE / "journey.yaml", min_group=1, by=column)
    assert found.result.segments is not None
    rows = {row.value: row.goal for row in found.result.segments.values}
    planted = {key.split(".")[1] for key in TRUTHS if key.startswith(f"{column}.")}
    assert len(planted) == 2
    for value in planted:
        assert rows[value].n == truth(f"{column}.{value}.completed")
        assert rows[value].of == truth(f"{column}.{value}.counted")


def test_one_fund_of_the_portfolio_differs_and_two_do_not() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cjmine", "portfolio", "sample_logs", "-f", "json"],
        capture_output=True, check=True, cwd=ROOT,
    )  # fmt: skip
    found = json.loads(done.stdout)
    goals = {one["journey"]: one["goal"] for one in found["journeys"]}
    goals["tell-us-online"] = found["templates"][0]["pooled"]["goal"]
    for name in ("find-the-way", "contract", "final-bill", "tell-us-online"):
        assert goals[name]["n"] == truth(f"portfolio.{name}.completed")
        assert goals[name]["of"] == truth(f"portfolio.{name}.counted")
    assert goals["moving-house"]["n"] == truth("states.movers_all_identities.completed")
    (template,) = found["templates"]
    values = {one["value"]: one for one in template["values"]}
    assert {value: one["verdict"] for value, one in values.items()} == {
        "A": "within", "B": "within", "C": "differs",
    }  # fmt: skip
    for value, one in values.items():
        assert one["n"] == truth(f"portfolio.tell-us-online.fund.{value}.completed")
        assert one["of"] == truth(f"portfolio.tell-us-online.fund.{value}.counted")
    assert len({one["owner"] for one in found["journeys"]}) == 3
    coverage = found["coverage"]
    assert coverage["contacts"] == truth("portfolio.contacts")
    assert coverage["covered"] == truth("portfolio.contacts.covered")


def test_of_three_ideas_one_kept_its_promise_and_one_was_born_in_a_bad_week() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cjmine", "ideas", "measure", "sample_logs", "-f", "json"],
        capture_output=True, check=True, cwd=ROOT,
    )  # fmt: skip
    found = json.loads(done.stdout)
    rows = {one["idea"]["id"]: one["measured"] for one in found["ideas"]}
    assert {name: one["verdict"] for name, one in rows.items()} == {
        "M-1": "kept its promise", "M-2": "not seen", "M-3": "not seen",
    }  # fmt: skip
    for name, one in rows.items():
        for side in ("before", "after"):
            assert one[side]["n"] == truth(f"ideas.{name}.{side}.having")
            assert one[side]["of"] == truth(f"ideas.{name}.{side}.of")
            assert one[f"weeks_{side}"] == truth(f"ideas.{name}.{side}.weeks")
        assert one["shrunken"]["others"] >= 3
        month = truth(f"ideas.{name}.month.having") / truth(f"ideas.{name}.month.of")
        naive = one["after"]["value"] - month
        if one["unit"] == "journeys":
            naive *= one["after"]["of"] / one["weeks_after"]
        assert one["naive"] == pytest.approx(naive)
    born = rows["M-3"]
    assert born["is_unusual"] and born["naive"] < 2 * born["change"]["value"] < 0
    assert born["change"]["low"] < 0 < born["change"]["high"]


def test_each_journey_of_the_portfolio_has_a_report_to_click_through_to(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "cjmine", "report", "sample_logs/portfolio.yaml", "sample_logs",
         "-q", "-o", str(tmp_path / "folder")],
        check=True, cwd=ROOT,
    )  # fmt: skip
    assert {file.name for file in (tmp_path / "folder").iterdir()} == {
        "index.html", "moving-house.html", "find-the-way.html", "contract.html", "final-bill.html",
        "tell-us-online.html",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("side", "since", "until"),
    [("before", None, "2026-03-01"), ("after", "2026-03-16", None)],
)
def test_the_new_meter_form_helped(
    log: EventLog, side: str, since: str | None, until: str | None
) -> None:
    chosen = log.filter(since=since, until=until)
    found = cjmine.check(chosen, SAMPLE / "journey.yaml", min_group=1)
    step = found.steps.set_index("step").loc["Meter readings"]
    assert found.goal_rate.of == truth(f"form_change.{side}.counted")
    assert found.goal_rate.n == truth(f"form_change.{side}.completed")
    assert step["abandoned"] == truth(f"form_change.{side}.Meter readings.abandoned")
    assert step["reached"] == truth(f"form_change.{side}.Meter readings.reached")


def compared(*arguments: str) -> dict[str, Any]:
    """What the command line says of two sides of the sample logs, by measure and step."""
    done = subprocess.run(
        [sys.executable, "-m", "cjmine", "compare", "sample_logs", *arguments, "-f", "json"],
        capture_output=True, check=True, cwd=ROOT,
    )  # fmt: skip
    found = json.loads(done.stdout)
    return {f"{row['measure']} {row['step'] or ''}".strip(): row for row in found["rows"]}


def test_the_experiment_that_helped_is_a_gain_and_the_other_is_none() -> None:
    helped, nothing = compared("--experiment", "log-in"), compared("--experiment", "banner")
    assert helped["goal-rate"]["verdict"] == helped["drop-off Log in"]["verdict"] == "gain"
    assert helped["goal-rate"]["a"]["n"] == truth("login.password.completed")
    assert helped["goal-rate"]["b"]["n"] == truth("login.code.completed")
    assert helped["drop-off Log in"]["b"]["n"] == truth("login.code.Log in.abandoned")
    assert not [row for row in nothing.values() if row["verdict"] in ("gain", "loss")]


def test_the_new_meter_form_is_a_gain_on_its_day() -> None:
    found = compared("--change", "2026-03-16")
    assert found["goal-rate"]["verdict"] == found["drop-off Meter readings"]["verdict"] == "gain"
    done = subprocess.run(
        [sys.executable, "-m", "cjmine", "trend", "sample_logs", "-f", "json"],
        capture_output=True, check=True, cwd=ROOT,
    )  # fmt: skip
    (change,) = json.loads(done.stdout)["changes"]
    assert (change["measure"], change["near"]["what"]) == ("goal-rate", "New meter form")
    assert change["difference"]["low"] > 0


def test_the_chats_begin_late(events: pd.DataFrame) -> None:
    chats = events[events["activity"] == "Chat opened"]
    nobody = truth("unlinked.chats.events_without_identifier")
    assert len(chats) + nobody == truth("late_source.chats")
    assert chats["day"].min() >= date.fromisoformat(truth("late_source.first_day"))


def test_surveys_hold_who_was_asked_and_what_they_answered(events: pd.DataFrame) -> None:
    count = Counter(events["activity"])
    for name, metric in (("surveys.csv", "NPS"), ("surveys_csat.csv", "CSAT")):
        answers = events["activity"].str.startswith(metric) & events["score"].notna()
        assert count[f"{metric} asked"] == truth(f"files.{name}.read")
        assert answers.sum() == truth(f"files.{name}.answered")
    assert count["NPS promoter"] == truth("survey.nps.promoters")
    assert count["CSAT satisfied"] == truth("survey.csat.satisfied")


def test_the_answers_are_too_happy_and_weighting_repairs_it() -> None:
    """Each kind of customer by how many were asked: heavy users answer more often."""
    heavy, light = (truth(f"survey.nps.{kind}.points") for kind in ("heavy", "light"))
    asked = [truth(f"survey.nps.{kind}.asked") for kind in ("heavy", "light")]
    weighted = (heavy * asked[0] + light * asked[1]) / sum(asked)
    assert weighted == pytest.approx(truth("survey.nps.weighted_by_customer_type"), abs=0.1)
    assert truth("survey.nps.points") - weighted > 5


def test_a_late_confirmation_alone_costs_points() -> None:
    late, again = "survey.nps.Confirmation mail late", "survey.nps.Meter readings repeated"
    assert truth(f"{late}.bad.answered") >= 30
    assert truth(f"{late}.good.points") - truth(f"{late}.bad.points") > 50
    assert abs(truth(f"{again}.good.mean") - truth(f"{again}.bad.mean")) < 0.2


def test_silent_customers_are_in_the_table_only(events: pd.DataFrame) -> None:
    known = events.loc[events["known"], "customer"].nunique()
    assert truth("files.customers.csv.read") - known == truth("silent.customers")


# What a check against the shipped ideal makes of it


@pytest.fixture(scope="module")
def checked(log: EventLog) -> cjmine.CheckedJourney:
    return cjmine.check(log, SAMPLE / "journey.yaml", min_group=1)


def test_states_are_the_planted_ones(checked: cjmine.CheckedJourney) -> None:
    for state in ("completed", "exited", "abandoned", "open"):
        planted = TRUTHS[f"states.movers_all_identities.{state}"]
        assert getattr(checked.result.states, state) == planted


def test_the_worst_drop_off_is_the_planted_one(checked: cjmine.CheckedJourney) -> None:
    steps = checked.steps.set_index("step")
    worst = TRUTHS["drop_off.movers_all_identities.worst_step"]
    assert steps["drop_off"].idxmax() == worst
    for step in ("Moving page", worst, "Confirmation mail"):
        planted = TRUTHS[f"drop_off.movers_all_identities.{step}.abandoned"]
        assert steps.loc[step, "abandoned"] == planted
    for step in ("Moving page", "Log in", worst, "Confirmation mail"):
        assert (
            steps.loc[step, "reached"] == TRUTHS[f"drop_off.movers_all_identities.{step}.reached"]
        )


def test_planted_deviations_have_their_names(log: EventLog) -> None:
    """Planted in all journeys: so each is given its full time, longer than the log."""
    checked = cjmine.check(
        log, SAMPLE / "journey.yaml", min_group=1, deadline="150d", observed_until="2026-12-31"
    )
    found = checked.deviations.set_index(["class", "activity"])["journeys"]
    known = TRUTHS["out_of_order.Meter readings before Moving date"]
    assert found["swapped", "Meter readings"] - known in range(5)  # unknown visitors too
    late = TRUTHS["late_mails.period.late"] + TRUTHS["late_mails.other.late"]
    assert found["late", "Confirmation mail"] == late
    assert (
        found["wrong-channel", "Meter readings"]
        == TRUTHS["channel_choice.Meter readings.by_call_only"]
    )
    again = found["repeated", "Meter readings"]
    assert again - TRUTHS["rework.Meter readings.customers"] in range(5)  # unknown callers too


def test_the_page_of_heavy_users_is_a_deviation(checked: cjmine.CheckedJourney) -> None:
    """Beside all others it goes with the goal, beside others of the kind it does not."""
    found = checked.deviations.set_index(["class", "activity"])["journeys"]
    assert found["unexpected", "Usage page"] == truth("usage_page.with.counted")
    assert truth("usage_page.with.share") - truth("usage_page.without.share") > 0.25
    heavy = "usage_page.new_address.heavy"
    assert abs(truth(f"{heavy}.with.share") - truth(f"{heavy}.without.share")) < 0.02


def test_one_optional_step_is_needed_and_two_are_not() -> None:
    gain = {
        step: truth(f"optional.{step}.with.share") - truth(f"optional.{step}.without.share")
        for step in ("Moving checklist", "Move summary", "Contract offer")
    }
    assert gain["Move summary"] > 0.1
    assert abs(gain["Moving checklist"]) < 0.03
    assert abs(gain["Contract offer"]) < 0.02


def test_what_was_planted_breaks_what_the_owner_expects(log: EventLog) -> None:
    found = cjmine.check(log, SAMPLE / "journey.yaml")
    verdicts = {row.what: row.verdict.value for row in found.result.expectations}
    assert verdicts == {
        "drop-off at Meter readings": "broken",
        "Meter readings repeated": "warned",
        "Meter readings wrong channel": "accepted",
        "drop-off at Confirmation mail": "kept",
        "Confirmation mail late": "broken",
        "goal rate": "kept",
        "fitness": "kept",
        "unexpected Submit move (error)": "broken",
        "unexpected Call: where is my confirmation between Submit move and Final bill mail": (
            "warned"
        ),
    }
    assert found.verdict.value == "broken"
