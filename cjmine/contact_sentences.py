"""What notes say of contacts."""

from __future__ import annotations

from cjmine.codes import Code
from cjmine.sentences import Written


class ContactSentence(Written):
    """Sentences on who is known, what is declared, and what contacts do not say."""

    NOT_CAUSED = (
        Code.NOT_CAUSED,
        "visited and then called is not called because of the visit: a web portal raised calls by"
        " 14 % at one company, and lowered them by 29 % only where it was unambiguous (Kumar and"
        " Telang 2012)",
    )
    FEW_KNOWN = (
        Code.TOTALS_REFUSED,
        "fewer than half of the contacts are of known customers: no totals are said, since the"
        " known ones do not speak for the others",
    )
    DEPENDS = (
        Code.TOTALS_REFUSED,
        "whether the customer is known depends on the reason of the contact: no totals are said,"
        " since the known ones do not speak for the others",
    )
    NONE_DECLARED = (
        Code.NO_CONTACT,
        "the log has no contact: none by call, chat or mail, or none of the names in [contact]"
        " activities",
    )
    NO_STEPS = (
        Code.NO_STEPS,
        "without an ideal journey no contact can be after a failure, late, instead of a step or"
        " after the goal",
    )
    NO_ANSWERS = (
        Code.NO_ANSWERS,
        "no answers are declared: every contact counts as answered while it lasts",
    )
    NO_COST = Code.NO_COST, "contacts without a cost, in no amount: by {*}"
