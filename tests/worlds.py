"""Simulated worlds whose truths are known: what each figure and interval is tried on.

    World(seed=1, effect=0.05, arms=(0.5, 0.5)).journeys()   columns, for thousands of runs
    World(seed=1, effect=0.05).log()                         the same world as an event log

A world has customers with several journeys that are alike, arms and segments, a dated change, a
wave of contacts, surveys that few answer, and an end of observation. Its defaults plant nothing.
`flows` gives traces only, with changes of the order of activities; `confounded` and `repeaters`
are the two traps of comparisons.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from cjmine.columns import numbers
from cjmine.eventlog.build import build_log
from cjmine.eventlog.log import ACTIVITY, CASE, CHANNEL, CUSTOMER, TIME, About, Cases, EventLog

SECOND, HOUR, DAY = 1_000_000, 3_600_000_000, 86_400_000_000
GOAL, EXIT, OPEN = 0, 1, 2
NEVER = int(np.iinfo(np.int64).max)
STEPS = ("Start", "Form", "Send")
MONDAY = 19_723 * DAY  # 1 January 2024


@dataclass(frozen=True)
class Columns:
    """One entry a journey, in order of customer and begin; times in microseconds.

    `cause` and `time` are the end as seen: since begin, or until the end of observation where it
    is open. `reaches` is the truth, however late. `step` is the furthest step. `arm` and
    `segment` are numbers. `answered` may be among the asked only, `score` is what would be said.
    """

    customer: np.ndarray
    begin: np.ndarray
    arm: np.ndarray
    segment: np.ndarray
    is_after: np.ndarray
    reaches: np.ndarray
    cause: np.ndarray
    time: np.ndarray
    step: np.ndarray
    contacts: np.ndarray
    score: np.ndarray
    answered: np.ndarray

    def __len__(self) -> int:
        return len(self.customer)


@dataclass(frozen=True)
class World:
    """What is planted. Shares are 0 to 1, effects are added to the share that reaches the goal."""

    seed: int = 0
    customers: int = 500
    each: float = 1.0  # journeys of a customer on average, geometric
    alike: float = 0.4  # the correlation of the ends of two journeys of a customer
    days: int = 140
    follow_up: float = 30.0  # days seen after the last begin
    goal: float = 0.4
    exits: float = 0.2  # of those that do not reach the goal
    goal_days: float = 4.0  # exponential
    exit_days: float = 6.0
    arms: tuple[float, ...] = (0.5, 0.5)
    arm_by_journey: bool = False  # else each customer has one arm
    effect: float = 0.0  # of the second arm
    segments: tuple[float, ...] = (0.7, 0.3)
    segment_effect: float = 0.0  # of the second segment
    segment_in_arm: float = 0.0  # so much likelier is the second segment in the second arm
    change: int | None = None  # the day from which journeys that begin have:
    change_effect: float = 0.0
    contact: float = 0.12  # a journey with a call
    wave: tuple[int, int] | None = None  # days between which calls have:
    wave_contact: float = 0.5
    weekdays: bool = False  # weekends have a fifth of the begins
    nights: bool = False  # nights have a tenth of the begins
    asked: float = 0.5
    response: float = 0.3  # of those asked
    response_of_lost: float = 0.3  # of those asked that do not reach the goal
    late_source: int | None = None  # the day from which calls are logged at all

    def journeys(self) -> Columns:
        """The journeys of this world as columns."""
        random = np.random.default_rng(self.seed)
        many = random.geometric(1 / self.each, self.customers)
        customer = np.repeat(np.arange(self.customers), many)
        size = len(customer)
        begin = begins(random, size, self.days, self.weekdays, self.nights)
        order = np.lexsort((begin, customer))
        begin = begin[order]
        segment = _drawn(random, self.segments, self.customers)[customer]
        arm = _drawn(random, self.arms, size if self.arm_by_journey else self.customers)
        arm = arm if self.arm_by_journey else arm[customer]
        moves = (arm == 1) & (segment == 0) & (random.random(size) < self.segment_in_arm)
        segment = np.where(moves, 1, segment)
        day = (begin - MONDAY) // DAY
        is_after = day >= self.change if self.change is not None else np.zeros(size, bool)
        chance = self.goal + self.effect * (arm == 1) + self.segment_effect * (segment == 1)
        chance = chance + self.change_effect * is_after
        # Both of two journeys take the draw of their customer with the chance `alike`.
        own = random.random(self.customers)[customer]
        drawn = np.where(random.random(size) < np.sqrt(self.alike), own, random.random(size))
        reaches = drawn < chance
        leaves = ~reaches & (random.random(size) < self.exits)
        wait = np.where(reaches, self.goal_days, self.exit_days) * DAY
        took = (random.exponential(1.0, size) * wait).astype(np.int64) + 3 * SECOND
        seen = MONDAY + int((self.days + self.follow_up) * DAY) - begin
        is_seen = (reaches | leaves) & (took <= seen)
        cause = np.where(is_seen, np.where(reaches, GOAL, EXIT), OPEN)
        step = np.where(cause == GOAL, len(STEPS) - 1, random.integers(0, len(STEPS), size))
        calls = np.full(size, self.contact)
        if self.wave is not None:
            calls[(day >= self.wave[0]) & (day < self.wave[1])] = self.wave_contact
        contacts = (random.random(size) < calls).astype(np.int64)
        if self.late_source is not None:
            contacts[day < self.late_source] = 0
        score = np.clip(np.rint(random.normal(np.where(reaches, 8, 5), 2)), 0, 10).astype(np.int64)
        willing = random.random(size) < np.where(reaches, self.response, self.response_of_lost)
        answered = willing & (random.random(size) < self.asked)
        time = np.where(is_seen, took, seen)
        return Columns(customer, begin, arm, segment, is_after, reaches, cause, time, step, contacts,
                       score, answered)  # fmt: skip

    def log(self) -> EventLog:
        """The same journeys as events: steps, calls, goal or exit, and answers to a survey.

        Columns: customer, case, activity, time, channel, arm, segment.
        """
        found = self.journeys()
        ends = found.begin + found.time
        events: list[tuple[np.ndarray, str, str, np.ndarray]] = []
        for number, name in enumerate(STEPS):
            there = np.flatnonzero(found.step >= number)
            events.append((there, name, "web", found.begin + number * SECOND))
        called = np.flatnonzero(found.contacts > 0)
        events.append((called, "Call", "call", found.begin + found.time // 2))
        for cause, name in ((GOAL, "Goal"), (EXIT, "Cancelled")):
            events.append((np.flatnonzero(found.cause == cause), name, "mail", ends))
        said = np.flatnonzero(found.answered & (found.cause != OPEN))
        rows = np.concatenate([at for at, *_ in events])
        times = np.concatenate([when[at] for at, _, _, when in events])
        names = np.repeat([name for _, name, *_ in events], [len(at) for at, *_ in events])
        ways = np.repeat([way for _, _, way, _ in events], [len(at) for at, *_ in events])
        scores = np.full(len(rows), "", object)
        rows, times = np.concatenate([rows, said]), np.concatenate([times, ends[said] + HOUR])
        names = np.concatenate([names, np.full(len(said), "Answer")])
        ways = np.concatenate([ways, np.full(len(said), "survey")])
        scores = np.concatenate([scores, found.score[said].astype(str).astype(object)])
        columns = {
            CUSTOMER: _text([f"c{one:06}" for one in found.customer[rows]]),
            CASE: _text([f"j{one:06}" for one in rows]),
            ACTIVITY: _text(names.tolist()),
            TIME: numbers(times),
            CHANNEL: _text(ways.tolist()),
            "arm": _text([f"arm {one}" for one in found.arm[rows]]),
            "segment": _text([f"segment {one}" for one in found.segment[rows]]),
            "score": _text([one or None for one in scores]),
        }
        return build_log(columns, About(Cases.GIVEN))


def begins(
    random: np.random.Generator, size: int, days: int, weekdays: bool, nights: bool
) -> np.ndarray:
    """When journeys begin: any moment of a period that begins on a Monday."""
    day = np.arange(days)
    weight = np.where(day % 7 >= 5, 0.2, 1.0) if weekdays else np.ones(days)
    hour = np.arange(24)
    by_hour = np.where((hour < 6) | (hour >= 22), 0.1, 1.0) if nights else np.ones(24)
    found = random.choice(days, size, p=weight / weight.sum()) * DAY
    found = found + random.choice(24, size, p=by_hour / by_hour.sum()) * HOUR
    return MONDAY + found + random.integers(0, HOUR, size)


def _drawn(random: np.random.Generator, shares: tuple[float, ...], size: int) -> np.ndarray:
    return random.choice(len(shares), size, p=np.array(shares) / sum(shares))


def _text(values) -> pa.Array:
    return pa.array(values, pa.string())


def null(seed: int, **planted) -> World:
    """A world with nothing planted but customers that are alike."""
    return replace(World(seed=seed, each=2.0), **planted)


@dataclass(frozen=True)
class Confounded:
    """Journeys of which heavy users deviate more and reach the goal more: the truth is none."""

    customer: np.ndarray
    stratum: np.ndarray
    is_second: np.ndarray
    has: np.ndarray


def confounded(seed: int, customers: int, effect: float = 0.0) -> Confounded:
    """Three kinds of customers; the second group is the journeys that deviate."""
    random = np.random.default_rng(seed)
    kind = random.choice(3, customers, p=[0.5, 0.3, 0.2])
    many = np.array([1, 2, 4])[kind]
    customer = np.repeat(np.arange(customers), many)
    stratum = kind[customer]
    is_second = random.random(len(customer)) < np.array([0.1, 0.25, 0.5])[stratum]
    own = random.random(customers)[customer]
    drawn = np.where(random.random(len(customer)) < 0.5, own, random.random(len(customer)))
    has = drawn < np.array([0.3, 0.45, 0.6])[stratum] + effect * is_second
    return Confounded(customer, stratum, is_second, has)


@dataclass(frozen=True)
class Repeaters:
    """When journeys came to a step, went on, and repeated it; and who reached the goal."""

    came: np.ndarray
    following: np.ndarray
    repeated: np.ndarray
    has: np.ndarray


def repeaters(seed: int, size: int) -> Repeaters:
    """Half leave at the step; of those that stay a third repeat it, which costs 8 points."""
    random = np.random.default_rng(seed)
    stays = random.random(size) < 0.5
    repeats = stays & (random.random(size) < 0.33)
    came = random.integers(0, 100, size) * HOUR
    following = np.where(stays, came + random.integers(1, HOUR, size), NEVER)
    has = stays & (random.random(size) < 0.6 - 0.08 * repeats)
    return Repeaters(came, following, np.where(repeats, following, NEVER), has)


CHANGES = ("swap", "skip", "loop", "choice", "insert")
ACTIVITIES = tuple("ABCDEFGHN")


@dataclass(frozen=True)
class Flows:
    """Traces in order of begin: journey j has `activity[starts[j]:starts[j + 1]]`."""

    begin: np.ndarray
    starts: np.ndarray
    activity: np.ndarray

    def shuffled(self, seed: int) -> Flows:
        """The same traces in another order at the same begins: no drift is left."""
        order = np.random.default_rng(seed).permutation(len(self.begin))
        sizes = np.diff(self.starts)[order]
        starts = np.append(0, np.cumsum(sizes))
        rows = np.arange(starts[-1]) + np.repeat(self.starts[:-1][order] - starts[:-1], sizes)
        return Flows(self.begin, starts, self.activity[rows])

    def log(self) -> EventLog:
        """The same traces as events, a second apart; every journey is of another customer."""
        sizes = np.diff(self.starts)
        journey = np.repeat(np.arange(len(sizes)), sizes)
        place = np.arange(len(journey)) - self.starts[journey]
        return build_log(
            {
                CUSTOMER: _text([f"c{one:06}" for one in journey.tolist()]),
                ACTIVITY: _text([ACTIVITIES[one] for one in self.activity.tolist()]),
                TIME: numbers(self.begin[journey] + place * SECOND),
            },
            About(Cases.CUSTOMER),
        )


def flows(
    seed: int,
    size: int,
    changes: tuple[tuple[int, str], ...] = (),
    noise: float = 0.0,
    days: int = 60,
    patterns: bool = False,
) -> Flows:
    """Traces of A B (C or D) E F [E F] G [H]; from journey n on with a change of the flow.

    Each change undoes the one before. With `noise` so many journeys lose an activity and have two
    swapped. With `patterns` weekends and nights have fewer journeys, which go another way.
    """
    random = np.random.default_rng(seed)
    begin = np.sort(begins(random, size, days, patterns, patterns))
    kind = np.zeros(size, np.int64)
    for first, name in changes:
        kind[first:] = CHANGES.index(name) + 1
    chance = {
        "C": np.where(kind == 4, 0.2, 0.6),
        "F": np.where(kind == 2, 0.5, 1.0),
        "loop": np.where(kind == 3, 0.6, 0.25),
        "H": np.full(size, 0.3),
    }
    if patterns:
        hour, day = begin // HOUR % 24, (begin - MONDAY) // DAY % 7
        is_odd = (hour < 6) | (hour >= 22) | (day >= 5)
        chance["C"] = np.where(is_odd, 0.15, 0.75)
        chance["H"] = np.where(is_odd, 0.8, 0.2)
    has = {name: random.random(size) < share for name, share in chance.items()}
    absent = np.full(size, -1)
    code = {name: np.full(size, number) for number, name in enumerate(ACTIVITIES)}
    first, then = np.where(has["F"], code["F"], -1), code["G"]
    is_swapped, loops = kind == 1, has["loop"]
    slots = np.stack([
        code["A"], code["B"], np.where(kind == 5, code["N"], -1),
        np.where(has["C"], code["C"], code["D"]), code["E"],
        np.where(is_swapped, then, first), np.where(loops, code["E"], absent),
        np.where(loops, first, absent), np.where(is_swapped, first, then),
        np.where(has["H"], code["H"], absent),
    ], axis=1)  # fmt: skip
    noisy = np.flatnonzero(random.random(size) < noise)
    slots[noisy, random.integers(0, slots.shape[1], len(noisy))] = -1
    one, other = random.integers(0, slots.shape[1], (2, len(noisy)))
    slots[noisy, one], slots[noisy, other] = slots[noisy, other], slots[noisy, one]
    sizes = np.count_nonzero(slots >= 0, axis=1)
    return Flows(begin, np.append(0, np.cumsum(sizes)), slots[slots >= 0])


@dataclass(frozen=True)
class Helped:
    """Journeys of which some get Help after the form, who would have reached the goal anyway.

    Heavy users begin at home, have several journeys, get help more often and reach the goal more
    often. `leaves` of those that come to the form leave there, so that nobody knows whether they
    would have got help.
    """

    customer: np.ndarray
    begin: np.ndarray
    is_heavy: np.ndarray
    stays: np.ndarray
    is_helped: np.ndarray
    reaches: np.ndarray

    def log(self) -> EventLog:
        """Columns: customer, case, activity, time."""
        steps = [
            (self.begin >= 0, np.where(self.is_heavy, "Home", "Ad")),
            (self.begin >= 0, "Form"),
            (self.is_helped, "Help"),
            (self.stays, "Send"),
            (self.reaches, "Goal"),
        ]
        size = len(self.begin)
        journey = np.concatenate([np.flatnonzero(has) for has, _ in steps])
        place = np.repeat(np.arange(len(steps)), [np.count_nonzero(has) for has, _ in steps])
        names = np.array([np.broadcast_to(name, size) for _, name in steps])
        return build_log(
            {
                CUSTOMER: _text([f"c{one:06}" for one in self.customer[journey]]),
                CASE: _text([f"j{one:06}" for one in journey]),
                ACTIVITY: _text(names[place, journey].tolist()),
                TIME: numbers(self.begin[journey] + place * SECOND),
            },
            About(Cases.GIVEN),
        )


def helped(seed: int, customers: int, effect: float, leaves: float = 0.2) -> Helped:
    """Help adds `effect` to the share that reaches the goal; a negative one is a harm."""
    random = np.random.default_rng(seed)
    heavy = random.random(customers) < 0.4
    many = np.where(heavy, random.integers(1, 5, customers), 1)
    customer = np.repeat(np.arange(customers), many)
    size, is_heavy = len(customer), np.repeat(heavy, many)
    stays = random.random(size) >= leaves
    is_helped = stays & (random.random(size) < np.where(is_heavy, 0.45, 0.1))
    own = random.random(customers)[customer]  # journeys of one customer end alike
    drawn = np.where(random.random(size) < 0.5, own, random.random(size))
    reaches = stays & (drawn < np.where(is_heavy, 0.7, 0.35) + effect * is_helped)
    return Helped(customer, begins(random, size, 60, False, False), is_heavy, stays, is_helped,
                  reaches)  # fmt: skip


@dataclass(frozen=True)
class Interleaved:
    """Journeys of three services in the same weeks, each towards its own goal, and why people call.

    Each customer begins each service with the chance `takes`, `each` times on average, any day.
    A journey begins on the home page; the page and the form of the service follow within minutes,
    after days a check and the goal; where all is `slow`, days lie between any two. After the form,
    the check and the goal some call about the service, in hours. Others get a newsletter or call
    about something else, at any moment.
    """

    seed: int = 0
    customers: int = 600
    takes: float = 0.5
    each: float = 1.0
    goes_on: float = 0.8
    calls: float = 0.15
    days: int = 120
    slow: bool = False
    services: tuple[str, ...] = ("Card", "Loan", "Move")

    def log(self) -> EventLog:
        """Columns: customer, activity, time, channel."""
        random = np.random.default_rng(self.seed)
        events: list[tuple[np.ndarray, str, str, np.ndarray]] = []
        for service in self.services:
            begun = random.random(self.customers) < self.takes
            many = np.where(begun, random.geometric(1 / self.each, self.customers), 0)
            owner = np.repeat(np.arange(self.customers), many)
            at = begins(random, len(owner), self.days, False, False)
            events.append((owner, "Home", "web", at))
            waits = (4000, 5000, 6000, 4000) if self.slow else (2, 5, 6000, 4)
            for step, minutes in zip(("page", "form", "check", "done"), waits, strict=True):
                name = f"{service} {step}"
                stays = random.random(len(owner)) < (1.0 if step == "page" else self.goes_on)
                owner, at = owner[stays], at[stays]
                at = at + (random.exponential(minutes, len(owner)) * 60 * SECOND).astype(np.int64)
                events.append((owner, name, "web", at))
                if step != "page":
                    asks = random.random(len(owner)) < self.calls
                    wait = (random.exponential(12, int(asks.sum())) * HOUR).astype(np.int64)
                    reason = f"Call: {'after' if step == 'done' else 'about'} {service}"
                    events.append((owner[asks], reason, "call", at[asks] + wait))
        for name, way, share in (("Newsletter", "mail", 0.4), ("Call: other", "call", 0.2)):
            some = np.flatnonzero(random.random(self.customers) < share)
            events.append((some, name, way, begins(random, len(some), self.days, False, False)))
        rows = np.concatenate([owner for owner, *_ in events])
        sizes = [len(owner) for owner, *_ in events]
        return build_log(
            {
                CUSTOMER: _text([f"c{one:06}" for one in rows]),
                ACTIVITY: _text(np.repeat([name for _, name, *_ in events], sizes).tolist()),
                TIME: numbers(np.concatenate([at for *_, at in events])),
                CHANNEL: _text(np.repeat([way for _, _, way, _ in events], sizes).tolist()),
            },
            About(Cases.CUSTOMER),
        )
