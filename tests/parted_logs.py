"""Five saved logs and four verbs whose JSON must not depend on where parts are counted.

As a program: what a place answers. `python parted_logs.py FOLDER PLACE PARTS,PARTS [LOG,LOG]`
prints one line for each log, verb and number of parts, with a hash of the JSON.
"""

from __future__ import annotations

import hashlib
import random
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from strategies import log_from

from cjmine.counting.split import Split
from cjmine.eventlog.log import EventLog
from cjmine.eventlog.parquet import write_log
from cjmine.eventlog.parts import Log
from cjmine.eventlog.saved import open_saved
from cjmine.ideal.compiled import CompiledIdeal, compile_ideal
from cjmine.ideal.file import parse_journey
from cjmine.results.codec import to_json
from cjmine.verbs.check import check
from cjmine.verbs.compare import compare
from cjmine.verbs.compare_settings import CompareSettings
from cjmine.verbs.discover import discover
from cjmine.verbs.priorities import priorities
from cjmine.verbs.priorities_settings import PrioritiesSettings
from cjmine.verbs.settings import CheckSettings, DiscoverSettings

DAY = 86_400
SHOP = """
journey: order
goal: Pay
exits: [Stop]
deadline: 20d
case: {gap: 10d}
stages:
  - stage: One
    steps:
      - Search
      - step: Cart
        within: {max: 1d, after: Search}
        expect: {drop-off: "<= 20%", late: "<= 5%"}
      - repeat: View
      - Pay
friction: [Call]
expect: {goal-rate: ">= 10%", fitness: ">= 0.2"}
"""
PROCESS = SHOP.replace("case: {gap: 10d}\n", "")
NAMES = ("Search", "Cart", "View", "View", "Pay", "Pay", "Stop", "Call")


@dataclass(frozen=True, slots=True)
class Place:
    """One answer: of which log, which verb, in how many parts."""

    log: str
    verb: str
    parts: int


def made() -> dict[str, EventLog]:
    """Ties, rare activities, given cases, and several journeys a customer."""
    return {
        "ties": _walks(1, step=(0, 0, 3600)),
        "rare": _walks(2, rare=0.03),
        "cases": _walks(3, cases=True),
        "several": _walks(4, step=(60, DAY, 12 * DAY), longest=14),
    }


def _walks(
    seed: int,
    step: tuple[int, ...] = (60, 3600, DAY),
    rare: float = 0.0,
    cases: bool = False,
    longest: int = 9,
) -> EventLog:
    chance = random.Random(seed)
    rows, channels, orders = [], [], []
    for customer in range(240):
        time = 1_700_000_000 + chance.randrange(90) * DAY
        for number in range(chance.randrange(1, longest)):
            time += chance.choice(step)
            name = chance.choice(NAMES)
            if chance.random() < rare:
                name = f"once {chance.randrange(40)}"
            rows.append((f"{customer * 7919 % 240:03d}", name, time))
            channels.append(chance.choice(("web", "app", "shop", None)))
            orders.append(f"order {customer}.{number % 3}")
    return log_from(rows, channels, orders if cases else None)


def save(folder: Path) -> None:
    """Write the logs that are made; `linked` comes from exports."""
    for name, log in made().items():
        write_log(log, folder / f"{name}.parquet")


def saved(folder: Path) -> dict[str, Log]:
    """The logs of a folder: saved files, and log folders."""
    found = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    return {path.stem: open_saved(path, path.name) for path in found}


def answers(
    log: Log, ideal: CompiledIdeal, change: date, split: Split
) -> Iterator[tuple[str, str]]:
    """The JSON of four verbs."""
    goal = ideal.journey.goal[:1]
    yield "discover", to_json(discover(log, DiscoverSettings(goal=goal, by="channel"), split=split))
    yield "check", to_json(check(log, ideal, CheckSettings(ranges=True), split=split).checked)
    sides = CompareSettings(change=change)
    yield "compare", to_json(compare(log, ideal, sides, split=split))
    yield "priorities", to_json(priorities(log, ideal, PrioritiesSettings(), split=split))


def hashes(
    folder: Path, split: Split, parts: Iterable[int], only: tuple[str, ...] = ()
) -> Iterator[tuple[Place, str]]:
    """A hash of every answer, one after the other."""
    for name, log in saved(folder).items():
        if only and name not in only:
            continue
        change = date(2026, 4, 1) if name == "linked" else date(2023, 12, 30)
        for number in parts:
            here = Split(split.jobs, number, split.on)
            for verb, text in answers(log, ideal_of(name), change, here):
                yield Place(name, verb, number), hashlib.sha256(text.encode()).hexdigest()


def ideal_of(name: str) -> CompiledIdeal:
    """The ideal journey beside a log."""
    if name == "linked":
        text = (Path(__file__).parents[1] / "sample_logs" / "journey.yaml").read_text("utf-8")
    else:
        text = PROCESS if name == "cases" else SHOP
    return compile_ideal(parse_journey(text, "journey.yaml"))


def main(folder: str, place: str, parts: str, only: str = "") -> None:
    """Print what a place answers."""
    numbers = [int(one) for one in parts.split(",")]
    chosen = tuple(filter(None, only.split(",")))
    for one, text in hashes(Path(folder), Split(on=place), numbers, chosen):
        print(one.log, one.verb, one.parts, text, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
