"""The summary of a job or a pull request: verdict, expectations, steps, deviations."""

from __future__ import annotations

from collections.abc import Sequence

from cjmine.reporters.check.drawing import draw
from cjmine.reporters.check.words import (
    SIGNS,
    expectation,
    figure,
    found_in_words,
    headline,
    journeys_of,
    never_in_words,
    points,
    share,
    why,
)
from cjmine.reporters.language import english
from cjmine.reporters.markdown_table import MOST_ROWS, markdown, markdown_table, written
from cjmine.reporters.tables import DEVIATIONS, STEPS
from cjmine.reporters.terminal import bar
from cjmine.results.check import Check, DeviationRow, ExpectationRow, StepRow, Verdict
from cjmine.results.log import moment
from cjmine.results.share import percent

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
        drawn = "\n\n".join("\n".join(draw(one, english())) for one in found.examples[:MOST_ROWS])
        title = f"{len(found.examples):,} examples, ideal above measured"
        parts.append(f"<details><summary>{title}</summary>\n\n~~~~\n{drawn}\n~~~~\n\n</details>")
    if found.notes:
        notes = "\n".join(
            f"- {note.code}: {markdown(note.text)}" for note in found.notes[:MOST_ROWS]
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
    line = f"**Goal {goal}: {share(found.goal.share, english())}**"
    if found.goal.n is not None:
        line += f", {journeys_of(found.goal.share, english())} that ended"
    if found.baseline is not None and found.baseline.goal_rate is not None:
        line += f" ({points(found.baseline.goal_rate, english())} since the baseline)"
    line += f" · {found.log.journeys:,} journeys"
    if found.log.period:
        first, last = (moment(one)[:10] for one in found.log.period)
        line += f", {first} to {last}"
    whole = found.conformance
    if whole.fitting is not None and whole.journeys:
        fits = share(whole.fits, english())
        line += f" · exactly as designed: {fits}, {journeys_of(whole.fits, english())}"
    if whole.log_fitness is not None:
        line += f" · fitness {figure(whole.log_fitness, english(), whole.low, whole.high)}"
    if whole.precision is not None:
        line += f" · precision {figure(whole.precision, english())} (align-ETC)"
    if found.baseline is not None:
        line += f" · baseline {markdown(found.baseline.file)}"
    return line


def _expectations(rows: Sequence[ExpectationRow], found: Check) -> str:
    return written(
        ("", "Expectation", "Budget", "Now", "Change", "Journeys", ""),
        (
            (
                SIGNS[row.verdict],
                f"{row.code} {markdown(expectation(row, english()))}"
                f" ({markdown(found.journey_file)} line {row.line})",
                markdown(row.budget),
                markdown(found_in_words(row, english())),
                points(row.change, english()) or "–",
                journeys_of(row.share, english()).removesuffix(" journeys") or "–",
                markdown(why(row, english())),
            )
            for row in rows[:MOST_ROWS]
        ),
        len(rows),
    )


def _steps(found: Check) -> str:
    def own(key: str, row: StepRow) -> str | None:
        match key:
            case "step" if row.moment_of_truth:
                return markdown(row.step) + " ◆"
            case "of_all" if row.reached is not None and found.reached_of is not None:
                share = percent(row.reached, found.reached_of)
                return f"`{bar(row.reached, found.reached_of, 20)}` {share}"
        return None

    table = markdown_table(STEPS, found, own)
    never = never_in_words(found, english())
    return f"{table}\n\n{never[:1].upper()}{never[1:]}." if never else table


def _deviations(found: Check) -> str:
    def own(key: str, row: DeviationRow) -> str | None:
        marks = (" (friction)" if row.friction else "") + (" (accepted)" if row.accepted else "")
        return markdown(row.activity) + marks if key == "activity" else None

    table = markdown_table(DEVIATIONS, found, own)
    title = f"{len(found.deviations):,} deviations"
    return f"<details><summary>{title}</summary>\n\n{table}\n\n</details>"
