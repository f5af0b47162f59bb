"""Pictures by the values of a column: a picture of each value that may be shown, one of the rest.

Which values these are, and which fold, is decided by the gate of `discover --by`; every picture
then is of the journeys that a filter chooses, so it has passed the same gate as any other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from cjmine.counting.split import Split
from cjmine.errors import Code, Note, Place, Problem, UsageError
from cjmine.eventlog.parts import Log
from cjmine.eventlog.where import Where
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.progress import Progress
from cjmine.reporters.language import language
from cjmine.reporters.stacked import Part, stacked
from cjmine.results.figures import OTHER
from cjmine.verbs.discover import discover
from cjmine.verbs.pictures import Drawable, Look, drawn_as_svg
from cjmine.verbs.settings import DiscoverSettings

MOST = 8  # values with a picture of their own; all others share one


@dataclass(frozen=True, slots=True)
class OfValue:
    """What the picture of a value shows, and of how many journeys it is."""

    value: str
    journeys: int
    found: Drawable


@dataclass(frozen=True, slots=True)
class ByValue:
    """The pictures of a column's values, the most journeys first, the rest last."""

    by: str
    pictures: tuple[OfValue, ...]

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes of all pictures, each once; what a value sets aside is in other pictures."""
        every = (note for one in self.pictures for note in one.found.notes)
        return tuple(dict.fromkeys(note for note in every if note.code is not Code.JOURNEYS_CHOSEN))


def measured_by(
    log: Log,
    ideal: CompiledIdeal | None,
    settings: DiscoverSettings,
    measure: Callable[[DiscoverSettings], Drawable],
    progress: Progress,
    split: Split,
) -> ByValue:
    """Measure the journeys of each value of `settings.by`; `measure` does so for some settings.

    Raises what `measure` and `discover` raise, and UsageError U101 for a variant by its number.
    """
    assert settings.by is not None
    if settings.variant is not None:
        raise UsageError(
            Problem(
                Code.USAGE,
                "a variant has another number among the journeys of each value",
                Place("--variant"),
                remedy="leave --by away, or choose by --having ACTIVITY",
            )
        )
    asked = settings if ideal is None else settings.as_the_ideal_says(ideal.journey)
    found = discover(log, replace(asked, top=1), progress, split).segments
    rows = () if found is None else found.values
    named = [row for row in rows if row.value != OTHER][:MOST]
    rest = sum(row.journeys for row in rows) - sum(row.journeys for row in named)
    choices = [(row.value, row.journeys, Where(settings.by, (row.value,))) for row in named]
    if rest:
        others = tuple(row.value for row in named)
        choices.append((OTHER, rest, Where(settings.by, others, is_other=True)))
    pictures = (
        OfValue(value, journeys, measure(_only(settings, choice)))
        for value, journeys, choice in choices
    )
    return ByValue(settings.by, tuple(pictures))


def _only(settings: DiscoverSettings, choice: Where) -> DiscoverSettings:
    """The same settings for the journeys of one choice; where all are the rest, for all."""
    where = (*settings.where, choice) if choice.values else settings.where
    return replace(settings, by=None, where=where)


def drawn_by_value(found: ByValue, look: Look, ideal: CompiledIdeal | None = None) -> Markup:
    """The pictures one below the other, each with its value, as one SVG.

    Raises what `drawn_as_svg` raises.
    """
    words = language(look.lang)
    return stacked(
        list(_parts(found, look, ideal)), words.say("screen.by", attribute=found.by), look.theme
    )


def _parts(found: ByValue, look: Look, ideal: CompiledIdeal | None) -> Iterator[Part]:
    words = language(look.lang)
    for one in found.pictures:
        heading = f"{found.by}: {one.value} · {words.counted('journey', one.journeys)}"
        yield Part(heading, drawn_as_svg(one.found, look, ideal))
