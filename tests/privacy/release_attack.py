"""What somebody can compute back from a released check and discovery, by integer programming.

Every count that the reports print or withhold is an unknown whole number. What is printed bounds it
by rounding, what is withheld lies between 1 and 9, and the relations that hold among true counts are
equations. The smallest and the largest value that are left say how much is known of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from privacy.released_world import EXIT, EXTRAS, STEPS, Printed, Report
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

K = 10
FAR = 10_000
ENDS = ("abandoned", "exited", "finished")
PARTS = ("went_on", *ENDS)
STATES = ("completed", "abandoned", "exited", "open", "truncated")
FIT = ("fitting", "cost", "log_moves", "model_moves")


@dataclass(slots=True)
class Program:
    """Whole numbers by name, each between two bounds, and equations or inequalities among them."""

    base: int
    numbers: dict[str, int] = field(default_factory=dict)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    rows: list[dict[str, int]] = field(default_factory=list)
    least: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)

    def add(self, name: str, shown: int | None, low: int = 1, high: int = K - 1) -> None:
        """A count that is printed (rounded to `base`), or withheld: then from `low` to `high`."""
        self.numbers[name] = len(self.low)
        if shown is None:
            self.low.append(low)
            self.high.append(high)
        elif shown == 0:  # a small count is withheld, so that a nought is one
            self.low.append(0)
            self.high.append(0)
        else:
            self.low.append(max(0, shown - self.base // 2))
            self.high.append(shown + (self.base - 1) // 2)

    def free(self, name: str) -> None:
        """A count of which nothing is printed."""
        self.numbers[name] = len(self.low)
        self.low.append(0)
        self.high.append(FAR)

    def relate(self, row: dict[str, int], least: float = 0, most: float = 0) -> None:
        """`least` <= sum of count times factor <= `most`; an equation with nought by default."""
        self.rows.append(row)
        self.least.append(least)
        self.most.append(most)

    def ends_of(self, name: str) -> tuple[int, int] | None:
        """The smallest and largest value that a count can have; None where there is none."""
        found = []
        matrix = np.zeros((len(self.rows), len(self.low)))
        for number, row in enumerate(self.rows):
            for one, factor in row.items():
                matrix[number, self.numbers[one]] = factor
        for sign in (1, -1):
            target = np.zeros(len(self.low))
            target[self.numbers[name]] = sign
            result = milp(
                target,
                integrality=np.ones(len(self.low)),
                bounds=Bounds(np.array(self.low), np.array(self.high)),
                constraints=LinearConstraint(csr_array(matrix), self.least, self.most),
            )
            if result.x is None:
                return None
            found.append(round(sign * result.fun))
        return found[0], found[1]

    def holds(self, truth: dict[str, int]) -> list[str]:
        """What true counts would break: no attack is worth anything whose premises are wrong."""
        broken = [
            f"{name} = {truth[name]}"
            for name, number in self.numbers.items()
            if name in truth and not self.low[number] <= truth[name] <= self.high[number]
        ]
        for row, least, most in zip(self.rows, self.least, self.most, strict=True):
            if all(name in truth for name in row):
                total = sum(truth[name] * factor for name, factor in row.items())
                if not least <= total <= most:
                    broken.append(f"{row} = {total}")
        return broken


def counts_of(printed: Printed) -> dict[str, int | None]:
    """Every count of a check and a discovery by a name, None where it is withheld."""
    check, found = printed.check, printed.discovery
    counts: dict[str, int | None] = {"log": check["log"]["journeys"]}
    counts["events"] = check["log"]["events"]
    for name in STATES:
        counts[f"state {name}"] = check["states"][name]
    for row in check["steps"]:
        for name in ("reached", "matched", *PARTS, "open"):
            counts[f"{row['step']} {name}"] = row[name]
    for name in (*ENDS, "open"):
        counts[f"never {name}"] = check["never"][name]
    counts["goal n"], counts["goal of"] = check["goal"]["n"], check["goal"]["of"]
    for name in FIT:
        counts[name] = check["conformance"][name]
        counts[f"counted {name}"] = check["counted"][name]
    counts["exit_events"] = check["conformance"]["exit_events"]
    counts["compared"] = check["conformance"]["events"]
    for row in check["deviations"]:
        for name in ("journeys", "occurrences", "of"):
            counts[f"{row['class']} {row['activity']} {name}"] = row[name]
    for row in found["activities"]:
        for name in ("events", "journeys", "starts_here", "ends_here"):
            counts[f"activity {row['activity']} {name}"] = row[name]
    for row in found["loops"]:
        for name in ("journeys", "of"):
            counts[f"loop {row['activity']} {name}"] = row[name]
    if found["goal"]:
        counts["goal seen n"], counts["goal seen of"] = found["goal"]["n"], found["goal"]["of"]
    return counts


def relations(
    names: dict[str, int], check: Report
) -> Iterator[tuple[dict[str, int], float, float]]:
    """What holds among the true counts of any log and this journey."""

    def known(row: dict[str, int]) -> bool:
        return all(name in names for name in row)

    rows: list[tuple[dict[str, int], float, float]] = []
    for number, step in enumerate(STEPS):
        parts = {f"{step} {name}": -1 for name in PARTS}
        rows.append(({f"{step} reached": 1, **parts}, 0, 0))
        rows.append(({f"{step} reached": 1, f"{step} matched": -1}, 0, FAR))
        if number + 1 < len(STEPS):  # a journey that goes on comes past the next step
            rows.append(({f"{step} went_on": 1, f"{STEPS[number + 1]} reached": -1}, 0, 0))
        of = f"abandoned {step} of"
        rows.append(({f"abandoned {step} journeys": 1, f"{step} abandoned": -1}, 0, 0))
        rows.append(({of: 1, f"{step} reached": -1}, 0, 0))
        seen = f"activity {step} journeys"
        rows.append(({seen: 1, f"{step} matched": -1}, 0, FAR))
        rows.append(({f"activity {step} events": 1, seen: -1}, 0, FAR))
        loop = f"loop {step} journeys"
        rows.append(({f"activity {step} events": 1, seen: -1, loop: -1}, 0, FAR))
        rows.append(({f"loop {step} of": 1, seen: -1}, 0, 0))
    rows.append(({f"{STEPS[0]} reached": 1, **{f"never {e}": 1 for e in ENDS},
                  "goal of": -1}, 0, 0))  # fmt: skip
    rows.append(({"log": 1, **{f"state {name}": -1 for name in STATES}}, 0, 0))
    ends = {"abandoned": "abandoned", "exited": "exited", "open": "open", "finished": "completed"}
    for end, state in ends.items():
        everywhere = {f"{step} {end}": 1 for step in STEPS}
        rows.append(({**everywhere, f"never {end}": 1, f"state {state}": -1}, 0, 0))
    # Whoever stops at a step misses the steps after it; whoever passes one unseen misses that one.
    missed = {"counted model_moves": 1, **{f"never {end}": -len(STEPS) for end in ENDS}}
    for number, step in enumerate(STEPS):
        missed |= {f"{step} reached": -1, f"{step} matched": 1}
        missed |= {f"{step} {end}": number + 1 - len(STEPS) for end in ENDS}
    rows.append((missed, 0, 0))
    matched = {f"{step} matched": -1 for step in STEPS}
    rows.append(({"compared": 1, "log_moves": -1, **matched}, 0, FAR))  # open ones match, too
    if check["judged"]["after"] == 0:  # then open and truncated journeys only add to the counted
        rows += [({name: 1, f"counted {name}": -1}, 0, FAR) for name in FIT]
    rows.append(({"events": 1, "compared": -1, "exit_events": -1}, 0, 0))
    rows.append(({"exit_events": 1, f"activity {EXIT} events": -1}, 0, 0))
    rows.append(({f"activity {EXIT} journeys": 1, "state exited": -1}, 0, FAR))
    every = {name: -1 for name in names if name.startswith("activity ") and "events" in name}
    rows.append(({"events": 1, **every}, 0, 0))
    for name in EXTRAS:
        for one, other in (("journeys", "journeys"), ("occurrences", "events")):
            rows.append(({f"activity {name} {other}": 1, f"unexpected {name} {one}": -1}, 0, FAR))
    rows.append(({"goal n": 1, "state completed": -1}, 0, 0))
    rows.append(({"goal of": 1, "state completed": -1, "state exited": -1,
                  "state abandoned": -1}, 0, 0))  # fmt: skip
    rows.append(({"goal seen n": 1, "goal n": -1}, 0, 0))
    rows.append(({"goal seen of": 1, "goal of": -1}, 0, 0))
    for which, all_of in (("", "log"), ("counted ", "goal of")):
        cost, moves = f"{which}cost", {f"{which}log_moves": -1, f"{which}model_moves": -1}
        rows.append(({cost: 1, **moves}, 0, 0))
        rows.append(({cost: 1, all_of: -1, f"{which}fitting": 1}, 0, FAR))
    classes = sorted({row["class"] for row in check["deviations"]})
    log_moves = [one for one in classes if one in ("unexpected", "repeated", "swapped",
                                                   "out-of-order", "replaced")]  # fmt: skip
    if "(other)" not in classes:
        parts = {
            f"{row['class']} {row['activity']} occurrences": -1
            for row in check["deviations"]
            if row["class"] in log_moves
        }
        rows.append(({"counted log_moves": 1, **parts}, 0, 0))
    rows.append(({"log": 1, **{name: -1 for name in names if name.endswith(" starts_here")}}, 0, 0))
    rows.append(({"log": 1, **{name: -1 for name in names if name.endswith(" ends_here")}}, 0, 0))
    for name in names:
        if name.endswith(" occurrences"):
            rows.append(({name: 1, name.removesuffix("occurrences") + "journeys": -1}, 0, FAR))
    yield from (row for row in rows if known(row[0]))


def program_of(printed: Printed, small: set[str], base: int) -> Program:
    """The integer program of what a check and a discovery print; 1 is the base of exact figures.

    `small` are the counts below 10: whoever reads "<10" knows that. A count that is withheld for
    what is left of its row may be anything.
    """
    program = Program(base)
    for name, shown in counts_of(printed).items():
        if shown is None and name not in small:
            program.free(name)
        else:
            program.add(name, shown)
    for row in relations(program.numbers, printed.check):
        program.relate(*row)
    return program
