"""What somebody can compute back from the whole JSON of a portfolio, and the reports beside it.

Whoever attacks knows which kinds of customers there are, but not how many: each printed number is
an equation. Up to three kinds with fewer than ten customers are given away where some sum of
equations is about these alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from notation import log
from portfolio.folders import portfolio_in
from privacy.release_attack import K

from cjmine.analysis.portfolio.members import Journeys
from cjmine.eventlog.log import EventLog
from cjmine.results.codec import to_json
from cjmine.verbs.portfolio import gated_portfolio
from cjmine.verbs.portfolio_settings import PortfolioSettings

LAST = 99
WEEK = 7 * 24 * 60
BANDS = {"detractor": range(7), "passive": range(7, 9), "promoter": range(9, 11)}
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Who:
    """One customer; `has` are touchpoints, of which those that begin with G are goals."""

    week: int
    fund: str
    has: frozenset[str]
    reason: str | None = None
    answer: int | None = None

    def line(self, number: int) -> str:
        """The customer's events, all in one day."""
        begins = sorted(name for name in self.has if not name.startswith("G"))
        ends = sorted(name for name in self.has if name.startswith("G"))
        events = [f"{name}@fund={self.fund}" for name in begins]
        if self.answer is not None:
            events.append(f"NPS_score@survey@score={self.answer}@fund={self.fund}")
        if self.reason is not None:
            events.append(f"{self.reason}@call@fund={self.fund}")
        events += [f"{name}@fund={self.fund}" for name in ends]
        first, *others = events
        at = f"@{self.week * WEEK + number % 500}m"
        return f"c{number}: " + " ".join([first.replace("@", f"{at}@", 1), *others])


@dataclass(frozen=True, slots=True)
class Asked:
    """A journey, or with `funds` a template: who has its entry is in it."""

    name: str
    entry: str
    goal: str
    phase: str
    owner: str
    parent: str | None = None
    funds: tuple[str, ...] = ()

    @property
    def declared(self) -> str:
        """Its entry of the portfolio."""
        what = "template" if self.funds else "journey"
        said = f"{what}: {self.name}.yaml, phase: {self.phase}, owner: {self.owner}"
        said += f", parent: {self.parent}" if self.parent else ""
        said += f", level: {'sub-journey' if self.parent else 'journey'}"
        said += f", for: {{fund: [{', '.join(self.funds)}]}}" if self.funds else ""
        return f"{{{said}}}"

    @property
    def file(self) -> str:
        """Its journey file."""
        steps = f"[{self.entry}, {self.goal}]"
        return (
            f"journey: {self.name}\ngoal: {self.goal}\nentry: {self.entry}\nexits: [Stop]\n"
            f"deadline: 1d\npurpose: x\nstages: [{{stage: One, steps: {steps}}}]\n"
        )

    def holds(self, one: Who, fund: str | None = None) -> bool:
        """Whether a customer has it; with `fund`, has this value of it."""
        return self.entry in one.has and (fund is None or one.fund == fund)


@dataclass(frozen=True, slots=True)
class World:
    """Customers, journeys in the order of the file, and where contact reasons belong."""

    customers: tuple[Who, ...]
    journeys: tuple[Asked, ...]
    homes: tuple[tuple[str, str], ...] = ()

    def page(self, folder: Path) -> tuple[Json, frozenset[str]]:
        """The JSON of the portfolio, and the journeys with a report beside it."""
        found = gated_portfolio(*self.asked(folder), PortfolioSettings())
        return json.loads(to_json(found.portfolio)), found.reported.names

    def asked(self, folder: Path) -> tuple[EventLog, Journeys]:
        """The log, and the journeys of its portfolio."""
        lines = [one.line(number) for number, one in enumerate(self.customers)]
        phases = ", ".join(dict.fromkeys(one.phase for one in self.journeys))
        entries = ", ".join(one.declared for one in self.journeys)
        homes = ", ".join(f'"{reason}": {home}' for reason, home in self.homes)
        text = f"{{lifecycle: [{phases}], journeys: [{entries}], reasons: {{{homes}}}}}"
        files = {f"{one.name}.yaml": one.file for one in self.journeys}
        made = log("\n".join([*lines, f"end: News@{2 * WEEK + 3000}m"]))
        return made, portfolio_in(folder, text, files)


