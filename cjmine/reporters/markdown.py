"""Tables for a job summary, a wiki or a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cjmine.reporters.escaping import markdown
from cjmine.results.discovery import Discovery
from cjmine.results.log import moment
from cjmine.results.share import percent

_MOST_ROWS = 50


def render(found: Discovery) -> str:
    """A discovery as Markdown; ends without a line feed."""
    size = found.log
    parts = [
        "## Measured journeys",
        f"**{size.journeys:,} journeys** of {size.customers:,} customers, {size.events:,} events,"
        f" {size.activities:,} activities, {size.variants:,} variants"
        + (f", {moment(size.period[0])} to {moment(size.period[1])}" if size.period else ""),
    ]
    if found.goal is not None:
        name = " or ".join(markdown(one) for one in found.goal.activities)
        rate = repr(found.goal.share)
        parts.append(f"**Goal** {name}: {rate}")
    parts.append(
        _table(
            ("Activity", "Journeys", "Of all", "Ends here", "Of those"),
            (
                (
                    markdown(row.activity),
                    f"{row.journeys:,}",
                    percent(row.journeys, size.journeys),
                    "–" if row.ends_here is None else f"{row.ends_here:,}",
                    "–" if row.ends_here is None else percent(row.ends_here, row.journeys),
                )
                for row in found.activities[:_MOST_ROWS]
            ),
            len(found.activities),
        )
    )
    parts.append("### Commonest journeys")
    parts.append(
        _table(
            ("Journey", "Journeys", "Of all"),
            (
                (
                    " › ".join(markdown(name) for name in row.activities),
                    f"{row.journeys:,}",
                    percent(row.journeys, size.journeys),
                )
                for row in found.variants[:_MOST_ROWS]
            ),
            len(found.variants),
        )
    )
    if found.channels:
        parts.append("### Channels")
        parts.append(
            _table(
                ("Channel", "Events", "Journeys"),
                (
                    (markdown(row.channel), f"{row.events:,}", f"{row.journeys:,}")
                    for row in found.channels
                ),
                len(found.channels),
            )
        )
    if found.notes:
        parts.append("### Notes")
        parts.append("\n".join(f"- {note.code}: {markdown(note.text)}" for note in found.notes))
    parts.append(
        f"Groups of fewer than {found.privacy.min_group} customers are folded."
        f" {found.privacy.folded_journeys:,} journeys are folded into what they begin with."
    )
    return "\n\n".join(parts)


def _table(names: Sequence[str], rows: Iterable[Sequence[str]], total: int) -> str:
    lines = ["| " + " | ".join(names) + " |", "|---" + "|---:" * (len(names) - 1) + "|"]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    if total > _MOST_ROWS:
        lines.append(f"| and {total - _MOST_ROWS:,} more" + " |" * len(names))
    return "\n".join(lines)
