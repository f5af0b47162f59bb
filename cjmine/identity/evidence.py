"""What says that two identifiers are of one customer: tables, and records that hold both."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int32]
Times = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Rows that say: left and right were seen together.

    `rule` names where, such as `web: cookie with customer`. `left` and `right` are token codes;
    rows with a negative code say nothing. `time` is when (microseconds in UTC); None is a
    statement that holds at all times, as a customer table makes it.
    """

    rule: str
    left: Codes = field(repr=False)
    right: Codes = field(repr=False)
    time: Times | None = field(default=None, repr=False)


def condensed(evidence: Evidence, is_device: Flags) -> Evidence:
    """What evidence with times says, each statement once, the smaller code left.

    When a device was seen with something else matters, of two others only whether they were: a
    pair with one device is kept once for each moment, any other pair once.

    >>> codes = lambda *each: np.array(each, np.int32)
    >>> seen = Evidence("a", codes(2, 2, 1), codes(0, 0, 2), np.array([5, 6, 7]))
    >>> condensed(seen, np.array([False, False, False])).time.tolist()
    [5, 7]
    >>> condensed(seen, np.array([True, False, False])).time.tolist()
    [5, 6, 7]
    """
    assert evidence.time is not None
    said = (evidence.left >= 0) & (evidence.right >= 0) & (evidence.left != evidence.right)
    left = np.minimum(evidence.left, evidence.right)[said]
    right = np.maximum(evidence.left, evidence.right)[said]
    time = evidence.time[said]
    key = left * np.int64(len(is_device)) + right
    order = np.lexsort((time, key))
    left, right, time, key = left[order], right[order], time[order], key[order]
    is_new = np.ones(len(key), bool)
    is_new[1:] = np.diff(key) != 0
    is_new[1:] |= (np.diff(time) != 0) & (is_device[left] != is_device[right])[1:]
    return Evidence(evidence.rule, left[is_new], right[is_new], time[is_new])


@dataclass(frozen=True, slots=True)
class Nodes:
    """What each token code is: a customer, a device (cookie, address), else a personal identifier.

    A device that customers are known by is a customer.
    `order` ranks the codes by their tokens, so that no choice depends on the order of loading.
    """

    is_customer: Flags = field(repr=False)
    is_device: Flags = field(repr=False)
    order: Times = field(repr=False)

    @property
    def count(self) -> int:
        """How many token codes there are."""
        return len(self.order)


@dataclass(frozen=True, slots=True)
class Pairs:
    """The distinct pairs of all evidence; `always` marks those that some table states."""

    left: Codes
    right: Codes
    always: Flags

    def only(self, wanted: Flags) -> Pairs:
        """Some of the pairs."""
        return Pairs(self.left[wanted], self.right[wanted], self.always[wanted])


@dataclass(frozen=True, slots=True)
class Seen:
    """A device and a customer at a moment, from all evidence with times."""

    device: Codes
    partner: Codes
    time: Times


def pairs_of(evidence: tuple[Evidence, ...], codes: int) -> Pairs:
    """The distinct pairs (smaller code first), whatever the order of the rows."""
    keys = [np.zeros(0, np.int64)]
    stated = [np.zeros(0, np.int64)]
    for one in evidence:
        said = (one.left >= 0) & (one.right >= 0) & (one.left != one.right)
        left, right = one.left[said].astype(np.int64), one.right[said].astype(np.int64)
        key = np.unique(np.minimum(left, right) * max(codes, 1) + np.maximum(left, right))
        keys.append(key)
        if one.time is None:
            stated.append(key)
    every = np.unique(np.concatenate(keys))
    always = np.isin(every, np.concatenate(stated))
    left, right = np.divmod(every, max(codes, 1))
    return Pairs(left.astype(np.int32), right.astype(np.int32), always)


def sightings(evidence: tuple[Evidence, ...], nodes: Nodes) -> Seen:
    """Every moment at which a device was seen with a customer or a personal identifier."""
    is_device = nodes.is_device & ~nodes.is_customer
    found: list[tuple[Codes, Codes, Times]] = []
    for one in evidence:
        if one.time is None:
            continue
        said = (one.left >= 0) & (one.right >= 0)
        left, right, time = one.left[said], one.right[said], one.time[said]
        for device, partner in ((left, right), (right, left)):
            usable = is_device[device] & ~is_device[partner]
            found.append((device[usable], partner[usable], time[usable]))
    if not found:
        return Seen(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.int64))
    devices, partners, times = zip(*found, strict=True)
    return Seen(np.concatenate(devices), np.concatenate(partners), np.concatenate(times))
