"""The words of hints that their screen, their summary and their page share."""

from __future__ import annotations

from cjmine.reporters.language import DASH, Language
from cjmine.results.hints import EditRow, Hint, Hints, Kept, Repaired, Tip
from cjmine.results.verdicts import Verdict

_NAMED = ("entry", "channel", "month", "progress", "contacts")


def headline(found: Hints, language: Language) -> str:
    """How many hints there are, and what they are about."""
    judged = DASH if found.journeys is None else language.counted("journey", found.journeys)
    many = sum(not one.is_open for one in found.hints)
    return language.say(
        "hints.headline",
        hints=language.counted("hint", many),
        journey=found.journey,
        journeys=judged,
    )


def tip_name(tip: Tip, language: Language) -> str:
    """A tip in one or two words.

    >>> from cjmine.reporters.language import english
    >>> tip_name(Tip.BEFORE, english())
    'extend before'
    """
    return language.say(f"hints.tip-{_key(tip)}")


def _key(tip: Tip) -> str:
    return tip.value.replace(" ", "-")


def hint_text(row: Hint, language: Language) -> str:
    """What journeys show, what is compared, and what it asks of the owner."""
    key = _key(row.tip)
    whole = f"hints.{key}-all"  # of the whole journey; a touchpoint may have an empty label
    shown = language.say(
        f"hints.{key}" if row.step or whole not in language.texts else whole,
        step=_name(row.step, language),
        other=_name(row.other or "", language),
        share=language.with_interval(row.share),
        time=language.seconds(row.seconds),
    )
    said = [shown, compared(row, language)]
    if not row.is_open:
        said.append(language.say(f"hints.ask-{key}"))
    return " ".join(one for one in said if one)


def compared(row: Hint, language: Language) -> str:
    """How much larger the share or the score is, and what is missing for an answer."""
    if row.verdict is Verdict.CANNOT_SAY:
        return language.say("hints.cannot-say")
    if row.effect is None:
        return ""
    times = 1 if row.tip is Tip.TRUTH else 100
    value, low, high = (
        language.number(f"{times * end:+z.1f}").replace("-", "−")
        for end in (row.effect.value, row.effect.low, row.effect.high)
    )
    filled = {"value": value, "low": low, "high": high, "q": _chance(row.q, language)}
    if row.tip is Tip.TRUTH:
        return language.say("hints.score", kind=row.other or "", **filled)
    if row.margin is None:
        return language.say("hints.usually", **filled)
    margin = language.number(f"{100 * row.margin:g}")
    said = language.say("hints.goal", margin=margin, **filled)
    if row.needed is None:
        return said
    return f"{said} {language.say('hints.needed', journeys=language.count(row.needed))}"


def _chance(q: float | None, language: Language) -> str:
    """The q of a hint, behind a comma; nothing without one."""
    if q is None:
        return ""
    least = language.number("0.001")
    return f", q <{least}" if q < 0.001 else f", q {language.number(f'{q:.3f}')}"


def verdict_name(row: Hint, language: Language) -> str:
    """The verdict in words; a dash where nothing is compared."""
    if row.verdict is None:
        return DASH
    return language.say(f"compare.{row.verdict.value.replace(' ', '-')}")


def held(found: Hints, language: Language) -> str:
    """What like journeys share; "" where nothing is compared with them."""
    if all(one.margin is None for one in found.hints):
        return ""
    names = (
        language.say(f"hints.held-{one}") if one in _NAMED else one for one in found.held_equal
    )
    return language.say("hints.held", names=", ".join(names))


def kept_text(row: Kept, language: Language) -> str:
    """A hint that is not given, and why."""
    tip = tip_name(row.tip, language)
    return language.say("hints.kept", tip=tip, step=_name(row.step, language), because=row.because)


def edit_name(row: EditRow, language: Language) -> str:
    """What an edit lets journeys do.

    >>> from cjmine.ideal.edits import EditKind
    >>> from cjmine.reporters.language import english
    >>> edit_name(EditRow(EditKind.REPEAT, ("Search",), 3, 40), english())
    '“Search” may come up to 3 times'
    """
    most = "" if row.most is None else language.count(row.most)
    what = (_name(name, language) for name in row.what)
    return language.say(f"hints.edit-{row.edit.value}", what=" · ".join(what), most=most)


def _name(step: str, language: Language) -> str:
    return language.say("hints.name", step=step)


def fitting(found: Repaired, language: Language) -> str:
    """How many journeys fit the file as it is, and as it would be."""
    before = language.with_interval(found.fitting_before)
    if not found.edits:
        return language.say("hints.no-edit", before=before)
    after = language.with_interval(found.fitting_after)
    return language.say("hints.fits", before=before, after=after)
