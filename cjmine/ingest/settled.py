"""Sources whose events are settled: no later delivery can change whose they are.

A customer number is its own customer whatever is linked to it, so that events with nothing but
customer numbers are written once, and stay in their run. What decisions about all deliveries need
of them is an account, and how many events each customer has, which the runs say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from cjmine.columns import array
from cjmine.eventlog.folder.manifest import Run
from cjmine.eventlog.folder.source_order import ORDER
from cjmine.eventlog.stored import customers_with
from cjmine.loaders.batch import CUSTOMER, DELIVERY
from cjmine.log_folders import RUNS
from cjmine.privacy.pseudonymise import TokenTable
from cjmine.sources import Kind, Source

if TYPE_CHECKING:
    from cjmine.ingest.gather import Gathered
    from cjmine.ingest.source_read import SourceRead

Codes = npt.NDArray[np.int32]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Settled:
    """The account of a settled source: its records, and what its events said in their order.

    `given` is the number of events where records give several. `labels` are the columns of labels.
    """

    loaded: int
    given: int | None
    steps_back: int
    far: int
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InRuns:
    """A settled source of an earlier delivery: its account, and its events by customer."""

    account: Settled
    customers: Codes = field(repr=False)
    events: Counts = field(repr=False)


def settled_sources(found: Gathered) -> tuple[bool, ...]:
    """Which sources of a delivery are settled.

    Those with nothing but customer numbers, none of which may stand for nobody, whose records do
    not come again. A given case gets its customer from any of its events, so that with cases all
    are settled or none, and none where a source names customers.
    """
    pairs = zip(found.inputs.sources, found.reads, strict=True)
    settled = tuple(_is_settled(one.source, read, found.table) for one, read in pairs)
    return tuple(all(settled) for _ in settled) if found.given else settled


def _is_settled(source: Source, read: SourceRead, table: TokenTable) -> bool:
    roles, numbers = source.roles, table.placeholder_numbers
    if read.has(DELIVERY):
        return False
    if roles.customer is None:
        return True
    if roles.case is not None or roles.links or roles.customer.kind is not Kind.CUSTOMER:
        return False
    if source.extras.nobody is not None or not len(numbers):
        return True
    return not any(np.isin(part, numbers).any() for part in read.column(CUSTOMER))


def held_in_runs(
    folder: Path, label: str, runs: Sequence[Run], table: TokenTable
) -> dict[int, tuple[Codes, Counts]]:
    """The customers of each source with events in runs, and how many; in codes of a table.

    Raises DataError L122 where a run cannot be read.
    """
    found: dict[int, list[tuple[Codes, Counts]]] = {}
    for run in runs:
        for customer, source in customers_with(str(folder / RUNS / run.file), label, ORDER):
            many = len(customer.dictionary)
            pairs = np.sort(array(source.indices).astype(np.int64) * many + array(customer.indices))
            first = np.flatnonzero(np.diff(pairs, prepend=-1))
            events = np.diff(np.append(first, len(pairs)))
            sources, places = np.divmod(pairs[first], many)
            codes = table.adopt(customer.dictionary)[places]
            bounds = np.searchsorted(sources, np.arange(len(source.dictionary) + 1)).tolist()
            for name, ends in zip(source.dictionary.to_pylist(), pairwise(bounds), strict=True):
                part = slice(*ends)
                found.setdefault(int(name), []).append((codes[part], events[part]))
    return {
        number: (np.concatenate([one for one, _ in each]), np.concatenate([one for _, one in each]))
        for number, each in found.items()
    }
