"""What somebody can compute back from a portfolio, by integer programming.

A world is a number of customers with some touchpoints, journeys with an entry and a goal, and the
groups that they are in. Each kind of customers is an unknown whole number; what is printed are
equations. The attacker knows which kinds there are, so that two alike journeys are no secret.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from notation import log
from portfolio.folders import portfolio_in
from privacy.release_attack import K, Program

from cjmine.results.portfolio import Portfolio, PortfolioJourney
from cjmine.results.share import Share
from cjmine.verbs.portfolio import portfolio
from cjmine.verbs.portfolio_settings import PortfolioSettings

Customer = tuple[int, frozenset[str]]  # the week of begin, and the touchpoints
WEEK = 7 * 24 * 60


@dataclass(frozen=True, slots=True)
class Asked:
    """A journey of a world: who has its entry is in it, who has its goal reaches it."""

    name: str
    entry: str
    goal: str
    phase: str = "One"
    owner: str = "all"


@dataclass(frozen=True, slots=True)
class World:
    """Customers, and journeys in the order of the file."""

    customers: tuple[Customer, ...]
    journeys: tuple[Asked, ...]

    def measured(self, folder: Path, settings: PortfolioSettings) -> Portfolio:
        """What a portfolio shows of it."""
        lines = [
            f"c{number}: {' '.join(f'{name}@{week * WEEK + number % 500 + at}m' for at, name in _in_order(has))}"
            for number, (week, has) in enumerate(self.customers)
        ]
        files = {f"{one.name}.yaml": _file(one) for one in self.journeys}
        entries = ", ".join(
            f"{{journey: {one.name}.yaml, phase: {one.phase}, owner: {one.owner}}}"
            for one in self.journeys
        )
        phases = ", ".join(dict.fromkeys(one.phase for one in self.journeys))
        text = f"{{lifecycle: [{phases}], journeys: [{entries}]}}"
        events = log("\n".join([*lines, f"end: News@{9 * WEEK}m"]))
        return portfolio(events, portfolio_in(folder, text, files), settings)


def _in_order(has: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Entries come before goals, which begin with a G."""
    return enumerate(sorted(has, key=lambda name: (name.startswith("G"), name)))


def _file(one: Asked) -> str:
    steps = f"[{one.entry}, {one.goal}]"
    return (
        f"journey: {one.name}\ngoal: {one.goal}\nentry: {one.entry}\ndeadline: 1d\npurpose: x\n"
        f"stages: [{{stage: One, steps: {steps}}}]\n"
    )


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that may be printed, and whom it is about: customers by their place."""

    printed: int | None
    about: frozenset[int]


def figures(world: World, found: Portfolio) -> dict[str, list[Figure]]:
    """All numbers of customers and journeys, by what they count; each customer has one journey."""
    made: dict[str, list[Figure]] = {}
    inside: dict[str, frozenset[int]] = {}
    for asked, row in zip(world.journeys, found.journeys, strict=True):
        mine = _who(world, asked.entry)
        inside[asked.name] = mine if row.customers is not None else frozenset()
        _row(made, world, asked, row, mine)
    for rows, name_of in ((found.phases, "phase"), (found.owners, "owner")):
        for one in rows:
            members = [j for j in world.journeys if getattr(j, name_of) == one.name]
            everyone = frozenset[int]().union(*(inside[j.name] for j in members))
            made["customers"].append(Figure(one.customers, everyone))
    everyone = frozenset[int]().union(*inside.values())
    made["customers"].append(Figure(found.levels[0].customers, everyone))
    return made


def _row(
    made: dict[str, list[Figure]],
    world: World,
    asked: Asked,
    row: PortfolioJourney,
    mine: frozenset[int],
) -> None:
    goal = mine & _who(world, asked.goal)
    made.setdefault("customers", []).append(Figure(row.customers, mine))
    made.setdefault("customers", []).append(Figure(row.journeys, mine))
    made.setdefault("goal", []).append(Figure(row.goal.n, goal))
    made.setdefault("no goal", []).append(Figure(_rest(row.goal), mine - goal))
    made.setdefault("lost", []).append(Figure(row.drop_off.n, mine - goal))
    weeks = sorted({week for week, _ in world.customers})
    for week, point in zip(weeks, row.trend, strict=False):
        began = frozenset(at for at, (when, _) in enumerate(world.customers) if when == week)
        made.setdefault(f"begun {week}", []).append(Figure(point.of, mine & began))
        made.setdefault(f"reached {week}", []).append(Figure(point.n, goal & began))


def _rest(share: Share) -> int | None:
    return None if share.n is None or share.of is None else share.of - share.n


def _who(world: World, name: str) -> frozenset[int]:
    return frozenset(at for at, (_, has) in enumerate(world.customers) if name in has)


def computed(world: World, found: Portfolio, base: int = 1) -> list[str]:
    """The numbers of one to nine customers that are known exactly, but for those printed as such."""
    breaches = []
    for what, numbers in figures(world, found).items():
        printed = [one for one in numbers if one.printed is not None]
        kinds = Counter(
            tuple(at in one.about for one in printed) for at in range(len(world.customers))
        )
        kinds.pop(tuple(False for _ in printed), None)
        program = Program(base)
        for kind in kinds:
            program.free(str(kind))
        for number, one in enumerate(printed):
            program.add(f"printed {number}", one.printed)
            row = {str(kind): 1 for kind in kinds if kind[number]}
            program.relate({**row, f"printed {number}": -1})
        small = [kind for kind, many in kinds.items() if many < K]
        for size in (1, 2, 3):
            for some in combinations(small, size):
                if sum(kinds[kind] for kind in some) >= K:
                    continue
                name = f"sum of {some}"
                program.free(name)
                program.relate({**{str(kind): 1 for kind in some}, name: -1})
        for name in [one for one in program.numbers if one.startswith("sum of")]:
            low, high = program.ends_of(name) or (0, 1)
            if low == high:
                breaches.append(f"{what}: {low} ({name})")
    return breaches
