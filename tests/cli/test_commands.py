"""What the commands do when all is well, seen from a shell."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import stat
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest

from cjmine import __version__
from cjmine.reporters.escaping import columns
from cli.running import KEY, PROJECT, SAMPLE_LOGS, Ran, events, left_behind, run

pytestmark = pytest.mark.smoke

TABLES = {
    "activities": "activity,events,journeys,starts_here,ends_here",
    "directly-follows": "from,to,count,median_seconds,p90_seconds",
    "variants": "journeys,folded,variant,number",
    "channels": "channel,events,journeys",
    "switches": "from,to,count,journeys",
    "loops": "activity,journeys,of,at_once,returns",
    "sources": "path,format,read,loaded,rejected,duplicate,filtered,events",
}
SAMPLES = [
    "analytics.csv",
    "calls_2026-03.csv",
    "servicebox.mbox",
    "web/access.log",
    "web/access.log.1.gz",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A working folder with one good export: twelve customers search at ten and buy at eleven."""
    inside = tmp_path / "work"
    inside.mkdir()
    (inside / "shop.csv").write_text(events())
    return inside


def fine(ran: Ran) -> Ran:
    assert (ran.status, ran.codes) == (0, []), ran.err
    return ran


def found(ran: Ran) -> dict[str, Any]:
    return json.loads(fine(ran).stdout)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_demo_shows_what_is_broken_at_once(folder: Path) -> None:
    """At most 5 seconds of computing, 80 columns, the verdict and the goal, nothing written."""
    before = os.times()
    ran = fine(run(folder, "demo"))
    after = os.times()
    spent = after.children_user + after.children_system
    assert spent - before.children_user - before.children_system < 5
    assert max(columns(line) for line in ran.out.splitlines()) <= 80
    assert ran.out.startswith("✗ moving-house: 3 of 9 expectations broken\n")
    assert re.search(r"^Goal Final bill mail: \d+\.\d % \(", ran.out, re.MULTILINE)
    assert ran.err.startswith("$ cjmine check sample_logs --ideal sample_logs/journey.yaml\n")
    assert [path.name for path in folder.iterdir()] == ["shop.csv"]
    assert left_behind(folder) == []


def test_the_demo_is_the_command_that_it_names(folder: Path) -> None:
    """What the demo says it runs gives the same screen, and exits 1: expectations are broken."""
    demo = fine(run(folder, "demo"))
    (folder / "sample_logs").symlink_to(SAMPLE_LOGS)
    checked = run(folder, "check", "sample_logs", "--ideal", "sample_logs/journey.yaml")
    assert checked.status == 1
    assert checked.out == demo.out


@pytest.mark.parametrize("name", SAMPLES)
def test_the_block_that_sniff_prints_reads_the_same(folder: Path, name: str) -> None:
    """Pasted into cjmine.toml it gives the figures that the file gives without it."""
    shutil.copy(SAMPLE_LOGS / name, file := folder / Path(name).name)
    sniffed = fine(run(folder, "sniff", file.name))
    assert "Nothing was written." in sniffed.out
    assert [path.name for path in folder.iterdir() if path != file] == ["shop.csv"]
    guessed = found(run(folder, "discover", file.name, "-f", "json"))
    (folder / "cjmine.toml").write_text(sniffed.out[sniffed.out.index("[source.") :])
    configured = found(run(folder, "discover", "-f", "json"))
    for key in ("log", "sources", "activities", "directly_follows", "variants", "channels"):
        assert configured[key] == guessed[key], key


def test_the_block_works_from_any_folder(folder: Path, tmp_path: Path) -> None:
    """Sniffed by its whole path, the file is found from the folder where that was typed."""
    (elsewhere := tmp_path / "elsewhere").mkdir()
    block = fine(run(elsewhere, "sniff", folder / "shop.csv")).out
    assert str(tmp_path) not in block
    (elsewhere / "cjmine.toml").write_text(block[block.index("[source.") :])
    assert found(run(elsewhere, "discover", "-f", "json"))["log"]["journeys"] == 12


