"""The screen of a check: the verdict, where journeys are lost, what is past its budget."""

from __future__ import annotations

from cjmine.ideal.journey import Level
from cjmine.privacy.small_groups import OTHER
from cjmine.reporters.check.drawing import draw
from cjmine.reporters.check.words import (
    SIGNS,
    figure,
    found_in_words,
    headline,
    journeys_of,
    never_in_words,
    points,
    share,
    tally,
    why,
)
from cjmine.reporters.escaping import columns, fitted, padded, visible
from cjmine.reporters.language import english
from cjmine.reporters.terminal import WIDTH, bar, counted, day, wrapped
from cjmine.results.check import BaselineUse, Check, DeviationRow, ExpectationRow, StepRow, Verdict
from cjmine.results.share import percent

_INDENT = " " * 8
_MOST_STEPS = 30
_DEVIATIONS = 5
_BAR = 12
_LEGEND = """\
reached: the journey came past the step. lost: abandoned there; its share is of
those and the ones that went on, open journeys apart. Intervals are 95 %."""


def render(found: Check, drawn: int = 1) -> str:
    """A check as plain text, with so many examples drawn; ends without a line feed."""
    parts = [
        _head(found),
        _summary(found),
        _steps(found),
        _expectations(found),
        _deviations(found),
        _examples(found, drawn),
        _notes(found),
        _LEGEND.split("\n"),
        _next(found),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _head(found: Check) -> list[str]:
    sign = SIGNS[found.verdict]
    lines = wrapped(f"{sign} {visible(found.journey)}: {headline(found, english())}", "  ")
    size = found.log
    about = f"{counted(size.journeys, 'journey')} of {counted(size.customers, 'customer')}"
    if size.period:
        about += f", {day(size.period[0])} to {day(size.period[1])} (UTC)"
    lines += wrapped(f"{visible(found.journey_file)} against {about}", "  ")
    if found.baseline is not None:
        before = found.baseline
        lines += wrapped(
            f"baseline: {visible(before.file)}, {counted(before.journeys, 'journey')}, until"
            f" {visible(before.observed_until or 'unknown')[:10]}",
            "  ",
        )
    return lines


def _summary(found: Check) -> list[str]:
    goal = " or ".join(visible(name) for name in found.goal.activities)
    line = f"Goal {goal}: {share(found.goal.share)}"
    if found.goal.n is not None:
        line += f", {journeys_of(found.goal.share)} that ended"
    if found.baseline is not None and found.baseline.goal_rate is not None:
        line += f"; {points(found.baseline.goal_rate)} since the baseline"
    lines = wrapped(line, "  ")
    whole = found.conformance
    if not whole.journeys:
        return [*lines, "No journeys."]
    fits = whole.fits
    line = f"Exactly as designed: {share(fits)}"
    line += f", {journeys_of(fits)}" if fits.n is not None else ""
    if whole.log_fitness is not None:
        line += f"; fitness {figure(whole.log_fitness, whole.low, whole.high)}"
    if whole.precision is not None:
        line += f", precision {figure(whole.precision)} (align-ETC)"
    lines += wrapped(line, "  ")
    states = found.states
    parts = [
        f"{name} {_or_dash(count)}"
        for name, count in (
            ("completed", states.completed),
            ("exited", states.exited),
            ("abandoned", states.abandoned),
            ("open", states.open),
            ("truncated", states.truncated),
        )
        if count != 0
    ]
    return lines + wrapped("Journeys: " + " · ".join(parts), "  ")


def _steps(found: Check) -> list[str]:
    if not found.steps:
        return []
    last = "change" if found.baseline else "open"
    lines = [
        f"{'Furthest ideal step':<26}{'reached':>8} {'of all':>8}  {'':<{_BAR}}{'lost':>8}"
        f"{'':>8}{last:>7}".rstrip()
    ]
    of = found.reached_of
    stage = ""
    for row in found.steps[:_MOST_STEPS]:
        if row.stage != stage:
            stage = row.stage
            lines.append(fitted(f"{stage}", WIDTH))
        lines.append(_step(row, of, found.baseline))
    more = len(found.steps) - _MOST_STEPS
    if more > 0:
        lines.append(f"and {counted(more, 'more step')}: -f json lists all")
    never = never_in_words(found)
    return lines + (wrapped(f"  {never}", "    ") if never else [])


def _step(row: StepRow, of: int | None, baseline: BaselineUse | None) -> str:
    name = f"  {row.step}{' ◆' if row.moment_of_truth else ''}"
    lost = percent(row.drop_off.n, row.drop_off.of)
    last = _or_dash(row.open)
    if baseline is not None:
        change = baseline.change_at(row.step)
        last = "–" if change is None else f"{100 * change.value:+z.1f}"
    known = row.reached is not None and of is not None
    reached = percent(row.reached or 0, of or 0) if known else "–"
    filled = bar(row.reached or 0, of or 0, _BAR) if known else " " * _BAR
    return (
        f"{padded(name, 26)}{_or_dash(row.reached):>8} {reached:>8}  {filled}"
        f"{_or_dash(row.abandoned):>8}{lost:>8}{last:>7}"
    ).rstrip()


def _expectations(found: Check) -> list[str]:
    if not found.expectations:
        return []
    lines: list[str] = []
    for verdict in (Verdict.BROKEN, Verdict.WARNED, Verdict.INCONCLUSIVE, Verdict.ACCEPTED):
        for row in found.expectations:
            if row.verdict is verdict:
                lines += _expectation(row, found.journey_file)
    return [*lines, f"Expectations: {tally(found)}."]


def _expectation(row: ExpectationRow, file: str) -> list[str]:
    place = visible(f"{file}:{row.line}") if row.line else visible(file)
    head = f"{SIGNS[row.verdict]} {row.code}  {visible(row.what)}"
    lines = wrapped(head, _INDENT)
    if len(lines) == 1 and columns(lines[0]) + columns(place) + 2 <= WIDTH:
        lines = [padded(lines[0], WIDTH - columns(place)) + place]
    else:
        lines.append(_INDENT + fitted(place, WIDTH - len(_INDENT)))
    said = f"expected {visible(row.budget)}   found {found_in_words(row)}"
    if row.share is not None:
        said += f"   {journeys_of(row.share)}"
    if row.change is not None and row.share is not None:
        said += f"   {points(row.change)} since the baseline"
    lines += wrapped(_INDENT + said, _INDENT)
    is_plain = row.verdict is Verdict.WARNED and row.level is Level.WARN
    reason = "" if is_plain else why(row, english())
    return lines + (wrapped(_INDENT + visible(reason), _INDENT) if reason else [])


def _deviations(found: Check) -> list[str]:
    rows = [row for row in found.deviations if row.activity != OTHER and row.journeys]
    rows.sort(key=lambda row: -(row.journeys or 0))
    if not rows:
        return []
    lines = [f"Commonest deviations ({min(len(rows), _DEVIATIONS)} of {len(rows):,})"]
    for row in rows[:_DEVIATIONS]:
        lines += wrapped(f"  {_deviation(row)}", _INDENT)
    return lines


def _deviation(row: DeviationRow) -> str:
    marks = " (friction)" if row.friction else ""
    marks += " (accepted)" if row.accepted else ""
    journeys = row.journeys or 0
    return (
        f"{row.code}  {row.class_.replace('-', ' ')} {visible(row.activity)}{marks}: {journeys:,}"
        f" of {row.of:,} journeys, {percent(journeys, row.of)}"
    )


def _examples(found: Check, drawn: int) -> list[str]:
    """Examples, first one of each class; those of most journeys first."""
    rank: dict[str, int] = {}
    order: list[tuple[int, int, int]] = []
    for one in found.examples:
        rank[one.class_] = rank.get(one.class_, 0) + 1
        order.append((rank[one.class_], -one.journeys, len(order)))
    lines: list[str] = []
    for _, _, place in sorted(order)[:drawn]:
        picture = draw(found.examples[place])
        lines += ["", *picture] if lines else picture
    more = len(found.examples) - drawn
    if lines and more > 0:
        lines.append(f"{counted(more, 'more example')}: --examples {len(found.examples)}")
    return lines


def _notes(found: Check) -> list[str]:
    """Notes on the comparison in full, those on the data by their codes."""
    lines: list[str] = []
    on_data = [note.code for note in found.notes if note.code.is_about_data]
    for note in found.notes:
        if not note.code.is_about_data:
            lines += wrapped(f"  {note.code}  {visible(note.text)}", _INDENT)
    if on_data:
        codes = ", ".join(sorted(set(on_data)))
        told = counted(len(on_data), "note")
        lines += wrapped(f"  {told} on the data ({codes}): -f json or -f markdown", _INDENT)
    return ["Notes", *lines] if lines else []


def _next(found: Check) -> list[str]:
    for verdict in (Verdict.BROKEN, Verdict.WARNED):
        for row in found.expectations:
            if row.verdict is verdict:
                return [f"next: cjmine explain {row.code}"]
    return []


def _or_dash(count: int | None) -> str:
    return "–" if count is None else f"{count:,}"
