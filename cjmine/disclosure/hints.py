"""From finished hints to those that may be shown, judged by what is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cjmine.analysis.check.notes import rules_notes
from cjmine.analysis.differences import Difference
from cjmine.analysis.hints.finished import FinishedHints
from cjmine.analysis.hints.found import Compared, FoundHint
from cjmine.analysis.intervals import share_of
from cjmine.analysis.looks import FALSE_SHARE, q_values
from cjmine.analysis.subject import Subject
from cjmine.disclosure.hints_rated import rated_hints
from cjmine.disclosure.notes import policy_notes, shown_notes
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import may_show, seconds, shown, two_digits
from cjmine.errors import Note
from cjmine.results.figures import Change
from cjmine.results.hints import Hint, Hints, Kept, Proposal, Tip
from cjmine.results.log import Privacy
from cjmine.results.satisfaction import Satisfaction
from cjmine.results.share import Share
from cjmine.results.verdicts import Verdict
from cjmine.sentences import Sentence


def shown_hints(
    found: FinishedHints, rated: Satisfaction | None, subject: Subject, policy: Policy
) -> Hints:
    """Hints without any figure about too few customers; no hint is about fewer.

    `rated` is what customers said, where that is known.
    """
    walked = shown(found.hints, policy)
    keeps = {one.name: one.keep for one in subject.ideal.journey.steps if one.keep is not None}
    hints = _judged([row for one in found.found if (row := _row(one, policy)) is not None])
    hints = _sorted([*hints, *(() if rated is None else rated_hints(rated))])
    result = replace(
        walked,
        journey_file=policy.file_name(walked.journey_file),
        hints=tuple(one for one in hints if one.step not in keeps),
        kept=tuple(Kept(one.tip, one.step, keeps[one.step]) for one in hints if one.step in keeps),
        privacy=Privacy(policy.min_group, 0, walked.privacy.key, policy.release),
    )
    return replace(result, notes=tuple(_notes(found, result, subject, policy)))


@dataclass(frozen=True, slots=True)
class _Row:
    """A hint whose figures may be shown, with what it compares, if that may be too."""

    found: FoundHint
    share: Share
    compared: Compared | None
    seconds: float | None


def _row(found: FoundHint, policy: Policy) -> _Row | None:
    """None where too few customers are behind the hint, or behind its complement."""
    share = shown(share_of(found.n, found.of), policy)
    if share.n is None or share.value is None:
        return None
    compared = found.compared
    if compared is not None and not all(may_show(side, policy) for side in compared.sides):
        compared = None
    if compared is not None and not policy.is_exact:
        compared = _blurred(compared)
    time = None if found.time is None else seconds(found.time, policy)
    return _Row(found, share, compared, time)


def _blurred(found: Compared) -> Compared:
    """The same in two digits: the counts behind a difference are not shown beside it."""
    effect = found.effect
    value, margin = two_digits(effect.value), two_digits((effect.high - effect.low) / 2)
    needed = None if found.needed is None else int(two_digits(found.needed))
    return replace(
        found,
        effect=Difference(value, value - margin, value + margin),
        p=two_digits(found.p),
        needed=needed,
    )


def _judged(rows: Sequence[_Row]) -> list[Hint]:
    """The hints with their words. What like journeys say does harm is no hint."""
    q = q_values([None if row.compared is None else row.compared.p for row in rows])
    every = [_hint(row, one) for row, one in zip(rows, q, strict=True)]
    return [one for one in every if one.verdict is not Verdict.LOSS]


def _sorted(hints: Sequence[Hint]) -> list[Hint]:
    """Those that are decided first, by tip and the near end of what is compared."""
    order = list(Tip)
    return sorted(hints, key=lambda one: (one.is_open, order.index(one.tip), -_near_end(one)))


def _near_end(hint: Hint) -> float:
    if hint.effect is None:
        return hint.value
    return hint.effect.low if hint.verdict is not Verdict.LOSS else -hint.effect.high


def _hint(row: _Row, q: float | None) -> Hint:
    found, compared, share = row.found, row.compared, row.share
    assert share.n is not None and share.of is not None and share.value is not None
    verdict = verdict_of(found, compared, q)
    is_open = verdict in (Verdict.CANNOT_TELL, Verdict.CANNOT_SAY)
    edit = None if found.edit is None or is_open else Proposal(found.edit.kind, found.edit.names)
    effect = None
    if compared is not None:
        change = compared.effect
        effect = Change(change.value, change.low, change.high)
    return Hint(
        tip=found.tip,
        step=found.step,
        other=found.other,
        n=share.n,
        of=share.of,
        value=share.value,
        low=share.low,
        high=share.high,
        effect=effect,
        margin=None if compared is None else compared.margin,
        q=q,
        needed=compared.needed if compared and verdict is Verdict.CANNOT_TELL else None,
        seconds=row.seconds,
        verdict=verdict,
        edit=edit,
    )


def verdict_of(found: FoundHint, compared: Compared | None, q: float | None) -> Verdict | None:
    """The word for a hint; None where nothing is compared.

    No harm, and more than usual, need the whole interval and a q below 0.05 over all hints.
    """
    if not found.is_compared:
        return None
    if compared is None or q is None:
        return Verdict.CANNOT_SAY
    effect, is_sure = compared.effect, q < FALSE_SHARE
    least = 0.0 if compared.margin is None else -compared.margin
    if effect.low > least and is_sure:
        return Verdict.GAIN if compared.margin is None else Verdict.NO_HARM
    return Verdict.LOSS if effect.high < 0 else Verdict.CANNOT_TELL


def _notes(found: FinishedHints, result: Hints, subject: Subject, policy: Policy) -> Iterator[Note]:
    yield from shown_notes(found.notes, policy)
    yield from policy_notes(policy)
    if _has_gap(result):
        mark = f"a dash or <{policy.min_group}" if policy.release else "a dash"
        yield Sentence.DASHES.note(mark, str(policy.min_group))
    yield from rules_notes(subject)


def _has_gap(found: Hints) -> bool:
    """Whether a figure is withheld that a table has a place for."""
    if found.repaired is None:
        return False
    shares = (found.repaired.fitting_before, found.repaired.fitting_after)
    edits = found.repaired.edits
    return any(one.n is None for one in shares) or any(one.journeys is None for one in edits)