def test_sniff_masks_what_it_shows(folder: Path) -> None:
    """Letters and digits of the data stand nowhere in the output."""
    shutil.copy(SAMPLE_LOGS / "calls_2026-04.csv", folder)
    shown = fine(run(folder, "sniff", "calls_2026-04.csv")).out
    first = (folder / "calls_2026-04.csv").read_text("utf-8-sig").splitlines()[1].split(";")
    assert not [value for value in first if len(value) > 3 and value in shown]
    assert "99-99999999" in shown or "+99" in shown or "9999999999" in shown


def test_sniff_tells_every_file_of_a_folder(folder: Path) -> None:
    """What is no export gets a line and stops nothing; what was named must be readable."""
    (folder / "notes.txt").write_text("Hello.\n")
    ran = fine(run(folder, "sniff", "."))
    assert "notes.txt" in ran.out and "shop.csv" in ran.out and "[source.shop]" in ran.out


def test_a_saved_log_tells_what_the_exports_tell(sample_log: tuple[Path, Ran]) -> None:
    """Load and then discover, or discover at once: the same result but for the key."""
    inside, _ = sample_log
    options = ["--goal", "Final bill mail", "--by", "channel", "--top", "all", "-f", "json"]
    saved = found(run(inside, "discover", "log.parquet", *options))
    raw = found(run(inside, "discover", "sample_logs", *options))
    assert raw["privacy"].pop("key") is None
    assert re.fullmatch("[b-z]{8}", saved["privacy"].pop("key"))
    assert saved == raw


def test_load_accounts_for_every_record(sample_log: tuple[Path, Ran]) -> None:
    """read = loaded + rejected + duplicate + filtered, a line a file, on stderr only."""
    _, ran = sample_log
    assert ran.out == ""
    table = [line.split() for line in ran.err.splitlines() if re.match(r"\S+( +[\d,]+){6}$", line)]
    assert [line[0].rpartition("/")[2] for line in table] == [
        "access.log",
        "access.log.1.gz",
        "analytics.csv",
        "chats.csv",
        *(f"calls_2026-{month:02d}.csv" for month in range(1, 6)),
        "servicebox.mbox",
        "surveys.csv",
        "surveys_csat.csv",
        "total",
    ]
    numbers = [[int(number.replace(",", "")) for number in line[1:6]] for line in table]
    assert all(read == sum(rest) for read, *rest in numbers)
    assert [sum(column) for column in zip(*numbers[:-1], strict=True)] == numbers[-1]


def test_a_log_holds_no_raw_identifier(sample_log: tuple[Path, Ran]) -> None:
    """Not one name, number, address or cookie of the customer table; neither does the screen."""
    inside, ran = sample_log
    import pyarrow.parquet as pq

    table = pq.read_table(inside / "log.parquet")
    kept = {str(value) for name in table.column_names for value in table[name].unique().to_pylist()}
    text = "\n".join(sorted(kept)) + ran.err + str(table.schema.metadata)
    with (SAMPLE_LOGS / "customers.csv").open(encoding="utf-8-sig") as file:
        people = list(csv.DictReader(file, delimiter=";"))
    raw = {row[name] for row in people for name in ("klantnummer", "naam", "cookie", "email")}
    assert len(raw) > 1000 and not [value for value in raw if value and value in text]


def test_every_form_comes_to_stdout_or_into_a_file(folder: Path) -> None:
    """`-o` writes what `-f` prints, several files at once; the suffix decides."""
    forms = {"a.txt": "text", "a.json": "json", "a.md": "markdown", "a.csv": "csv"}
    outputs = [part for file in forms for part in ("-o", file)]
    ran = fine(run(folder, "discover", "shop.csv", *outputs))
    assert [line for line in ran.err.splitlines() if line.startswith("wrote")] == [
        f"wrote {file}" for file in forms
    ]
    for file, form in forms.items():
        printed = fine(run(folder, "discover", "shop.csv", "-f", form))
        assert printed.stdout == (folder / file).read_bytes(), form
        assert printed.out.endswith("\n") and not printed.out.endswith("\n\n")
    assert ran.stdout == (folder / "a.txt").read_bytes()
    assert found(printed_json(folder))["log"]["journeys"] == 12
    assert "| Search | 12 |" in (folder / "a.md").read_text()


