"""What the reader of a comparison should know: what it cannot say, and why a verdict is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cjmine.errors import Note
from cjmine.results.compare import Compared, Design
from cjmine.results.verdicts import RatioVerdict
from cjmine.sentences import Sentence


def ratio_notes(found: Compared, until: date | None) -> Iterator[Note]:
    """Why an experiment has no verdict, or one to be careful with."""
    if found.running and until is not None:
        yield Sentence.STILL_RUNNING.note(until.isoformat())
    verdict = None if found.sample_ratio is None else found.sample_ratio.verdict
    if verdict is RatioVerdict.STOP:
        yield Sentence.ARMS_STOP.note()
    elif verdict is RatioVerdict.WARNED:
        yield Sentence.ARMS_WARNED.note()
    if verdict in (RatioVerdict.STOP, RatioVerdict.WARNED):
        yield Sentence.ARMS_CAUSES.note()


def observed_notes(found: Compared) -> Iterator[Note]:
    """What a comparison without chance cannot say."""
    if found.design in (Design.CHANGE, Design.PERIOD):
        yield Sentence.BEFORE_AFTER.note()
    elif found.design in (Design.BY, Design.LOGS):
        yield Sentence.OTHER_CUSTOMERS.note()
