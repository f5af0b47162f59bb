"""`cjmine portfolio` on the command line: one file for all journeys, in any format."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from itertools import permutations
from pathlib import Path

import pytest
from portfolio.folders import CLAIM, ORDER

from cli.running import run

PORTFOLIO = """\
lifecycle: [Buy, Use, Leave]
journeys:
  - {journey: order.yaml, phase: Buy, owner: shop, review-by: 2026-03-10}
  - {journey: claim.yaml, phase: Use}
  - {journey: bill question, phase: Use}
  - {template: order.yaml, name: orders, phase: Buy, for: {fund: [A, B, C]}}
reasons: {Call claim: claim, Call bill: none yet}
"""
EXPECTED = 'expect: {goal-rate: {is: ">= 90%", min-customers: 50}}\n'
HEAD = "customer,activity,time,channel,fund"
ASKED = ["-q", "--tz", "UTC"]


def rows(first: int, last: int) -> list[str]:
    """Customers of three funds: C reaches the goal less often; a third have a claim too."""
    draw = random.Random(7)
    found = []
    for n in range(last):
        who, day, fund = f"c{n:04}", 1 + n % 20, "ABC"[n % 3]
        stuck = n % 5 == 2
        pays = draw.random() < (0.1 if stuck else 0.8 if fund != "C" else 0.4)
        mine = [f"{who},Search,2026-03-{day:02}T09:{n % 60:02}:00Z,web,{fund}"]
        if stuck:
            mine.append(f"{who},Error,2026-03-{day:02}T09:{n % 60:02}:30Z,web,{fund}")
        if pays:
            mine.append(f"{who},Pay,2026-03-{day:02}T10:{n % 60:02}:00Z,web,{fund}")
        if n % 3 == 1:
            mine.append(f"{who},Claim,2026-03-{day:02}T12:00:00Z,web,{fund}")
            mine.append(f"{who},Call claim,2026-03-{day:02}T13:00:00Z,call,{fund}")
        elif n % 4 == 0:
            mine.append(f"{who},Call bill,2026-03-{day:02}T14:00:00Z,call,{fund}")
        found += mine if n >= first else []
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for part, (first, last) in enumerate([(0, 300), (300, 500), (500, 900)]):
        ordered = sorted(rows(first, last), key=lambda row: row.split(",")[2])
        text = "\n".join([HEAD, *ordered]) + "\n"
        (tmp_path / f"{'bca'[part]}.csv").write_text(text, "utf-8")
    (tmp_path / "order.yaml").write_text(ORDER + EXPECTED, "utf-8")
    (tmp_path / "claim.yaml").write_text(CLAIM, "utf-8")
    (tmp_path / "portfolio.yaml").write_text(PORTFOLIO, "utf-8")
    return tmp_path


LOGS = ["a.csv", "b.csv", "c.csv"]


def test_the_screen_says_what_needs_attention(folder: Path) -> None:
    done = run(folder, "portfolio", "portfolio.yaml", *LOGS, *ASKED)
    assert done.status == 0, done.err
    assert "3 phases · 4 journeys (3 live, 1 idea) · 2 owners" in done.out
    assert "\nLeave\n  (no journey)\n" in done.out
    assert "✗ 1 broken" in done.out and "! no file" in done.out
    assert "orders × 3" in done.out and "! 2 differ" in done.out
    assert "contacts whose reason has a journey: 300 of 450, 66.7 %" in done.out
    assert "N403  order: its review was due by 2026-03-10" in done.out
    assert all(len(line) <= 80 for line in done.out.splitlines())


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_names_and_owners_are_whole_where_there_is_room(folder: Path, lang: str) -> None:
    """What counts and states leave of 80 columns is for names and owners, names before owners."""
    text = PORTFOLIO.replace("owner: shop", "owner: service-moving").replace(
        "orders,", "tell-us-now,"
    )
    (folder / "portfolio.yaml").write_text(text, "utf-8")
    done = run(folder, "portfolio", *LOGS, *ASKED, "--lang", lang)
    table = done.out.split("\n\n")[1]
    assert "  tell-us-now × 3" in table and " service-moving " in table and "…" not in table
    assert all(len(line) <= 80 for line in done.out.splitlines())


def test_any_order_of_files_gives_the_same_bytes(folder: Path) -> None:
    """Sources are listed as they were named; nothing else depends on their order."""
    found = set()
    for logs in permutations(LOGS):
        done = run(folder, "portfolio", "portfolio.yaml", *logs, *ASKED, "--json")
        written = json.loads(done.out)
        written["sources"] = sorted(written["sources"], key=lambda one: one["path"])
        found.add(json.dumps(written))
    beside = run(folder, "portfolio", *LOGS, *ASKED, "--json")
    assert len(found) == 1 and json.loads(beside.out)["file"] == "portfolio.yaml"


def test_each_journey_is_its_check(folder: Path) -> None:
    found = json.loads(run(folder, "portfolio", *LOGS, *ASKED, "--json").out)
    rows = {(one["journey"], one["value"]): one for one in found["journeys"]}
    for name, value in (("order", None), ("claim", None), ("orders", "B")):
        where = ["--where", f"fund = {value}"] if value else []
        file = "order.yaml" if name == "orders" else f"{name}.yaml"
        done = run(folder, "check", *LOGS, *ASKED, "-i", file, *where, "--json", "--exit-zero")
        check = json.loads(done.out)
        row = rows[name, value]
        assert row["journeys"] == check["counted"]["journeys"]
        assert row["goal"] == {key: check["goal"][key] for key in row["goal"]}
        assert row["verdict"] == check["verdict"]


def test_the_gain_of_a_journey_is_that_of_its_priorities(folder: Path) -> None:
    found = json.loads(run(folder, "portfolio", *LOGS, *ASKED, "--gain", "--json").out)
    done = run(folder, "priorities", *LOGS, *ASKED, "-i", "order.yaml", "--json")
    ranked = json.loads(done.out)
    assert ranked["together"] is None and ranked["items"][0]["verdict"] == "gain"
    row = next(one for one in found["journeys"] if one["journey"] == "order")
    assert row["gain"] == ranked["items"][0]["gain"] and row["gain"]["value"] > 50
    assert next(one for one in found["journeys"] if one["file"] is None)["gain"] is None
    # Order is one journey of its owner; the template over funds counts the same goals again.
    shop, buy = found["owners"][1], found["phases"][0]
    assert shop["name"] == "shop" and shop["gain"] == row["gain"]
    assert buy["gain"] is None and found["levels"][0]["gain"] is None
    assert ("N413", "order") in {(one["code"], one["about"]) for one in found["findings"]}
    values = [one["gain"] for one in found["journeys"] if one["value"] and one["gain"]]
    pooled = found["templates"][0]["pooled"]["gain"]
    assert len(values) > 1 and pooled["value"] == pytest.approx(sum(v["value"] for v in values))
    assert pooled["low"] > sum(one["low"] for one in values)
    shown = run(folder, "portfolio", *LOGS, *ASKED, "--gain")
    assert "first by gain: order" in shown.out and "by owner: shop" in shown.out
    assert "by phase" not in shown.out and all(len(one) <= 80 for one in shown.out.splitlines())


def test_gains_keep_the_columns_that_are_held_equal(folder: Path) -> None:
    (folder / "cjmine.toml").write_text('[compare-like]\ncolumns = ["kind"]\n', "utf-8")
    for name in LOGS:
        head, *lines = (folder / name).read_text("utf-8").splitlines()
        kinds = [f"{line},{int(line[3]) % 2}" for line in lines]
        (folder / name).write_text("\n".join([f"{head},kind", *kinds]) + "\n", "utf-8")
    done = run(folder, "portfolio", *LOGS, *ASKED, "--gain", "--config", "cjmine.toml")
    assert done.status == 0, done.err
    assert "first by gain: order" in done.out


def test_every_format_has_the_same_journeys(folder: Path) -> None:
    names = ["p.json", "p.md", "p.html", "p.txt"]
    outputs = [word for name in names for word in ("-o", name)]
    done = run(folder, "portfolio", *LOGS, *ASKED, *outputs, "-f", "csv", "--table", "values")
    assert done.status == 0, done.err
    values = list(csv.DictReader(io.StringIO(done.out)))
    assert [one["verdict"] for one in values][-1] == "differs"
    found = json.loads((folder / "p.json").read_text("utf-8"))
    for name in names[1:]:
        text = (folder / name).read_text("utf-8")
        assert all(one["journey"] in text for one in found["journeys"]), name
    for table in ("journeys", "phases", "owners", "levels", "reasons", "courses", "findings"):
        done = run(folder, "portfolio", *LOGS, *ASKED, "-f", "csv", "--table", table)
        assert len(done.out.splitlines()) > 1, table


def test_the_screen_is_in_dutch(folder: Path) -> None:
    done = run(folder, "portfolio", *LOGS, *ASKED, "--lang", "nl")
    assert "3 fasen · 4 klantreizen" in done.out and "wijkt af" in done.out
    assert "had voor 2026-03-10 herzien moeten zijn" in done.out


def test_what_is_missing_is_said(folder: Path) -> None:
    (folder / "portfolio.yaml").rename(folder / "other.yaml")
    none = run(folder, "portfolio", *LOGS, *ASKED)
    assert none.status == 2 and "error[J104]" in none.err
    (folder / "claim.yaml").unlink()
    (folder / "order.yaml").write_text(ORDER.replace("goal: Pay\n", ""), "utf-8")
    both = run(folder, "portfolio", "other.yaml", *LOGS, *ASKED)
    assert both.status == 2 and "J104" in both.err and "J107" in both.err
    two = run(folder, "portfolio", "other.yaml", "portfolio.yaml", *LOGS)
    assert two.status == 2 and "two portfolios are named" in two.err


def test_the_schema_of_the_file_and_of_the_result(folder: Path) -> None:
    file = json.loads(run(folder, "schema", "portfolio-file").out)
    assert file["required"] == ["lifecycle", "journeys"]
    result = json.loads(run(folder, "schema", "portfolio").out)
    assert "journeys" in result["properties"]


# All journeys as one gate, and as one folder.


def test_a_check_of_a_portfolio_is_its_worst_journey(folder: Path) -> None:
    shown = run(folder, "portfolio", *LOGS, *ASKED)
    broken = run(folder, "check", *LOGS, *ASKED, "-i", "portfolio.yaml", "-o", "all.json")
    assert (broken.status, broken.out) == (1, shown.out)
    assert json.loads((folder / "all.json").read_text("utf-8"))["verdict"] == "broken"
    lax = run(folder, "check", *LOGS, *ASKED, "-i", "portfolio.yaml", "--exit-zero")
    assert lax.status == 0
    (folder / "order.yaml").write_text(ORDER + EXPECTED.replace("90%", "10%"), "utf-8")
    assert run(folder, "check", *LOGS, *ASKED, "-i", "portfolio.yaml").status == 0
    (folder / "order.yaml").write_text(ORDER + EXPECTED.replace("50}", "5000}"), "utf-8")
    few = [*LOGS, *ASKED, "-i", "portfolio.yaml"]
    assert run(folder, "check", *few).status == 0
    assert run(folder, "check", *few, "--fail-on-inconclusive").status == 1


@pytest.mark.parametrize(
    "more",
    [
        ["--by", "fund"],
        ["--deadline", "2d"],
        ["--where", "fund = A"],
        ["-f", "github"],
        ["--ranges"],
    ],
)
def test_what_is_for_one_journey_is_refused(folder: Path, more: list[str]) -> None:
    done = run(folder, "check", *LOGS, *ASKED, "-i", "portfolio.yaml", *more)
    assert done.status == 2 and "U101" in done.err


def test_a_card_says_what_is_broken_and_what_differs(folder: Path) -> None:
    """A template whose value differs may break an expectation too: neither hides the other."""
    assert run(folder, "portfolio", *LOGS, *ASKED, "-o", "all.html").status == 0
    states = re.findall(
        r'class="state">([^<]*)<', (folder / "all.html").read_text("utf-8").split("orders × 3")[-1]
    )
    assert states[0].endswith("broken") and states[1].endswith(("differs", "differ"))


def test_a_list_says_what_is_broken_and_what_differs(folder: Path) -> None:
    """A build fails by what is broken: that values differ does not hide it."""
    rows = listed(folder)
    at = next(number for number, one in enumerate(rows) if one.startswith("  orders × 3"))
    assert rows[at].endswith("broken") and rows[at + 1].strip() == "! 2 differ"
    assert rows[at].index("✗") == rows[at + 1].index("!")


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_a_folder_holds_the_page_and_each_journey(folder: Path, lang: str) -> None:
    done = run(folder, "report", "portfolio.yaml", *LOGS, *ASKED, "-o", "out/all", "--lang", lang)
    assert done.status == 0, done.err
    pages = {file.name: file.read_text("utf-8") for file in (folder / "out" / "all").iterdir()}
    assert set(pages) == {"index.html", "order.html", "claim.html", "orders.html"}
    for name in set(pages) - {"index.html"}:
        assert f'href="{name}"' in pages["index.html"]
        assert 'href="index.html"' in pages[name]
    for shown in ["(no journey)", "none yet"] if lang == "en" else ["(geen klantreis)", "nog geen"]:
        assert shown in pages["index.html"]
    assert all(f">{fund}</text>" in pages["index.html"] for fund in "ABC")
    assert all(
        "https://" not in text and "http://" not in text.replace("http://www.w3.org", "")
        for text in pages.values()
    )


def test_pages_of_an_earlier_run_are_named_and_left(folder: Path) -> None:
    """A folder is handed on as a whole: what this run did not write would go with it."""
    asked = ["report", "portfolio.yaml", *LOGS, "--tz", "UTC", "-o", "all"]
    assert "N414" not in run(folder, *asked).err
    text = "lifecycle: [Buy]\njourneys: [{journey: order.yaml, phase: Buy}]\n"
    (folder / "portfolio.yaml").write_text(text, "utf-8")
    done = run(folder, *asked)
    assert done.status == 0 and "N414" in done.err and "claim.html, orders.html;" in done.err
    assert (folder / "all" / "claim.html").exists()


def test_a_folder_says_what_fixing_would_gain_where_it_is_asked(folder: Path) -> None:
    """The same words as on the screen, and none without the option; one journey has priorities."""
    asked = ["portfolio.yaml", *LOGS, *ASKED]
    for more in ([], ["--gain"]):
        assert run(folder, "report", *asked, *more, "-o", "all", "--min-group", "10").status == 0
        page = (folder / "all" / "index.html").read_text("utf-8")
        assert ("First by gain" in page) == bool(more)
    refused = run(folder, "report", *LOGS, *ASKED, "-i", "order.yaml", "--gain")
    assert (refused.status, refused.codes) == (2, ["U101"]) and "--gain" in refused.err


def test_a_folder_is_no_file_and_one_journey_no_portfolio(folder: Path) -> None:
    asked = ["report", "portfolio.yaml", *LOGS, *ASKED]
    assert run(folder, *asked, "-o", "all.html").status == 2
    assert run(folder, *asked, "--goal", "Pay").status == 2
    assert run(folder, *asked, "-i", "order.yaml").status == 2
    assert not (folder / "report").exists()


# How the text lists journeys.

LEVELS = """\
lifecycle: [Buy, Use]
journeys:
  - {journey: order.yaml, phase: Buy, owner: shop}
  - {journey: claim.yaml, phase: Use, level: sub-journey, parent: order}
  - {template: order.yaml, name: orders, phase: Buy, level: moment, parent: claim, for: {fund: [A, B, C]}}
  - {journey: letters, level: life-cycle}