def printed_json(folder: Path, *options: str) -> Ran:
    return run(folder, "discover", "shop.csv", "-f", "json", *options)


def test_no_control_character_reaches_a_file_or_pipe(folder: Path) -> None:
    """No colour and no cursor movement where the reader is no terminal."""
    for typed in (["demo"], ["sniff", "shop.csv"], ["discover", "shop.csv"], ["--help"]):
        ran = fine(run(folder, *typed, environ={"FORCE_COLOR": "", "TERM": "xterm-256color"}))
        assert b"\x1b" not in ran.stdout + ran.stderr


@pytest.mark.parametrize("table", TABLES)
def test_csv_holds_one_table(sample_log: tuple[Path, Ran], table: str) -> None:
    """The header is a contract; the figures are those of the JSON output."""
    inside, _ = sample_log
    ran = fine(
        run(inside, "discover", "log.parquet", "--table", table, "-f", "csv", "--top", "all")
    )
    assert ran.out.splitlines()[0] == TABLES[table]
    whole = found(run(inside, "discover", "log.parquet", "--top", "all", "-f", "json"))
    listed = rows(ran.out)
    assert len(listed) == len(whole[table.replace("-", "_")]) > 0
    journeys, happened = whole["log"]["journeys"], whole["log"]["events"]
    sums = {
        "activities": ("events", happened),
        "directly-follows": ("count", happened - journeys),
        "variants": ("journeys", journeys),
        "channels": ("events", happened),
        "sources": ("events", happened),
    }
    if table in sums:
        column, total = sums[table]
        assert sum(int(row[column]) for row in listed) == total


def test_by_compares_the_values_of_a_column(sample_log: tuple[Path, Ran]) -> None:
    """The segments add up to all journeys, and their goals to the goal."""
    inside, _ = sample_log
    options = ["--by", "platform", "--goal", "contract_behouden", "--min-group", "1", "-f", "json"]
    shutil.copy(SAMPLE_LOGS / "analytics.csv", inside)
    result = found(run(inside, "discover", "analytics.csv", *options))
    values = result["segments"]["values"]
    assert {"web", "app"} <= {row["value"] for row in values}
    assert sum(row["journeys"] for row in values) == result["log"]["journeys"]
    assert sum(row["goal"]["n"] for row in values) == result["goal"]["n"] > 0


def test_rules_cut_the_journeys(folder: Path) -> None:
    """Twelve customers who search and, an hour later, buy."""

    def journeys(*options: str) -> list[tuple[list[str], int]]:
        result = found(printed_json(folder, *options))
        return [(row["activities"], row["journeys"]) for row in result["variants"]]

    assert journeys() == [(["Search", "Buy"], 12)]
    assert journeys("--gap", "2h") == [(["Search", "Buy"], 12)]
    assert journeys("--gap", "30m") == [(["Buy"], 12), (["Search"], 12)]
    assert journeys("--goal", "Search", "--until-goal") == [(["Buy"], 12), (["Search"], 12)]
    assert journeys("--goal", "Buy", "--until-goal") == [(["Search", "Buy"], 12)]
    assert journeys("--entry", "Buy") == [(["Buy"], 12)]
    cut = found(printed_json(folder, "--entry", "Buy"))["log"]
    assert (cut["events"], cut["before_entry"], cut["without_entry"]) == (12, 12, 0)


def test_the_goal_is_any_of_several(folder: Path) -> None:
    """`--goal` repeats; each name is one of the log."""
    both = found(printed_json(folder, "--goal", "Buy", "--goal", "Search"))["goal"]
    assert (both["n"], both["of"], both["value"]) == (12, 12, 1.0)


@pytest.mark.parametrize(
    "verb", [["discover"], ["map", "--as", "flow"], ["report", "-o", "r.html"]]
)
def test_a_mistyped_goal_ends_with_status_2(folder: Path, verb: list[str]) -> None:
    """The near miss is a name of the log; nothing is written."""
    for goal in ("Bye", "Search", "bUy"):
        ran = run(folder, verb[0], "shop.csv", "--goal", goal, *verb[1:])
        is_there = goal == "Search"
        assert (ran.status, ran.codes) == ((0, []) if is_there else (2, ["U103"]))
        assert is_there or 'did you mean "Buy"?' in ran.err


