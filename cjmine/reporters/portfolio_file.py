"""A proposed portfolio as a portfolio file, with the questions that only people can answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from cjmine.portfolio.proposed import ProposedJourney, ProposedPortfolio
from cjmine.reporters.journey_file import quoted

PHASES = ("Orient", "Join", "Use", "Change", "Leave")


def render(proposed: ProposedPortfolio) -> str:
    """The file; ends without a line feed. It reads back as what is proposed."""
    lines = [
        "# A first portfolio: what a log can say; docs/portfolio.md has every key.",
        "# QUESTION: which phases has a customer's life with you?",
        f"lifecycle: [{', '.join(map(quoted, proposed.phases or PHASES))}]",
        "journeys:" if proposed.journeys else "journeys: []",
    ]
    for one in proposed.journeys:
        lines += _journey(one)
    if proposed.reasons:
        lines += [
            "# QUESTION: which journey does each contact reason belong to? * holds for any text.",
            "reasons:",
        ]
    for reason in proposed.reasons:
        home = "none yet" if reason.file is None else quoted(PurePosixPath(reason.file).stem)
        lines.append(f"  {quoted(reason.reason)}: {home}")
    return "\n".join(lines)


def _journey(one: ProposedJourney) -> Iterator[str]:
    if one.file is not None:
        yield f"  - journey: {quoted(one.file)}"
    else:
        yield f"  - journey: {quoted(f'Towards {one.goal}')}"
        yield "    # QUESTION: what do customers call it? cjmine draft writes its file. Goal:"
        yield f"    #   {quoted(one.goal)}"
    if one.phase is None:
        yield "    # phase:        QUESTION: where in the life cycle?"
    else:
        yield f"    phase: {quoted(one.phase)}"
    yield "    # owner:        QUESTION: who answers for it?"
    yield "    # review-by:    QUESTION: until when is what is known of it not stale?"
