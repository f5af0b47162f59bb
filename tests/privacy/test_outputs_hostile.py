"""Labels come from logs, and logs from anybody: no output obeys what a label says.

A terminal, a spreadsheet, a Markdown renderer and a build service each get text; the JSON gets
the label as it is.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
import unicodedata
from pathlib import Path

import pytest
from cli.running import Ran, launched
from hypothesis import given
from hypothesis import strategies as st
from strategies import log_from

from cjmine.reporters.escaping import columns, fitted, markdown, padded, spreadsheet, visible
from cjmine.reporters.formats import Asked, Format, Subject, tables_of
from cjmine.reporters.registry import render
from cjmine.results.discovery import Discovery
from cjmine.verbs.discover import discover
from cjmine.verbs.settings import DiscoverSettings

HOSTILE = [
    "\x1b[31mred", "\x1b]8;;https://example.com\x1b\\link\x1b]8;;\x1b\\", "\x1b]52;c;ZXZpbA==\x07",
    "\x1b]0;title\x07", "\x9b31mC1", "\x9d8;;x\x9c", "\x85next line", "over\rwritten", "back\b\b\b\bspace",
    "line\nfeed", "two\r\nlines", "a\ttab", "\x00nul", "\x7fdel", "\u202eesrever", "\u2066isolate\u2069",
    "zero\u200bwidth", "\ufeffmark", "\u2028separator\u2029", "soft\u00adhyphen", "\U000e0041tag",
    "\ue000private", "\u061carabic mark", "[red]", "[/]", "[link=https://example.com]x[/link]",
    "[bold]", "::error::stop", "  ::error file=x::stop", "::add-mask::secret", "::stop-commands::x",
    "a ::warning::b", "##[error]stop", "x ##[command]y", "##vso[task.complete]", "=1+1", "+1+1", "-1+1",
    "@SUM(A1)", " =1+1", "\t=1+1", "\r=1+1", "\n=1+1", "\0=1+1", "=cmd|' /C calc'!A0", "＝1+1", "＋1", "－1",
    "＠x", "'=1+1", '"=1+1"', '",=1+1', "|", "a|b|c", "\\|", "||", "`code`", "``", "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>", "&lt;b&gt;", "<!-- -->", "@team", "@org/team", "#1", "x#12", "GH-1",
    "[x](javascript:alert(1))", "![x](https://example.com/x.png)", "https://example.com/x", "www.example.com",
    "**bold**", "_it_", "~~x~~", "# heading", "- item", "1. item", "> quote", "---", "$x$", "[^1]", "x" * 5000,
    "確認" * 600, "e\u0301" * 300, "${jndi:ldap://example.com}", "{{7*7}}", "%s%n", "{0.__class__}", "\\x1b[31m",
]  # fmt: skip
labels = st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
_OBEYED = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
_TRIGGERS = tuple("=+-@\t\r\n\0＝＋－＠")


def hidden_signs(text: str) -> set[str]:
    return {sign for sign in text if unicodedata.category(sign) in _OBEYED} - {"\n"}


def is_flat(text: str) -> bool:
    """What a terminal and a build service take for text, line by line."""
    commands = [line for line in text.split("\n") if line.lstrip().startswith("::")]
    return not hidden_signs(text) and not commands and not re.search(r"##(?:\[|vso\[)", text)


def discovery(names: list[str], channel: str = "web", value: str = "all") -> Discovery:
    """Twelve customers who do all of it, in one channel; so every label is shown."""
    rows = [
        (f"c{customer:02}", name, 100 * step + customer)
        for customer in range(12)
        for step, name in enumerate(names)
    ]
    log = log_from(rows, channels=[channel] * len(rows))
    wishes = DiscoverSettings(goal=tuple(names[-1:]), by="channel")
    found = discover(log, wishes)
    assert {row.activity for row in found.activities} == set(names)
    return found


@pytest.mark.parametrize("label", HOSTILE)
def test_a_hostile_label_is_flat_on_the_screen(label: str) -> None:
    text = render(discovery([label, "Search", label], channel=label), Format.TEXT)
    assert is_flat(text)
    assert all(columns(line) < 100 for line in text.split("\n")), "a long label is cut"


@given(st.lists(labels, min_size=1, max_size=4), labels)
def test_any_labels_are_flat_on_the_screen(names: list[str], channel: str) -> None:
    assert is_flat(render(discovery(names, channel), Format.TEXT))


@given(st.text())
def test_what_is_made_visible_is_flat_and_stays_so(text: str) -> None:
    shown = visible(text)
    assert is_flat(shown) and "\n" not in shown
    assert visible(shown) == shown
    if text.isprintable() and text.isascii() and ":" not in text and "#" not in text:
        assert shown == text


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(1, 60))
def test_a_cell_has_its_width(text: str, width: int) -> None:
    assert columns(padded(text, width)) == width
    assert columns(fitted(text, width)) <= width
    assert is_flat(padded(text, width))


# CSV


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet may take a cell for a formula; plain numbers are none."""
    if re.fullmatch(r"-?\d+(\.\d+)?(e[+-]?\d+)?", cell):
        return False
    return cell.lstrip().startswith(_TRIGGERS) or cell.startswith(_TRIGGERS)


