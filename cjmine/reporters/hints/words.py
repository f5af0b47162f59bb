"""The words of hints that their screen, their summary and their page share."""

from __future__ import annotations

from cjmine.reporters.language import DASH, Language
from cjmine.results.hints import EditRow, Hint, Hints, Repaired, Tip
from cjmine.results.verdicts import Verdict


def headline(found: Hints, language: Language) -> str:
    """What the hints are about, in a sentence."""
    judged = DASH if found.journeys is None else language.counted("journey", found.journeys)
    many = sum(not one.is_open for one in found.hints)
    count = language.say("hints.none") if not many else language.counted("hint", many)
    return language.say("hints.headline", journey=found.journey, journeys=judged, hints=count)


def hint_name(row: Hint, language: Language) -> str:
    """The tip in one or two words."""
    return language.say(f"hints.tip-{row.tip.value.replace(' ', '-')}")


def hint_text(row: Hint, language: Language) -> str:
    """What journeys show, what like journeys say of it, and what it asks of the owner."""
    about = "step" if row.step else "journey"
    key = f"hints.{row.tip.value.replace(' ', '-')}"
    shown = language.say(
        f"{key}-{about}" if row.tip is Tip.SIMPLE else key,
        step=language.say("hints.name", step=row.step),
        other=language.say("hints.name", step=row.other or ""),
        share=language.with_interval(row.share),
        time=language.seconds(row.seconds),
    )
    said = [shown, compared(row, language)]
    if not row.is_open:
        said.append(language.say(f"hints.ask-{row.tip.value.replace(' ', '-')}"))
    return " ".join(one for one in said if one)


def compared(row: Hint, language: Language) -> str:
    """How much larger the share is, and what is missing for an answer."""
    if row.verdict is Verdict.CANNOT_SAY:
        return language.say("hints.cannot-say")
    if row.effect is None:
        return ""
    value, low, high = (
        language.number(f"{100 * end:+z.1f}")
        for end in (row.effect.value, row.effect.low, row.effect.high)
    )
    if row.margin is None:
        return language.say("hints.usually", value=value, low=low, high=high)
    margin = language.number(f"{100 * row.margin:g}")
    goal = language.say("hints.goal", value=value, low=low, high=high, margin=margin)
    if row.needed is None:
        return goal
    return f"{goal} {language.say('hints.needed', journeys=language.count(row.needed))}"


def kept_text(row: Kept, language: Language) -> str:
    """A hint that is not given, and why."""
    return language.say(
        "hints.kept",
        tip=hint_name(Hint_of(row), language),
        step=row.step,
        because=row.because,
    )


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
