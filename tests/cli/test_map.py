"""`cjmine map`: what is drawn by default, what each file holds, and what is refused."""

from __future__ import annotations

import json
import xml.etree.ElementTree as Xml
from html.parser import HTMLParser
from pathlib import Path

import pytest

from cli.running import SAMPLE_LOGS, events, left_behind, run

JOURNEY = "journey: shop\ngoal: Buy\nstages:\n  - stage: All\n    steps: [Search, Buy]\n"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A folder with a good export, and no ideal."""
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "shop.csv").write_text(events(30))
    return folder


def title(svg: str) -> str:
    return Xml.fromstring(svg)[0].text or ""


def test_without_an_ideal_it_draws_the_flows(shop: Path) -> None:
    """To stdout, where no file is named; everything else goes to stderr."""
    ran = run(shop, "map", "shop.csv", "--tz", "UTC")
    assert ran.status == 0 and title(ran.out) == "Flow map"
    assert run(shop, "map", "shop.csv", "--tz", "UTC").stdout == ran.stdout


def test_with_an_ideal_beside_the_logs_it_draws_the_journey(shop: Path) -> None:
    """As `check` finds it; `--no-ideal` and options that cut set it aside."""
    (shop / "journey.yaml").write_text(JOURNEY)
    assert "shop" in run(shop, "map", "shop.csv").out
    assert title(run(shop, "map", "shop.csv").out) != "Flow map"
    for aside in (["--no-ideal"], ["--gap", "30d"], ["--entry", "Search"]):
        assert title(run(shop, "map", "shop.csv", *aside).out) == "Flow map"


def test_a_journey_map_shows_what_changed_since_a_baseline(shop: Path) -> None:
    (shop / "journey.yaml").write_text(JOURNEY)
    run(shop, "check", "shop.csv", "--save-baseline", "before.json")
    plain = run(shop, "map", "shop.csv")
    since = run(shop, "map", "shop.csv", "--baseline", "before.json")
    assert plain.status == since.status == 0, since.err
    assert "since the baseline before.json" in since.out
    assert "baseline" not in plain.out


def test_the_ideal_marks_the_flow_map(shop: Path) -> None:
    (shop / "ideal.yaml").write_text(JOURNEY)
    with_ideal = run(shop, "map", "shop.csv", "--as", "flow", "-i", "ideal.yaml").out
    assert "cj-casing" in with_ideal.partition("</style>")[2]
    assert "cj-casing" not in run(shop, "map", "shop.csv").out.partition("</style>")[2]


def test_each_suffix_gives_its_file(shop: Path) -> None:
    """One run, many files, and then nothing to stdout unless it is asked for."""
    named = [part for one in (".svg", ".dot", ".html", ".png") for part in ("-o", f"a{one}")]
    ran = run(shop, "map", "shop.csv", *named)
    assert ran.status == 0 and ran.out == "", ran.err
    svg = (shop / "a.svg").read_text()
    assert title(svg) == "Flow map"
    assert (shop / "a.dot").read_text().startswith("digraph flow {")
    page = (shop / "a.html").read_text()
    assert svg in page and "default-src 'none'" in page and "<script" not in page
    HTMLParser().feed(page)
    assert (shop / "a.png").read_bytes().startswith(b"\x89PNG")
    both = run(shop, "map", "shop.csv", "-o", "b.svg", "-f", "dot")
    assert both.out == (shop / "a.dot").read_text() and (shop / "b.svg").read_text() == svg
    assert left_behind(shop) == []


def test_the_picture_says_who_laid_it_out(shop: Path) -> None:
    assert "Layout: " in run(shop, "map", "shop.csv").out


def test_variants_and_models(shop: Path) -> None:
    assert "100.0 %" in run(shop, "map", "shop.csv", "--as", "variants").out
    for miner in ("inductive", "heuristics"):
        ran = run(shop, "map", "shop.csv", "--as", "model", "--model", miner)
        assert ran.status == 0 and f"by the {miner} miner" in ran.out


def test_dutch(shop: Path) -> None:
    assert title(run(shop, "map", "shop.csv", "--lang", "nl").out) == "Stroomdiagram"


def test_small_groups_are_refused_and_folded(shop: Path) -> None:
    """As everywhere: fewer than ten customers in all are no picture."""
    (shop / "few.csv").write_text(events(9))
    assert run(shop, "map", "few.csv").status == 4
    assert run(shop, "map", "few.csv", "--min-group", "1").status == 0


def test_an_earlier_discover_is_drawn_without_its_log(shop: Path) -> None:
    """The same picture as from the log, but for its notes."""
    run(shop, "discover", "shop.csv", "--top", "all", "-f", "json", "-o", "found.json")
    (shop / "found.json").rename(shop / "result.json")
    direct = run(shop, "map", "shop.csv").out
    assert run(shop, "map", "result.json").out == direct
    assert (
        title(run(shop, "map", "result.json", "--as", "variants").out) == "The commonest journeys"
    )
    assert run(shop, "map", "result.json", "--as", "model").codes == ["U101"]


def test_an_earlier_check_is_drawn_without_its_log(shop: Path) -> None:
    (shop / "ideal.yaml").write_text(JOURNEY)
    run(shop, "check", "shop.csv", "-i", "ideal.yaml", "-o", "result.json")
    assert "shop" in run(shop, "map", "result.json").out
    assert "how journeys differ" in title(run(shop, "map", "result.json", "--as", "variants").out)
    assert run(shop, "map", "result.json", "--as", "flow").codes == ["U101"]


def test_a_damaged_result_is_an_error_of_ours(shop: Path) -> None:
    (shop / "result.json").write_text('{"schema": "cjmine/discover/1", "log": 3}')
    ran = run(shop, "map", "result.json")
    assert ran.status == 2 and ran.codes == ["U102"]


def test_a_result_whose_figures_do_not_add_up_is_refused(shop: Path) -> None:
    """More flows through a touchpoint than it has events: no picture, and no traceback."""
    run(shop, "discover", "shop.csv", "-o", "result.json")
    found = json.loads((shop / "result.json").read_text())
    found["activities"][0]["events"] = 1
    (shop / "result.json").write_text(json.dumps(found))
    ran = run(shop, "map", "result.json")
    assert ran.status == 2 and ran.codes == ["U102"]


REFUSED = {
    "a suffix that is no picture": ["-o", "a.jpg"],
    "no share": ["--paths", "much"],
    "a share of nothing": ["--paths", "0%"],
    "more than all": ["--paths", "101%"],
    "DOT of variants": ["--as", "variants", "-f", "dot"],
    "a DOT file of a model": ["--as", "model", "-o", "a.dot"],
    "a journey without an ideal": ["--as", "journey"],
    "an ideal and another cut": ["-i", "x.yaml", "--gap", "3d"],
    "an ideal and none": ["-i", "x.yaml", "--no-ideal"],
    "a view that is none": ["--as", "poster"],
    "changes of flows": ["--as", "flow", "--baseline", "before.json"],
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_refused_writes_nothing(shop: Path, what: str) -> None:
    ran = run(shop, "map", "shop.csv", *REFUSED[what])
    assert ran.status == 2 and ran.codes == ["U101"] and ran.out == ""
    assert sorted(path.name for path in shop.iterdir()) == ["shop.csv"]


def test_the_output_never_replaces_what_is_read(shop: Path) -> None:
    (shop / "result.svg").write_text(events(30))
    ran = run(shop, "map", "result.svg", "-o", "result.svg")
    assert ran.status != 0 and (shop / "result.svg").read_text() == events(30)


def test_the_samples_are_drawn(tmp_path: Path, saved_samples: Path) -> None:
    """Every view of the sample logs, from a saved log."""
    for view in ("flow", "variants", "model"):
        ran = run(tmp_path, "map", saved_samples, "--as", view, "-i", SAMPLE_LOGS / "journey.yaml")
        assert ran.status == 0, ran.err
        Xml.fromstring(ran.out)


HIDDEN = "Kept-quiet"


@pytest.fixture
def funds(tmp_path: Path) -> Path:
    """Forty customers of two funds each, and 24 of funds that four have, three with a page."""
    folder = tmp_path / "funds"
    folder.mkdir()
    owners = [*["Large"] * 40, *["Small"] * 40, *(f"{HIDDEN}-{one // 4}" for one in range(24))]
    page = {"Large": "Large page"} | {f"{HIDDEN}-{n}": f"{HIDDEN}-{n} page" for n in range(3)}
    rows = [
        f"c{one},{activity},2024-05-{1 + one % 9:02}T{hour}:00:00Z,{fund}\n"
        for one, fund in enumerate(owners)
        for activity, hour in (("Search", 10), (page.get(fund, "Page"), 11), ("Buy", 12))
    ]
    (folder / "shop.csv").write_text("customer,activity,time,fund\n" + "".join(rows))
    (folder / "journey.yaml").write_text(f"{JOURNEY}deadline: 1d\n")
    return folder


BY = ("map", "shop.csv", "--by", "fund", "--observed-until", "2024-06-01")


@pytest.mark.parametrize("view", ["journey", "flow", "variants", "model"])
def test_each_value_of_a_column_has_a_picture(funds: Path, view: str) -> None:
    """The largest first; in SVG, PNG and HTML, and the same bytes again."""
    ran = run(funds, *BY, "--as", view, "-o", "m.svg", "-o", "m.png", "-o", "m.html")
    assert ran.status == 0, ran.err
    svg = (funds / "m.svg").read_text()
    assert title(svg) == "By fund"
    pictures = [one for one in Xml.fromstring(svg).iter() if one.tag.endswith("}svg")]
    assert len(pictures) == 1 + 3
    heads = [
        one.text for one in Xml.fromstring(svg).iter() if (one.text or "").startswith("fund: ")
    ]
    assert heads == [
        "fund: Large · 40 journeys",
        "fund: Small · 40 journeys",
        "fund: (other) · 24 journeys",
    ]
    assert svg.strip() in (funds / "m.html").read_text()
    assert (funds / "m.png").read_bytes().startswith(b"\x89PNG")
    assert " id=" not in svg  # an id would be there once a picture
    assert run(funds, *BY, "--as", view).out == svg


@pytest.mark.parametrize("view", ["journey", "flow", "variants", "model"])
def test_values_of_few_customers_are_in_no_picture_by_value(funds: Path, view: str) -> None:
    """Neither their names nor touchpoints that only they have; with everybody shown they are."""
    files = ("-o", "m.svg", "-o", "m.html")
    ran = run(funds, *BY, "--as", view, *files)
    assert ran.status == 0, ran.err
    texts = [ran.out, ran.err, *((funds / name).read_text() for name in ("m.svg", "m.html"))]
    assert not any(HIDDEN in text for text in texts)
    shown = run(funds, *BY, "--as", view, "--min-group", "1")
    assert f"fund: {HIDDEN}-2 · 4 journeys" in shown.out


def test_what_a_picture_by_value_cannot_be_is_refused(funds: Path) -> None:
    for typed in (("-f", "dot", "--as", "flow"), ("--variant", "1")):
        ran = run(funds, *BY, *typed)
        assert (ran.status, ran.codes) == (2, ["U101"])
    assert run(funds, *BY, "--by", "plan").codes == ["L106"]
    made = run(funds, "check", "shop.csv", "-o", "found.json")
    assert made.status == 0, made.err
    assert run(funds, "map", "found.json", "--by", "fund").codes == ["U101"]
