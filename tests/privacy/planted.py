"""A small shop of which every customer is a canary, and what a command gives away of it."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Collection
from pathlib import Path

from privacy.canaries import MARK, Aviary, Scanner
from privacy.test_canaries import Garden, Swept, sweep


def planted(
    folder: Path, rows: Callable[[Aviary], list[str]], files: Collection[tuple[str, str]]
) -> Garden:
    """A folder with shop.csv, whose lines are those of `rows`, and other files by their names."""
    inputs, aviary = folder / "in", Aviary()
    inputs.mkdir()
    (inputs / "shop.csv").write_text("\n".join(rows(aviary)) + "\n")
    for name, text in files:
        (inputs / name).write_text(text)
    return Garden(inputs, Scanner(aviary), folder)


def swept_of(shop: Garden, work: Path, typed: str) -> Swept:
    """What a command says and writes in an own folder; {IN} is where the shop is."""
    work.mkdir()
    return sweep(shop, work, *shlex.split(typed.replace("{IN}", str(shop.inputs))))


def assert_hidden(shop: Garden, work: Path, typed: str) -> None:
    """The command succeeds, and no canary is anywhere."""
    swept = swept_of(shop, work, typed)
    assert (swept.status, swept.hits) == (0, {}), swept.said


def assert_shown(shop: Garden, work: Path, typed: str, files: Collection[str]) -> None:
    """The control: labels of few are in these files; identifiers of customers are in none."""
    control = swept_of(shop, work, typed)
    assert control.status == 0, control.said
    assert {Path(where).name for where in control.hits} >= set(files)
    texts = [one.read_bytes() for one in work.rglob("a.*")]
    assert not any(MARK.encode() in text for text in texts)
