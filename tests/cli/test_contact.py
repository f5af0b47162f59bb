"""`cjmine contact` on the command line: formats, options, what is declared, and what is refused."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from cli.running import KEY, run

HEAD = "customer,activity,time,channel"
JOURNEY = """\
journey: order
goal: Parcel
deadline: 5d
costs: {chat: 2.5}
stages:
  - stage: One
    steps: [Search, Pay, Parcel]
"""
CONFIG = """\
[contact]
activities = ["Call*", "Chat"]
cost = { call = 7.5, chat = 3.0 }
"""
ASKED = ("-q", "--observed-until", "2026-05-30")


def rows() -> list[str]:
    """120 customers: all search, a third pays, a third calls, a sixth chats within the hour."""
    made = []
    for n in range(120):
        day = f"2026-03-{1 + n % 20:02}"
        made.append(f"c{n:03},Search,{day}T09:{n % 60:02}:00Z,web")
        if n % 3 == 0:
            made.append(f"c{n:03},Pay,{day}T10:00:00Z,web")
        if n % 3 == 1:
            made.append(f"c{n:03},Call: how,{day}T11:00:00Z,call")
        if n % 6 == 5:
            made.append(f"c{n:03},Help,{day}T12:00:00Z,web")
            made.append(f"c{n:03},Chat,{day}T12:20:00Z,chat")
        made.append(f"c{n:03},Parcel,{day}T23:00:00Z,post")
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "shop.csv").write_text("\n".join([HEAD, *rows()]) + "\n", "utf-8")
    (tmp_path / "shop.toml").write_text(CONFIG, "utf-8")
    (tmp_path / "order.yaml").write_text(JOURNEY, "utf-8")
    return tmp_path


def result(folder: Path, *more: str) -> dict:
    done = run(folder, "contact", "shop.csv", *ASKED, "--json", *more)
    assert done.status == 0, done.err
    return json.loads(done.out)


def test_with_and_without_an_ideal(folder: Path) -> None:
    alone = result(folder)
    assert (alone["schema"], alone["journey"], alone["goal"]) == ("cjmine/contact/1", "", [])
    assert (alone["with_contact"]["n"], alone["with_contact"]["of"]) == (60, 120)
    assert alone["currency"] is None and alone["contained"] == []
    found = result(folder, "-i", "order.yaml", "--config", "shop.toml")
    assert (found["with_contact"]["n"], found["with_contact"]["of"]) == (60, 120)
    kinds = {row["type"]: row["contacts"] for row in found["types"] if row["contacts"]}
    assert kinds == {"instead": 60}
    assert found["cost"] == 40 * 7.5 + 20 * 2.5
    assert [row["name"] for row in found["groups"]] == ["call", "chat"]


def test_what_is_typed_wins_over_what_is_declared(folder: Path) -> None:
    more = ("-i", "order.yaml", "--config", "shop.toml", "--cost", "call=1")
    assert result(folder, *more)["cost"] == 40 * 1 + 20 * 2.5


def test_the_least_keys_are_there(folder: Path) -> None:
    found = result(folder, "-i", "order.yaml", "--config", "shop.toml", "--again", "1h,1d,7d")
    assert {"n", "of"} <= found["identified"].keys()
    assert {"type", "contacts", "expected", "excess", "cost"} <= found["types"][0].keys()
    assert {"touchpoint", "contacts", "visits", "ratio", "verdict"} <= found["before"][0].keys()
    again = [row for row in found["again"] if row["after"] is None]
    assert [row["within_seconds"] for row in again] == [3600.0, 86_400.0, 604_800.0]
    assert {"after", "within_seconds", "n", "of", "value", "low", "high"} == again[0].keys()
    assert "unanswered" in found


def test_contacts_by_name_are_those_before_which_is_looked(folder: Path) -> None:
    more = ("-i", "order.yaml", "--config", "shop.toml", "--before", "Chat")
    found = result(folder, *more)
    assert found["before_name"] == "Chat"
    assert [(row["touchpoint"], row["contacts"]) for row in found["before"]] == [("Help", 20)]


def test_every_format(folder: Path) -> None:
    files = ("a.json", "a.md", "a.csv", "a.txt", "a.html")
    more = [word for name in files for word in ("-o", name)]
    done = run(folder, "contact", "shop.csv", *ASKED, "-i", "order.yaml", *more, "--lang", "nl")
    assert done.status == 0, done.err
    assert "Bekende klanten: 100,0 %" in done.out
    assert "Bekende klanten" in (folder / "a.html").read_text("utf-8")
    assert (folder / "a.txt").read_text("utf-8") == done.out
    table = list(csv.DictReader(io.StringIO((folder / "a.csv").read_text("utf-8"))))
    assert [row["type"] for row in table][:2] == ["failed", "late"]
    for name in ("types", "before", "again", "contained", "hours", "groups"):
        more_csv = ("-f", "csv", "--table", name, "-i", "order.yaml")
        assert run(folder, "contact", "shop.csv", *ASKED, *more_csv).status == 0


@pytest.mark.parametrize(
    "wrong",
    [
        ("--by", "region"),
        ("--cost", "call"),
        ("--again", "soon"),
        ("--after", "Search"),
        ("--goal", "Nothing"),
    ],
)
def test_what_is_refused(folder: Path, wrong: tuple[str, str]) -> None:
    done = run(folder, "contact", "shop.csv", *ASKED, *wrong)
    assert done.status == 2, done.out
    assert wrong[0] in done.err


def test_a_load_remembers_whom_it_does_not_know(folder: Path) -> None:
    """By touchpoint and channel, in a saved log too; a touchpoint of nobody else has no name."""
    lines = [HEAD, *rows(), *(f",Call: how,2026-03-02T1{n % 10}:00:00Z,call" for n in range(30))]
    lines += [",Call: secret,2026-03-02T10:00:00Z,call", ",Search,2026-03-02T10:00:00Z,web"]
    (folder / "shop.csv").write_text("\n".join(lines) + "\n", "utf-8")
    known = result(folder, "--config", "shop.toml")["identified"]
    assert (known["n"], known["of"], known["refused"]) == (60, 90, None)
    by_channel = result(folder)["identified"]
    assert (by_channel["n"], by_channel["of"]) == (60, 91)
    more = ("--config", "shop.toml", "--tz", "UTC", "-o", "saved.parquet", "-q")
    done = run(folder, "load", "shop.csv", *more, key=KEY)
    assert done.status == 0, done.err
    (folder / "shop.toml").rename(folder / "cjmine.toml")
    done = run(folder, "contact", "saved.parquet", *ASKED, "--json")
    assert done.status == 0, done.err
    assert json.loads(done.out)["identified"] == known
    assert b"secret" not in (folder / "saved.parquet").read_bytes()
