"""What a load remembers of the events that it left out since nothing says whose they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from cjmine.eventlog import log as schema
from cjmine.eventlog.log import Nameless
from cjmine.ingest.source_read import Named, SourceRead, Vocabulary


def nameless(
    reads: Sequence[SourceRead], vocabularies: Mapping[str, Vocabulary], settled: Sequence[str]
) -> tuple[Nameless, ...]:
    """Events without a customer, by touchpoint and channel.

    A touchpoint that no known customer has is counted without its name; `settled` are those of
    events in runs.
    """
    activities = tuple(vocabularies[schema.ACTIVITY].codes)
    occurs = np.zeros(len(activities), bool)
    for read in reads:
        for part in read.column(schema.ACTIVITY):
            occurs[part] = True
    known = {*settled, *(activities[code] for code in np.flatnonzero(occurs).tolist())}
    channels = vocabularies[schema.CHANNEL].codes if schema.CHANNEL in vocabularies else {}
    found: dict[Named, int] = {}
    for read in reads:
        for (activity, channel), many in read.nameless.items():
            key = (
                activity if activity in known else None,
                channel if channel in channels else None,
            )
            found[key] = found.get(key, 0) + many
    rows = sorted(found.items(), key=lambda one: tuple(name or "" for name in one[0]))
    return tuple(Nameless(*key, many) for key, many in rows)
