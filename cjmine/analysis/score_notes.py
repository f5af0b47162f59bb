"""What the reader of scores should know: assumed scales, and answers that no score is made of."""

from __future__ import annotations

from collections.abc import Iterator

from cjmine.analysis.log_counts import CountedNote
from cjmine.analysis.score_counts import BEFORE_ANY_STEP, FATES, OUTSIDE, ScoreCounts
from cjmine.errors import Code
from cjmine.scales import Scale


def score_notes(counts: ScoreCounts) -> Iterator[CountedNote]:
    """Notes on the answers on scales, one scale after the other."""
    for place, scale in enumerate(Scale):
        metric = scale.metric
        outside = counts.fates.counted(place * FATES + OUTSIDE)
        undeclared = counts.undeclared.counted(place)
        before = counts.fates.counted(place * FATES + BEFORE_ANY_STEP)
        if outside:
            text = f"{metric} has no score: answers outside {scale.low} to {scale.high}: {{}}"
            yield CountedNote(Code.OFF_SCALE, text, (outside,))
        elif undeclared and scale is not Scale.NPS:  # of which there is one
            text = f"no scale is declared for {metric}, so {scale} is assumed; answers: {{}}"
            yield CountedNote(Code.SCALE_ASSUMED, text, (undeclared,))
        if before:
            text = f"{metric} was asked before any step, where it has no score; answers: {{}}"
            yield CountedNote(Code.ANSWERS_UNPLACED, text, (before,))
