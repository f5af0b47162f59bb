"""Today against a new ideal: who walks the new journey already, and what it asks of the rest."""

from __future__ import annotations

from cjmine.analysis.compare.next import AskNext, NextCounts, count_next, next_shares
from cjmine.analysis.compare.sides import Sides
from cjmine.analysis.compared_part import rules_of
from cjmine.analysis.subject import Subject
from cjmine.counting.merging import merged
from cjmine.counting.rounds import IN_THIS_PROCESS
from cjmine.counting.split import Split
from cjmine.disclosure.compare_frame import Asked
from cjmine.disclosure.compare_next import shown_next
from cjmine.eventlog.log import ROLES
from cjmine.eventlog.parts import Log
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.progress import Phase, Progress, ProgressEvent, no_progress
from cjmine.results.compare import Compared, Design
from cjmine.sentences import Sentence
from cjmine.verbs.compare_settings import CompareSettings
from cjmine.verbs.compared import compared


def compare_next(
    log: Log,
    ideal: CompiledIdeal,
    new: CompiledIdeal,
    settings: CompareSettings,
    progress: Progress = no_progress,
    split: Split = IN_THIS_PROCESS,
) -> Compared:
    """The journeys of a log beside the present ideal and beside a new one.

    Journeys are cut and judged as the present ideal says. Raises PrivacyError P103 where the log
    is about fewer customers than `min_group`.
    """
    progress(ProgressEvent(Phase.ALIGN))
    with compared(log, ideal, settings, split) as measured:
        known, now = measured.known, measured.ideal
        steps = tuple(dict.fromkeys([*new.space.labels, *now.space.labels]))
        asked = AskNext(known.activities, measured.moments, rules_of(new), steps)
        counts = merged(measured.rounds.ask(count_next, asked, NextCounts))
    progress(ProgressEvent(Phase.COUNT))
    subject = Subject(
        ideal=now,
        about=measured.about,
        columns=ROLES,
        activities=known.activities,
        channels=known.channels,
        judging=measured.judging,
        labels=(),
        filters=measured.filters,
    )
    names = _names(now, new)
    what = Asked(
        design=Design.WITH,
        name=names[1],
        names=names,
        sides=Sides(),
        returned=settings.returned,
        notes=(Sentence.JUDGED_AS_NOW.note(),),
    )
    shares = tuple(next_shares(counts, steps, now.space.labels, new.space.labels))
    return shown_next(counts, subject, what, shares, settings.policy)


def _names(now: CompiledIdeal, new: CompiledIdeal) -> tuple[str, str]:
    """The names of both journeys; their files where they have one name."""
    one, other = now.journey, new.journey
    return (one.name, other.name) if one.name != other.name else (one.file, other.file)
