"""Check: an ideal journey and a log in, their comparison and a verdict out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from cjmine.analysis.baseline import baseline_of
from cjmine.analysis.check.finished import finished
from cjmine.analysis.check.parts import AskCounts, Counts, counted
from cjmine.analysis.compared_part import facts_of, prepared, rules_of
from cjmine.conformance.facts import Facts
from cjmine.counting.merging import merged
from cjmine.counting.rounds import IN_THIS_PROCESS
from cjmine.counting.split import Split
from cjmine.disclosure.check import shown_check
from cjmine.disclosure.refusals import refuse_small_expectations
from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.eventlog.chosen import EVERYBODY, Filter
from cjmine.eventlog.parts import Log
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.output import Access, write_text
from cjmine.progress import Phase, Progress, ProgressEvent, no_progress
from cjmine.regular_files import regular
from cjmine.reporters.formats import Format
from cjmine.results.baseline import Baseline
from cjmine.results.check import Check
from cjmine.results.codec import baseline_text, read_baseline
from cjmine.shown_paths import shown_path
from cjmine.verbs.compared import compared, subject_of
from cjmine.verbs.filters import check_column
from cjmine.verbs.settings import CheckSettings
from cjmine.version import VERSION

_LARGEST_BASELINE = 1 << 24


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a check is wanted beside its figures; what is not drawn is not counted."""

    has_map: bool = True
    has_examples: bool = True


EVERYTHING = Wanted()


def wanted_by(forms: Iterable[Format]) -> Wanted:
    """What some formats draw.

    >>> wanted_by([Format.TEXT])
    Wanted(has_map=False, has_examples=True)
    """
    asked = set(forms)
    with_map = {Format.JSON, Format.HTML}
    with_examples = {*with_map, Format.TEXT, Format.MARKDOWN}
    return Wanted(bool(asked & with_map), bool(asked & with_examples))


@dataclass(frozen=True, slots=True)
class Outcome:
    """A check that may be shown, and what its single journeys can be looked at again with."""

    checked: Check
    ideal: CompiledIdeal
    log: Log
    counted: AskCounts
    filters: Filter = EVERYBODY

    @property
    def baseline(self) -> Baseline:
        """What later checks can be compared with."""
        return baseline_of(self.checked, self.ideal.journey, VERSION)

    def facts(self) -> Facts:
        """The journeys one by one, compared anew; they are about single customers."""
        moments = self.counted.moments
        rules = rules_of(self.ideal, moments.until, self.filters)
        return facts_of(prepared(self.log.read(), rules), moments)


def check(
    log: Log,
    ideal: CompiledIdeal,
    settings: CheckSettings = CheckSettings(),
    progress: Progress = no_progress,
    split: Split = IN_THIS_PROCESS,
    wanted: Wanted = EVERYTHING,
) -> Outcome:
    """Compare the journeys of a log with the ideal, in one part or in several: it is the same.

    Journeys are judged by the deadline that the settings ask for, else by that of the ideal, else
    by an assumed one. Raises PrivacyError P103 where the log is about fewer customers than
    `min_group`, UsageError J106 where an expectation is decided by fewer journeys than that.
    """
    policy = settings.policy
    written = ideal.journey.deadline
    refuse_small_expectations(ideal.journey, policy)
    progress(ProgressEvent(Phase.ALIGN))
    if settings.by is not None:
        check_column(log, settings.by, "--by")
    with compared(log, ideal, settings, split) as measured:
        ideal, known = measured.ideal, measured.known
        judging = measured.judging
        if settings.deadline not in (None, written):
            judging = replace(judging, written=written)
        asked = AskCounts(
            activities=known.activities,
            channels=known.channels,
            moments=measured.moments,
            min_group=settings.min_group,
            has_map=wanted.has_map,
            has_examples=wanted.has_examples,
            has_ranges=settings.ranges,
            by=settings.by,
        )
        counts = merged(measured.rounds.ask(counted, asked, Counts))
    progress(ProgressEvent(Phase.COUNT))
    subject = replace(subject_of(log, measured, settings, split), judging=judging)
    shown = shown_check(finished(counts, subject), subject, policy, settings.baseline)
    return Outcome(shown, ideal, log, asked, measured.filters)


def open_baseline(path: Path) -> Baseline:
    """Read a saved baseline. Raises UsageError J116."""
    try:
        if path.stat().st_size > _LARGEST_BASELINE:
            raise OSError("it is too large for a baseline")
        text = regular(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            Problem(
                Code.BASELINE_FORMAT,
                "the baseline cannot be read",
                Place(path.as_posix()),
                cause=getattr(error, "strerror", None) or str(error)[:80],
                remedy="make one: cjmine check LOG --ideal FILE --save-baseline FILE",
            )
        ) from None
    return read_baseline(text, shown_path(path.as_posix()))


def save_baseline(outcome: Outcome, file: Path) -> None:
    """Write the counts of a check for later ones, whole or not at all. Raises OutputError O101."""
    write_text(file, baseline_text(outcome.baseline), Access.of(outcome.checked.privacy.release))
