"""What comes before contacts, in worlds in which heavy users do more of everything.

They visit the FAQ and they call, without that one leads to the other. A bare comparison of callers
with others finds it nearly always.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from cjmine.columns import numbers
from cjmine.eventlog.build import build_log
from cjmine.eventlog.log import ACTIVITY, CHANNEL, CUSTOMER, TIME, About, Cases, EventLog
from cjmine.ideal.compiled import compile_ideal
from cjmine.ideal.file import parse_journey
from cjmine.results.contact import BeforeRow
from cjmine.verbs.contact import contact
from cjmine.verbs.contact_settings import ContactSettings
from tests.worlds import DAY, HOUR, MONDAY

DAYS, CUSTOMERS = 14, 1000
IDEAL = compile_ideal(
    parse_journey(
        """
journey: letters
goal: Letter
deadline: 20d
stages:
  - stage: One
    steps: [Start, Letter]
""",
        "journey.yaml",
    )
)


def world(seed: int, effect: float = 0.0) -> EventLog:
    """Three of ten customers are heavy: ten times the visits, five times the calls.

    After a share (`effect`) of the visits to the FAQ a call comes within half an hour.
    """
    random = np.random.default_rng(seed)
    heavy = random.random(CUSTOMERS) < 0.3
    begin = MONDAY + (random.random(CUSTOMERS) * 20 * DAY).astype(np.int64)
    everybody = np.arange(CUSTOMERS)
    parts = [(everybody, begin, "Start", "web")]
    parts.append((everybody, begin + DAYS * DAY + DAY // 2, "Letter", "post"))
    for name, channel, light, more in (
        ("Page", "web", 0.3, 2.0),
        ("FAQ", "web", 0.3, 3.0),
        ("Call", "call", 0.03, 0.15),
    ):
        owner = np.repeat(everybody, random.poisson(np.where(heavy, more, light) * DAYS))
        time = begin[owner] + (random.random(len(owner)) * DAYS * DAY).astype(np.int64)
        parts.append((owner, time, name, channel))
        if name == "FAQ":
            some = random.random(len(owner)) < effect
            soon = (random.random(int(some.sum())) * HOUR / 2).astype(np.int64)
            parts.append((owner[some], time[some] + soon, "Call", "call"))
    owner, time = (np.concatenate([part[place] for part in parts]) for place in (0, 1))
    order = np.lexsort((time, owner))

    def text(place: int) -> pa.Array:
        words = [part[place] for part in parts for _ in range(len(part[0]))]
        return pa.array([words[row] for row in order.tolist()])

    columns = {
        CUSTOMER: pa.array([f"c{one:04}" for one in owner[order].tolist()]),
        ACTIVITY: text(2),
        TIME: numbers(time[order]),
        CHANNEL: text(3),
    }
    return build_log(columns, About(Cases.CUSTOMER, observed_until=MONDAY + 60 * DAY))


def before(seed: int, effect: float = 0.0) -> dict[str, BeforeRow]:
    found = contact(world(seed, effect), IDEAL, ContactSettings())
    return {row.touchpoint: row for row in found.before}


def test_a_touchpoint_that_leads_to_calls_is_found_and_its_companion_is_not() -> None:
    rows = before(1, effect=0.05)
    assert rows["FAQ"].ratio is not None and rows["FAQ"].ratio.low > 3
    assert rows["Page"].ratio is not None and rows["Page"].ratio.low < 1.5


@pytest.mark.prove
def test_heavy_users_do_not_make_a_touchpoint_come_before_calls() -> None:
    """The interval is above one in at most 6 of 100 worlds; the bare odds are in most of them."""
    above, bare = 0, 0
    for seed in range(100):
        row = before(seed)["FAQ"]
        assert row.ratio is not None
        above += row.ratio.low > 1
        bare += is_bare_above(seed)
    assert above <= 6
    assert bare >= 90


def is_bare_above(seed: int) -> bool:
    """Whether customers who call are found at the FAQ more often than others, by bare shares."""
    table = world(seed).table
    names, owners = (table.column(one).to_pylist() for one in (ACTIVITY, CUSTOMER))
    visits, calls = (np.zeros(CUSTOMERS), np.zeros(CUSTOMERS))
    for name, owner in zip(names, owners, strict=True):
        if name in ("FAQ", "Call"):
            (visits if name == "FAQ" else calls)[int(owner[1:])] += 1
    callers, others = visits[calls > 0], visits[calls == 0]
    error = np.sqrt(callers.var() / len(callers) + others.var() / len(others))
    return bool(callers.mean() - others.mean() > 1.96 * error)
