"""A first portfolio names what a log has of enough customers, and reads back as it is written."""

from __future__ import annotations

import csv
import json
import re
import shlex
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cjmine.portfolio.declared import DeclaredPortfolio, Level
from cjmine.portfolio.file import read_portfolio
from cli.running import PROJECT, SAMPLE_LOGS, Ran, run
from cli.test_transcripts import fits

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
    """So many customers of each group, with its events an hour apart; "pause" is a week."""
    with (folder / "log.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["customer_id", "activity", "timestamp", "channel"])
        for group, (many, events) in enumerate(groups):
            for one in range(many):
                at = datetime(2026, 1, 5, tzinfo=UTC)
                for name, channel in events:
                    at += timedelta(days=7) if name == "pause" else timedelta(hours=1)
                    if name != "pause":
                        rows.writerow([f"c{group}-{one}", name, at.isoformat(), channel])


def init(folder: Path, *typed: str) -> Ran:
    return run(folder, "init", "--portfolio", "log.csv", *typed)


def steps(*names: str) -> list[Event]:
    return [(name, "web") for name in names]


def proposed(folder: Path, *typed: str) -> DeclaredPortfolio:
    ran = init(folder, *typed)
    assert ran.status == 0, ran.err
    return read_portfolio(folder / "portfolio.yaml", "portfolio.yaml")


def test_ends_become_journeys_and_contacts_reasons(tmp_path: Path) -> None:
    log(tmp_path, (30, WAY), (20, [("Search", "web"), ("Chat: price", "chat")]))
    found = proposed(tmp_path)
    assert [one.name for one in found.entries] == ["Towards Order confirmed"]
    assert [(one.reason, one.journey) for one in found.reasons] == [
        ("Call: bill", "Towards Order confirmed"),
        ("Chat: price", "Towards Order confirmed"),
    ]
    assert found.lifecycle == ("Orient", "Join", "Use", "Change", "Leave")


def test_no_name_of_too_few_customers_is_written(tmp_path: Path) -> None:
    """Nine customers have a touchpoint, and nine a call of a usual touchpoint; ten are enough."""
    rare = [("Search", "web"), ("Call: rare", "call"), ("Rare confirmed", "web")]
    log(tmp_path, (30, WAY), (9, rare), (9, [("Search", "call")]))
    ran = init(tmp_path)
    text = (tmp_path / "portfolio.yaml").read_text("utf-8")
    assert ran.status == 0 and "are" not in text.partition("reasons:")[2]
    assert "Rare" not in text and "Search" not in text.partition("reasons:")[2]
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
    assert [one.reason for one in dutch.reasons] == [one.reason for one in english.reasons]
    assert [one.journey for one in english.reasons] == ["Towards Order confirmed"]
    assert [one.journey for one in dutch.reasons] == ["Naar Order confirmed"]


PAUSE = ("pause", "")
MOVING = [*steps("Page", "Form", "Moved"), PAUSE, *steps("Bill")]


def test_a_journey_is_proposed_for_each_goal_and_parts_with_their_whole(tmp_path: Path) -> None:
    """Three of four go on from Moved to Bill; Form is a mere step; nothing leads to Page or News."""
    log(
        tmp_path,
        (60, MOVING),
        (20, MOVING[:3]),
        (30, steps("Home", "Claim", "Paid")),
        (30, steps("Page")),
        (30, steps("News")),
    )
    found = proposed(tmp_path)
    assert [(one.name, one.level, one.parent) for one in found.entries] == [
        ("Towards Bill", Level.JOURNEY, None),
        ("Towards Moved", Level.SUB_JOURNEY, "Towards Bill"),
        ("Towards Paid", Level.JOURNEY, None),
    ]
    text = (tmp_path / "portfolio.yaml").read_text("utf-8")
    assert re.findall(r"# ([\d,]+) customers", text) == ["60", "80", "30"]
    assert "--goal Bill --entry Page -o bill.yaml" in text


def test_ends_that_follow_each_other_are_one_journey(tmp_path: Path) -> None:
    """Of 100 that submit 95 are confirmed a week later: a journey to the mail, which is no contact."""
    sent = [*steps("Page", "Submit"), PAUSE, ("Done", "mail")]
    log(tmp_path, (95, sent), (5, sent[:2]), (60, steps("Page")), (40, steps("Other", "Page")))
    found = proposed(tmp_path)
    assert [one.name for one in found.entries] == ["Towards Done"]
    assert found.reasons == ()


def test_what_customers_come_to_first_is_first(tmp_path: Path) -> None:
    """Fewer have the contract than a claim, but who has both had the contract before."""
    contract, claim = steps("Offer", "Signed"), steps("Damage", "Paid")
    log(
        tmp_path, (40, [*contract, PAUSE, *claim]), (90, claim), (40, contract), (60, steps("Home"))
    )
    assert [one.name for one in proposed(tmp_path).entries] == ["Towards Signed", "Towards Paid"]


def test_a_log_without_ways_proposes_no_journey_and_says_so(tmp_path: Path) -> None:
    log(tmp_path, (30, steps("Search")))
    assert proposed(tmp_path).entries == ()
    assert "--goal names one" in (tmp_path / "portfolio.yaml").read_text("utf-8")
    assert run(tmp_path, "portfolio", "portfolio.yaml", "log.csv").status == 0


def test_a_count_that_few_complete_to_all_is_not_written(tmp_path: Path) -> None:
    """Nine customers do not come there; of all 39 it would be known."""
    log(tmp_path, (30, WAY), (9, steps("Search")))
    proposed(tmp_path)
    text = (tmp_path / "portfolio.yaml").read_text("utf-8")
    assert "nearly all customers" in text and "30 customers" not in text
    log(tmp_path, (30, WAY), (10, steps("Search")))
    proposed(tmp_path, "--force")
    assert "30 customers" in (tmp_path / "portfolio.yaml").read_text("utf-8")


def test_a_project_that_releases_has_rounded_counts(tmp_path: Path) -> None:
    log(tmp_path, (33, WAY), (20, steps("Search")))
    (tmp_path / "cjmine.toml").write_text("[privacy]\nrelease = true\n")
    proposed(tmp_path)
    assert "35 customers" in (tmp_path / "portfolio.yaml").read_text("utf-8")


def test_the_page_shows_what_is_written_of_the_sample_logs(tmp_path: Path) -> None:
    (tmp_path / "sample_logs").symlink_to(SAMPLE_LOGS)
    assert run(tmp_path, "init", "--portfolio", "sample_logs").status == 0
    page = (PROJECT / "docs" / "portfolio.md").read_text("utf-8")
    block = re.search(r"^```yaml\n(# A first.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert block is not None
    written = (tmp_path / "portfolio.yaml").read_text("utf-8")
    assert fits(written.splitlines(), block[1].splitlines()), written


def test_drafted_journeys_are_taken_up_and_measured(tmp_path: Path) -> None:
    """The commands of the file work as they are; places and reasons stay with the drafted files."""
    log(tmp_path, (60, MOVING), (20, MOVING[:3]), (30, [*steps("Page"), ("Call", "call")]))
    before = proposed(tmp_path)
    text = (tmp_path / "portfolio.yaml").read_text("utf-8")
    drafting = re.findall(r"# +(cjmine draft .*)", text)
    for command in drafting:
        ran = run(tmp_path, *shlex.split(command)[1:])
        assert ran.status == 0, ran.err
    after = proposed(tmp_path, "--force")
    assert [one.file for one in after.entries] == ["bill.yaml", "moved.yaml"]
    assert [one.parent for one in before.entries] == [None, "Towards Bill"]
    assert [one.parent for one in after.entries] == [None, "bill"]
    assert [one.journey for one in before.reasons] == ["Towards Moved"]
    assert [one.journey for one in after.reasons] == ["moved"]
    shown = run(tmp_path, "portfolio", "portfolio.yaml", "log.csv")
    assert shown.status == 0 and "(2 live)" in shown.out, shown.err


@pytest.mark.parametrize("label", ['it\'s $(x) `y`; "q" && é', "--force", "##[error] x"])
def test_a_hostile_goal_is_one_word_of_its_command(tmp_path: Path, label: str) -> None:
    """What a build service would obey is in no command; the journey is proposed all the same."""
    log(tmp_path, (30, steps("Search", label)), (30, steps("Search")))
    assert [one.name for one in proposed(tmp_path).entries] == [f"Towards {label}"]
    text = (tmp_path / "portfolio.yaml").read_text("utf-8")
    found = [shlex.split(one) for one in re.findall(r"# +(cjmine draft .*)", text)]
    goals = [typed[typed.index("--goal") + 1] for typed in found]
    assert goals == ([] if "##[" in label else [label])
    for typed in found:
        assert run(tmp_path, *typed[1:]).status == 0


def test_signs_of_patterns_in_reasons_mean_themselves(tmp_path: Path) -> None:
    """A reason with brackets is its own; one whose `*` would hold for others is left out."""
    log(
        tmp_path,
        (30, [*steps("Page", "Moved"), ("Call [moving]?", "call")]),
        (30, [*steps("Other"), ("Call: bill", "call")]),
        (30, [*steps("Other"), ("Call*", "call")]),
    )
    found = proposed(tmp_path)
    assert {one.reason for one in found.reasons} == {"Call [moving]?", "Call: bill"}
    shown = run(tmp_path, "portfolio", "portfolio.yaml", "log.csv", "-f", "json")
    rows = json.loads(shown.out)["coverage"]["reasons"]
    home = {one["reason"]: one["journey"] for one in rows}
    assert home["Call [moving]?"] == found.home_of("Call [moving]?") == "Towards Moved"


def test_two_files_with_one_goal_have_no_part_and_no_reason_by_guess(tmp_path: Path) -> None:
    log(tmp_path, (30, WAY))
    for name in ("one", "two"):
        text = JOURNEY.replace("journey: order", f"journey: {name}").replace("friction", "allow")
        (tmp_path / f"{name}.yaml").write_text(text)
    found = proposed(tmp_path)
    assert [one.file for one in found.entries] == ["one.yaml", "two.yaml"]
    assert [(one.reason, one.journey) for one in found.reasons] == [("Call: bill", None)]