@pytest.mark.parametrize("label", HOSTILE)
def test_a_hostile_label_is_no_formula(label: str) -> None:
    found = discovery([label, "Search", label], channel=label)
    for table in tables_of(Subject.DISCOVERY):
        text = render(found, Format.CSV, Asked(table))
        assert is_flat(text)
        header, *rows = cells(text)
        assert all(len(row) == len(header) for row in rows)
        assert not [cell for row in rows for cell in row if is_formula(cell)]


@given(st.lists(labels, min_size=1, max_size=4), labels)
def test_no_label_is_a_formula(names: list[str], channel: str) -> None:
    found = discovery(names, channel)
    for table in tables_of(Subject.DISCOVERY):
        header, *rows = cells(render(found, Format.CSV, Asked(table)))
        assert all(len(row) == len(header) for row in rows)
        assert not [cell for row in rows for cell in row if is_formula(cell)]


@given(st.sampled_from([*_TRIGGERS, " ", '"', "'"]), st.text(max_size=5))
def test_no_cell_begins_with_a_trigger(first: str, rest: str) -> None:
    assert not is_formula(spreadsheet(first + rest))


@given(st.integers() | st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_stay_numbers(number: float) -> None:
    assert spreadsheet(str(number)) == str(number)


# Markdown


def markdown_cells(line: str) -> list[str]:
    """The cells of a table row as GitHub splits it: at every bar that no backslash escapes."""
    assert line.startswith("| ") and line.endswith(" |")
    return [cell.strip() for cell in re.split(r"(?<!\\)(?:\\\\)*\|", line[1:-1])]


def tables(text: str) -> list[list[str]]:
    found: list[list[str]] = []
    for line in text.split("\n"):
        if line.startswith("|"):
            if not found or not found[-1]:
                found.append([])
            found[-1].append(line)
        elif found and found[-1]:
            found.append([])
    return [table for table in found if table]


def is_plain_markdown(cell: str) -> bool:
    """No markup, HTML, link, mention or reference that is not escaped."""
    bare = re.sub(r"\\[!-/:-@\[-`{-~]", "", cell)
    return not (
        re.search(r"[\\`*_{}\[\]~$^<>!]", bare)
        or re.search(r"&(?!(?:amp|lt|gt);)", bare)
        or re.search(r"@\w", cell)
        or re.search(r"#\w", cell)
        or re.search(r"(?i)\bwww\.|https?://", cell)
    )


def check_markdown(names: list[str], channel: str) -> None:
    found = discovery(names, channel)
    text = render(found, Format.MARKDOWN)
    assert hidden_signs(text) <= {"\u200b"}, "the zero-width blank breaks mentions; it is ours"
    assert not re.search(r"(?m)^\s*::|##(?:\[|vso\[)", text)
    shown = tables(text)
    assert len(shown) == 3, "activities, journeys, channels"
    for header, rule, *rows in shown:
        width = len(markdown_cells(header))
        assert rule.count("|") == width + 1
        assert all(len(markdown_cells(row)) == width for row in rows)
    assert len(shown[0]) - 2 == len(found.activities)
    for row in shown[0][2:]:
        assert is_plain_markdown(markdown_cells(row)[0])


@pytest.mark.parametrize("label", HOSTILE)
def test_tables_keep_their_cells(label: str) -> None:
    check_markdown([label, "Search", label], label)


@given(st.lists(labels, min_size=1, max_size=4), labels)
def test_any_labels_leave_tables_in_shape(names: list[str], channel: str) -> None:
    check_markdown(names, channel)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_markdown_reads_back_as_the_visible_text(text: str) -> None:
    read = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown(text)).replace("\u200b", "")
    read = read.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert read == visible(text)


