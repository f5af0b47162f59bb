"""What notes say of a trend."""

from __future__ import annotations

from cjmine.codes import Code
from cjmine.sentences import Written


class TrendSentence(Written):
    """Sentences on the periods of a trend, and on what the log did not cover."""

    LOG_CHANGES = (
        Code.COVERAGE_CHANGES,
        "labels, channels or columns that begin or end inside the log: {*}; figures that rest on"
        " them change with them, whatever customers do",
    )
    TOO_YOUNG = (
        Code.PERIODS_YOUNG,
        "periods too young to be judged: {*}; not every journey that began then has had its full"
        " time",
    )
    FEW_PERIODS = Code.PERIODS_FEW, "periods that are judged: {*}; limits need {*} or more"
    SMALL_PERIODS = Code.PERIODS_WITHHELD, "periods of fewer than {*} customers, withheld: {*}"
    OVERLAPPING = (
        Code.PERIODS_OVERLAP,
        "results judge some of the same days: they are no independent periods, so neither limits"
        " nor changes are looked for",
    )
    NOT_FOLLOWED = (
        Code.SHARES_NOT_FOLLOWED,
        "shares of which more than a tenth of the periods is withheld: {*}; neither changes nor"
        " limits are looked for, since what is left out depends on the figure",
    )
