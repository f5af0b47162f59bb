"""Discover: a log in, the measured journeys out. What the command line and notebooks share."""

from __future__ import annotations

from dataclasses import replace

from cjmine.analysis.discover import Asked
from cjmine.analysis.goal_times import AskTimes, GoalTimes, goal_times
from cjmine.analysis.judged import AskJudged, Judging, assumed_full_time
from cjmine.analysis.measured_part import MeasuredPart, Measuring, measured_part
from cjmine.conformance.states import FullTime, Terms
from cjmine.counting.merging import merged
from cjmine.counting.rounds import IN_THIS_PROCESS, Rounds
from cjmine.counting.split import Split
from cjmine.disclosure.discovery import Wishes, discovery_of, found_in
from cjmine.disclosure.labels import event_of, refuse_absent, shown_labels
from cjmine.errors import Note, did_you_mean
from cjmine.eventlog.chosen import Filter
from cjmine.eventlog.journeys import CutRules
from cjmine.eventlog.log import About, Cases
from cjmine.eventlog.parts import Log
from cjmine.progress import Phase, Progress, ProgressEvent, no_progress
from cjmine.results.discovery import Discovery
from cjmine.sentences import Sentence
from cjmine.verbs.filters import check_column, filter_of
from cjmine.verbs.observed import judging_of, observed
from cjmine.verbs.settings import DiscoverSettings

_FEW = 30  # journeys: fewer may well be unlike one another


def discover(
    log: Log,
    settings: DiscoverSettings,
    progress: Progress = no_progress,
    split: Split = IN_THIS_PROCESS,
) -> Discovery:
    """Measure the journeys of a log, in one part or in several: the result is the same.

    Raises
    ------
    UsageError
        U101 where `by` or a filter names a column that the log does not have, U103 where a goal
        or an entry is absent from the log and no ideal declares it.
    PrivacyError
        P103 where the log is about fewer customers than `min_group`.
    """
    if settings.by is not None:
        check_column(log, settings.by, "--by")
    policy = settings.policy
    if split.is_whole(log.events):
        log = log.read()
    progress(ProgressEvent(Phase.COUNT))
    named = (*settings.goal, *settings.entry)
    known = shown_labels(log, settings.min_group, split) if named else ()
    about = observed(log.about, settings)
    if known:  # of a log without a name that may be shown, everything is withheld or refused below
        for option, names in (("--goal", settings.goal), ("--entry", settings.entry)):
            typed = [name for name in names if name not in settings.declared]
            refuse_absent(typed, option, known, policy)
    rules = CutRules(
        gap_us=settings.gap,
        until=settings.goal if settings.until_goal else (),
        entry=settings.entry,
        passed_over=tuple(name for name in named if name not in known),
        observed_until=about.observed_until,
        own=settings.goal,
    )
    filters = filter_of(log, rules, about, settings, split)
    goal = tuple(name for name in settings.goal if name in known)
    with Rounds(log, measured_part, Measuring(rules, filters), split) as rounds:
        judging, asking = None, None
        if settings.goal:
            judging, asking = _judged(rounds, goal, about, settings, filters)
        asked = Asked(settings.by, max(settings.min_group, 1), asking)
        found = found_in(rounds, asked, policy)
    notes = [
        Sentence.NO_SUCH_GOAL.note(event_of(policy), name, did_you_mean(name, known))
        for name in settings.goal
        if name not in known
    ]
    is_known = bool(goal) or policy.is_exact
    wishes = Wishes(settings.goal, is_known, settings.by, settings.top, judging, filters)
    result = discovery_of(found, about, wishes, policy, tuple(notes))
    if log.about.cases is Cases.GIVEN and (settings.gap or settings.until_goal):
        result = replace(result, notes=(*result.notes, Sentence.CASES_KEPT.note()))
    if _unlike(result):
        result = replace(result, notes=(*result.notes, _unlike_note(result, settings)))
    return result


def _unlike(found: Discovery) -> bool:
    """Whether almost every journey that is shown is unlike every other."""
    journeys, variants = found.log.journeys, found.log.variants
    return journeys >= _FEW and 10 * variants >= 9 * journeys


def _unlike_note(found: Discovery, settings: DiscoverSettings) -> Note:
    """What to try: journeys that are cut at pauses or by another column are shorter."""
    ways = "a column of sessions or cases (--case session_id)"
    if settings.gap is None:
        ways = f"pauses (--gap 30m, --gap 30d) or {ways}"
    return Sentence.ALL_UNLIKE.note(found.log.journeys, found.log.variants, ways)


def _judged(
    rounds: Rounds[Measuring, MeasuredPart],
    goal: tuple[str, ...],
    about: About,
    settings: DiscoverSettings,
    filters: Filter,
) -> tuple[Judging, AskJudged]:
    """How journeys are judged: asked of the whole log before anything is counted."""
    cuts = about.cases is Cases.CUSTOMER and not settings.entry
    terms = Terms(goal, (), settings.deadline, settings.gap if cuts else None)
    since = about.observed_from
    known = merged(rounds.ask(goal_times, AskTimes(terms, since), GoalTimes))
    full_time = FullTime(settings.deadline)
    if settings.deadline is None:
        full_time = assumed_full_time(known.to_goal)
    judging = judging_of(about, (known.first, known.last), full_time, terms.gap, filters)
    return judging, AskJudged(terms, since, judging.first, judging.until, full_time.value)