"""


def listed(folder: Path, *more: str) -> list[str]:
    """The lines of the first table."""
    done = run(folder, "portfolio", *LOGS, *ASKED, *more)
    assert done.status == 0, done.err
    assert all(len(line) <= 80 for line in done.out.splitlines())
    return done.out.split("\n\n")[1].splitlines()


def test_journeys_are_listed_by_owner_or_phase_with_their_figures(folder: Path) -> None:
    found = json.loads(run(folder, "portfolio", *LOGS, *ASKED, "--json").out)
    for by, rows in (("owner", found["owners"]), ("phase", found["phases"])):
        lines = listed(folder, "--by", by)
        for row in [one for one in rows if one["journeys"]]:
            (head,) = [line for line in lines if line.startswith(f"{row['name']} ")]
            assert (
                f" {row['journeys']:,} " in head and f"{100 * row['goal']['value']:.1f} %" in head
            )
    by_owner = listed(folder, "--by", "owner")
    nobody = by_owner.index("(no owner)")
    assert by_owner[nobody + 1].split()[:3] == ["bill", "question", "Use"]
    assert [one[:2] for one in by_owner[nobody + 2 :]] == ["  ", "  "]  # orders, and that 2 differ
    whole = run(folder, "portfolio", *LOGS, *ASKED, "--by", "owner").out
    assert "By owner" not in whole and "By owner" in run(folder, "portfolio", *LOGS, *ASKED).out


def test_a_level_has_its_journeys_with_all_below_them(folder: Path) -> None:
    (folder / "portfolio.yaml").write_text(LEVELS, "utf-8")
    found = json.loads(run(folder, "portfolio", *LOGS, *ASKED, "--json").out)
    order, claim = found["parents"]
    assert (order["name"], order["declared"], claim["name"], claim["declared"]) == (
        *("order", 3),
        *("claim", 2),
    )
    rows = {one["name"]: one for one in [*found["levels"]]}
    assert order["journeys"] == sum(rows[one]["journeys"] for one in rows if rows[one]["journeys"])
    assert claim["customers"] is not None and claim["goal"]["of"] < order["goal"]["of"]
    for level in ("2", "journey"):
        lines = listed(folder, "--level", level)
        assert lines[2].startswith("  order (3)") and f" {order['journeys']:,} " in lines[2]
        assert lines[3:] == ["  1 more of other levels, below none of this one"]
    assert "claim (2)" in "\n".join(listed(folder, "--level", "3"))
    assert "letters" in "\n".join(listed(folder, "--level", "life-cycle"))
    table = run(folder, "portfolio", *LOGS, *ASKED, "-f", "csv", "--table", "parents")
    assert [one["name"] for one in csv.DictReader(io.StringIO(table.out))] == ["order", "claim"]


@pytest.mark.parametrize("level", ["0", "5", "journeys"])
def test_a_level_that_is_none_is_refused(folder: Path, level: str) -> None:
    done = run(folder, "portfolio", *LOGS, *ASKED, "--level", level)
    assert done.status == 2 and "levels: 1 life-cycle, 2 journey" in done.err


def test_a_column_of_a_template_that_the_log_lacks_is_said_at_its_line(folder: Path) -> None:
    run(folder, "privacy", "new-key", "my.key")
    run(folder, "load", *LOGS, *ASKED, "--key-file", "my.key", "-o", "log.parquet")
    (folder / "portfolio.yaml").write_text(PORTFOLIO.replace("{fund:", "{region:"), "utf-8")
    done = run(folder, "portfolio", "log.parquet", "-q")
    assert done.status == 2 and 'the log has no column "region"' in done.err
    assert "--> portfolio.yaml:6:16" in done.err and "--keep region" in done.err


def test_a_portfolio_without_journeys_says_so(folder: Path) -> None:
    (folder / "portfolio.yaml").write_text("{lifecycle: [Buy], journeys: []}", "utf-8")
    assert "1 phase · 0 journeys · 0 owners" in run(folder, "portfolio", *LOGS, *ASKED).out
