"""How a check is put into the words of a language, the same in every report."""

from __future__ import annotations

from cjmine.ideal.deviations import DeviationClass
from cjmine.ideal.journey import Level
from cjmine.reporters.judged import judged_counts
from cjmine.reporters.language import Language, english
from cjmine.results.check import Check, DeviationRow
from cjmine.results.expectations import ExpectationRow, Verdict
from cjmine.results.figures import Change
from cjmine.results.share import Share

SIGNS = {
    Verdict.BROKEN: "✗",
    Verdict.WARNED: "!",
    Verdict.INCONCLUSIVE: "?",
    Verdict.ACCEPTED: "~",
    Verdict.KEPT: "✓",
}


def headline(found: Check, language: Language) -> str:
    """The verdict in words.

    `found` may have no expectations at all; then there is nothing to break.
    """
    of = len(found.expectations)
    if not of:
        return language.say("verdict.none")
    one = "one-" if of == 1 else ""
    for verdict in (Verdict.BROKEN, Verdict.INCONCLUSIVE, Verdict.WARNED):
        if many := found.count(verdict):
            counts = {"many": language.count(many), "of": language.count(of)}
            return language.say(f"verdict.{one}{verdict.value}", **counts)
    return language.say(f"verdict.{one}kept", of=language.count(of))


def tally(found: Check, language: Language) -> str:
    """How many expectations ended in which way; those that did not occur are left out."""
    return ", ".join(
        language.say(f"verdict.tally-{one.value}", n=language.count(found.count(one)))
        for one in Verdict
        if found.count(one)
    )


def expectation_key(row: ExpectationRow) -> str:
    """The text of the catalogue's table `report` that says what an expectation is about."""
    return "expect-between" if row.between is not None else f"expect-{row.code.value}"


def expectation(row: ExpectationRow, language: Language) -> str:
    """What an expectation is about: `drop-off at Checkout`."""
    first, second = row.between or ("", "")
    key = f"report.{expectation_key(row)}"
    return language.say(key, step=row.step or "", first=first, second=second)


def deviation(name: str, language: Language) -> str:
    """A class of deviations; a name that is none, such as that of folded rows, is left as it is."""
    return language.say(f"deviation.{name}") if name in set(DeviationClass) else name


def marks(row: DeviationRow, language: Language) -> str:
    """What a journey file says of a deviation, in brackets: ` (friction)`; mostly nothing."""
    keys = (("friction", row.friction), ("accepted", row.accepted))
    return "".join(f" ({language.say(f'report.{key}')})" for key, is_so in keys if is_so)


def share(ratio: Share, language: Language) -> str:
    """A share with its interval: `14.3 % (12.9 to 15.9)`."""
    if ratio.n is None:
        return language.say("figure.withheld")
    if ratio.value is None:
        return language.say("figure.undefined")
    return language.with_interval(ratio)


def journeys_of(ratio: Share | None, language: Language) -> str:
    """`320 of 2,232 journeys`, or nothing where it is withheld."""
    if ratio is None or ratio.n is None:
        return ""
    return language.say(
        "report.n-of-journeys", n=language.count(ratio.n), of=language.count(ratio.of)
    )


def goal_counts(found: Check, language: Language) -> str:
    """`632 of 1,336 journeys begun 1 March to 17 May, 3 more later`; nothing where withheld."""
    counts = journeys_of(found.goal.share, language)
    if not counts or not found.goal.of:
        return counts
    return judged_counts(counts, found.judged, found.log.zone, language)


def found_in_words(row: ExpectationRow, language: Language) -> str:
    """What was found: a share with its interval, or a figure from 0 to 1."""
    if row.share is not None:
        return share(row.share, language)
    if row.value is None or row.low is None or row.high is None:
        few = row.verdict is not Verdict.INCONCLUSIVE
        return language.say("report.withheld" if few else "report.too-little")
    if row.change is not None and row.value == row.change.value:
        value, low, high = (
            language.number(f"{one:+z.3f}") for one in (row.value, row.low, row.high)
        )
        return since_baseline(_with_interval(value, low, high, language), language)
    return figure(row.value, language, row.low, row.high)


def of_builds(found: Check) -> Language:
    """English, in which builds show a check, with the marks that its figures have everywhere."""
    return english().about(found.privacy).judging(found.judged)


def expected_and_found(row: ExpectationRow, language: Language) -> str:
    """What builds show of an expectation: `expected <= 12%, found 24.1 %, 240 of 994 journeys`.

    The sentence is English, whatever the language of the figures.
    """
    text = f"expected {row.budget}, found {found_in_words(row, language)}"
    return text if row.share is None else f"{text}, {journeys_of(row.share, language)}"


def points(change: Change | None, language: Language) -> str:
    """A change in percentage points with its interval: `+4.4 pp (2.5 to 6.3)`."""
    if change is None:
        return ""
    low, high = (language.number(f"{100 * end:+z.1f}") for end in (change.low, change.high))
    value = language.number(f"{100 * change.value:+z.1f}")
    return _with_interval(f"{value} {language.say('number.pp')}", low, high, language)


def since_baseline(change: str, language: Language) -> str:
    """A change in words, and what it is compared with."""
    return language.say("figure.since-baseline", change=change)


def why(row: ExpectationRow, language: Language) -> str:
    """Why an expectation is not simply kept or broken; empty where it is."""
    match row.verdict:
        case Verdict.WARNED:
            return language.say(f"verdict.why-{'level' if row.level is Level.WARN else 'chance'}")
        case Verdict.INCONCLUSIVE:
            return language.say(f"verdict.undecided-{row.undecided or 'unknown'}")
        case Verdict.ACCEPTED:
            return language.say("verdict.why-accepted", because=row.because)
        case _:
            return ""


def figure(
    value: float, language: Language, low: float | None = None, high: float | None = None
) -> str:
    """A figure from 0 to 1 with its interval; 0 and 1 are only shown where they are true.

    >>> from cjmine.reporters.language import english
    >>> figure(0.99996, english()), figure(1.0, english()), figure(0.8, english(), 0.79, 0.81)
    ('>0.999', '1.000', '0.800 (0.790 to 0.810)')
    """
    shown = f"{value:.3f}"
    if value < 1 and shown == "1.000":
        shown = ">0.999"
    if value > 0 and shown == "0.000":
        shown = "<0.001"
    shown = language.number(shown)
    if low is None or high is None:
        return shown
    ends = language.number(f"{low:.3f}"), language.number(f"{high:.3f}")
    return _with_interval(shown, *ends, language)


def never_in_words(found: Check, language: Language) -> str:
    """The journeys without any step of the ideal, or nothing where there are none."""
    row = found.never
    counts = {
        "completed": row.finished,
        "exited": row.exited,
        "abandoned": row.abandoned,
        "open": row.open,
    }
    parts = [state(name, count, language) for name, count in counts.items() if count != 0]
    return language.say("screen.never", states=", ".join(parts)) if parts else ""


def states(found: Check, language: Language) -> str:
    """The journeys by state; states without journeys are left out."""
    row = found.states
    counts = {
        "completed": row.completed,
        "exited": row.exited,
        "abandoned": row.abandoned,
        "open": row.open,
        "truncated": row.truncated,
    }
    return " · ".join(state(name, count, language) for name, count in counts.items() if count != 0)


def state(name: str, count: int | None, language: Language) -> str:
    """How many journeys are in a state; a dash where that is withheld."""
    return language.say(f"report.state-{name}", count=language.count(count))


def _with_interval(value: str, low: str, high: str, language: Language) -> str:
    return language.say("report.with-interval", value=value, low=low, high=high)
