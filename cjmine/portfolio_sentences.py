"""What the findings of a portfolio say."""

from __future__ import annotations

from cjmine.codes import Code
from cjmine.sentences import Written


class PortfolioSentence(Written):
    """Sentences on journeys, owners, reviews, contact reasons and values of templates."""

    MANY = (
        Code.JOURNEYS_MANY,
        "level {*} has {*} journeys: more than {*} are hard to manage; parents could be {*}",
    )
    NO_OWNER = Code.JOURNEY_OWNERLESS, "{}: nobody owns it"
    NO_PURPOSE = Code.JOURNEY_PURPOSELESS, "{}: its journey file says no purpose"
    PAST_REVIEW = Code.REVIEW_PAST, "{}: its review was due by {*}, before the log ends"
    OVERLAP = Code.JOURNEYS_OVERLAP, "{} and {}: they share {*} of {*} touchpoints"
    NO_HOME = Code.REASON_HOMELESS, "{}: {*} contacts, and no journey"
    NO_DATA = (
        Code.JOURNEY_DATALESS,
        "{}: no customer of the log is counted in it, or fewer than may be shown",
    )
    NO_FILE = Code.JOURNEY_FILELESS, "{}: it has no journey file yet"
    NO_ENTRY = (
        Code.JOURNEY_ENTRYLESS,
        "{}: no entry is declared, so every customer of the log counts",
    )
    DIFFERS = Code.VALUE_DIFFERS, "{}: {} differs: {*} % of {*} journeys, all values together {*} %"
    TWO_VALUES = (
        Code.VALUES_TWO,
        "{}: two values that are shown are no funnel plot; their difference is shown",
    )
    DIFFER_BY_FEW = (
        Code.JOURNEYS_ALIKE,
        "{}: withheld, since its figures less those of other journeys would be about few customers",
    )
    NO_PAGE = (
        Code.REPORT_WITHHELD,
        "{}: no report, since its figures less those of other pages would be about few customers",
    )
    SAME_GOALS = (
        Code.GAINS_ALIKE,
        "{} and {}: they count the same goals, so their gains are not added up",
    )
    LEFT = (
        Code.PAGES_LEFT,
        "pages in the folder that this run did not write: {}; delete them before it is handed on",
    )
