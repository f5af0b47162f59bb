"""The goal of both sides held equal: which strata there are, and what they say."""

from __future__ import annotations

import numpy as np

from cjmine.analysis.compare.mix import (
    AskMix,
    AskMixAgain,
    Kinds,
    MixCounts,
    count_mix,
    count_mix_again,
)
from cjmine.analysis.compare.sides import Sides
from cjmine.analysis.strata import Strata
from cjmine.counting.merging import merged
from cjmine.counting.split import Split
from cjmine.disclosure.compare_mix import Mixed
from cjmine.disclosure.labels import shown_labels
from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.eventlog.log import CHANNEL
from cjmine.eventlog.parts import Log
from cjmine.results.compare import Design
from cjmine.verbs.compared import ComparedLog
from cjmine.verbs.filters import check_column
from cjmine.verbs.months import months_of

MOST_STRATA = 1 << 20


def found_mix(
    log: Log,
    measured: ComparedLog,
    sides: Sides,
    design: Design,
    like: tuple[str, ...],
    split: Split,
) -> Mixed | None:
    """The goal by stratum: month (of sides by a column), first channel, and the columns of `like`.

    None in an experiment, beside a control, of two logs, and where nothing tells journeys apart.
    Raises UsageError U101 for a column that the log does not have, and for more than a million
    strata.
    """
    if design in (Design.EXPERIMENT, Design.LOGS) or sides.control is not None:
        return None
    for column in like:
        check_column(log, column, "--like")
    columns = [*([CHANNEL] if log.has(CHANNEL) else []), *like]
    columns = [one for one in dict.fromkeys(columns) if one != sides.column]
    kinds = tuple(Kinds(one, shown_labels(log, 1, split, one)) for one in columns)
    months = months_of(measured.judging) if design is Design.BY else np.zeros(0, np.int64)
    held = (*(["month"] if len(months) else []), *columns)
    if not held:
        return None
    asked = AskMix(measured.moments, sides, months, kinds)
    if asked.strata > MOST_STRATA:
        raise UsageError(
            Problem(
                Code.USAGE,
                "there are too many kinds of journeys to hold equal",
                Place("--like"),
                cause=f"{asked.strata:,} combinations of {', '.join(held)}",
                remedy="hold fewer columns equal, or columns of fewer values",
            )
        )
    whole = merged(measured.rounds.ask(count_mix, asked, Strata))
    again = AskMixAgain(asked, whole)
    return Mixed(held, whole, merged(measured.rounds.ask(count_mix_again, again, MixCounts)))
