"""The events of a part of a log by the names of the whole log."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.dropoff.next_events import Vocabulary
from cjmine.counting.groups import Ints
from cjmine.eventlog.journeys import Journeys


@dataclass(frozen=True, slots=True)
class Coded:
    """The touchpoint and the channel of each event of journeys, as places among those of the log.

    There are so many `activities`, and so many `channels`, of which the last is unknown.
    """

    activity: Ints
    channel: Ints
    activities: int
    channels: int


def coded_events(journeys: Journeys, words: Vocabulary) -> Coded:
    """The events of journeys; `words` has the names of the whole log."""
    unknown = len(words.channels)
    channel = np.append(coded(words.channels, journeys.channels), unknown)
    return Coded(
        coded(words.activities, journeys.activities)[journeys.activity],
        channel[journeys.channel],
        len(words.activities),
        unknown + 1,
    )


def coded(names: tuple[str, ...], own: tuple[str, ...]) -> Ints:
    """The place of each of some names among all.

    >>> coded(("Buy", "Search"), ("Search",)).tolist()
    [1]
    """
    place = {name: number for number, name in enumerate(names)}
    return np.array([place[name] for name in own], np.int64)
