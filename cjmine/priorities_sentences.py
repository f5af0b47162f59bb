"""What notes say of priorities."""

from __future__ import annotations

from cjmine.codes import Code
from cjmine.sentences import Written


class PrioritySentence(Written):
    """Sentences on what like journeys can say, and on what is not listed."""

    OBSERVED = (
        Code.OBSERVED_ONLY,
        "journeys are compared with like ones, not by experiment: what the log does not know is"
        " not held equal",
    )
    UNNAMED = Code.ITEMS_UNNAMED, "deviations of fewer than {*} customers, not listed: {*}"
