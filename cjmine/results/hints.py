"""What `hints` finds: the fields are the keys of `hints -f json`, in its order.

A figure that is None is withheld, because it would be about too few customers, or undefined.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, Literal

from cjmine.errors import Note
from cjmine.ideal.edits import EditKind
from cjmine.results.figures import (
    STRICT,
    UNWRITTEN,
    Change,
    Journeys,
    Limit,
    Probability,
    Proportion,
    Seconds,
    Setting,
)
from cjmine.results.full_time import JudgedPeriod
from cjmine.results.log import LogSize, Privacy, Source
from cjmine.results.share import Share
from cjmine.results.verdicts import Verdict


class Tip(StrEnum):
    """What a hint proposes; the values are what results call it, in the order of rows."""

    SKIP = "skip"
    REVERSE = "reverse"
    BEFORE = "extend before"
    AFTER = "extend after"
    START = "strong start"
    END = "good end"
    SOFTEN = "soften"
    TRUTH = "truth"
    PEAK = "peak"
    ASKED_TWICE = "asked twice"
    SIMPLE = "simple"
    REDESIGN = "redesign"


@dataclass(frozen=True, slots=True)
class Proposal:
    """An edit of the journey file: `edit` is its key there, `what` the steps or the touchpoint."""

    edit: EditKind
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hint:
    """What `n` of `of` journeys suggest at a step, "" where it is about the whole journey.

    `other` is what else it is about: a second step, a touchpoint, a channel. `effect` is how much
    larger a share is with than without it. With a `margin` it is the share of goals among like
    journeys, and the verdict is "no harm" only where the whole interval is above minus the margin;
    `needed` are the journeys on each side that would usually decide it. `seconds` is a time that
    journeys take. Without an effect nothing is compared, and there is no verdict.
    """

    tip: Tip
    step: str
    other: str | None
    n: Journeys
    of: Journeys
    value: Proportion
    low: Proportion | None
    high: Proportion | None
    effect: Change | None
    margin: Limit | None
    q: Probability | None
    needed: Setting | None
    seconds: Seconds | None
    verdict: Verdict | None
    edit: Proposal | None

    @property
    def share(self) -> Share:
        """The share of journeys that show it."""
        return Share(self.value, self.low, self.high, self.n, self.of)

    @property
    def is_open(self) -> bool:
        """Whether like journeys do not say enough to propose it."""
        return self.verdict in (Verdict.CANNOT_TELL, Verdict.CANNOT_SAY)


@dataclass(frozen=True, slots=True)
class Kept:
    """A hint that is not given, because the journey file says why the step must stay."""

    tip: Tip
    step: str
    because: str


@dataclass(frozen=True, slots=True)
class EditRow:
    """An edit of the journey file: `edit` is its key there, `what` the steps or the touchpoint.

    `most` is how often a repeated step may come. `journeys` fit by it that do not by the edits
    before it.
    """

    edit: EditKind
    what: tuple[str, ...]
    most: Setting | None
    journeys: Journeys | None


@dataclass(frozen=True, slots=True)
class Repaired:
    """The edits that let the journey file fit the most counted journeys for each of them.

    The shares are those that `check` gives as `counted.fits` for the file and for the edited file.
    `diff` is what changes in the file, "" where nothing does.
    """

    fitting_before: Share
    fitting_after: Share
    edits: tuple[EditRow, ...]
    diff: str


@dataclass(frozen=True, slots=True)
class Hints:
    """What the measured journeys suggest for the journey file. `repaired` is None where not asked.

    `hints` that are compared come first, the surest first; those that like journeys do not decide
    come last. `kept` are hints that the journey file silences. `held_equal` is what like journeys
    share.

    Counted are `journeys`, as `judged` says.
    `margin` is the harm, as a share of goals, that would not matter. `edited` is the text of the
    journey file with the edits, "" without any; it is no key of the JSON.
    """

    __pydantic_config__: ClassVar[Mapping[str, object]] = STRICT

    schema: Literal["cjmine/hints/1"]
    journey: str
    journey_file: str
    log: LogSize
    sources: tuple[Source, ...]
    judged: JudgedPeriod
    journeys: Journeys | None
    margin: Limit
    hints: tuple[Hint, ...]
    kept: tuple[Kept, ...]
    held_equal: tuple[str, ...]
    repaired: Repaired | None
    notes: tuple[Note, ...]
    privacy: Privacy
    edited: str = field(default="", kw_only=True, compare=False, metadata=UNWRITTEN)
