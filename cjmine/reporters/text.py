"""The screen: what was measured, fit for 80 columns."""

from __future__ import annotations

from itertools import groupby

from cjmine.privacy.small_groups import OTHER
from cjmine.reporters.escaping import fitted, padded, visible
from cjmine.reporters.terminal import bar, counted, day, wrapped
from cjmine.results.discovery import ActivityRow, Discovery, VariantRow
from cjmine.results.share import percent

_BAR = 16
_MOST_ROWS = 25
_VARIANTS = 5
_INDENT = " " * 18
_LEGEND = """\
of all: of all journeys. of those: of the journeys that have the activity.
Intervals are 95 % (Wilson). Journeys still under way count as far as they came."""


def render(found: Discovery) -> str:
    """A discovery as plain text; ends without a line feed."""
    parts = [
        _headline(found),
        _goal(found),
        _segments(found),
        _activities(found),
        _variants(found),
        _worth_a_look(found),
        _notes(found),
        [*_LEGEND.split("\n")],
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _headline(found: Discovery) -> list[str]:
    size = found.log
    lines = [
        f"{counted(size.journeys, 'journey')} of {counted(size.customers, 'customer')}, "
        f"{counted(size.events, 'event')}, {counted(size.activities, 'activity', 'activities')}, "
        f"{counted(size.variants, 'variant')}"
    ]
    if size.period:
        lines.append(f"{day(size.period[0])} to {day(size.period[1])} (UTC)")
    if found.channels:
        parts = [f"{visible(row.channel)} {row.events:,}" for row in found.channels]
        lines += wrapped("events: " + " · ".join(parts), "        ")
    return lines


def _goal(found: Discovery) -> list[str]:
    if found.goal is None:
        return []
    name = " or ".join(f'"{visible(one)}"' for one in found.goal.activities)
    ratio = found.goal.share
    if ratio.n is None:
        return wrapped(f"Goal {name}: withheld, it would tell about too few customers", "  ")
    if not ratio.of or ratio.low is None or ratio.high is None:
        return [f"Goal {name}: no journeys"]
    return wrapped(
        f"Goal {name}: reached by {ratio.n:,} of {ratio.of:,} journeys, "
        f"{percent(ratio.n, ratio.of)} ({100 * ratio.low:.1f} to {100 * ratio.high:.1f})",
        "  ",
    )


def _segments(found: Discovery) -> list[str]:
    if found.segments is None or not found.segments.values:
        return []
    rows = [f"{padded('By ' + found.segments.by, 40)} {'journeys':>9}  goal reached"]
    for row in found.segments.values[:_MOST_ROWS]:
        goal = ""
        if row.goal.low is not None and row.goal.high is not None:
            goal = (
                f"{percent(row.goal.n, row.goal.of):>7}"
                f" ({100 * row.goal.low:.1f} to {100 * row.goal.high:.1f})"
            )
        elif found.goal is not None:
            goal = "withheld"
        rows.append(f"{padded(row.value, 40)} {row.journeys:>9,}  {goal}".rstrip())
    return rows


def _activities(found: Discovery) -> list[str]:
    if not found.activities:
        return []
    goal = found.goal.activities if found.goal else ()
    header = (
        f"{'Activity':<26}{'journeys':>9}  {'of all':>7}  {'':<{_BAR}}{'ends here':>9}"
        f"{'of those':>9}"
    )
    lines = [header]
    for row in found.activities[:_MOST_ROWS]:
        lines.append(_activity(row, found.log.journeys, row.activity in goal))
    more = len(found.activities) - _MOST_ROWS
    if more > 0:
        lines.append(f"and {counted(more, 'more activity', 'more activities')}: -f json lists all")
    return lines


def _activity(row: ActivityRow, journeys: int, is_goal: bool) -> str:
    name = fitted(row.activity, 19) + " (goal)" if is_goal else row.activity
    if row.ends_here is None:
        ends, share = "–", ""
    else:
        ends, share = f"{row.ends_here:,}", percent(row.ends_here, row.journeys)
    return (
        f"{padded(name, 26)}{row.journeys:>9,}  {percent(row.journeys, journeys):>7}  "
        f"{bar(row.journeys, journeys)}{ends:>9}{share:>9}"
    ).rstrip()


def _variants(found: Discovery) -> list[str]:
    if not found.variants:
        return []
    rows = found.variants
    of = found.log.journeys
    shown = sum(row.journeys for row in rows)
    lines = [
        f"Commonest journeys ({len(rows):,} of {counted(found.variant_groups, 'group')}; together "
        f"{percent(shown, of)} of all)"
    ]
    goal = found.goal.activities if found.goal else ()
    for row in rows:
        head = f"{row.journeys:>8,} {percent(row.journeys, of):>7}  "
        lines += wrapped(head + _trace(row, goal), _INDENT)
    if found.privacy.folded_journeys:
        lines += wrapped(
            f"{found.privacy.folded_journeys:,} journeys with a trace of fewer than"
            f" {found.privacy.min_group} customers are folded into what they begin with",
            "",
        )
    return lines


def _trace(row: VariantRow, goal: tuple[str, ...]) -> str:
    steps = []
    for name, group in groupby(row.activities):
        times = len(list(group))
        steps.append(visible(name) + (f" ×{times}" if times > 1 else ""))
    if row.folded:
        return " › ".join(steps)
    return " › ".join(steps) + (" ✓" if row.activities[-1] in goal else " ■")


def _worth_a_look(found: Discovery) -> list[str]:
    lines: list[str] = []
    goal = found.goal.activities if found.goal else ()
    ends = [
        row
        for row in found.activities
        if row.ends_here and row.activity not in goal and row.activity != OTHER
    ]
    for row in sorted(ends, key=lambda row: -(row.ends_here or 0))[:1]:
        lines += wrapped(
            f"  most journeys end on {visible(row.activity)}: {row.ends_here:,} of"
            f" {row.journeys:,} that have it",
            "    ",
        )
    for loop in found.loops[:2]:
        back = f", {loop.returns:,} after something else" if loop.returns else ""
        lines += wrapped(
            f"  {visible(loop.activity)} is repeated in {loop.journeys:,} of {loop.of:,}"
            f" journeys{back}",
            "    ",
        )
    for switch in [row for row in found.switches if row.from_ != OTHER][:2]:
        lines += wrapped(
            f"  {visible(switch.from_)} to {visible(switch.to)}: {switch.journeys:,}"
            f" journeys change channel, {switch.count:,} times",
            "    ",
        )
    return ["Worth a look", *lines] if lines else []


def _notes(found: Discovery) -> list[str]:
    lines: list[str] = []
    for note in found.notes:
        lines += wrapped(f"  {note.code}  {visible(note.text)}", " " * 8)
    return ["Notes", *lines] if lines else []
