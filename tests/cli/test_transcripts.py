"""Sessions as they look on the screen: the transcripts beside this file, and those of pages.

After a change that is meant, run with CJMINE_UPDATE_TRANSCRIPTS=1: the files are written anew, and
each test that wrote one fails once and shows the difference to be read.
"""

from __future__ import annotations

import difflib
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from real_logs import real

from cli.running import PROJECT, SAMPLE_LOGS, run

TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.md"))
REAL = sorted((Path(__file__).parent / "transcripts" / "real").glob("*.md"))
README = PROJECT / "README.md"
PAGES = [README, PROJECT / "docs" / "portfolio.md", PROJECT / "docs" / "ideas.md"]
TUTORIAL = PROJECT / "docs" / "tutorial.md"
UPDATE = "CJMINE_UPDATE_TRANSCRIPTS"
_BLOCK = re.compile(r"(?<=^```console\n)\$ cjmine .*?(?=^```$)", re.MULTILINE | re.DOTALL)
_KEY_ID = re.compile(r"\bkey [b-z]{8}\b")
# What is found by chance on one half of the customers depends on the key, which makes the halves.
_BY_CHANCE = re.compile(
    r"(Nothing that they share was found on the first half of the customers"
    r"|Found on one half of the customers and not confirmed by the other: \d+)\.$",
    re.MULTILINE,
)


@pytest.mark.parametrize("file", TRANSCRIPTS, ids=[file.stem for file in TRANSCRIPTS])
def test_a_session_looks_as_it_did(tmp_path: Path, file: Path) -> None:
    """Both streams as a terminal shows them, and the exit status where the session asks."""
    compare(file, replayed(file.read_text("utf-8"), tmp_path, both_streams=True))


@pytest.mark.real_data
@pytest.mark.parametrize("file", REAL, ids=[file.stem for file in REAL])
def test_a_real_log_is_understood_within_two_commands(tmp_path: Path, file: Path) -> None:
    """The last command of each shows figures; no output holds a network or mail address."""
    (tmp_path / "data").symlink_to(real("README.md").parent)
    text = file.read_text("utf-8")
    compare(file, replayed(text, tmp_path, both_streams=True))
    commands = [command for block in _BLOCK.findall(text) for command, _ in steps(block)]
    assert 1 <= len(commands) <= 2
    assert all(command.startswith("cjmine ") for command in commands)
    *_, (_, last) = (step for block in _BLOCK.findall(text) for step in steps(block))
    assert [line for line in last if re.search(r"\d[\d,]* (journeys?|texts)\b", line)], last
    assert not re.search(r"\b\d{1,3}(\.\d{1,3}){3}\b|[\w.]@\w", text)


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_a_page_shows_what_happens(tmp_path: Path, page: Path) -> None:
    """Its sessions, if there are any, show what goes to stdout; of a failure, what it says."""
    compare(page, replayed(page.read_text("utf-8"), tmp_path, both_streams=False))


def test_the_tutorial_shows_what_happens(tmp_path: Path) -> None:
    """From a folder of exports without any configuration to a check, as the page says."""
    page = TUTORIAL.read_text("utf-8")
    (checkout := tmp_path / "checkout").mkdir()
    shutil.copytree(SAMPLE_LOGS, checkout / "sample_logs")
    make = next(line for line in page.splitlines() if line.startswith("mkdir"))
    subprocess.run(make, shell=True, check=True, cwd=checkout)
    exports = tmp_path / "try" / "exports"
    compare(TUTORIAL, replayed(page, exports.parent, both_streams=True))
    assert {path.name for path in exports.rglob("*") if path.is_file()} == {
        path.name
        for path in SAMPLE_LOGS.rglob("*")
        if path.is_file() and path.suffix not in {".toml", ".yaml", ".json", ".md"}
    }


def test_there_are_transcripts() -> None:
    """The sessions are found, and each of them runs something."""
    assert {file.stem for file in TRANSCRIPTS} >= {"demo", "errors", "load", "sniff"}
    assert all(_BLOCK.search(file.read_text("utf-8")) for file in TRANSCRIPTS)


def test_a_wrong_transcript_is_noticed(tmp_path: Path) -> None:
    """A wrong word and a wrong status both come out otherwise; what is right stays."""
    right = "```console\n$ cjmine discover x.csv\nerror[L101]: there is no such file\n…\n```\n"
    wrong = right.replace("no such", "some such").replace("…\n", "…\n$ echo $?\n0\n")
    assert replayed(right, tmp_path, both_streams=True) == right
    again = replayed(wrong, tmp_path, both_streams=True)
    assert "no such" in again and "$ echo $?\n3\n" in again


def compare(file: Path, text: str) -> None:
    before = file.read_text("utf-8")
    if text == before:
        return
    names = (f"{file.name} as it stands", f"{file.name} as it comes out")
    difference = "\n".join(
        difflib.unified_diff(before.splitlines(), text.splitlines(), *names, lineterm="")
    )
    if os.environ.get(UPDATE):
        file.write_text(text, "utf-8", newline="\n")
        pytest.fail(f"written anew, read the difference:\n{difference}", pytrace=False)
    pytest.fail(f"if this is meant: {UPDATE}=1\n{difference}", pytrace=False)


def replayed(text: str, folder: Path, both_streams: bool) -> str:
    """The text with every session in it run again, one after the other in one folder."""
    if not (folder / "sample_logs").exists():
        (folder / "sample_logs").symlink_to(SAMPLE_LOGS)
    status = 0

    def session(found: re.Match[str]) -> str:
        nonlocal status
        lines = []
        for command, expected in steps(found[0]):
            lines.append(f"$ {command}")
            if command.startswith(("cjmine ", "cat ")):
                status, output = output_of(folder, command, both_streams)
                lines += expected if fits(output, expected) else output
            else:
                lines += [str(status)] if command == "echo $?" else expected
        return "".join(f"{line}\n" for line in lines)

    return _BLOCK.sub(session, text)


def steps(block: str) -> Iterator[tuple[str, list[str]]]:
    """The commands of a session, each with the lines that stand below it."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, *expected = part.rstrip("\n").split("\n")
        yield command, expected


def output_of(folder: Path, command: str, both_streams: bool) -> tuple[int, list[str]]:
    merged: dict[str, object] = {"stderr": subprocess.STDOUT} if both_streams else {}
    file, pipe, typed = command.removeprefix("cat ").partition(" | ")
    if pipe and command.startswith("cat "):
        with (folder / file).open("rb") as piped:
            ran = run(folder, *shlex.split(typed, comments=True)[1:], stdin=piped, **merged)
    else:
        ran = run(folder, *shlex.split(command, comments=True)[1:], **merged)
    shown = ran.out if both_streams or ran.out else ran.err
    # What looks like a command in the output must not be taken for one.
    shown = re.sub(
        r"^\$ ",
        "> $ ",
        _BY_CHANCE.sub("(nothing confirmed)", _KEY_ID.sub("key ········", shown)),
        flags=re.MULTILINE,
    )
    lines = shown.split("\n")
    return ran.status, lines[:-1] if lines[-1] == "" else lines


def fits(output: list[str], expected: list[str]) -> bool:
    """Whether lines are as expected, where `…` alone on a line stands for any lines."""
    pattern = "".join(r"(?:.*\n)*" if line == "…" else re.escape(line) + r"\n" for line in expected)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in output)) is not None
