"""What notes say of outliers."""

from __future__ import annotations

from cjmine.codes import Code
from cjmine.sentences import Written


class OutlierSentence(Written):
    """Sentences on what could not be looked for, and on what is no finding."""

    COVERAGE = (
        Code.OUTLIERS_COVERAGE,
        "labels, channels, columns or values that begin or end inside the log: {*}; that is"
        " coverage, and neither a wave nor what journeys share",
    )
    WAVES_FROM = (
        Code.WAVES_FROM,
        "days that have no four weeks before them: {*}; no wave is looked for on them",
    )
    ANSWERS_NOT_DECLARED = (
        Code.ANSWERS_UNKNOWN,
        "nothing says what an answer is, so who had none is not known: declare [contact] answers,"
        " or within of a step",
    )
    NO_CUSTOMERS = (
        Code.CUSTOMERS_UNKNOWN,
        "no customer table was read with the log, so customers without any event are not known",
    )
    SMALL_HALVES = (
        Code.HALVES_SMALL,
        "journeys that are judged: {*}; a condition needs {*} of them, and 30 with and without it"
        " in each half, so none could be looked at",
    )
