"""The summary of a job or a pull request: verdict, expectations, steps, deviations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cjmine.reporters.check.drawing import draw
from cjmine.reporters.check.words import (
    SIGNS,
    figure,
    found_in_words,
    headline,
    journeys_of,
    never_in_words,
    points,
    reached_of,
    share,
    why,
)
from cjmine.reporters.escaping import markdown as escaped
from cjmine.reporters.language import english
from cjmine.reporters.terminal import bar
from cjmine.results.check import Check, ExpectationRow, StepRow, Verdict
from cjmine.results.log import moment
from cjmine.results.share import percent

_MOST_ROWS = 50
_LONGEST = 200


def markdown(text: str) -> str:
    """A label as plain text, cut so that a summary stays far below what services take."""
    return escaped(text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…")


_OPEN = (Verdict.BROKEN, Verdict.WARNED, Verdict.INCONCLUSIVE)


def render(found: Check) -> str:
    """A check as Markdown; ends without a line feed."""
    parts = [
        f"## {SIGNS[found.verdict]} {markdown(found.journey)}: {headline(found, english())}",
        _summary(found),
    ]
    rows = [row for verdict in _OPEN for row in found.expectations if row.verdict is verdict]
    if rows:
        parts.append(_expectations(rows, found))
    if found.steps:
        parts.append(_steps(found))
    rest = [row for row in found.expectations if row.verdict not in _OPEN]
    if rest:
        kept, accepted = found.count(Verdict.KEPT), found.count(Verdict.ACCEPTED)
        title = f"{kept:,} kept" + (f", {accepted:,} accepted" if accepted else "")
        table = _expectations(rest, found)
        parts.append(f"<details><summary>{title}</summary>\n\n{table}\n\n</details>")
    if found.deviations:
        parts.append(_deviations(found))
    if found.examples:
        drawn = "\n\n".join("\n".join(draw(one)) for one in found.examples[:_MOST_ROWS])
        title = f"{len(found.examples):,} examples, ideal above measured"
        parts.append(f"<details><summary>{title}</summary>\n\n~~~~\n{drawn}\n~~~~\n\n</details>")
    if found.notes:
        notes = "\n".join(
            f"- {note.code}: {markdown(note.text)}" for note in found.notes[:_MOST_ROWS]
        )
        title = f"{len(found.notes):,} notes on the data"
        parts.append(f"<details><summary>{title}</summary>\n\n{notes}\n\n</details>")
    parts.append(
        f"Groups of fewer than {found.privacy.min_group} customers are folded or withheld (–)."
        " Intervals are 95 %. `cjmine explain CODE` has each definition."
    )
    return "\n\n".join(parts)


def _summary(found: Check) -> str:
    goal = " or ".join(markdown(name) for name in found.goal.activities)
    line = f"**Goal {goal}: {share(found.goal.share)}**"
    if found.goal.n is not None:
        line += f", {journeys_of(found.goal.share)} that ended"
    if found.baseline is not None and found.baseline.goal_rate is not None:
        line += f" ({points(found.baseline.goal_rate)} since the baseline)"
    line += f" · {found.log.journeys:,} journeys"
    if found.log.period:
        first, last = (moment(one)[:10] for one in found.log.period)
        line += f", {first} to {last}"
    whole = found.conformance
    if whole.fitting is not None and whole.journeys:
        line += f" · exactly as designed: {share(whole.fits)}, {journeys_of(whole.fits)}"
    if whole.log_fitness is not None:
        line += f" · fitness {figure(whole.log_fitness, whole.low, whole.high)}"
    if whole.precision is not None:
        line += f" · precision {figure(whole.precision)} (align-ETC)"
    if found.baseline is not None:
        line += f" · baseline {markdown(found.baseline.file)}"
    return line


def _expectations(rows: Sequence[ExpectationRow], found: Check) -> str:
    return _table(
        ("", "Expectation", "Budget", "Now", "Change", "Journeys", ""),
        (
            (
                SIGNS[row.verdict],
                f"{row.code} {markdown(row.what)} ({markdown(found.journey_file)} line {row.line})",
                markdown(row.budget),
                markdown(found_in_words(row)),
                points(row.change) or "–",
                journeys_of(row.share).removesuffix(" journeys") or "–",
                markdown(why(row, english())),
            )
            for row in rows[:_MOST_ROWS]
        ),
        len(rows),
    )


def _steps(found: Check) -> str:
    of = reached_of(found)

    def cells(row: StepRow) -> tuple[str, ...]:
        name = markdown(row.step) + (" ◆" if row.moment_of_truth else "")
        lost = percent(row.drop_off.n, row.drop_off.of)
        change = found.baseline.change_at(row.step) if found.baseline else None
        return (
            name,
            "–" if row.reached is None or of is None else percent(row.reached, of),
            "–" if row.reached is None or of is None else f"`{bar(row.reached, of, 20)}`",
            "–" if row.abandoned is None else f"{row.abandoned:,}",
            lost,
            "–" if change is None else f"{100 * change.value:+z.1f} pp",
        )

    rows = found.steps
    names = ("Ideal step", "Reached", "", "Lost here", "Of step", "Since baseline")
    table = _table(names, map(cells, rows[:_MOST_ROWS]), len(rows))
    never = never_in_words(found)
    return f"{table}\n\n{never[:1].upper()}{never[1:]}." if never else table


def _deviations(found: Check) -> str:
    rows = found.deviations
    table = _table(
        ("Deviation", "At", "Journeys", "Of", "Share"),
        (
            (
                f"{row.code or ''} {row.class_}".strip(),
                markdown(row.activity)
                + (" (friction)" if row.friction else "")
                + (" (accepted)" if row.accepted else ""),
                "–" if row.journeys is None else f"{row.journeys:,}",
                f"{row.of:,}",
                "–" if row.journeys is None else percent(row.journeys, row.of),
            )
            for row in rows[:_MOST_ROWS]
        ),
        len(rows),
    )
    title = f"{len(rows):,} deviations"
    return f"<details><summary>{title}</summary>\n\n{table}\n\n</details>"


def _table(names: Sequence[str], rows: Iterable[Sequence[str]], total: int) -> str:
    lines = ["| " + " | ".join(names) + " |", "|---" + "|---:" * (len(names) - 1) + "|"]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    if total > _MOST_ROWS:
        lines.append(f"| and {total - _MOST_ROWS:,} more" + " |" * len(names))
    return "\n".join(lines)
