"""The words of hints that their screen, their summary and their page share."""

from __future__ import annotations

from cjmine.reporters.language import DASH, Language
from cjmine.results.hints import EditRow, Hints, Repaired


def headline(found: Hints, language: Language) -> str:
    """What the hints are about, in a sentence."""
    judged = DASH if found.journeys is None else language.counted("journey", found.journeys)
    return language.say("hints.headline", journey=found.journey, journeys=judged)


def edit_name(row: EditRow, language: Language) -> str:
    """What an edit lets journeys do.

    >>> from cjmine.ideal.edits import EditKind
    >>> from cjmine.reporters.language import english
    >>> edit_name(EditRow(EditKind.REPEAT, ("Search",), 3, 40), english())
    '“Search” may come up to 3 times'
    """
    most = "" if row.most is None else language.count(row.most)
    what = (language.say("hints.name", step=name) for name in row.what)
    return language.say(f"hints.edit-{row.edit.value}", what=" · ".join(what), most=most)


def fitting(found: Repaired, language: Language) -> str:
    """How many journeys fit the file as it is, and as it would be."""
    before = language.with_interval(found.fitting_before)
    if not found.edits:
        return language.say("hints.no-edit", before=before)
    after = language.with_interval(found.fitting_after)
    return language.say("hints.fits", before=before, after=after)
