"""The rows of a satisfaction that may be shown: figures follow from the counts that are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cjmine.analysis.intervals import share_of
from cjmine.analysis.satisfaction.ends import FoundDuration, FoundEnd
from cjmine.analysis.satisfaction.finished import FoundBy
from cjmine.analysis.satisfaction.held_equal import Held
from cjmine.analysis.satisfaction.rated import Rated, rated
from cjmine.analysis.satisfaction.tallies import Group
from cjmine.analysis.score_counts import Question
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.scores import shown_scores
from cjmine.disclosure.shown import count, shown, two_digits
from cjmine.results.figures import OTHER, Counted, Sampled
from cjmine.results.satisfaction import (
    DEVIATION,
    Difference,
    LongAgainstShort,
    PeakEnd,
    Rating,
    ScoreBy,
)
from cjmine.results.share import WITHHELD, Share
from cjmine.scales import Scale, Summary

NOTHING = Rating(None, None, None, None, None, None, None)


def rating(question: Question, group: Group, policy: Policy) -> Rating:
    """The figure and the mean of the scores of a group."""
    return rating_of(rated(question, group.scores), policy)


def rating_of(found: Rated, policy: Policy) -> Rating:
    """The figure and the mean of scores that enough customers gave."""
    if not found.n:
        return replace(NOTHING, n=0)
    score = next(iter(shown_scores([found.found()], ("",), policy)), None)
    if score is None:
        return NOTHING
    sure = found.interval if score.mean is not None else None
    low, high = (None, None) if sure is None else (sure.low, sure.high)
    if policy.release:
        low, high = (None if one is None else two_digits(one) for one in (low, high))
    return Rating(score.answers, score.value, score.low, score.high, score.mean, low, high)


def response(group: Group, policy: Policy) -> Share:
    """The share of those asked who answered; nothing where few did not.

    How many answered is shown beside it, so that the others would follow from all.
    """
    n = Counted(group.answered, group.answered, group.asked - group.answered)
    of = Sampled(group.asked, group.asked, 1.0, 1.0, is_led=False)
    if policy.is_small(n.rest or 0) and not policy.release:
        return WITHHELD
    return shown(_Asked(share_of(n, of)), policy).response


@dataclass(frozen=True, slots=True)
class _Asked:
    """A row with nothing but its share, for the gate."""

    response: Share


def by_rows(
    found: Sequence[FoundBy], question: Question, policy: Policy, is_known: bool
) -> tuple[ScoreBy, ...]:
    """Groups of customers; small parts of a dimension are put together.

    Where the log does not say who was asked there is no share of those who answered.
    """
    rows = []
    for one in _folded(found, policy):
        figure = rating(question, one.group, policy)
        rows.append(
            ScoreBy(
                one.dimension,
                one.name,
                figure.n,
                figure.value,
                figure.low,
                figure.high,
                figure.mean,
                figure.mean_low,
                figure.mean_high,
                response(one.group, policy) if is_known else WITHHELD,
            )
        )
    return tuple(rows)


def _folded(found: Sequence[FoundBy], policy: Policy) -> list[FoundBy]:
    """The groups, of which small ones that the log names are put together, or left out.

    A remainder that is too small absorbs the smallest part that is shown. Customers may have
    several deviations, so those of few are no remainder.
    """
    rows: list[FoundBy] = []
    for dimension in dict.fromkeys(one.dimension for one in found):
        mine = [one for one in found if one.dimension == dimension]
        small = [one for one in mine if one.is_named and policy.is_small(one.group.asked)]
        large = [one for one in mine if one not in small]
        if dimension == DEVIATION:
            rows += large
            continue
        while large and policy.is_small(sum(one.group.asked for one in small)):
            least = min(large, key=lambda one: (one.group.asked, one.name))
            large.remove(least)
            small.append(least)
        if small:
            large.append(FoundBy(dimension, OTHER, _together(small), True))
        rows += large
    return rows


def _together(found: Sequence[FoundBy]) -> Group:
    scores = found[0].group.scores
    for one in found[1:]:
        scores = scores + one.group.scores
    return Group(sum(one.group.asked for one in found), scores)


def points_of(scale: Scale | None) -> int:
    """A net promoter score is in points: hundredths of what an answer is worth."""
    return 100 if scale is not None and scale.summary is Summary.POINTS else 1


def difference(found: Held | None, points: int, policy: Policy) -> Difference | None:
    """A difference of groups that are both shown, in the unit of `points`."""
    if found is None:
        return None
    one = found.difference
    ends = [points * end for end in (one.value, one.low, one.high)]
    return Difference(*(map(two_digits, ends) if policy.release else ends))


def peak_end(found: FoundEnd, policy: Policy) -> PeakEnd:
    """The mean of one of the four groups."""
    figure = rating_of(found.rated, policy)
    return PeakEnd(
        found.bad_before,
        found.bad_end,
        figure.n,
        figure.mean,
        figure.mean_low,
        figure.mean_high,
    )


def long_against_short(found: FoundDuration | None, policy: Policy) -> LongAgainstShort | None:
    """Long journeys against short ones; None where one group may not be shown."""
    if found is None:
        return None
    long, short = (count(Counted(one, one), policy) for one in (found.long, found.short))
    held = None if long is None or short is None else found.held
    return LongAgainstShort(float(found.seconds), long, short, difference(held, 1, policy))
