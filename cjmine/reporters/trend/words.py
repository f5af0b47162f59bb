"""How a trend is put into words, the same on the screen, in Markdown and on the page."""

from __future__ import annotations

from datetime import date

from cjmine.ideal.deviations import DEVIATIONS
from cjmine.reporters.language import DASH, Language
from cjmine.results.trend import (
    Carrier,
    Coverage,
    Drift,
    Every,
    LevelChange,
    Near,
    PairChange,
    SinceLast,
    Slope,
    Trend,
)

_MEASURES = {
    "goal-rate": "goal",
    "drop-off": "drop-off",
    "contact": "contact",
    "fitting": "fitting",
}
_HIGHER_IS_BETTER = ("goal-rate", "fitting")
_CLASSES = {f"deviation:{one.code.value}": one.of_class.value for one in DEVIATIONS}
_CARRIERS = {Carrier.LABEL: "label", Carrier.CHANNEL: "channel", Carrier.COLUMN: "column"}


def measure(name: str, step: str | None, language: Language) -> str:
    """A share that is followed: `drop-off at Checkout`."""
    if name in _CLASSES:
        words = language.say(f"deviation.{_CLASSES[name]}")
        return language.say("trend.deviation", step=step or "", deviation=words)
    if step is not None:
        return language.say("trend.drop-off-at", step=step)
    return language.say(f"trend.{_MEASURES[name]}")


def periods(found: Trend, many: int, language: Language) -> str:
    """`20 weeks`."""
    ending = "one" if many == 1 else "many"
    return language.say(f"count.{found.every.value}-{ending}", n=language.count(many))


def day(written: str, language: Language) -> str:
    """A day of a result."""
    return language.day(date.fromisoformat(written[:10]))


def short_day(written: str, language: Language) -> str:
    """A day without its year."""
    found = date.fromisoformat(written[:10])
    return f"{found.day} {language.say(f'month.{found.month}')}"


def sign(found: LevelChange | Slope) -> str:
    """✓ for a measure that went the way that it should go, ! for one that did not."""
    if isinstance(found, Slope):
        rises = found.by_period > 0
    else:
        rises = (found.after.value or 0) > (found.before.value or 0)
    return "✓" if rises is (found.measure in _HIGHER_IS_BETTER) else "!"


def direction(found: LevelChange, language: Language, is_short: bool = False) -> str:
    """`rose 15 March 2026` or `fell …`; the short form has no year."""
    rises = (found.after.value or 0) > (found.before.value or 0)
    key = "rose" if rises else "fell"
    when = short_day(found.at, language) if is_short else day(found.at, language)
    return language.say(f"trend.{key}", day=when)


def slope(found: Slope, every: Every, language: Language) -> str:
    """A share that goes one way: `rises +0.9 pp a week, 5 January 2026 to 10 May 2026, p 0.01`."""
    key = "rises" if found.by_period > 0 else "falls"
    return language.say(
        f"trend.{key}-by",
        points=language.points(found.by_period),
        each=language.say(f"trend.each-{every.value}"),
        first=day(found.from_, language),
        last=day(found.until, language),
        p=language.number(f"{found.p:.2g}"),
    )


def change(found: LevelChange, language: Language) -> str:
    """A change of level: what it was, what it is, the difference, and what is near it."""
    before, after = (language.share(one.n, one.of) for one in (found.before, found.after))
    text = language.say("trend.levels", before=before, after=after)
    if found.difference is not None:
        low, high = (
            language.number(f"{100 * end:+.1f}").replace("-", "−")
            for end in (found.difference.low, found.difference.high)
        )
        value = language.points(found.difference.value)
        text += ", " + language.say("report.with-interval", value=value, low=low, high=high)
    text += f", p {language.number(f'{found.p:.2g}')}"
    return text + _near(found.near, language)


def drift(found: Drift, language: Language) -> str:
    """Where the flow changed: `13 April 2026 (z 7.9)`."""
    z = language.number(f"{found.z:.1f}")
    return f"{day(found.at, language)} (z {z})" + _near(found.near, language)


def pair(found: PairChange, language: Language) -> str:
    """The share of journeys with a pair, before and after: `61 → 70 %`."""
    before, after = (language.number(f"{100 * one:.0f}") for one in (found.before, found.after))
    return f"{before} → {after} %"


def coverage(found: Coverage, language: Language) -> str:
    """When a label, channel or column begins or ends."""
    parts = []
    if found.begins is not None:
        parts.append(language.say("trend.begins", day=day(found.begins, language)))
    if found.ends is not None:
        parts.append(language.say("trend.ends", day=day(found.ends, language)))
    return ", ".join(parts)


def carrier(found: Coverage, language: Language) -> str:
    """What begins or ends: a label, a channel or a column."""
    return language.say(f"trend.{_CARRIERS[found.what]}")


def since(found: SinceLast, language: Language) -> str:
    """What is new since an earlier trend, in a sentence."""
    return language.say(
        "trend.since",
        day=DASH if found.until is None else day(found.until, language),
        periods=language.count(len(found.periods)),
        changes=language.count(len(found.changes)),
        drifts=language.count(len(found.drifts)),
        gone=language.count(found.gone),
    )


def limits(found: tuple[float, float] | None, language: Language) -> str:
    """`38 to 60 %`; a dash without limits."""
    if found is None:
        return DASH
    low, high = (language.number(f"{100 * one:.0f}") for one in found)
    return language.say("trend.limits", low=low, high=high)


def _near(found: Near | None, language: Language) -> str:
    if found is None:
        return ""
    key = "days-before" if found.is_before else "days-after" if found.days else "same-day"
    days = language.counted("day", found.days)
    text = language.say(f"trend.{key}", days=days, what=found.what, on=day(found.on, language))
    return f"; {text}"
