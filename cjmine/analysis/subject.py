"""What is checked: the ideal journey, and what is known of the whole log beside its counts."""

from __future__ import annotations

from dataclasses import dataclass

from cjmine.analysis.judged import Judging
from cjmine.eventlog.chosen import EVERYBODY, Filter
from cjmine.eventlog.log import About
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ideal.deviations import DeviationClass
from cjmine.ideal.journey import Accepted
from cjmine.results.log import day_of, moment


def absent_steps(ideal: CompiledIdeal, activities: tuple[str, ...]) -> tuple[str, ...]:
    """The steps of an ideal journey that are none of the activities of a log."""
    return tuple(step.name for step in ideal.journey.steps if step.name not in activities)


@dataclass(frozen=True, slots=True)
class Subject:
    """An ideal journey and a log; moments in microseconds.

    `columns` are those that the log has, `judging` how its journeys are judged. `labels` are the
    activities that may be named where a step is absent. `filters` say which
    journeys are counted, `by` the column that they are compared by.
    """

    ideal: CompiledIdeal
    about: About
    columns: tuple[str, ...]
    activities: tuple[str, ...]
    channels: tuple[str, ...]
    judging: Judging
    labels: tuple[str, ...]
    filters: Filter = EVERYBODY
    by: str | None = None

    @property
    def absent_steps(self) -> tuple[str, ...]:
        """The steps that no event has."""
        return absent_steps(self.ideal, self.activities)

    @property
    def accepted(self) -> tuple[Accepted, ...]:
        """The acceptances that hold to the end of the log; the clock plays no part."""
        last = day_of(moment(self.judging.until), self.about.zone)
        return tuple(item for item in self.ideal.journey.accepted if last <= item.until)

    def accepts(self, one: DeviationClass, name: str) -> bool:
        """Whether a deviation at a step, choice or touchpoint is accepted."""
        return any(
            item.deviation is one and self.ideal.choices.is_about(item.step, name)
            for item in self.accepted
        )
