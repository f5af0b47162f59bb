"""What is left out or extra over all cheapest alignments, as a table of the page."""

from __future__ import annotations

from markupsafe import Markup

from cjmine.reporters.check.ranges import attribution
from cjmine.reporters.check.tables import RANGES
from cjmine.reporters.html.markup import Cell, details, label, said
from cjmine.reporters.html.tables import page_table
from cjmine.reporters.language import Language, capitalised
from cjmine.results.check import Check, RangeRow


def table(found: Check, language: Language) -> Markup:
    """The ranges on request; nothing where the check was not asked for them."""
    if found.ranges is None:
        return Markup()

    def own(key: str, row: RangeRow) -> Cell | None:
        if key != "attribution" or row.attribution is None:
            return None
        return Cell(label(capitalised(attribution(row.attribution, language))))

    shown = page_table(RANGES, found, "ranges-caption", language, own=own)
    return details(said(language, "ranges", count=language.count(len(found.ranges))), shown)
