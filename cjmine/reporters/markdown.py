"""Tables for a job summary, a wiki or a pull request."""

from __future__ import annotations

from cjmine.reporters.markdown_table import markdown, markdown_table
from cjmine.reporters.tables import ACTIVITIES, CHANNELS, VARIANTS
from cjmine.results.discovery import Discovery
from cjmine.results.log import moment


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
    parts.append(markdown_table(ACTIVITIES, found))
    parts.append("### Commonest journeys")
    parts.append(markdown_table(VARIANTS, found))
    if found.channels:
        parts.append("### Channels")
        parts.append(markdown_table(CHANNELS, found))
    if found.notes:
        parts.append("### Notes")
        parts.append("\n".join(f"- {note.code}: {markdown(note.text)}" for note in found.notes))
    parts.append(
        f"Groups of fewer than {found.privacy.min_group} customers are folded."
        f" {found.privacy.folded_journeys:,} journeys are folded into what they begin with."
    )
    return "\n\n".join(parts)
