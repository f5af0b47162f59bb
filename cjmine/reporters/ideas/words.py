"""How ideas and what they brought are put into words, the same in every report."""

from __future__ import annotations

from datetime import date

from cjmine.ideas.declared import Metric, PromiseUnit
from cjmine.reporters.language import DASH, Language
from cjmine.results.compare import Side
from cjmine.results.ideas import (
    Calibration,
    Card,
    Effect,
    IdeaChange,
    Ideas,
    Kept,
    MeasuredIdea,
    Measurement,
)
from cjmine.results.verdicts import Verdict

_KEYS = {one: one.value.replace(" ", "-") for one in Kept}
_GOALS = (Verdict.GAIN, Verdict.LOSS, Verdict.NO_HARM, Verdict.CANNOT_TELL, Verdict.CANNOT_SAY)


def headline(found: Ideas, language: Language) -> str:
    """How many ideas there are about the journey, and where they are written down."""
    many = language.counted("idea", len(found.ideas))
    return language.say(
        "ideas.headline", ideas=many, journey=found.journey, file=found.register_file
    )


def metric(idea: Card, language: Language) -> str:
    """What an idea is measured by: `drop-off “Checkout”`."""
    one, about = Metric(idea.metric), idea.step
    if one is Metric.DROP_OFF or one in (Metric.GOAL, Metric.CONTACT, Metric.RETURNED):
        said = language.say(f"ideas.metric-{one.value}")
        about = idea.step if one.needs_step else None
    else:
        said = language.say(f"deviation.{one.value}")
    if one in (Metric.CONTACT, Metric.UNEXPECTED):
        about = idea.touchpoint
    return said if about is None else language.say("ideas.metric-at", metric=said, step=about)


def amount(value: float, unit: PromiseUnit, language: Language) -> str:
    """A change in the unit of a promise: `−4.6 pp`, `−30 %`, `−20 a week`."""
    if unit is PromiseUnit.POINTS:
        return language.points(value)
    return language.say(f"ideas.in-{unit.name.lower()}", value=_signed(value, unit, language))


def _signed(value: float, unit: PromiseUnit, language: Language) -> str:
    scaled = value if unit is PromiseUnit.JOURNEYS else 100 * value
    places = 1 if unit is PromiseUnit.POINTS or abs(scaled) < 10 else 0
    return language.number(f"{scaled:+z,.{places}f}").replace("-", "−")


def promised(idea: Card, language: Language) -> str:
    """What an idea promises; a dash where nothing is."""
    found = idea.expected
    return DASH if found is None else amount(found.value, found.unit, language)


def change(found: IdeaChange | None, unit: PromiseUnit, language: Language) -> str:
    """How much the metric changed, with its interval; a dash where that is not said."""
    if found is None:
        return DASH
    low, high = (_signed(end, unit, language).removeprefix("+") for end in (found.low, found.high))
    value = amount(found.value, unit, language)
    return language.say("report.with-interval", value=value, low=low, high=high)


def word(row: MeasuredIdea, language: Language) -> str:
    """What became of the promise, with what is missing; "" of an idea that did not begin.

    One that has a first day and did not begin by its status says so: it is measured by no mistake.
    """
    measured = row.measured
    if measured is None and row.lack is None and row.idea.since is not None:
        return language.say(
            "ideas.not-begun", status=language.say(f"ideas.status-{row.idea.status}")
        )
    said = "" if measured is None or measured.verdict is None else _verdict(measured, language)
    if row.lack is None:
        return said
    lack = language.say(f"ideas.lack-{row.lack.name.lower()}", **_counts(measured, language))
    return f"{said}: {lack}" if said else lack


def _verdict(found: Measurement, language: Language) -> str:
    assert found.verdict is not None
    said = language.say(f"ideas.{_KEYS[found.verdict]}")
    if found.more_weeks is None:
        return said
    weeks = language.counted("week", found.more_weeks)
    return language.say("ideas.more", verdict=said, weeks=weeks)


def _counts(found: Measurement | None, language: Language) -> dict[str, str]:
    if found is None:
        return {}
    before, after = found.weeks_before, found.weeks_after
    return {"before": language.count(before), "after": language.count(after)}


def beside(found: Measurement, language: Language) -> list[str]:
    """Everything else that is said of a measurement, a line each."""
    said = (sides, baseline, control, naive, goal)
    return [line for one in said if (line := one(found, language))]


def sides(found: Measurement, language: Language) -> str:
    """The share in the weeks before and in those after, with what each is a share of."""
    return language.say(
        "ideas.sides",
        before=_side(found.before, language),
        after=_side(found.after, language),
        first=language.counted("week", found.weeks_before),
        second=language.counted("week", found.weeks_after),
    )


def _side(side: Side, language: Language) -> str:
    shown = language.share(side.n, side.of)
    if side.n is None or side.of is None:
        return shown
    counts = language.say("figure.of", n=language.count(side.n), of=language.count(side.of))
    return f"{shown}, {counts}"


def baseline(found: Measurement, language: Language) -> str:
    """What the change is measured from, where weeks before are few; "" where they are enough."""
    if found.shrunken is None:
        return ""
    return language.say(
        "ideas.shrunken",
        value=language.number(f"{100 * found.shrunken.value:.1f} %"),
        weeks=language.counted("week", found.weeks_before),
        others=language.count(found.shrunken.others),
    )


def control(found: Measurement, language: Language) -> str:
    """The share of the control before and after; "" without a control."""
    if found.control is None:
        return ""
    before, after = (_side(one, language) for one in (found.control.a, found.control.b))
    return language.say("ideas.control", before=before, after=after)


def naive(found: Measurement, language: Language) -> str:
    """The change since the month in which the idea was born; "" where it is not known."""
    value: Effect | None = found.naive
    if value is None:
        return ""
    return language.say("ideas.naive", change=amount(value, found.unit, language))


def goal(found: Measurement, language: Language) -> str:
    """The verdict on the goal; "" where no harm is declared."""
    if found.goal is None:
        return ""
    assert found.goal in _GOALS
    said = language.say(f"compare.{found.goal.value.replace(' ', '-')}")
    return language.say("ideas.goal", verdict=said)


def calibration(found: Calibration, language: Language) -> str:
    """How well promises were made; "" before an idea is closed."""
    if not found.closed or found.realised is None:
        return ""
    return language.say(
        "ideas.calibration",
        closed=language.count(found.closed),
        inside=language.count(found.inside),
        realised=language.number(f"{found.realised:.1f}").replace("-", "−"),
    )


def status(idea: Card, language: Language) -> str:
    """How far an idea is, and since when."""
    said = language.say(f"ideas.status-{idea.status}")
    if idea.since is None:
        return said
    since = language.day(date.fromisoformat(idea.since))
    if idea.until is None:
        return language.say("ideas.since", status=said, since=since)
    until = language.day(date.fromisoformat(idea.until))
    return language.say("ideas.since-until", status=said, since=since, until=until)
