"""What notes say of hints."""

from __future__ import annotations

from cjmine.codes import Code
from cjmine.sentences import Written


class HintSentence(Written):
    """Sentences on what hints could not look at."""

    NO_MESSAGES = (
        Code.NO_MESSAGES,
        "no step has a channel of messages alone (mail, letter, sms, push) and the project declares"
        " no answers, so nothing is said of the time until customers hear something",
    )
    NO_RATING = (
        Code.NO_RATING,
        "one question is answered on two scales, so no hint is about scores",
    )
