"""The screen of priorities: what to fix first, what is lost at most, and what cannot be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cjmine.reporters.escaping import columns, fitted, padded, visible
from cjmine.reporters.formats import Asked
from cjmine.reporters.priorities.words import (
    amount,
    below,
    ceilings,
    details,
    gains,
    headline,
    name,
    of_verdict,
    part,
    place,
    terms,
    times,
)
from cjmine.reporters.terminal import Screen
from cjmine.results.priorities import Priorities, PriorityItem
from cjmine.results.verdicts import Verdict

_NAME, _MARK, _COUNT, _SHARE, _COMPARABLE = 27, 3, 9, 8, 11
_FEW = 5  # rows of a list that is not the ranking


def render(found: Priorities, asked: Asked) -> str:
    """Priorities as plain text; ends without a line feed."""
    language = asked.language.about(found.privacy).judging(found.judged)
    screen = Screen(language, asked.width)
    drawn = _Drawn(found, asked, screen)
    head = (headline(found, language), terms(found, asked.ranking.per, language))
    parts = [
        [line for said in head for line in screen.wrapped(visible(said), "  ")],
        _ranked(drawn),
        _ceilings(drawn),
        *_others(drawn),
        [
            line
            for said in below(found, language, drawn.times)
            for line in screen.wrapped(visible(said), "  ")
        ],
        screen.notes(found.notes),
        _next(drawn),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What is drawn, how it was asked for, and where."""

    found: Priorities
    asked: Asked
    screen: Screen

    @property
    def times(self) -> float:
        """What gains are multiplied by, for the time that they are written for."""
        return times(self.found, self.asked.ranking.per)

    @property
    def top(self) -> int:
        """How many rows are ranked."""
        top = self.asked.ranking.top
        return len(self.found.items) if top is None else top

    @property
    def wide(self) -> int:
        """How wide the column of names is."""
        return self.screen.names(
            (name(row, self.screen.language) for row in self.found.items), _NAME
        )

    def say(self, key: str, **filled: object) -> list[str]:
        """A sentence, by its key."""
        return self.screen.wrapped(self.screen.language.say(key, **filled), "  ")

    def rest(self, key: str, left: int) -> list[str]:
        """How many rows are left out, where there are any."""
        return self.say(key, n=self.screen.language.count(left)) if left else []


def _ranked(drawn: _Drawn) -> list[str]:
    """The gains by rank, each with what it rests on."""
    rows = gains(drawn.found)
    if not drawn.found.items:
        return drawn.say("priorities.nothing")
    if not rows:
        has_rows = any(row.gain is not None for row in drawn.found.items)  # below, in other lists
        return [*drawn.say("priorities.no-gain"), *(["", _heads(drawn)] if has_rows else [])]
    lines = [_heads(drawn)]
    for rank, row in enumerate(rows[: drawn.top], 1):
        lines.append(_line(f"{rank:>2} ", row, drawn))
        lines += _details(row, drawn)
    left = len(rows) - len(rows[: drawn.top])
    return lines + (
        drawn.say("priorities.more", n=drawn.screen.language.count(left)) if left else []
    )


def _details(row: PriorityItem, drawn: _Drawn) -> list[str]:
    said = visible(details(row, drawn.found, drawn.screen.language, drawn.times))
    return drawn.screen.wrapped(" " * 5 + said, " " * 5)


def _heads(drawn: _Drawn) -> str:
    say = drawn.screen.language.say
    counts = f"{say('priorities.head-journeys'):>{_COUNT}}{say('priorities.head-goal'):>{_SHARE}}"
    beside = f"{say('priorities.head-comparable'):>{_COMPARABLE}}"
    return f"{' ' * (_MARK + drawn.wide)}{counts}{beside}  {say('priorities.head-gain')}"


def _line(mark: str, row: PriorityItem, drawn: _Drawn) -> str:
    language = drawn.screen.language
    goal = "" if row.is_ceiling else language.share(row.goal.n, row.goal.of)
    figures = f"{language.count(row.journeys):>{_COUNT}}{goal:>{_SHARE}}"
    figures += f"{part(row.comparable, language):>{_COMPARABLE}}"
    gain = amount(row.gain, language, drawn.times)
    return f"{mark}{_named(row, drawn)}{figures}  {gain}"


def _named(row: PriorityItem, drawn: _Drawn) -> str:
    """The name of an item; a long step is cut, so that what is wrong with it stays."""
    whole = name(row, drawn.screen.language)
    if row.is_ceiling or columns(visible(whole)) < drawn.wide:
        return padded(row.step if row.is_ceiling else whole, drawn.wide)
    wrong = drawn.screen.language.say(f"deviation.{row.class_}")
    step = fitted(place(row, drawn.screen.language), max(drawn.wide - len(wrong) - 3, 1))
    return padded(f"{step}: {wrong}", drawn.wide)


def _ceilings(drawn: _Drawn) -> list[str]:
    """What is lost at most, in a list of its own."""
    rows = ceilings(drawn.found)
    if not rows:
        return []
    shown = rows if drawn.asked.every else rows[:_FEW]
    lines = drawn.say("priorities.title-ceilings")
    lines += [_line(" ◁ ", row, drawn) for row in shown]
    left = len(rows) - len(shown)
    return lines + (
        drawn.say("priorities.rest", n=drawn.screen.language.count(left)) if left else []
    )


def _others(drawn: _Drawn) -> list[list[str]]:
    """What cannot be told from none, harms not, or is better with it; the rest as a number."""
    parts = []
    for verdict in (Verdict.CANNOT_TELL, Verdict.NO_HARM, Verdict.LOSS):
        if rows := of_verdict(drawn.found, verdict):
            parts.append([*_title(verdict, rows, drawn), *_listed(rows, drawn)])
    unsaid = of_verdict(drawn.found, Verdict.CANNOT_SAY)
    unsaid += [row for row in drawn.found.items if row.is_ceiling and row.gain is None]
    if unsaid:
        listed = [_line("   ", row, drawn) for row in unsaid] if drawn.asked.every else []
        parts.append([*_title(Verdict.CANNOT_SAY, unsaid, drawn), *listed])
    return parts


def _title(verdict: Verdict, rows: Sequence[PriorityItem], drawn: _Drawn) -> list[str]:
    key = f"priorities.title-{verdict.value.replace(' ', '-')}"
    return drawn.say(key, n=drawn.screen.language.count(len(rows)))


def _listed(rows: list[PriorityItem], drawn: _Drawn) -> list[str]:
    lines = []
    shown = rows if drawn.asked.every else rows[:_FEW]
    for row in shown:
        lines.append(_line("   ", row, drawn))
        if drawn.asked.ranking.naive:
            lines += _details(row, drawn)
    left = len(rows) - len(shown)
    return lines + (
        drawn.say("priorities.rest", n=drawn.screen.language.count(left)) if left else []
    )


def _next(drawn: _Drawn) -> list[str]:
    first = (gains(drawn.found) or ceilings(drawn.found))[:1]
    return drawn.say("priorities.next", code=first[0].code) if first else []
