"""Checks to report: a usual one, one that withholds all it may, an empty one, a hostile one."""

from __future__ import annotations

from dataclasses import replace

from cjmine.analysis.intervals import share
from cjmine.errors import Code, Note
from cjmine.ideal.deviations import Marker
from cjmine.ideal.journey import Bound, Level
from cjmine.results.baseline import BaselineUse, StepChange
from cjmine.results.check import (
    Attribution,
    Cell,
    Check,
    DeviationRow,
    Example,
    NeverRow,
    RangeRow,
    StateCounts,
    StepRow,
    TimingRow,
)
from cjmine.results.discovery import goal_of
from cjmine.results.expectations import ExpectationRow, Verdict, verdict_of
from cjmine.results.figures import Change
from cjmine.results.fit import Conformance, CountedFit
from cjmine.results.full_time import JudgedPeriod
from cjmine.results.log import LogSize, Privacy, moment
from cjmine.results.map import (
    Addition,
    Bracket,
    ChannelUse,
    Column,
    JourneyMap,
    Notation,
    Score,
    Wait,
)
from cjmine.results.share import WITHHELD
from cjmine.scales import Summary

LABELS = (
    "::error file=x::stolen",
    "##[error]stolen",
    "a\n::set-output name=x::y",
    "a\r::warning::y",
    "%0A::error::y",
    "<script>alert(1)</script>",
    "`code` | cell | [link](http://x) @someone #1",
    "~~~~\n<b>out of the fence</b>",
    "=1+1",
    "\x1b[31mred\x07",
    "\u202edrawkcab",
    "]]><injected/>",
    "&amp;<",
    "x" * 300,
    "確認ボタン",
    "",
)


def judged(found: Check, rows: tuple[ExpectationRow, ...]) -> Check:
    """A check with other expectations, and the verdict that these have."""
    return replace(found, expectations=rows, verdict=verdict_of(rows))


def check(label: str = "Checkout", few: bool = False) -> Check:
    """A check in which every text from the outside is the label."""
    rate = WITHHELD if few else share(320, 2232)

    def row(verdict: Verdict, level: Level = Level.ERROR, line: int = 12) -> ExpectationRow:
        return ExpectationRow(
            code=Code.DROP_OFF,
            what=f"drop-off at {label}",
            verdict=verdict,
            level=level,
            value=None if few else 0.143369,
            low=None if few else 0.1294,
            high=None if few else 0.1585,
            n=rate.n,
            of=rate.of,
            share=None if few else rate,
            budget="<= 12%",
            bound=Bound.MOST,
            limit=0.12,
            line=line,
            step=label,
            change=None if few else Change(0.044, 0.025, 0.063),
            because=(label or None) if verdict is Verdict.ACCEPTED else None,
        )

    step = StepRow(
        *(label, label, True),
        *([None] * 8 if few else [2232, 2200, 2210, 1800, 320, 40, 72, 0]),
        rate,
    )
    expectations = (
        row(Verdict.BROKEN),
        row(Verdict.WARNED, line=13),
        row(Verdict.WARNED, Level.WARN, 14),
        row(Verdict.INCONCLUSIVE, line=15),
        row(Verdict.ACCEPTED, line=16),
        row(Verdict.KEPT, line=17),
    )
    return Check(
        schema="cjmine/check/2",
        journey=label or "x",
        journey_file=f"folder/{label}.yaml",
        purpose=label,
        verdict=Verdict.BROKEN,
        log=LogSize(22_773, 4812, 4800, 8, 93, 3, moment(0), moment(86_400_000_000)),
        sources=(),
        conformance=Conformance(
            *(4812, None if few else 1000, 7000, 3000, 4000, 22_000, 6),
            *([None] * 5 if few else [0.8, 0.85, 0.84, 0.86, 0.9]),
            *(10, 20, 30),
        ),
        counted=CountedFit(
            *(None if few else 4585, None if few else 4570, None if few else 900),
            WITHHELD if few else share(900, 4585),
            *(None if few else 3000, None if few else 1000, None if few else 2000),
            *(None if few else 9000, *([None] * 5 if few else [0.8, 0.85, 0.84, 0.86, 0.9])),
        ),
        judged=JudgedPeriod(
            *(14 * 86_400.0, False, few, moment(0), moment(43_200_000_000)),
            *(None if few else 12, None if few else 3, 0),
        ),
        states=StateCounts(*([None] * 5 if few else [1745, 40, 200, 2800, 27])),
        goal=goal_of((label,), rate),
        steps=(step,),
        choices=((label, "x"),) if label else (),
        never=NeverRow(None, None, None, None) if few else NeverRow(10, 0, 0, 0),
        deviations=(
            DeviationRow(
                *(Code.SKIPPED, "skipped", label, None if few else 410, None if few else 500, 2232),
                *(False, False),
            ),
            DeviationRow(None, "(other)", "(other)", 12, 13, 4812, False, False),
        ),
        timings=(TimingRow(label, label, 95, 90, None if few else 3600.0, None, 10, None, None),),
        expectations=expectations,
        examples=(
            Example(
                "skipped",
                44,
                (
                    Cell("Search", "Search", None),
                    Cell(label, None, Marker.SKIPPED),
                    Cell(None, label, Marker.UNEXPECTED),
                    *(Cell(label, label, None) for _ in range(6)),
                    *(Cell(label, None, Marker.LOST) for _ in range(4)),
                ),
            ),
        ),
        map=JourneyMap(
            columns=(Column(label, label, (label,), None, 3_600_000_000, label, True),),
            brackets=(Bracket(Notation.REPEAT, 0, 0, 0, (), 1, None),),
            channels=(ChannelUse(label, label, None if few else 2000, 2200),),
            waits=(Wait(label, None if few else 90, None if few else 3600.0, None),),
            additions=(
                Addition(label, None, 30, 4812, None, False),
                Addition(label, label, 410, 2232, None if few else 300, True),
            ),
            scores=(Score(label, label, None, Summary.MEAN, 612, 4.1, 4.0, 4.2, 4.1),),
        ),
        ranges=(
            RangeRow(Attribution.LEFT_OUT, label, None if few else 20, 410, 900, 2232),
            RangeRow(Attribution.EXTRA, label, *([None] * 3 if few else [0, 3, 30]), 2232),
            RangeRow(None, "(other)", None, None, None, 2232),
        ),
        baseline=BaselineUse(
            *(f"{label}.json", label, 4655, label, label),
            None if few else Change(-0.022, -0.041, -0.003),
            None if few else 0.87,
            () if few else (StepChange(label, 0.044, 0.025, 0.063),),
        ),
        notes=(Note(Code.STEP_ABSENT, label), Note(Code.TIES, label)),
        privacy=Privacy(10, 12, label),
    )
