"""What the reader of scores should know: assumed scales, and answers that no score is made of."""

from __future__ import annotations

from collections.abc import Iterator

from cjmine.analysis.log_counts import CountedNote
from cjmine.analysis.score_counts import BEFORE_ANY_STEP, FATES, OUTSIDE, ScoreCounts
from cjmine.scales import Scale
from cjmine.sentences import Sentence


def score_notes(counts: ScoreCounts) -> Iterator[CountedNote]:
    """Notes on the answers on scales, one scale after the other."""
    for place, scale in enumerate(Scale):
        metric = scale.metric
        outside = counts.fates.counted(place * FATES + OUTSIDE)
        undeclared = counts.undeclared.counted(place)
        before = counts.fates.counted(place * FATES + BEFORE_ANY_STEP)
        if outside:
            ends = (str(scale.low), str(scale.high))
            yield CountedNote(Sentence.OUTSIDE_SCALE, (metric, *ends, outside))
        elif undeclared and scale is not Scale.NPS:  # of which there is one
            yield CountedNote(Sentence.NO_SCALE, (metric, scale, undeclared))
        if before:
            yield CountedNote(Sentence.ASKED_BEFORE, (metric, before))