def test_a_goal_that_only_the_journey_file_names_is_a_note(folder: Path) -> None:
    """That no event has it can be the finding."""
    text = "journey: Shop\ngoal: Bye\nstages:\n- {stage: Shop, steps: [Search, Bye]}\n"
    (folder / "bye.yaml").write_text(text)
    ran = run(folder, "map", "shop.csv", "--as", "flow", "--ideal", "bye.yaml", "-o", "flow.svg")
    assert (ran.status, "N219" in ran.err) == (0, True)


def test_top_lists_the_commonest_variants(folder: Path) -> None:
    """The number is obeyed, `all` lists every one, and what is left out is said in the text."""
    many = "customer,activity,time\n" + "".join(
        f"k{kind}-{one},Step {kind},2024-05-01T10:00:00Z\n"
        for kind in range(8)
        for one in range(10 + kind)
    )
    (folder / "shop.csv").write_text(many)
    for top, length in (("1", 1), ("5", 5), ("all", 8), ("99", 8)):
        variants = found(printed_json(folder, "--top", top))["variants"]
        assert [row["journeys"] for row in variants] == list(range(17, 9, -1))[:length]
    assert "(5 of 8 groups; together 69.4 % of all)" in run(folder, "discover", "shop.csv").out


@pytest.mark.parametrize("suffix", ["bpmn", "pnml"])
@pytest.mark.parametrize("miner", ["inductive", "heuristics"])
def test_a_process_model_is_written(folder: Path, suffix: str, miner: str) -> None:
    """Well-formed, with the activities in it, and the same bytes each time."""
    pytest.importorskip("cjmine.miner.models")
    written = []
    for name in (f"a.{suffix}", f"b.{suffix}"):
        fine(run(folder, "discover", "shop.csv", "-o", name, "--model", miner))
        written.append((folder / name).read_bytes())
    assert written[0] == written[1]
    root = ElementTree.fromstring(written[0])
    assert root.tag.rpartition("}")[2] == {"bpmn": "definitions", "pnml": "pnml"}[suffix]
    assert b"Search" in written[0] and b"Buy" in written[0]
    assert left_behind(folder) == []


def test_a_new_key_is_for_its_owner_only(folder: Path) -> None:
    """64 hex digits, mode 0600 under any umask, another one each time, never overwritten."""
    ran = fine(
        run(folder, "privacy", "new-key", "my.key", before=["sh", "-c", 'umask 0; "$@"', "x"])
    )
    file = folder / "my.key"
    key = file.read_text()
    assert re.fullmatch(r"[0-9a-f]{64}\n", key)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert key.strip() not in ran.out + ran.err
    again = run(folder, "privacy", "new-key", "my.key")
    assert (again.status, again.codes, file.read_text()) == (5, ["O102"], key)
    fine(run(folder, "privacy", "new-key", "other.key"))
    assert (folder / "other.key").read_text() != key


def test_the_key_decides_the_tokens(folder: Path) -> None:
    """One key, from its file or from the environment: the same bytes. Another: other tokens."""
    (folder / "my.key").write_text(KEY)
    (folder / "my.key").chmod(0o600)
    fine(run(folder, "load", "shop.csv", "-o", "file.parquet", "--key-file", "my.key"))
    fine(run(folder, "load", "shop.csv", "-o", "env.parquet", key=KEY))
    fine(run(folder, "load", "shop.csv", "-o", "other.parquet", key=KEY[::-1]))
    logs = [(folder / f"{name}.parquet").read_bytes() for name in ("file", "env", "other")]
    assert logs[0] == logs[1] != logs[2]


def test_rejects_are_told_by_place_and_reason(folder: Path) -> None:
    """`--rejects` lists file, record, line, column, code and reason, and not one value."""
    lines = events().splitlines()
    lines[3:3] = ["geheim,Search,gestern", "geheim,,2024-05-01T10:00:00Z", "geheim,Search"]
    (folder / "shop.csv").write_text("\n".join(lines) + "\n")
    typed = ["load", "shop.csv", "-o", "log.parquet", "--rejects", "bad.csv", "--max-rejects", "3"]
    ran = fine(run(folder, *typed, key=KEY))
    listed = rows((folder / "bad.csv").read_text())
    places = [
        (row["file"], row["record"], row["line"], row["column"], row["code"]) for row in listed
    ]
    assert places == [
        ("shop.csv", "3", "4", "time", "L108"),
        ("shop.csv", "4", "5", "activity", "L117"),
        ("shop.csv", "5", "6", "", "L115"),
    ]
    assert "geheim" not in (folder / "bad.csv").read_text() + ran.err
    assert "N214" in ran.err and re.search(r"^shop.csv +27 +24 +3 +0 +0$", ran.err, re.MULTILINE)


