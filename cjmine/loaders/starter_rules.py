"""Starter rules: the words by which Dutch and English labels name common touchpoints."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from cjmine.sources import TouchpointRule


@dataclass(frozen=True, slots=True)
class Topic:
    """A common touchpoint, the words that name it, and its stage where that is plain."""

    name: str
    words: tuple[str, ...]
    stage: str | None = None

    def rule(self, source: str, prefix: str, activity: str) -> TouchpointRule:
        """The rule that gives labels with one of the words this activity.

        `prefix` is how the labels begin, such as `in: ` for mail that came in.
        """
        words = "|".join(re.escape(word).replace("\\-", "[- ]?") for word in self.words)
        before = re.escape(prefix).replace("\\ ", " ")
        pattern = rf"(?i){before}(?:.*[^\pL])?(?:{words})(?:[^\pL].*)?"
        return TouchpointRule(activity, source=source, pattern=pattern)


@cache
def topics() -> tuple[Topic, ...]:
    """All topics, in the order in which they are tried.

    >>> topics()[0].name
    'Complaint'
    """
    written = tomllib.loads(
        files("cjmine.loaders").joinpath("starter_rules.toml").read_text("utf-8")
    )
    return tuple(
        Topic(one["name"], tuple(one["words"]), one.get("stage")) for one in written["topic"]
    )