@dataclass(frozen=True, slots=True)
class Equation:
    """A printed number, and how often each customer counts in it."""

    what: str
    printed: int
    counts: Callable[[Who], int]
    week: int | None = None


def equations(world: World, page: Json, reports: frozenset[str]) -> Iterator[Equation]:
    """Everything that is printed and is a sum over customers."""
    rows_of = partial(_row, first=min(who.week for who in world.customers))
    members = [(asked, value) for asked in world.journeys for value in (asked.funds or (None,))]
    rows = list(zip(members, page["journeys"], strict=True))
    shown = [(member, row) for member, row in rows if row["journeys"] is not None]
    for member, row in shown:
        yield from rows_of(str(member[0].name), [(member, row)], row)
    for name, of in (("phases", "phase"), ("owners", "owner")):
        for group in page[name]:
            mine = [one for one in shown if getattr(one[0][0], of) == group["name"]]
            yield from rows_of(f"{name} {group['name']}", mine, group)
    for group in page["levels"]:
        level = {"journey": False, "sub-journey": True}[group["name"]]
        mine = [one for one in shown if bool(one[0][0].parent) == level]
        yield from rows_of(f"level {group['name']}", mine, group)
    for group in page["parents"]:
        mine = [one for one in shown if group["name"] in (one[0][0].parent, one[0][0].name)]
        yield from rows_of(f"parent {group['name']}", mine, group)
    for template in page["templates"]:
        mine = [one for one in shown if one[0][0].name == template["template"]]
        yield from rows_of(f"template {template['template']}", mine, template["pooled"])
    yield from _coverage(world, page)
    for name in sorted(reports):  # says how many customers it is about
        every = [member for member, _ in shown if member[0].name == name]
        many = sum(_any(every, who) for who in world.customers)
        yield Equation(f"report {name}", many, lambda who, of=every: _any(of, who))


Member = tuple[Asked, str | None]


def _any(members: list[Member], who: Who) -> int:
    return int(any(asked.holds(who, fund) for asked, fund in members))


def _row(what: str, some: list[tuple[Member, Json]], row: Json, first: int) -> Iterator[Equation]:
    """The figures of a row about some members; a share pools those that show it.

    The `first` week is that of the first point of a trend.
    """

    def summed(shows: Callable[[Json], bool], counts: Callable[[Asked, Who], bool]):
        of = [member for member, one in some if shows(one)]
        return lambda who: sum(asked.holds(who, fund) and counts(asked, who) for asked, fund in of)

    def each(name: str, printed: int | None, counts: Callable[[Who], int]) -> Iterator[Equation]:
        if printed is not None:
            yield Equation(f"{what} {name}", printed, counts)

    everyone = [member for member, _ in some]
    yield from each("customers", row["customers"], lambda who: _any(everyone, who))
    yield from each("journeys", row["journeys"], summed(lambda _: True, lambda *_: True))
    measures: dict[str, Callable[[Asked, Who], bool]] = {
        "goal": lambda asked, who: asked.goal in who.has,
        "drop_off": lambda asked, who: not who.has & {asked.goal, "Stop"},
        "contact": lambda _, who: who.reason is not None,
    }
    for name, counts in measures.items():
        share = row[name] or {"n": None, "of": None}

        def shows(one: Json, name: str = name) -> bool:
            return one[name] is not None and one[name]["n"] is not None

        yield from each(name, share["n"], summed(shows, counts))
        if share["n"] is not None:
            yield from each(f"of {name}", share["of"], summed(shows, lambda *_: True))
    for score in row["scores"]:
        of = [member for member, one in some if one["scores"]]
        yield from each("answers", score["answers"], _answers(of, range(11)))
        for band in score["bands"]:
            yield from each(band["name"], band["answers"], _answers(of, BANDS[band["name"]]))
    points = row["trend"] if len(some) == 1 else []
    for at, point in enumerate(points):
        yield from _period(what, some[0][0], range(first + at, first + at + 1), point)
    known = [row["goal"]["n"], *(one["n"] for one in points)]
    if points and None not in known:  # what is in no week that is shown follows
        shown = {name: sum(point[name] for point in points) for name in ("n", "of")}
        rest = {"n": row["goal"]["n"] - shown["n"], "of": row["journeys"] - shown["of"]}
        yield from _period(what, some[0][0], range(first + len(points), LAST), rest)