@pytest.mark.parametrize(("budget", "status"), [("3", 0), ("2", 3), ("50%", 0), ("5%", 3)])
def test_the_budget_for_rejects_is_exact(folder: Path, budget: str, status: int) -> None:
    """Three bad records of 27 are 11.1 %: allowed or not, and nothing is written if not."""
    with (folder / "shop.csv").open("a") as file:
        file.write("x,Search,gestern\n" * 3)
    ran = run(folder, "load", "shop.csv", "-o", "log.parquet", "--max-rejects", budget, key=KEY)
    assert ran.status == status
    assert (folder / "log.parquet").exists() == (status == 0)


def test_a_file_given_twice_counts_once(folder: Path) -> None:
    """Under one name or two: the copy is told, and its records count as duplicates."""
    shutil.copy(folder / "shop.csv", folder / "copy.csv")
    result = found(run(folder, "discover", "shop.csv", "copy.csv", "./shop.csv", "-f", "json"))
    assert (result["log"]["journeys"], result["log"]["events"]) == (12, 24)
    assert [(row["loaded"], row["duplicate"]) for row in result["sources"]] == [
        (24, 0),
        (0, 24),
        (0, 24),
    ]


@pytest.mark.parametrize(
    "python", [("-m", "cjmine"), (str(PROJECT / "cli.py"),)], ids=["module", "launcher"]
)
def test_every_way_in_is_the_same_program(folder: Path, python: tuple[str, ...]) -> None:
    """`python -m cjmine` and the launcher of a checkout: same version, same screen, same name."""
    version = fine(run(folder, "--version", python=python))
    assert version.out == f"cjmine {__version__} (AGPL-3.0-or-later)\n"
    ran = fine(run(folder, "discover", "shop.csv", python=python))
    assert ran == run(folder, "discover", "shop.csv")
    assert "Usage: cjmine discover " in run(folder, "discover", "--help", python=python).out
    assert run(folder, "discover", "nothing.csv", python=python).status == 3


@pytest.mark.parametrize("verb", ["check", "discover", "map", "report", "schema", "touchpoints"])
def test_help_names_values_by_what_they_are(folder: Path, verb: str) -> None:
    """No type of Python and no name of a parameter stands where a value is typed."""
    shown = fine(run(folder, verb, "--help")).out
    assert "int range" not in shown
    assert "[what]" not in shown


def test_without_arguments_the_help_is_shown(folder: Path) -> None:
    """`cjmine` alone shows the commands, and says by its status that nothing was done."""
    ran = run(folder)
    assert (ran.status, ran.codes) == (2, [])
    assert "demo" in ran.out and "discover" in ran.out


def test_options_may_stand_before_and_behind_the_files(folder: Path) -> None:
    """The order on the command line is free, and a name that begins with a dash needs `--`."""
    shutil.copy(folder / "shop.csv", folder / "-x.csv")
    before = fine(run(folder, "discover", "--goal", "Buy", "shop.csv"))
    assert before == fine(run(folder, "discover", "shop.csv", "--goal", "Buy"))
    assert fine(run(folder, "discover", "--goal", "Buy", "--", "-x.csv")).out.startswith("12 jour")


def test_a_run_needs_no_home_and_no_network(folder: Path) -> None:
    """No HOME, a read-only home, a proxy that leads nowhere: nothing changes."""
    usual = fine(run(folder, "discover", "shop.csv"))
    nowhere = {"HOME": "/nonexistent", "HTTPS_PROXY": "http://127.0.0.1:9", "TERM": "dumb"}
    assert run(folder, "discover", "shop.csv", environ=nowhere) == usual
