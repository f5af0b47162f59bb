"""Random journeys for proofs about small groups: who did what, with a few busy customers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

Trace = tuple[str, ...]
START, END, OTHER = "<start>", "<end>", "(other)"


@dataclass(frozen=True, slots=True)
class Journey:
    """One journey of one customer."""

    customer: int
    trace: Trace


@st.composite
def some_journeys(draw: st.DrawFn, customers: int = 14, most: int = 40) -> list[Journey]:
    """Journeys that often begin alike, so that there is something to fold; order is drawn too."""
    stems = draw(st.lists(st.text("abcde", min_size=1, max_size=5), min_size=1, max_size=4))
    one = st.tuples(
        st.integers(0, customers - 1),
        st.sampled_from(stems),
        st.integers(0, 5),
        st.text("abcde", max_size=2),
    )
    drawn = draw(st.lists(one, min_size=1, max_size=most))
    return [
        Journey(customer, tuple(stem[:kept] + more) or ("a",))
        for customer, stem, kept, more in drawn
    ]


def walks(seed: int, customers: int | None = None, activities: int | None = None) -> list[Journey]:
    """One journey a customer, walked along random odds; a few walk several times."""
    dice = np.random.default_rng(seed)
    people = customers or int(dice.integers(15, 120))
    width = activities or int(dice.integers(2, 8))
    first = dice.dirichlet(np.full(width, 0.6))
    after = dice.dirichlet(np.full(width + 1, 0.35), size=width)
    found = []
    for customer in range(people):
        for _ in range(1 + int(dice.integers(0, 4)) * int(dice.random() < 0.1)):
            here, trace = int(dice.choice(width, p=first)), []
            while here < width and len(trace) < 8:
                trace.append(f"a{here}")
                here = int(dice.choice(width + 1, p=after[here]))
            found.append(Journey(customer, tuple(trace)))
    return found


def customers_by_flow(journeys: Iterable[Journey]) -> dict[tuple[str, str], list[int]]:
    """Every single flow, from start to end, with the customer who took it."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for one in journeys:
        for pair in zip((START, *one.trace), (*one.trace, END), strict=True):
            found[pair].append(one.customer)
    return dict(found)


def renamed(journeys: Iterable[Journey], shown: Sequence[str]) -> list[Journey]:
    """The journeys with every activity that is not shown called other."""
    return [
        Journey(one.customer, tuple(name if name in shown else OTHER for name in one.trace))
        for one in journeys
    ]


def fold_by_hand(
    journeys: list[Journey], min_group: int
) -> list[tuple[Trace, bool, list[Journey]]]:
    """How rare variants fold, with sets and lists: exact traces, prefixes from long to short, rest.

    Gives the first activities that are shown, whether others follow, and the journeys.
    """

    def enough(some: list[Journey]) -> bool:
        return len({one.customer for one in some}) >= min_group

    groups: list[tuple[Trace, bool, list[Journey]]] = []
    left = list(journeys)
    for trace in sorted({one.trace for one in journeys}):
        same = [one for one in journeys if one.trace == trace]
        if enough(same):
            groups.append((trace, False, same))
            left = [one for one in left if one.trace != trace]
    for length in range(max(len(one.trace) for one in journeys) - 1, 0, -1):
        for prefix in sorted({one.trace[:length] for one in left if len(one.trace) > length}):
            alike = [
                one for one in left if len(one.trace) > length and one.trace[:length] == prefix
            ]
            if enough(alike):
                groups.append((prefix, True, alike))
                left = [one for one in left if one not in alike]
    if left:
        names = sorted({name for one in journeys for name in one.trace})

        def smallest(group: tuple[Trace, bool, list[Journey]]) -> tuple[int, list[int]]:
            return len(group[2]), [names.index(name) for name in group[0]]

        groups.sort(key=smallest)
        while groups and not enough(left):
            left = [*left, *groups.pop(0)[2]]
        groups.append(((), True, left))
    return groups
