"""The keys of the portfolio file: the reader accepts these, and the JSON Schema is made of them."""

from __future__ import annotations

from enum import Enum, auto

from cjmine.ideal.keys import Key, Keys, needed


class Written(Enum):
    """What can be written behind a key."""

    NAME = auto()
    NAMES = auto()
    DAY = auto()
    DURATION = auto()
    LEVEL = auto()
    STATUS = auto()
    ENTRIES = auto()
    REASONS = auto()
    VALUES = auto()
    OVERRIDES = auto()


PORTFOLIO = Keys(
    "a portfolio",
    (
        needed("lifecycle", Written.NAMES, "The phases of the life cycle, in order."),
        needed("journeys", Written.ENTRIES, "The journeys, and templates of journeys."),
        Key("reasons", Written.REASONS, "The journey that each contact reason belongs to."),
    ),
)
_OWNER = Key("owner", Written.NAME, "Who answers for it; wins over the owner in the journey file.")
_REVIEW = Key("review-by", Written.DAY, "After this day what is known of it is stale.")
_STATUS = Key("status", Written.STATUS, "How far it is; left out, live with a file, else an idea.")
_PLACED = (
    Key("name", Written.NAME, "What it is called; left out, as its file."),
    Key("phase", Written.NAME, "A phase of the life cycle."),
    Key("level", Written.LEVEL, "How much it covers.", default="journey"),
    Key("parent", Written.NAME, "The journey that it is a part of."),
    _OWNER,
    _REVIEW,
    _STATUS,
)
JOURNEY = Keys(
    "a journey",
    (
        needed("journey", Written.NAME, "Its journey file, beside this one; or a name, without."),
        *_PLACED,
    ),
)
TEMPLATE = Keys(
    "a template",
    (
        needed("template", Written.NAME, "The journey file that all values share."),
        needed("for", Written.VALUES, "A column of the log, and its values."),
        *_PLACED,
        Key("overrides", Written.OVERRIDES, "What differs for a value."),
    ),
)
OVERRIDE = Keys(
    "an override",
    (
        _OWNER,
        _REVIEW,
        _STATUS,
        Key("deadline", Written.DURATION, "Instead of the deadline in the journey file."),
    ),
)
ENTRY = Keys(
    "a journey",
    (
        *JOURNEY.keys,
        *(one for one in TEMPLATE.keys if one.name not in JOURNEY.names),
    ),
)
NONE_YET = "none yet"
