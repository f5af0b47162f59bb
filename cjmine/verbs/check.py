"""Check: an ideal journey and a log in, their comparison and a verdict out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from cjmine.analysis.baseline import baseline_of
from cjmine.analysis.check import finished
from cjmine.analysis.check_parts import (
    AskCounts,
    AskOutline,
    Counts,
    Outline,
    counted,
    facts_of,
    outline,
    prepared,
    rules_of,
)
from cjmine.analysis.subject import Subject, absent_steps
from cjmine.conformance.facts import Facts
from cjmine.conformance.states import terms_of
from cjmine.counting.merging import merged
from cjmine.counting.rounds import IN_THIS_PROCESS, Rounds
from cjmine.counting.split import Split
from cjmine.disclosure.check import shown_check
from cjmine.disclosure.labels import shown_labels
from cjmine.disclosure.refusals import refuse_small_expectations, refuse_small_result
from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.eventlog.chosen import EVERYBODY, Filter
from cjmine.eventlog.log import ROLES
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
from cjmine.verbs.filters import check_column, filter_of
from cjmine.verbs.observed import judging_of, observed
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
        rules = rules_of(self.ideal, self.counted.until, self.filters)
        return facts_of(prepared(self.log.read(), rules), self.counted)


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
    ideal = _with_deadline(ideal, settings.deadline)
    refuse_small_expectations(ideal.journey, policy)
    progress(ProgressEvent(Phase.ALIGN))
    about = observed(log.about, settings)
    since = about.observed_from
    if settings.by is not None:
        check_column(log, settings.by, "--by")
    rules = rules_of(ideal, about.observed_until)
    filters = filter_of(log, rules.cut, about, settings, split)
    rules = replace(rules, filters=filters)
    parts = _finer(split, log.events)
    with Rounds(log, prepared, rules, parts) as rounds:
        known = merged(rounds.ask(outline, AskOutline(since), Outline))
        refuse_small_result(known.customers, policy, is_chosen=bool(filters.said))
        judging = judging_of(
            about,
            (known.first, known.last),
            known.full_time(ideal.journey.deadline),
            terms_of(ideal.journey, about.cases).gap,
            filters,
        )
        if settings.deadline not in (None, written):
            judging = replace(judging, written=written)
        asked = AskCounts(
            activities=known.activities,
            channels=known.channels,
            since=since,
            first=judging.first,
            until=judging.until,
            full_time=judging.full_time.value,
            min_group=settings.min_group,
            has_map=wanted.has_map,
            has_examples=wanted.has_examples,
            has_ranges=settings.ranges,
            by=settings.by,
        )
        counts = merged(rounds.ask(counted, asked, Counts))
    progress(ProgressEvent(Phase.COUNT))
    labels: tuple[str, ...] = ()
    if absent_steps(ideal, known.activities):
        labels = shown_labels(log, settings.min_group, split)
    subject = Subject(
        ideal=ideal,
        about=about,
        columns=(*(name for name in ROLES if log.has(name)), *log.attributes),
        activities=known.activities,
        channels=known.channels,
        judging=judging,
        labels=labels,
        filters=filters,
        by=settings.by,
    )
    shown = shown_check(finished(counts, subject), subject, policy, settings.baseline)
    return Outcome(shown, ideal, log, asked, filters)


def _with_deadline(ideal: CompiledIdeal, deadline: int | None) -> CompiledIdeal:
    if deadline is None:
        return ideal
    return replace(ideal, journey=replace(ideal.journey, deadline=deadline))


def _finer(split: Split, events: int) -> Split:
    """The same split with parts half as large: a comparison takes twice the memory of counting."""
    parts = split.parts_for(events)
    return replace(split, parts=2 * parts) if parts > 1 and split.parts is None else split


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
