"""What `hints` finds: the fields are the keys of `hints -f json`, in its order.

A figure that is None is withheld, because it would be about too few customers, or undefined.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from cjmine.errors import Note
from cjmine.ideal.edits import EditKind
from cjmine.results.figures import STRICT, UNWRITTEN, Journeys, Limit, Setting
from cjmine.results.full_time import JudgedPeriod
from cjmine.results.log import LogSize, Privacy, Source
from cjmine.results.share import Share


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
    repaired: Repaired | None
    notes: tuple[Note, ...]
    privacy: Privacy
    edited: str = field(default="", kw_only=True, compare=False, metadata=UNWRITTEN)
