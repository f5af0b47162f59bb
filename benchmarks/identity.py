"""Linking a million identifiers: how long it takes, against sorting the same rows once.

python benchmarks/identity.py
"""

from __future__ import annotations

import time

import numpy as np

from cjmine.identity.evidence import Evidence, Nodes
from cjmine.identity.resolve import resolve

COUNT = 1_000_000


def main() -> None:
    chance = np.random.default_rng(1)
    nodes = Nodes(
        np.arange(COUNT) < 300_000, np.arange(COUNT) >= 700_000, chance.permutation(COUNT)
    )
    table = Evidence(
        "table",
        np.arange(300_000, 700_000, dtype=np.int32),
        chance.integers(0, 300_000, 400_000).astype(np.int32),
    )
    logins = Evidence(
        "logins",
        chance.integers(700_000, COUNT, 1_100_000).astype(np.int32),
        chance.integers(0, 700_000, 1_100_000).astype(np.int32),
        chance.integers(0, 10**12, 1_100_000),
    )
    events = chance.integers(0, COUNT, 2_000_000).astype(np.int32)
    moments = chance.integers(0, 10**12, 2_000_000)
    began = time.perf_counter()
    np.lexsort((moments, events))
    sorting = time.perf_counter() - began
    began = time.perf_counter()
    found = resolve([table, logins], nodes)
    found.owners(events, moments)
    linking = time.perf_counter() - began
    print(f"{COUNT:,} identifiers, 1,500,000 pairs, 2,000,000 events")
    print(f"linked in {linking:.2f} s, {linking / sorting:.1f} times one sort of the events")


if __name__ == "__main__":
    main()
