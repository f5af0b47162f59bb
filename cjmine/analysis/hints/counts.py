"""What hints count of each part of a log; counts of parts add up."""

from __future__ import annotations

from dataclasses import dataclass

from cjmine.analysis.cohorts import Cohorts
from cjmine.analysis.compared_part import Moments, Part, facts_of
from cjmine.analysis.fit_counts import count_fitting
from cjmine.analysis.hints.again import AgainCounts, count_again
from cjmine.analysis.hints.around import AroundCounts, count_around
from cjmine.analysis.hints.left_out import AskLeftOut, LeftOutCounts, count_left_out
from cjmine.analysis.hints.messages import MessageCounts, count_messages
from cjmine.analysis.hints.misfits import Misfits, count_misfits
from cjmine.analysis.hints.ways import Ways, count_ways
from cjmine.analysis.like.trials import surroundings
from cjmine.analysis.overview import Overview, count_overview
from cjmine.conformance.states import State
from cjmine.counting.merging import summed


@dataclass(frozen=True, slots=True)
class AskHints:
    """The question: what like journeys share, which steps are optional, what is a message.

    `has_misfits`: whether the traces that do not fit are wanted.
    """

    left_out: AskLeftOut
    messages: tuple[str, ...]
    has_misfits: bool


@dataclass(frozen=True, slots=True)
class HintCounts:
    """The counts of hints: the counted journeys that fit, and those that do not, if wanted.

    `completed` journeys reach the goal: no other one can fit.
    """

    overview: Overview
    completed: int
    fitting: Cohorts
    left_out: LeftOutCounts
    around: AroundCounts
    messages: MessageCounts
    again: AgainCounts
    ways: Ways
    misfits: Misfits | None

    def __add__(self, other: HintCounts) -> HintCounts:
        """Both parts have counted the same."""
        misfits = self.misfits
        if misfits is not None and other.misfits is not None:
            misfits += other.misfits
        return summed(self, other, misfits=misfits)


def count_hints(part: Part, asked: AskHints) -> HintCounts:
    """The counts of a part."""
    like = asked.left_out.like
    about, activities = surroundings(part, like), like.names.activities
    facts = about.facts
    return HintCounts(
        overview=count_overview(part, facts, like.moments, activities),
        completed=facts.comparison.states.count(State.COMPLETED),
        fitting=count_fitting(facts),
        left_out=count_left_out(about, asked.left_out),
        around=count_around(part, facts, like.moments, activities),
        messages=count_messages(facts, asked.messages),
        again=count_again(facts, like.moments, like.contacts, activities),
        ways=count_ways(facts, activities),
        misfits=count_misfits(facts, activities) if asked.has_misfits else None,
    )


@dataclass(frozen=True, slots=True)
class AskFitting:
    """The question which counted journeys fit, by the moments of the whole log."""

    moments: Moments


def fitting_of(part: Part, asked: AskFitting) -> Cohorts:
    """The counted journeys of a part, and those of them that fit."""
    return count_fitting(facts_of(part, asked.moments))
