"""Checks to report: a usual one, one that withholds all it may, an empty one, a hostile one."""

from __future__ import annotations

from cjmine.analysis.checked import (
    BaselineUse,
    Cell,
    Checked,
    ConformanceRow,
    DeviationRow,
    Example,
    ExpectationRow,
    NeverRow,
    StateCounts,
    StepRow,
    TimingRow,
    Verdict,
)
from cjmine.analysis.mapped import (
    Addition,
    Bracket,
    ChannelUse,
    Column,
    JourneyMap,
    Notation,
    Score,
    Wait,
)
from cjmine.analysis.measured import LogSize, PrivacyUse
from cjmine.analysis.ratio import Change, Ratio
from cjmine.errors import Code, Note
from cjmine.ideal.deviations import Marker
from cjmine.ideal.journey import Level

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


def check(label: str = "Checkout", few: bool = False) -> Checked:
    """A check in which every text from the outside is the label."""
    share = None if few else Ratio(320, 2232)

    def row(verdict: Verdict, level: Level = Level.ERROR, line: int = 12) -> ExpectationRow:
        return ExpectationRow(
            code=Code.DROP_OFF,
            what=f"drop-off at {label}",
            verdict=verdict,
            level=level,
            value=None if few else 0.143369,
            low=None if few else 0.1294,
            high=None if few else 0.1585,
            ratio=share,
            budget="<= 12%",
            limit=0.12,
            line=line,
            step=label,
            change=None if few else Change(0.044, 0.025, 0.063),
            because=label if verdict is Verdict.ACCEPTED else "",
        )

    step = StepRow(
        *(label, label, True),
        *([None] * 7 if few else [2232, 2200, 1800, 320, 40, 72, 0]),
        share,
    )
    return Checked(
        journey=label or "x",
        journey_file=f"folder/{label}.yaml",
        purpose=label,
        size=LogSize(22_773, 4812, 4800, 8, 93, 3, (0, 86_400_000_000)),
        sources=(),
        conformance=ConformanceRow(
            *(4812, None if few else 1000, 7000, 3000, 4000, 22_000, 6),
            *([None] * 5 if few else [0.8, 0.85, 0.84, 0.86, 0.9]),
            *(10, 20),
        ),
        states=StateCounts(*([None] * 5 if few else [1745, 40, 200, 2800, 27])),
        goal=(label,),
        goal_rate=share,
        step_rows=(step,),
        never=NeverRow(None, None, None, None) if few else NeverRow(10, 0, 0, 0),
        deviation_rows=(
            DeviationRow(
                Code.SKIPPED, "skipped", label, None if few else 410, None if few else 500, 2232
            ),
            DeviationRow(None, "(other)", "(other)", 12, 13, 4812),
        ),
        timing_rows=(TimingRow(label, label, 90, None if few else 3600.0, None, 10, None, None),),
        expectation_rows=(
            row(Verdict.BROKEN),
            row(Verdict.WARNED, line=13),
            row(Verdict.WARNED, Level.WARN, 14),
            row(Verdict.INCONCLUSIVE, line=15),
            row(Verdict.ACCEPTED, line=16),
            row(Verdict.KEPT, line=17),
        ),
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
        journey_map=JourneyMap(
            columns=(Column(label, label, (label,), None, 3_600_000_000, label, True),),
            brackets=(Bracket(Notation.REPEAT, 0, 0, 0, (), 1, None),),
            channels=(ChannelUse(label, label, None if few else 2000, 2200),),
            waits=(Wait(label, None if few else 90, None if few else 3600.0, None),),
            additions=(
                Addition(label, None, 30, 4812, None, False),
                Addition(label, label, 410, 2232, None if few else 300, True),
            ),
            scores=(Score(label, label, 612, 4.1, 4.0, 4.2),),
        ),
        baseline=BaselineUse(
            *(f"{label}.json", label, 4655, label, label),
            None if few else Change(-0.022, -0.041, -0.003),
            None if few else 0.87,
            () if few else ((label, Change(0.044, 0.025, 0.063)),),
        ),
        notes=(Note(Code.STEP_ABSENT, label), Note(Code.TIES, label)),
        privacy=PrivacyUse(10, 12, label),
    )
