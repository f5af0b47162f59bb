"""The keys of the register: the reader accepts these, and the JSON Schema is made of them."""

from __future__ import annotations

import re
from enum import Enum, auto

from cjmine.ideal.keys import Key, Keys, needed

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}", re.ASCII)
ISSUE = re.compile(r"[A-Z][A-Z0-9_]{0,19}-[1-9][0-9]{0,9}", re.ASCII)
PROJECT = re.compile(r"[A-Z][A-Z0-9_]{0,19}", re.ASCII)
PROMISE = re.compile(r"\s*(?P<sign>[+−-])\s*(?P<amount>\d{1,6}(?:\.\d{1,4})?)\s*(?P<unit>pp|%)?\s*")
POINTS = re.compile(r"\s*(?P<points>\d{1,2}(?:\.\d{1,4})?)\s*pp\s*")


class Written(Enum):
    """What can be written behind a key."""

    NAME = auto()
    DAY = auto()
    ID = auto()
    ISSUE = auto()
    STATUS = auto()
    METRIC = auto()
    DEVIATION = auto()
    PROMISE = auto()
    POINTS = auto()
    WHERE = auto()
    IDEAS = auto()
    INSIGHTS = auto()
    IDS = auto()


REGISTER = Keys("a register", (needed("ideas", Written.IDEAS, "The ideas, in any order."),))
IDEA = Keys(
    "an idea",
    (
        needed("id", Written.ID, "A short name that never changes, such as M-3."),
        needed("title", Written.NAME, "What is changed, in one line."),
        Key("journey", Written.NAME, "The journey that it is about; left out, any."),
        Key("step", Written.NAME, "The step that it is about."),
        Key("touchpoint", Written.NAME, "The touchpoint, or type of contact, that it is about."),
        Key("deviation", Written.DEVIATION, "The deviation that it should prevent."),
        Key("owner", Written.NAME, "Who answers for it."),
        Key("status", Written.STATUS, "How far it is.", default="idea"),
        Key("noted", Written.DAY, "When it was written down: that week is left out."),
        Key("since", Written.DAY, "The first day on which customers met the change."),
        Key("until", Written.DAY, "The last day; left out, it goes on."),
        Key("where", Written.WHERE, "Columns with the values of journeys that it reaches."),
        Key("control", Written.WHERE, "Journeys that it does not reach, to compare with."),
        Key("metric", Written.METRIC, "What it is measured by; left out, the deviation or goal."),
        Key("expected", Written.PROMISE, "What it promises: -4 pp, -30 %, or -20 journeys a week."),
        Key("harm", Written.POINTS, "The loss of goals that would not matter, such as 1 pp."),
        Key("jira", Written.ISSUE, "The key of its issue."),
    ),
)
INSIGHTS = Keys(
    "a file of insights", (needed("insights", Written.INSIGHTS, "The insights, in any order."),)
)
INSIGHT = Keys(
    "an insight",
    (
        needed("what", Written.NAME, "What a customer said or a study found, in one line."),
        Key("source", Written.NAME, "Where it is from; without one it counts as an opinion."),
        Key("date", Written.DAY, "When it was said or found."),
        Key("journey", Written.NAME, "The journey that it is about; left out, any."),
        Key("step", Written.NAME, "The step that it is about."),
        Key("touchpoint", Written.NAME, "The touchpoint that it is about."),
        Key("ideas", Written.IDS, "The ids of ideas that answer it."),
    ),
)
