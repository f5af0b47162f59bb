"""From the counts of ideas to their shares: each still knows the customers behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from cjmine.analysis.compare.finished import FoundShare, found_share
from cjmine.analysis.ideas.counts import AskIdeas, IdeaCounts
from cjmine.analysis.ideas.spread import Spread, spread_of
from cjmine.analysis.intervals import share_of
from cjmine.results.share import Share


@dataclass(frozen=True, slots=True)
class Followed:
    """One measure: its share before and after, in the month of birth, and how weeks vary."""

    share: FoundShare
    month: Share
    spread: Spread

    def beside(self, control: Followed) -> Followed:
        """The same with the shares of a control, and the spread of those that vary more."""
        share = replace(self.share, control=(control.share.first, control.share.second))
        spread = max(self.spread, control.spread, key=lambda one: one.dispersion)
        return replace(self, share=share, spread=spread)


def followed(
    counts: IdeaCounts, asked: AskIdeas, names: tuple[tuple[str, str | None], ...]
) -> Iterator[Followed]:
    """Every measure, in the order in which they were asked; `names` are theirs, with the step."""
    many, first = len(asked.measures), asked.first_weeks
    for place, (measure, (name, step)) in enumerate(zip(asked.measures, names, strict=True)):
        weeks = slice(first[place], first[place + 1])
        n, of = counts.weeks.having[weeks], counts.weeks.among[weeks]
        is_after = np.arange(len(n)) >= len(measure.plan.before)
        yield Followed(
            share=found_share(counts.sides, counts.crossed, many, name, step, place, True),
            month=share_of(counts.months.n(place), counts.months.of(place)),
            spread=spread_of(n, of, is_after),
        )
