"""What notes say of what customers answered, and of who did."""

from __future__ import annotations

from cjmine.codes import Code
from cjmine.sentences import Written


class SatisfactionSentence(Written):
    """Sentences on scores, on questions, and on what weights cannot repair."""

    NO_SCORES = (
        Code.NO_SCORES,
        "no customer of a counted journey was asked or answered: a survey is a source with a score",
    )
    ASKED_UNKNOWN = (
        Code.ASKED_UNKNOWN,
        "{*}: the log does not say who was asked, so neither who did not answer is known, nor what"
        " they would say; give the survey a column or events of being asked",
    )
    WITHOUT_QUESTION = (
        Code.ANSWERS_ALONE,
        "{*}: answers without a question in the log, taken as asked when answered: {*}",
    )
