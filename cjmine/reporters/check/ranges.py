"""What is left out or extra over all cheapest alignments, on the screen of a check."""

from __future__ import annotations

from cjmine.reporters.escaping import padded, visible
from cjmine.reporters.language import Language
from cjmine.reporters.terminal import Screen
from cjmine.results.check import Attribution, Check, RangeRow
from cjmine.results.figures import OTHER

_MOST = 20
_NAME = 44


def drawn(found: Check, screen: Screen) -> list[str]:
    """A table of the first ranges; no lines where they were not asked for."""
    rows, language = found.ranges, screen.language
    if rows is None:
        return []
    if not rows:
        return [language.say("screen.ranges-none")]
    heads = (language.say(f"screen.head-{key}") for key in ("certain", "shown", "possible"))
    of = language.count(rows[0].of)
    names = [_name(row, language) for row in rows[:_MOST]]
    wide = screen.names(names, _NAME)
    lines = [
        language.say("screen.ranges", of=of),
        f"{'':{wide}}{''.join(f'{one:>11}' for one in heads)}",
        *(
            padded(name, wide) + _counts(row, language)
            for name, row in zip(names, rows[:_MOST], strict=True)
        ),
    ]
    if len(rows) > _MOST:
        lines.append("  " + language.say("screen.ranges-more", n=language.count(len(rows) - _MOST)))
    return lines


def _name(row: RangeRow, language: Language) -> str:
    return f"  {attribution(row.attribution, language)} {visible(row.activity)}"


def _counts(row: RangeRow, language: Language) -> str:
    counts = (row.certain, row.shown, row.possible)
    return "".join(f"{language.count(one):>11}" for one in counts)


def attribution(one: Attribution | None, language: Language) -> str:
    """What became of a step or touchpoint, in words; of folded rows as they are named elsewhere."""
    return OTHER if one is None else language.say(f"attribution.{one.value}")
