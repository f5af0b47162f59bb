"""Process models of the measured journeys, fed from variants that enough customers share."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cjmine.errors import Code, DataError, Problem
from cjmine.eventlog.log import EventLog
from cjmine.miner.kinds import Model
from cjmine.results.discovery import Discovery
from cjmine.verbs.discover import discover
from cjmine.verbs.settings import DiscoverSettings

if TYPE_CHECKING:
    from cjmine.miner.models import ProcessModel


def mine_model(log: EventLog, settings: DiscoverSettings, kind: Model) -> ProcessModel:
    """Mine a process model of a log. Raises what `discover` and `model_of` raise."""
    return model_of(discover(log, replace(settings, top=None)), kind)


def model_of(found: Discovery, kind: Model) -> ProcessModel:
    """Mine a process model from the variants that a discovery lists one by one.

    Journeys whose variant is folded do not take part: a model would show their exact order.

    Raises
    ------
    DataError
        L121 where no variant is common enough.
    """
    from cjmine.miner.models import CountedTrace, discover_model

    traces = [
        CountedTrace(row.activities, row.journeys) for row in found.variants if not row.folded
    ]
    if not traces:
        raise DataError(
            Problem(
                Code.NO_EVENTS,
                "no variant is shared by enough customers to make a model of it",
                remedy="cut shorter journeys (--gap, --entry), or --min-group 1 for internal use",
            )
        )
    return discover_model(traces, kind)
