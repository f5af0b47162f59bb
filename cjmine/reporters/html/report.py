"""What a report is made of: results of one or two runs, and how they came about."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cjmine.errors import Note
from cjmine.ideal.allowed_flows import AllowedFlows
from cjmine.ideas.insights import Heard
from cjmine.results.baseline import BaselineUse
from cjmine.results.check import Check
from cjmine.results.discovery import Discovery
from cjmine.results.dropoff import Dropoff
from cjmine.results.log import LogSize, Privacy, Source
from cjmine.results.priorities import Priorities


@dataclass(frozen=True, slots=True)
class Made:
    """How a report came about: enough to make it again.

    `command` is what was typed, `journey_sha256` the hash of the journey file where it was read.
    `gap` (microseconds), `until_goal` and `entry` cut the journeys. `results` names the files
    of earlier runs that the report was drawn from; what was typed for those is not known.
    """

    command: str
    version: str
    journey_sha256: str | None = None
    gap: int | None = None
    until_goal: bool = False
    entry: tuple[str, ...] = ()
    results: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Basis:
    """What the figures of a page rest on, whatever they are about.

    `journey_file` is what messages call the file of the ideal, None without one.
    """

    size: LogSize
    sources: tuple[Source, ...]
    notes: tuple[Note, ...]
    privacy: Privacy
    made: Made
    journey_file: str | None = None
    baseline: BaselineUse | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A check, a discovery, or both of the same log; at least one of them is there.

    `title` None is that of the journey; `path` lets the flow map show the ideal. `dropoff` is that
    of the same log, where it was looked at, and so are `priorities`. `heard` is what customers said
    of the journey, where that is written down.
    """

    checked: Check | None
    discovery: Discovery | None
    made: Made
    title: str | None = None
    path: AllowedFlows | None = None
    dropoff: Dropoff | None = None
    priorities: Priorities | None = None
    heard: Heard | None = None

    def __post_init__(self) -> None:
        if self.checked is None and self.discovery is None:
            raise ValueError("a report needs a result")

    def without_scores(self) -> Report:
        """The same without what customers answered."""
        if self.checked is None:
            return self
        bare = replace(self.checked.map, scores=())
        return replace(self, checked=replace(self.checked, map=bare))

    @property
    def result(self) -> Check | Discovery:
        """The result whose log is described: the check where there is one."""
        found = self.checked or self.discovery
        assert found is not None
        return found

    @property
    def basis(self) -> Basis:
        """What the figures rest on."""
        checked = self.checked
        return Basis(
            self.size,
            self.result.sources,
            self.notes,
            self.privacy,
            self.made,
            None if checked is None else checked.journey_file,
            None if checked is None else checked.baseline,
        )

    @property
    def size(self) -> LogSize:
        """How much was measured."""
        return self.result.log

    @property
    def is_cut_alike(self) -> bool:
        """Whether check and discovery, where both are there, count the same journeys."""
        if self.checked is None or self.discovery is None:
            return True
        one, other = self.checked.log, self.discovery.log
        return (one.journeys, one.events) == (other.journeys, other.events)

    @property
    def privacy(self) -> Privacy:
        """How small groups were treated."""
        return self.result.privacy

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes of all results, each once, in their order."""
        every = [
            note
            for one in (self.checked, self.discovery, self.dropoff, self.priorities)
            if one is not None
            for note in one.notes
        ]
        return tuple(dict.fromkeys(every))
