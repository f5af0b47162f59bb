"""What notes say of what was measured of ideas."""

from __future__ import annotations

from cjmine.codes import Code
from cjmine.sentences import Written


class IdeaSentence(Written):
    """Sentences on ideas that are not measured, not apart, or born in an unusual month."""

    ELSEWHERE = Code.IDEAS_ELSEWHERE, "ideas about other journeys, not measured here: {*}"
    TOGETHER = (
        Code.IDEAS_TOGETHER,
        "{} and {} run together at one place: what each of them brings cannot be told apart",
    )
    UNUSUAL_MONTH = (
        Code.IDEAS_UNUSUAL_MONTH,
        "{}: the month in which it was born was unusual; a change since that month is no effect",
    )
    WRONG_WAY = Code.IDEAS_WRONG_WAY, "{}: it changed the other way than promised"
