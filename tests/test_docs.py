"""The documentation says what is there: links lead somewhere, commands and options exist."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from cjmine.cli.app import app
from cjmine.errors import Code

PROJECT = Path(__file__).parents[1]
PAGES = sorted(
    [*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md"), *PROJECT.glob("[!.]*/README.md")]
)
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
FAMILIES = "LNJDGPCUOX"


def pages() -> list[Any]:
    names = [page.relative_to(PROJECT).as_posix() for page in PAGES]
    return [pytest.param(page, id=name) for page, name in zip(PAGES, names, strict=True)]


@pytest.mark.parametrize("page", pages())
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    """The file exists, and where a heading is named the page has it."""
    lost = []
    for found in _LINK.finditer(_FENCE.sub("", page.read_text("utf-8"))):
        link = found[1] or found[2]
        if re.match(r"[a-z]+:", link):
            continue
        name, _, heading = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.exists() or (heading and heading not in anchors(target)):
            lost.append(link)
    assert lost == []


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as the usual renderers make them."""
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", page.read_text("utf-8")), re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.strip().replace(" ", "-") for heading in plain}


def test_the_two_commands_of_the_readme_are_in_the_makefile() -> None:
    """`make demo` and `make test` are shown to newcomers and must be there."""
    shown = (PROJECT / "README.md").read_text("utf-8")
    recipes = (PROJECT / "Makefile").read_text("utf-8")
    for target in ("demo", "test"):
        assert re.search(rf"\bmake {target}\b", shown)
        assert re.search(rf"^{target}:", recipes, re.MULTILINE)


def test_every_make_target_that_is_mentioned_exists() -> None:
    """On any page of the documentation."""
    recipes = set(re.findall(r"^([\w-]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE))
    said = {
        target
        for page in PAGES
        for target in re.findall(r"(?:`|^|\s)make ([a-z][\w-]*)(?=`|\s*#|\s*$)", code(page), re.M)
    }
    assert said - recipes == set()


def code(page: Path) -> str:
    """The code of a page, in fences and between backticks, one piece a line."""
    text = page.read_text("utf-8")
    inline = re.findall(r"`([^`\n]+)`", _FENCE.sub("", text))
    return "\n".join([*_FENCE.findall(text), *inline])


def test_the_list_of_decisions_is_complete() -> None:
    """docs/adr/README.md names every record once, by number, in order, and no other."""
    folder = PROJECT / "docs" / "adr"
    records = sorted(path.name for path in folder.glob("[0-9]*.md"))
    table = re.findall(r"^\| \[(\d{4})\]\(([^)]+)\)", (folder / "README.md").read_text(), re.M)
    assert [name for _, name in table] == records
    assert all(name.startswith(f"{number}-") for number, name in table)
    for name in records:
        assert (folder / name).read_text("utf-8").startswith(f"# {name[:4]}: "), name


def commands(command: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield words, command
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(below, (*words, name))


COMMANDS = dict(commands(typer.main.get_command(app)))


def mentioned() -> Iterator[tuple[str, tuple[str, ...], list[str]]]:
    """Every `cjmine …` in the documentation: where, its command, its options."""
    for page in PAGES:
        for line in code(page).splitlines():
            if found := re.match(r"(?:\$ )?(?:\.venv/bin/)?cjmine ((?:[a-z][a-z-]* ?)*)(.*)", line):
                words = tuple(found[1].split())
                while words and words not in COMMANDS:
                    words = words[:-1]
                rest = line.partition("#")[0]
                yield f"{page.name}: {line}", words, re.findall(r"(?<!\S)(--?[a-z][\w-]*)", rest)


def test_every_command_and_option_that_is_mentioned_exists() -> None:
    """What a reader copies works: no page shows a command or an option that is not there."""
    unknown = []
    for place, words, options in mentioned():
        known = {"--help", "-h"} | {name for one in COMMANDS[words].params for name in one.opts}
        if not words and not set(options) & known:
            unknown.append(place)
        unknown += [f"{place} ({option})" for option in options if option not in known]
    assert unknown == []


def test_every_command_is_shown_to_a_newcomer() -> None:
    """Each command stands on some page, so that it can be found without asking for help."""
    shown = {words for _, words, _ in mentioned()}
    leaves = {words for words, command in COMMANDS.items() if not hasattr(command, "commands")}
    assert leaves - shown == set()


def test_the_pictures_of_the_readme_are_drawn_by_the_commands_below_them(tmp_path: Path) -> None:
    """Run as they stand, they give the same bytes."""
    readme = (PROJECT / "README.md").read_text("utf-8")
    shown = set(re.findall(r'(?:src|srcset)="(docs/pictures/[^"]+)"', readme))
    drawn = set()
    (tmp_path / "sample_logs").symlink_to(PROJECT / "sample_logs")
    for typed, name in re.findall(
        r"^cjmine (map .* -o (docs/pictures/\S+))$", readme, re.MULTILINE
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        ran = [sys.executable, "-m", "cjmine", *typed.split()]
        subprocess.run(ran, cwd=tmp_path, check=True, capture_output=True)
        assert (tmp_path / name).read_bytes() == (PROJECT / name).read_bytes(), name
        drawn.add(name)
    assert drawn == shown != set()


def test_codes_are_unique_and_have_the_letter_of_their_family() -> None:
    """One letter, three digits, no code twice, not even under another name."""
    values = [member.value for member in Code.__members__.values()]
    assert len(set(values)) == len(values) == len(Code)
    assert [value for value in values if not re.fullmatch(rf"[{FAMILIES}][1-9]\d\d", value)] == []
    assert all(value[1] in "234" for value in values if value[0] == "N")


def test_no_page_speaks_of_this_machine() -> None:
    """Paths of whoever wrote it, and files that are not in the repository, stay out."""
    for page in PAGES:
        assert not re.search(r"/(?:home|root|tmp|work)/\w", page.read_text("utf-8")), page.name


def test_every_page_is_kept() -> None:
    """No page is forgotten by the version control: links to it would be dead for others."""
    try:
        typed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
        kept = subprocess.run(typed, cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a checkout")
    assert {page.relative_to(PROJECT).as_posix() for page in PAGES} <= set(kept.splitlines())