# JSON


@given(st.lists(labels, min_size=1, max_size=4), labels)
def test_json_keeps_labels_as_they_are(names: list[str], channel: str) -> None:
    text = render(discovery(names, channel), Format.JSON)
    assert text.isascii() and not hidden_signs(text)
    assert not re.search(r"(?m)^\s*::", text)
    report = json.loads(text)
    assert {row["activity"] for row in report["activities"]} == set(names)
    assert report["variants"][0]["activities"] == names
    assert report["channels"][0]["channel"] == channel
    assert json.loads(json.dumps(report)) == report


# The command line: what it says about files, columns and labels.


def said(folder: Path, *arguments: str, **more: str) -> Ran:
    environ = {"PATH": os.defpath, "HOME": str(folder), "PYTHONPATH": os.pathsep.join(sys.path)}
    return launched(arguments, folder, environ | more)


LABELS = ["\x1b[31mred", "[/]", "::error::stop", "##[error]x", "=1+1", "\x9b1m", "\u202ex"]
COLUMNS = [
    "customer", "activity", "time", "\x1b[31mred", "\u202eesrever", "::error::x", "[red][/]", "##[x]"
]  # fmt: skip


def hostile_csv(folder: Path) -> str:
    """A file whose name, columns and labels are hostile; each of twelve customers has them all."""
    name = "\x1b[31m::error::\u202e[red]##[x].csv"
    with (folder / name).open("w", encoding="utf-8", newline="") as sink:
        writer = csv.writer(sink)
        writer.writerow(COLUMNS)
        for customer in range(12):
            for day, label in enumerate(LABELS, 1):
                time = f"2026-03-{day:02}T10:00:00Z"
                writer.writerow([f"c{customer}", label, time, label, label, label, label, label])
    return name


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["discover", "FILE"], 0),
        (["discover", "FILE", "-f", "markdown"], 0),
        (["discover", "FILE", "-f", "csv"], 0),
        (["discover", "FILE", "--goal", "::error::stop"], 0),
        (["discover", "FILE", "--goal", "rred"], 2),
        (["discover", "FILE", "--by", "\x1b[31mred"], 0),
        (["discover", "FILE", "--by", "[red][/]", "-f", "csv"], 0),
        (["discover", "FILE", "--channel", "::error::x"], 0),
        (["discover", "FILE", "--by", "no such column"], 2),
        (["discover", "FILE", "--customer", "no such column"], 3),
        (["discover", "FILE", "--activity", "\x1b[31mred\x1b"], 3),
        (["discover", "FILE", "--timestamp", "\u202eesrever"], 3),
        (["discover", "FILE", "--customer", "activity", "--activity", "customer"], 4),
        (["discover", "no \x1b[31m ::error:: file"], 3),
        (["load", "FILE", "-o", "log.parquet"], 4),
        (["load", "FILE", "-o", "log.parquet", "--rejects", "r.csv", "--keep", "##[x]"], 0),
    ],
)
def test_the_command_line_says_nothing_that_is_obeyed(
    tmp_path: Path, arguments: list[str], status: int
) -> None:
    name = hostile_csv(tmp_path)
    with_key = {"CJMINE_KEY": bytes(range(32)).hex()} if status == 0 else {}
    ran = said(tmp_path, *[name if one == "FILE" else one for one in arguments], **with_key)
    assert ran.status == status, ran.stderr
    for stream in (ran.stdout, ran.stderr):
        assert not hidden_signs(stream.decode()) - {"\u200b"}
        assert not re.search(r"(?m)^\s*::|##\[", stream.decode())
