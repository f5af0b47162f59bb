"""How a comparison is put into the words of a language, the same in every report."""

from __future__ import annotations

from cjmine.ideal.deviations import DEVIATIONS
from cjmine.reporters.escaping import columns, visible
from cjmine.reporters.language import DASH, Language
from cjmine.results.compare import (
    AS_DESIGNED,
    CONTACT,
    DONE,
    DROP_OFF,
    FITNESS,
    GOAL_RATE,
    RETURNED,
    TIME,
    Compared,
    ComparedRow,
    Design,
    Side,
    Unit,
)
from cjmine.results.verdicts import Verdict

_CLASSES = {f"deviation:{one.code.value}": one.of_class.value for one in DEVIATIONS}
_ALWAYS = (DROP_OFF, CONTACT, FITNESS, AS_DESIGNED, DONE)
_CALLED = (Verdict.GAIN, Verdict.LOSS, Verdict.NO_HARM)
LEAST_P = 0.001


def measure(row: ComparedRow, found: Compared, language: Language) -> str:
    """What a row is about: `Drop-off at Checkout`, `Confirmation mail: late`."""
    match row.measure:
        case "goal-rate":
            goal = f" {language.say('report.or')} ".join(found.goal)
            return language.say("compare.goal", goal=goal)
        case "drop-off":
            return language.say("compare.drop-off", step=row.step)
        case "time" if row.step is not None:
            return language.say("compare.wait", step=row.step)
        case "returned":
            within = language.seconds(found.returned_seconds)
            return language.say("compare.returned", within=within)
        case "done":
            return language.say("compare.done", step=row.step)
        case "contact" | "time" | "fitness" | "as-designed":
            return language.say(f"compare.{row.measure}")
    name = language.say(f"deviation.{_CLASSES[row.measure]}")
    return language.say("compare.deviation", step=row.step, deviation=name)


def figure(side: Side, row: ComparedRow, language: Language) -> str:
    """The figure of one side: a share, a time, or fitness; a dash where it is withheld."""
    if row.unit is Unit.SECONDS:
        return language.seconds(side.value)
    if row.measure == FITNESS:
        return DASH if side.value is None else language.number(f"{side.value:.3f}")
    return language.share(side.n, side.of)


def figure_with_counts(side: Side, row: ComparedRow, language: Language) -> str:
    """The figure with what it is a share of: `48.2 %, 2,155 of 4,470`."""
    shown = figure(side, row, language)
    if row.unit is Unit.SECONDS or row.measure == FITNESS or side.n is None:
        return shown
    counts = language.say("figure.of", n=language.count(side.n), of=language.count(side.of))
    return f"{shown}, {counts}"


def difference(row: ComparedRow, language: Language) -> str:
    """How much the second side differs, with its interval: `+2.8 pp (0.7 to 4.9)`."""
    found = row.difference
    if found is None:
        return DASH
    value, *ends = (
        None if one is None else _written(one, row, language)
        for one in (found.value, found.low, found.high)
    )
    ends = [None if one is None else one.removeprefix("+") for one in ends]
    if row.unit is Unit.SHARE and row.measure != FITNESS:
        value = f"{value} {language.say('number.pp')}"
    low, high = ends
    if low is None or high is None:
        return f"{value}"
    return language.say("report.with-interval", value=value, low=low, high=high)


def _written(value: float, row: ComparedRow, language: Language) -> str:
    if row.unit is Unit.SECONDS:
        sign = "−" if value < 0 else "+" if value > 0 else ""
        return sign + language.seconds(abs(value))
    shown = f"{value:+z.3f}" if row.measure == FITNESS else f"{100 * value:+z.1f}"
    return language.number(shown).replace("-", "−")


def word(row: ComparedRow, language: Language) -> str:
    """The verdict with what it rests on: `gain q 0.001`; nothing where none is given."""
    said = verdict(row, language)
    if row.verdict not in (Verdict.GAIN, Verdict.LOSS):
        return said
    return f"{said} {probability(row, language)}"


def verdict(row: ComparedRow, language: Language) -> str:
    """The verdict alone; nothing where none is given."""
    if row.verdict is None:
        return ""
    return language.say(f"compare.{row.verdict.value.replace(' ', '-')}")


def probability(row: ComparedRow, language: Language) -> str:
    """The q of a row, or the p of the goal; nothing without either."""
    sign, value = ("p", row.p) if row.measure == GOAL_RATE else ("q", row.q)
    if value is None:
        return ""
    if value < LEAST_P:
        return f"{sign} <{language.number('0.001')}"
    return f"{sign} {language.number(f'{value:.3f}')}"


def on_screen(found: Compared) -> tuple[list[ComparedRow], list[ComparedRow]]:
    """The rows of a screen, and those that only `--all` shows: what does not differ."""
    kept = [row for row in found.rows if _is_kept(row)]
    return kept, [row for row in found.rows if not _is_kept(row)]


def _is_kept(row: ComparedRow) -> bool:
    if row.measure == GOAL_RATE or row.verdict in _CALLED or (row.q is not None and row.q < 0.05):
        return True
    if row.verdict is Verdict.CANNOT_SAY:
        return False
    return row.measure in _ALWAYS or (row.measure == TIME and row.step is None)


def title(found: Compared, language: Language) -> str:
    """What is compared with what: `new-form: control and new`."""
    one, other = (group.name for group in found.groups)
    name = found.journey or language.say("compare.no-ideal")
    return language.say(f"compare.title-{found.design.value}", **_titles(found, name, one, other))


def _titles(found: Compared, journey: str, one: str, other: str) -> dict[str, str]:
    return {"journey": journey, "of": found.name, "one": one, "other": other}


def is_better_higher(measure: str) -> bool:
    """Whether more of a measure is better."""
    return measure in (GOAL_RATE, FITNESS, RETURNED, AS_DESIGNED, DONE)


def group_name(place: int, found: Compared, language: Language) -> str:
    """The name of a side: a value, a period, a log; before and after in the language."""
    if found.design is Design.CHANGE:
        return language.say("compare.after" if place else "compare.before")
    return found.groups[place].name


def short_names(found: Compared, language: Language, most: int) -> list[str]:
    """The names of both sides, or first and second where one is longer than so many columns."""
    names = [visible(group_name(place, found, language)) for place in (0, 1)]
    if found.design is Design.WITH:
        return [language.say("compare.now"), language.say("compare.new")]
    if all(columns(one) <= most for one in names):
        return names
    return [language.say("compare.first"), language.say("compare.second")]