def _period(what: str, member: Member, weeks: range, point: Json) -> Iterator[Equation]:
    """The journeys of one member that begin in some weeks, and those that reach the goal."""
    asked, fund = member
    if point["n"] is None:
        return

    def begins(who: Who) -> int:
        return int(asked.holds(who, fund) and who.week in weeks)

    def reaches(who: Who) -> int:
        return int(begins(who) and asked.goal in who.has)

    yield Equation(f"{what} week {weeks[0]}", point["of"], begins, weeks[0])
    yield Equation(f"{what} goal of week {weeks[0]}", point["n"], reaches, weeks[0])


def _answers(members: list[Member], band: range) -> Callable[[Who], int]:
    return lambda who: int(who.answer in band and _any(members, who))


def _coverage(world: World, page: Json) -> Iterator[Equation]:
    found, homes = page["coverage"], dict(world.homes)
    named = {row["reason"] for row in found["reasons"]}

    def about(reasons: set[str]) -> Callable[[Who], int]:
        return lambda who: int(who.reason is not None and who.reason.replace("_", " ") in reasons)

    every = {one.reason.replace("_", " ") for one in world.customers if one.reason}
    numbers = [found["contacts"], found["covered"], *(one["contacts"] for one in found["reasons"])]
    if all(one is None or one % K == 0 for one in numbers):
        return  # these may be round numbers
    if found["contacts"] is not None:
        yield Equation("contacts", found["contacts"], about(every))
    if found["covered"] is not None:
        yield Equation("covered", found["covered"], about({one for one in every if one in homes}))
    for row in found["reasons"]:
        mine = every - named if row["reason"] == "(other)" else {row["reason"]}
        yield Equation(row["reason"], row["contacts"], about(mine))
    if (size := page["log"]["customers"]) % K:  # else it may be a round number
        yield Equation("log", size, lambda _: 1)


def given_away(world: World, page: Json, reports: frozenset[str]) -> list[str]:
    """What is given away: a week beside the same week of other journeys, all else together."""
    known = list(equations(world, page, reports))
    weeks = {one.week for one in known}
    return [
        one for week in weeks for one in _alone(world, [one for one in known if one.week == week])
    ]


def _alone(world: World, known: list[Equation]) -> list[str]:
    counts = np.array([[one.counts(who) for one in known] for who in world.customers], np.int64)
    counts = counts.reshape(len(world.customers), len(known))
    end = np.array([[one.what == "log" for one in known]], np.int64)  # the customer of the end
    counts = np.concatenate([counts, end])
    wrong = [
        one.what for one, sum_ in zip(known, counts.sum(0), strict=True) if one.printed != sum_
    ]
    assert not wrong, f"the attack misunderstands {wrong}"
    kinds, size = np.unique(counts, axis=0, return_counts=True)
    some = np.flatnonzero(kinds.any(axis=1))
    kinds, size = kinds[some], size[some]
    onto = projector(kinds.astype(float))
    found: list[tuple[int, ...]] = []
    for many in (1, 2, 3):
        some = np.array([*combinations(np.flatnonzero(size < K), many)], np.int64)
        some = some.reshape(-1, many)
        some = some[size[some].sum(axis=1) < K]
        inside = onto[some[:, :, None], some[:, None, :]]
        # A sum of equations is about these alone where the projection leaves it as it is.
        alone = np.linalg.eigvalsh(inside)[:, -1] > 1 - 1e-7
        found += [
            tuple(at)
            for at in some[alone].tolist()
            if not any(set(one) <= set(at) for one in found)
        ]
    return [
        f"{size[list(at)].tolist()} customers of {_said(known, kinds[list(at)])}" for at in found
    ]


def projector(columns: np.ndarray) -> np.ndarray:
    """The projection on all sums and differences of columns."""
    left, size, _ = np.linalg.svd(columns, full_matrices=False)
    basis = left[:, size > 1e-9 * size.max(initial=1)]
    return basis @ basis.T


def _said(known: list[Equation], rows: np.ndarray) -> str:
    return "; ".join(
        ", ".join(one.what for one, is_in in zip(known, row, strict=True) if is_in) for row in rows
    )
