"""Write one large, invented export of clicks, calls and mails as a CSV file.

Customers walk through a small Markov chain of touchpoints for ordering home internet: detours
and loops, drop-off at several steps, rare branches, and visits that start again weeks later.
Rows are ordered by time, so customers are interleaved as in a real export, and the file stops
at a moment, so some journeys are cut short. The same options give the same bytes: only integers
and exactly rounded float operations are used, no logarithms or exponentials.

Example: ``python generate_export.py -o export.csv`` (2,000,000 events, seed 1).
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as pa_csv

MINUTE, HOUR, DAY = 60, 3_600, 86_400
FIRST_DAY = int(np.datetime64("2025-01-01", "s").astype(np.int64))
DAYS = 365
PAUSE = 21 * DAY  # typical time between two visits of a customer
LONGEST_WAIT = 30  # times the typical wait

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Touchpoint:
    """A state of the chain: `wait` is the typical wait before it in seconds.

    `then` holds what comes next in parts per thousand; the remainder is where the visit ends.
    """

    activity: str
    channel: str
    wait: int
    then: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """The touchpoints as arrays: `bounds` holds state + cumulated share, one row a state."""

    bounds: npt.NDArray[np.float64]
    waits: Integers
    visit_length: float


@dataclass(frozen=True, slots=True)
class Events:
    """Three columns of equal length: customer number, touchpoint number, seconds since 1970."""

    customer: Integers
    touchpoint: Integers
    time: Integers


TOUCHPOINTS = (
    Touchpoint("Home page", "web", 20, (("Postcode check", 760), ("Log in", 50))),
    Touchpoint("Campaign mail", "mail", DAY, (("View plans", 300),)),
    Touchpoint("Postcode check", "web", 40, (("View plans", 870), ("Not available", 40))),
    Touchpoint("Not available", "web", 5, (("Postcode check", 150), ("Call sales", 30))),
    Touchpoint(
        "View plans", "web", 30, (("Plan details", 720), ("Compare plans", 80), ("Call sales", 10))
    ),
    Touchpoint(
        "Plan details", "web", 50, (("View plans", 90), ("Basket", 640), ("Compare plans", 20))
    ),
    Touchpoint("Compare plans", "web", 90, (("Plan details", 600), ("Basket", 150))),
    Touchpoint("Call sales", "call", 6 * HOUR, (("Basket", 500), ("Plan details", 100))),
    Touchpoint(
        "Basket", "web", 45, (("Personal details", 780), ("View plans", 40), ("Log in", 30))
    ),
    Touchpoint("Log in", "web", 15, (("Personal details", 600), ("Password reset", 100))),
    Touchpoint("Password reset", "mail", 2 * MINUTE, (("Log in", 800),)),
    Touchpoint("Personal details", "web", 2 * MINUTE, (("Identity check", 880),)),
    Touchpoint(
        "Identity check", "app", 3 * MINUTE, (("Choose date", 860), ("Identity check failed", 60))
    ),
    Touchpoint(
        "Identity check failed", "app", 20, (("Identity check", 600), ("Call support", 150))
    ),
    Touchpoint("Choose date", "web", MINUTE, (("Payment", 930),)),
    Touchpoint("Payment", "web", 2 * MINUTE, (("Confirmation mail", 930), ("Payment failed", 40))),
    Touchpoint("Payment failed", "web", 10, (("Payment", 620), ("Call support", 80))),
    Touchpoint(
        "Confirmation mail",
        "mail",
        MINUTE,
        (
            ("Delivery mail", 800),
            ("Order status", 100),
            ("Change date", 40),
            ("Call support", 20),
            ("Order cancelled", 25),
        ),
    ),
    Touchpoint(
        "Order status",
        "web",
        2 * DAY,
        (("Delivery mail", 700), ("Order status", 120), ("Call support", 80)),
    ),
    Touchpoint("Change date", "web", DAY, (("Delivery mail", 850), ("Order cancelled", 40))),
    Touchpoint(
        "Call support",
        "call",
        DAY,
        (("Delivery mail", 350), ("Call support", 100), ("Complaint", 100), ("Identity check", 50)),
    ),
    Touchpoint("Complaint", "mail", 2 * DAY, (("Complaint answered", 850), ("Call support", 100))),
    Touchpoint("Complaint answered", "mail", 3 * DAY, (("Delivery mail", 400),)),
    Touchpoint("Order cancelled", "call", DAY, ()),
    Touchpoint("Delivery mail", "mail", 5 * DAY, (("Installed", 900), ("Call support", 30))),
    Touchpoint("Installed", "app", 4 * HOUR, (("Survey", 150), ("Call support", 20))),
    Touchpoint("Survey", "mail", 2 * DAY, ()),
)
ENTRIES = (("Home page", 900), ("Campaign mail", 80), ("Call support", 20))


def chain() -> Chain:
    """Turn the touchpoints into arrays; the row after the last holds the entries."""
    place = {point.activity: number for number, point in enumerate(TOUCHPOINTS)}
    size = len(TOUCHPOINTS)
    shares = np.zeros((size + 1, size + 1))
    for row, then in enumerate([*(point.then for point in TOUCHPOINTS), ENTRIES]):
        for activity, per_thousand in then:
            shares[row, place[activity]] += per_thousand / 1000
        shares[row, size] = 1 - shares[row, :size].sum()
    # Expected number of touchpoints of one visit, from each start: (I - Q)^-1 1.
    lengths = np.linalg.solve(np.eye(size) - shares[:size, :size], np.ones(size))
    bounds = np.cumsum(shares, axis=1)
    bounds[:, -1] = 1.0
    waits = np.array([point.wait for point in TOUCHPOINTS], dtype=np.int64)
    return Chain(
        bounds=np.arange(size + 1)[:, None] + bounds,
        waits=waits,
        visit_length=float(shares[size, :size] @ lengths),
    )


def waits(rng: np.random.Generator, typical: Integers) -> Integers:
    """Draw skewed waits in seconds around a typical wait (log-logistic, cut at the far end)."""
    share = rng.random(len(typical))
    factor = np.minimum(np.sqrt(share / (1 - share)), LONGEST_WAIT)
    return (typical * factor).astype(np.int64)


def walk(rng: np.random.Generator, steps: Chain, customers: Integers, again: float) -> Events:
    """Walk all customers through the chain, one step of everybody at a time.

    `again` is the share of visits after which the customer comes back for another.
    """
    outside = len(TOUCHPOINTS)
    day = rng.integers(0, DAYS, len(customers))
    second = (7 + 8 * (rng.random(len(customers)) + rng.random(len(customers)))) * HOUR
    time = FIRST_DAY + day * DAY + second.astype(np.int64)
    state = np.full(len(customers), outside)
    rounds: list[Events] = []
    while len(customers):
        position = np.searchsorted(steps.bounds.ravel(), state + rng.random(len(state)), "right")
        state = position - state * (outside + 1)
        ended = state == outside
        stays = ~ended | (rng.random(len(state)) < again)
        customers, time, state, ended = customers[stays], time[stays], state[stays], ended[stays]
        time = time + waits(rng, np.where(ended, PAUSE, np.append(steps.waits, 0)[state]))
        here = ~ended
        rounds.append(Events(customers[here], state[here], time[here]))
    return Events(
        np.concatenate([part.customer for part in rounds]),
        np.concatenate([part.touchpoint for part in rounds]),
        np.concatenate([part.time for part in rounds]),
    )


def generate(events: int, customers: int, seed: int) -> Events:
    """Return exactly `events` events of about `customers` customers, ordered by time.

    Events of one customer in the same second keep the order of the walk.
    Raises ValueError where the average journey would be shorter than one visit.
    """
    steps = chain()
    if events < customers * steps.visit_length:
        raise ValueError(
            f"{events} events are too few for {customers} customers: "
            f"one visit takes {steps.visit_length:.1f} events on average"
        )
    rng = np.random.default_rng(seed)
    again = round(1 - customers * steps.visit_length / (events * 1.01), 6)
    parts = [walk(rng, steps, np.arange(customers), again)]
    while (made := sum(len(part.time) for part in parts)) < events:
        more = 1 + (events - made) // 4
        parts.append(walk(rng, steps, np.arange(customers, customers + more), again))
        customers += more
    time = np.concatenate([part.time for part in parts])
    order = np.argsort(time, kind="stable")[:events]
    return Events(
        np.concatenate([part.customer for part in parts])[order],
        np.concatenate([part.touchpoint for part in parts])[order],
        time[order],
    )


def write_csv(made: Events, path: Path) -> None:
    """Write the events as CSV with the columns customer_id, timestamp, activity, channel."""
    number = np.arange(made.customer.max() + 1)
    names = pa.array(np.char.add("C", np.char.zfill(number.astype(str), 7)))
    activities = pa.array([point.activity for point in TOUCHPOINTS])
    channels = pa.array([point.channel for point in TOUCHPOINTS])
    table = pa.table(
        {
            "customer_id": names.take(pa.array(made.customer)),
            "timestamp": pa.array(made.time, pa.timestamp("s")),
            "activity": activities.take(pa.array(made.touchpoint)),
            "channel": channels.take(pa.array(made.touchpoint)),
        }
    )
    with path.open("wb") as file:
        file.write((",".join(table.column_names) + "\n").encode())
        plain = pa_csv.WriteOptions(include_header=False, quoting_style="none")
        pa_csv.write_csv(table, file, plain)


def main() -> None:
    """Read the options and write the file."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--events", type=int, default=2_000_000)
    parser.add_argument("--customers", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    options = parser.parse_args()
    try:
        made = generate(options.events, options.customers, options.seed)
    except ValueError as error:
        parser.error(str(error))
    write_csv(made, options.output)
    customers = len(np.unique(made.customer))
    print(f"{options.output}: {len(made.time):,} events of {customers:,} customers")


if __name__ == "__main__":
    main()
