"""A first portfolio names what a log has of enough customers, and reads back as it is written."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from cjmine.portfolio.declared import DeclaredPortfolio
from cjmine.portfolio.file import read_portfolio
from cli.running import Ran, run

Event = tuple[str, str]  # touchpoint and channel
WAY: Sequence[Event] = (
    ("Search", "web"),
    ("Call: bill", "call"),
    ("Order confirmed", "mail"),
)
JOURNEY = """journey: order
goal: Order confirmed
friction: ["Call: bill"]
stages:
- stage: Order
  steps: [Search, Order confirmed]
"""


def log(folder: Path, *groups: tuple[int, Sequence[Event]]) -> None:
    """So many customers of each group, with its events an hour apart."""
    with (folder / "log.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["customer_id", "activity", "timestamp", "channel"])
        for group, (many, events) in enumerate(groups):
            for one in range(many):
                for hour, (name, channel) in enumerate(events):
                    at = f"2026-01-05T{hour:02}:00:00Z"
                    rows.writerow([f"c{group}-{one}", name, at, channel])


def init(folder: Path, *typed: str) -> Ran:
    return run(folder, "init", "--portfolio", "log.csv", *typed)


def proposed(folder: Path, *typed: str) -> DeclaredPortfolio:
    ran = init(folder, *typed)
    assert ran.status == 0, ran.err
    return read_portfolio(folder / "portfolio.yaml", "portfolio.yaml")


def test_ends_become_journeys_and_contacts_reasons(tmp_path: Path) -> None:
    log(tmp_path, (30, WAY), (20, [("Search", "web"), ("Chat: price", "chat")]))
    found = proposed(tmp_path)
    assert [one.name for one in found.entries] == ["Towards Order confirmed"]
    assert [(one.reason, one.journey) for one in found.reasons] == [
        ("Call: bill", None),
        ("Chat: price", None),
    ]
    assert found.lifecycle == ("Orient", "Join", "Use", "Change", "Leave")


def test_no_name_of_too_few_customers_is_written(tmp_path: Path) -> None:
    """Nine customers have a touchpoint, and nine a call of a usual touchpoint; ten are enough."""
    rare = [("Search", "web"), ("Call: rare", "call"), ("Rare confirmed", "web")]
    log(tmp_path, (30, WAY), (9, rare), (9, [("Search", "call")]))
    ran = init(tmp_path)
    text = (tmp_path / "portfolio.yaml").read_text("utf-8")
    assert ran.status == 0 and "are" not in text.partition("reasons:")[2]
    assert "Rare" not in text and "Search" not in text
    log(tmp_path, (30, WAY), (10, rare))
    assert "Call: rare" in {one.reason for one in proposed(tmp_path, "--force").reasons}


def test_journey_files_that_are_there_are_kept_with_their_reasons(tmp_path: Path) -> None:
    """The reason that one file names as friction has its home there; its goal is no journey anew."""
    log(tmp_path, (30, WAY))
    (tmp_path / "order.yaml").write_text(JOURNEY)
    found = proposed(tmp_path)
    assert [(one.name, one.file) for one in found.entries] == [("order", "order.yaml")]
    assert [(one.reason, one.journey) for one in found.reasons] == [("Call: bill", "order")]
    shown = run(tmp_path, "portfolio", "portfolio.yaml", "log.csv")
    assert shown.status == 0 and "order" in shown.out, shown.err


def test_without_an_end_the_commonest_last_touchpoint_is_taken(tmp_path: Path) -> None:
    log(tmp_path, (30, [("Search", "web"), ("Result", "web")]))
    assert [one.name for one in proposed(tmp_path).entries] == ["Towards Result"]


@pytest.mark.parametrize("label", ["yes: confirmed\t#", 'a "b" {confirmed}', "x-confirmed.yaml"])
def test_hostile_labels_read_back(tmp_path: Path, label: str) -> None:
    """Whatever a label holds, the file reads back; what can be no name is left out."""
    log(tmp_path, (30, [("Search", "web"), (label, "web"), (label, "call")]))
    found = proposed(tmp_path)
    names = {one.name for one in found.entries} | {one.reason for one in found.reasons}
    assert names <= {f"Towards {label}", "Towards Search", label}


def test_a_portfolio_that_is_there_stays(tmp_path: Path) -> None:
    log(tmp_path, (30, WAY))
    (tmp_path / "portfolio.yaml").write_text("mine")
    assert init(tmp_path).status == 5
    assert (tmp_path / "portfolio.yaml").read_text() == "mine"


def test_a_log_of_too_few_customers_has_no_portfolio(tmp_path: Path) -> None:
    log(tmp_path, (9, WAY))
    assert init(tmp_path).status == 4 and not (tmp_path / "portfolio.yaml").exists()


def test_a_goal_that_is_typed_is_a_journey(tmp_path: Path) -> None:
    """One that too few customers have is answered as one that is not there."""
    log(tmp_path, (30, WAY), (9, [("Rare", "web")]))
    found = proposed(tmp_path, "--goal", "Search")
    assert [one.name for one in found.entries] == ["Towards Search"]
    for name in ("Rare", "None"):
        ran = init(tmp_path, "--force", "--goal", name)
        assert ran.status == 2 and "error[U103]" in ran.err


def test_in_dutch_it_proposes_the_same(tmp_path: Path) -> None:
    """Comments, usual phases and names are Dutch; keys, goals and reasons are the same."""
    log(tmp_path, (30, WAY))
    english = proposed(tmp_path)
    first = (tmp_path / "portfolio.yaml").read_text("utf-8")
    dutch = proposed(tmp_path, "--lang", "nl", "--force")
    text = (tmp_path / "portfolio.yaml").read_text("utf-8")
    assert text.count("VRAAG: ") == first.count("QUESTION: ") > 0 and "QUESTION" not in text
    assert [one.name for one in dutch.entries] == ["Naar Order confirmed"]
    assert dutch.lifecycle == ("Oriënteren", "Klant worden", "Gebruiken", "Wijzigen", "Vertrekken")
    assert dutch.reasons == english.reasons
