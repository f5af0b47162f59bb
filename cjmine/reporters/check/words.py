"""How a check is put into words, the same in every report."""

from __future__ import annotations

from cjmine.ideal.journey import Level
from cjmine.reporters.language import Language
from cjmine.results.check import Check, ExpectationRow, Verdict
from cjmine.results.figures import Change
from cjmine.results.share import Share, percent

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


def tally(found: Check) -> str:
    """How many expectations ended in which way; those that did not occur are left out."""
    parts = [f"{found.count(one):,} {one.value}" for one in Verdict if found.count(one)]
    return ", ".join(parts)


def share(ratio: Share) -> str:
    """A share with its interval: `14.3 % (12.9 to 15.9)`."""
    if ratio.n is None:
        return "withheld"
    if ratio.low is None or ratio.high is None:
        return "undefined"
    return f"{percent(ratio.n, ratio.of)} ({100 * ratio.low:.1f} to {100 * ratio.high:.1f})"


def journeys_of(ratio: Share | None) -> str:
    """`320 of 2,232 journeys`, or nothing where it is withheld."""
    if ratio is None or ratio.n is None:
        return ""
    return f"{ratio.n:,} of {ratio.of:,} journeys"


def found_in_words(row: ExpectationRow) -> str:
    """What was found: a share with its interval, or a figure from 0 to 1."""
    if row.share is not None:
        return share(row.share)
    if row.value is None or row.low is None or row.high is None:
        few = row.verdict is not Verdict.INCONCLUSIVE
        return "withheld, too few customers" if few else "too little to tell"
    if row.change is not None and row.value == row.change.value:
        return f"{row.value:+z.3f} ({row.low:+z.3f} to {row.high:+z.3f}) since the baseline"
    return figure(row.value, row.low, row.high)


def points(change: Change | None) -> str:
    """A change in percentage points with its interval: `+4.4 pp (2.5 to 6.3)`."""
    if change is None:
        return ""
    low, high = 100 * change.low, 100 * change.high
    return f"{100 * change.value:+z.1f} pp ({low:+z.1f} to {high:+z.1f})"


def why(row: ExpectationRow, language: Language) -> str:
    """Why an expectation is not simply kept or broken; empty where it is."""
    match row.verdict:
        case Verdict.WARNED:
            return language.say(f"verdict.why-{'level' if row.level is Level.WARN else 'chance'}")
        case Verdict.INCONCLUSIVE:
            return language.say("verdict.why-inconclusive")
        case Verdict.ACCEPTED:
            return language.say("verdict.why-accepted", because=row.because)
        case _:
            return ""


def figure(value: float, low: float | None = None, high: float | None = None) -> str:
    """A figure from 0 to 1 with its interval; 0 and 1 are only shown where they are true.

    >>> figure(0.99996), figure(1.0), figure(0.8, 0.79, 0.81)
    ('>0.999', '1.000', '0.800 (0.790 to 0.810)')
    """
    shown = f"{value:.3f}"
    if value < 1 and shown == "1.000":
        shown = ">0.999"
    if value > 0 and shown == "0.000":
        shown = "<0.001"
    return shown if low is None or high is None else f"{shown} ({low:.3f} to {high:.3f})"


def never_in_words(found: Check) -> str:
    """The journeys without any step of the ideal, or nothing where there are none."""
    row = found.never
    parts = [
        f"{name} {'–' if count is None else f'{count:,}'}"
        for name, count in (
            ("completed", row.finished),
            ("exited", row.exited),
            ("abandoned", row.abandoned),
            ("open", row.open),
        )
        if count != 0
    ]
    return f"without any step of the ideal: {', '.join(parts)}" if parts else ""
