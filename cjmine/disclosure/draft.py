"""A draft as it may leave the team: its evidence in rounded counts."""

from __future__ import annotations

from dataclasses import replace

from cjmine.analysis.draft import Draft
from cjmine.analysis.draft_evidence import Evidence
from cjmine.disclosure.policy import Policy


def shown_draft(draft: Draft, policy: Policy) -> Draft:
    """The same draft; every count of journeys is rounded where it is released.

    A draft names only touchpoints of enough customers, so nothing else is withheld here.
    """

    def rounded(rows: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        return tuple(
            replace(
                row, journeys=policy.rounded(row.journeys), repeated=policy.rounded(row.repeated)
            )
            for row in rows
        )

    return replace(
        draft,
        successes=policy.rounded(draft.successes),
        journeys=policy.rounded(draft.journeys),
        fitting=None if draft.fitting is None else policy.rounded(draft.fitting),
        evidence=rounded(draft.evidence),
        left_out=rounded(draft.left_out),
        ends=tuple((name, policy.rounded(count)) for name, count in draft.ends),
    )
