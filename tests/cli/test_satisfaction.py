"""`cjmine satisfaction` on the command line: the keys of its JSON, files, and what is refused."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from cli.running import SAMPLE_LOGS, run

JOURNEY = """\
journey: order
goal: Pay
deadline: 5d
stages:
  - stage: One
    steps:
      - Search
      - step: Mail
        within: {max: 2h, after: Search}
        moment-of-truth: true
      - Pay
"""
HEAD = "customer,activity,time,channel,region,score,scale"
ASKED = ["-q", "--observed-until", "2026-04-30"]


def lines(scale: str = "nps", other: str = "nps") -> list[str]:
    """200 customers: every second mail is late, three of four answer."""
    made = [HEAD]
    for n in range(200):
        late = n % 2
        events = [("Search", 8, "web", "", ""), ("Mail", 9 + 3 * late, "mail", "", "")]
        events += [("Pay", 14, "web", "", ""), ("NPS asked", 15, "survey", "", scale)]
        if n % 4:
            score = 9 - 4 * late + n % 3 // 2
            events.append(("NPS answer", 16, "survey", str(score), scale if n % 3 else other))
        made += [
            f"c{n:03},{name},2026-03-{1 + n % 20:02}T{hour:02}:{n % 60:02}:00Z,{way},{'NS'[n % 3 // 2]},{given},{on}"
            for name, hour, way, given, on in events
        ]
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "shop.csv").write_text("\n".join(lines()) + "\n", "utf-8")
    (tmp_path / "journey.yaml").write_text(JOURNEY, "utf-8")
    return tmp_path


def result(folder: Path, *more: str) -> dict:
    done = run(folder, "satisfaction", "shop.csv", *ASKED, "--json", *more)
    assert done.status == 0, done.err
    return json.loads(done.out)


def test_the_keys_of_the_json(folder: Path) -> None:
    found = result(folder, "--by", "region")
    assert found["schema"] == "cjmine/satisfaction/1"
    (score,) = found["scores"]
    assert (score["kind"], score["n"], score["asked"]) == ("NPS", 150, 200)
    assert {"value", "low", "high", "weighted", "by"} <= score.keys()
    assert {"value", "low", "high"} <= score["weighted"].keys()
    for row in score["by"]:
        assert {"dimension", "name", "n", "value", "low", "high"} <= row.keys()
    assert {row["dimension"] for row in score["by"]} >= {"state", "channel", "step", "region"}
    (late,) = (row for row in found["moments"] if row["what"] == "late")
    keys = {"step", "what", "bad", "good", "difference", "q", "verdict", "declared"}
    assert keys <= late.keys()
    assert (late["step"], late["verdict"], late["declared"]) == ("Mail", "loss", True)
    assert late["bad"]["n"] == 100 and late["good"]["n"] == 50
    assert late["difference"]["high"] < 0 and late["q"] < 0.05


def test_files_of_every_kind_and_csv_of_every_table(folder: Path) -> None:
    files = [f"a.{suffix}" for suffix in ("json", "md", "csv", "html", "txt")]
    flags = [flag for name in files for flag in ("-o", name)]
    done = run(folder, "satisfaction", "shop.csv", *ASKED, "--lang", "nl", *flags)
    assert done.status == 0, done.err
    assert "wie antwoordde: 150 van 200 gevraagd" in done.out
    assert (folder / "a.txt").read_text("utf-8") == done.out
    for table, key in (("scores", "kind"), ("by", "dimension"), ("moments", "what"),
                       ("truths", "step"), ("ends", "bad_end")):  # fmt: skip
        done = run(folder, "satisfaction", "shop.csv", *ASKED, "-f", "csv", "--table", table)
        rows = list(csv.DictReader(io.StringIO(done.out)))
        assert rows and key in rows[0]


def test_by_a_dimension_is_no_column(folder: Path) -> None:
    """`--by step` shows what is counted anyway; a column that is not there is refused."""
    done = run(folder, "satisfaction", "shop.csv", *ASKED, "--by", "step")
    assert done.status == 0, done.err
    assert "Asked after" in done.out
    done = run(folder, "satisfaction", "shop.csv", *ASKED, "--by", "colour")
    assert done.status == 2


def test_a_scale_mix_is_refused(folder: Path) -> None:
    mixed = [line.replace("NPS", "CES") for line in lines("ces-7", "ces-5")]
    mixed = [line.replace(",9,ces", ",5,ces").replace(",10,ces", ",5,ces") for line in mixed]
    (folder / "shop.csv").write_text("\n".join(mixed) + "\n", "utf-8")
    done = run(folder, "satisfaction", "shop.csv", *ASKED)
    assert done.status == 2
    assert "U101" in done.err and "ces-7 and ces-5 cannot be put together" in done.err
    done = run(folder, "satisfaction", "shop.csv", *ASKED, "--score", "ces-5")
    assert done.status == 0, done.err
    done = run(folder, "satisfaction", "shop.csv", *ASKED, "--score", "CSAT")
    assert done.status == 2 and "nobody was asked" in done.err


def test_without_an_ideal_it_says_what_to_do(folder: Path) -> None:
    (folder / "journey.yaml").unlink()
    done = run(folder, "satisfaction", "shop.csv", *ASKED)
    assert done.status == 2 and "J104" in done.err


def test_what_is_planted_in_the_sample_logs_is_found(tmp_path: Path) -> None:
    """The light users keep silent, and a late mail costs points; what is repeated costs none."""
    asked = ("--score", "NPS", "--by", "customer_type", "--min-group", "1", "--json")
    done = run(tmp_path, "satisfaction", str(SAMPLE_LOGS), "-q", *asked)
    assert done.status == 0, done.err
    found = json.loads(done.out)
    truths = json.loads((SAMPLE_LOGS / "truths.json").read_text("utf-8"))
    (score,) = found["scores"]
    assert score["value"] == pytest.approx(truths["survey.nps.points"], abs=0.5)
    assert score["weighted"]["value"] == pytest.approx(
        truths["survey.nps.weighted_by_customer_type"], abs=0.6
    )
    assert score["weighted"]["high"] < score["value"]
    for row in score["by"]:
        if row["dimension"] == "customer_type" and row["name"] in ("heavy", "light"):
            answered, of = (
                truths[f"survey.nps.{row['name']}.{one}"] for one in ("answered", "asked")
            )
            assert row["response"]["value"] == pytest.approx(answered / of, abs=0.01)
            assert row["value"] == pytest.approx(truths[f"survey.nps.{row['name']}.points"], abs=1)
    moments = {(row["step"], row["what"]): row for row in found["moments"]}
    late, planted = moments["Confirmation mail", "late"], "survey.nps.Confirmation mail late.bad"
    assert late["bad"]["n"] == truths[f"{planted}.answered"]
    assert late["bad"]["value"] == pytest.approx(truths[f"{planted}.points"], abs=0.1)
    assert late["bad"]["mean"] == pytest.approx(truths[f"{planted}.mean"], abs=0.01)
    assert (late["verdict"], late["declared"]) == ("loss", True)
    assert moments["Meter readings", "repeated"]["verdict"] == "cannot tell"
