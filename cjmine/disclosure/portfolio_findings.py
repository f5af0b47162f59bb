"""What a portfolio shows that has to be managed; made of what is shown alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cjmine.analysis.portfolio.members import Member
from cjmine.analysis.portfolio.overlap import overlaps, proposed_parents
from cjmine.errors import Note
from cjmine.portfolio.declared import Level, Status
from cjmine.portfolio_sentences import PortfolioSentence
from cjmine.results.figures import OTHER
from cjmine.results.log import day_of
from cjmine.results.portfolio import Finding, Portfolio, PortfolioJourney, Standing

MOST_AT_A_LEVEL = 25


def findings_of(
    found: Portfolio, members: Sequence[Member], alike: frozenset[str]
) -> Iterator[Finding]:
    """The findings, by what they are: values that differ first, then journeys without an owner.

    `alike` are the journeys that are withheld for what they would give away beside others.
    """
    yield from _templates(found)
    yield from _journeys(found, members, alike)
    yield from _contacts(found)
    for level in Level:
        entries = [one.entry for one in members if one.entry.level is level]
        names = list(dict.fromkeys(one.name for one in entries))
        if len(names) > MOST_AT_A_LEVEL:
            parents = ", ".join(proposed_parents(list(dict.fromkeys(entries))))
            said = (level.value, len(names), MOST_AT_A_LEVEL, parents)
            yield _finding(level.value, PortfolioSentence.MANY.note(*said))
    for one, other, shared, of in overlaps(members):  # last: there may be one for every two
        yield _finding(one, PortfolioSentence.OVERLAP.note(one, other, shared, of))


def _finding(about: str, note: Note) -> Finding:
    return Finding(note.code, about, note.text)


def _templates(found: Portfolio) -> Iterator[Finding]:
    for one in found.templates:
        for value in one.values:
            if value.verdict is Standing.DIFFERS:
                assert value.n is not None and value.of is not None and one.share is not None
                said = (f"{100 * value.n / value.of:.1f}", value.of, f"{100 * one.share:.1f}")
                yield _finding(
                    f"{one.template}: {value.value}",
                    PortfolioSentence.DIFFERS.note(one.template, value.value, *said),
                )
        if one.difference is not None:
            yield _finding(one.template, PortfolioSentence.TWO_VALUES.note(one.template))


def _journeys(
    found: Portfolio, members: Sequence[Member], alike: frozenset[str]
) -> Iterator[Finding]:
    until = found.log.observed_until
    last = None if until is None else day_of(until, found.log.zone).isoformat()
    seen: set[tuple[str, str]] = set()
    for member, row in zip(members, found.journeys, strict=True):
        if row.status is Status.RETIRED:
            continue
        for about, note in _of_journey(member, row, last, alike):
            if (about, note.text) not in seen:
                seen.add((about, note.text))
                yield _finding(about, note)


def _of_journey(
    member: Member, row: PortfolioJourney, last: str | None, alike: frozenset[str]
) -> Iterator[tuple[str, Note]]:
    """What is found about a journey; what its values share is about the template."""
    name = row.journey
    if row.file is None:
        yield name, PortfolioSentence.NO_FILE.note(name)
    if row.owner is None:
        yield name, PortfolioSentence.NO_OWNER.note(name)
    if member.ideal is not None and row.purpose is None:
        yield name, PortfolioSentence.NO_PURPOSE.note(name)
    if row.review_by is not None and last is not None and last > row.review_by:
        yield member.name, PortfolioSentence.PAST_REVIEW.note(member.name, row.review_by)
    if member.ideal is None:
        return
    if not member.ideal.journey.entry:
        yield name, PortfolioSentence.NO_ENTRY.note(name)
    if member.name in alike:
        yield member.name, PortfolioSentence.DIFFER_BY_FEW.note(member.name)
    elif not row.journeys:
        yield member.name, PortfolioSentence.NO_DATA.note(member.name)


def _contacts(found: Portfolio) -> Iterator[Finding]:
    for one in found.coverage.reasons:
        if one.journey is None and one.reason != OTHER:
            said = PortfolioSentence.NO_HOME.note(one.reason, one.contacts)
            yield _finding(one.reason, said)
