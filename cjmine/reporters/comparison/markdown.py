"""The summary of a comparison for a pull request or a wiki."""

from __future__ import annotations

from cjmine.reporters.comparison.said import below, left_out, power, ratio, sizes
from cjmine.reporters.comparison.words import (
    difference,
    figure,
    group_name,
    measure,
    probability,
    title,
    verdict,
)
from cjmine.reporters.formats import Asked
from cjmine.reporters.language import Language
from cjmine.reporters.markdown_table import MOST_ROWS, markdown, note, written
from cjmine.results.compare import Compared, ComparedRow


def render(found: Compared, asked: Asked) -> str:
    """A comparison as Markdown; ends without a line feed."""
    language = asked.language.about(found.privacy).judging(found.judged)
    parts = [f"## {markdown(title(found, language))}", markdown(sizes(found, language))]
    if said := ratio(found, language):
        parts.append(markdown(said))
    heads = [
        language.say("compare.head-measure"),
        *(markdown(group_name(place, found, language)) for place in (0, 1)),
        *(language.say(f"compare.head-{key}") for key in ("difference", "verdict", "q")),
    ]
    cells = (_cells(row, found, language) for row in found.rows[:MOST_ROWS])
    parts.append(written(heads, cells, len(found.rows), language))
    parts += [markdown(one) for one in below(found, language)]
    if least := power(found, language):
        parts.append(markdown(least))
    parts += [markdown(one) for one in left_out(found, language)]
    if found.notes:
        notes = "\n".join(note(one, language) for one in found.notes[:MOST_ROWS])
        count = language.say("summary.notes", n=language.count(len(found.notes)))
        parts.append(f"<details><summary>{count}</summary>\n\n{notes}\n\n</details>")
    parts.append(language.say("summary.foot", k=language.count(found.privacy.min_group)))
    return "\n\n".join(parts)


def _cells(row: ComparedRow, found: Compared, language: Language) -> list[str]:
    return [
        markdown(measure(row, found, language)),
        *(figure(side, row, language) for side in (row.a, row.b)),
        difference(row, language),
        verdict(row, language),
        probability(row, language),
    ]
