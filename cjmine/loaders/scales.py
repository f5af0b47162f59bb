"""Scales of survey questions: what an answer may be, and what it is called."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class _Band:
    """Answers from `low` to `high` that share a name."""

    low: int
    high: int
    name: str


class Scale(StrEnum):
    """How a question is scored: declared, because a report mark from 1 to 10 is not an NPS."""

    NPS = "nps"
    CES_7 = "ces-7"
    CES_5 = "ces-5"
    CES_5_LOW = "ces-5-low"
    CSAT_5 = "csat-5"
    CSAT_10 = "csat-10"
    MARK_10 = "mark-10"

    @property
    def bands(self) -> tuple[_Band, ...]:
        """The named bands, from low to high; zero is an answer on the scale of the NPS."""
        return _BANDS[self]

    @property
    def metric(self) -> str:
        """The name of the question."""
        return {"nps": "NPS", "ces": "CES", "csat": "CSAT", "mark": "Mark"}[self.partition("-")[0]]

    def label(self, answer: str) -> str:
        """The SQL of the label of an answer (SQL of an integer); null outside the scale."""
        cases = " ".join(
            f"WHEN {answer} BETWEEN {band.low} AND {band.high} THEN '{self.metric} {band.name}'"
            for band in self.bands
        )
        return f"CASE {cases} END"


_BANDS = {
    Scale.NPS: (_Band(0, 6, "detractor"), _Band(7, 8, "passive"), _Band(9, 10, "promoter")),
    Scale.CES_7: (_Band(1, 3, "hard"), _Band(4, 4, "neutral"), _Band(5, 7, "easy")),
    Scale.CES_5: (_Band(1, 2, "hard"), _Band(3, 3, "neutral"), _Band(4, 5, "easy")),
    # Asked as effort: how hard was it?
    Scale.CES_5_LOW: (_Band(1, 2, "easy"), _Band(3, 3, "neutral"), _Band(4, 5, "hard")),
    Scale.CSAT_5: (
        _Band(1, 2, "dissatisfied"), _Band(3, 3, "neutral"), _Band(4, 5, "satisfied")
    ),
    Scale.CSAT_10: (
        _Band(1, 5, "dissatisfied"), _Band(6, 7, "neutral"), _Band(8, 10, "satisfied")
    ),
    Scale.MARK_10: (_Band(1, 5, "insufficient"), _Band(6, 7, "sufficient"), _Band(8, 10, "good")),
}  # fmt: skip


def scale_named(name: str) -> Scale | None:
    """The scale that a column name states by itself, such as NPS; None for any other name.

    >>> scale_named("NPS"), scale_named("rapportcijfer"), scale_named("score")
    (<Scale.NPS: 'nps'>, <Scale.MARK_10: 'mark-10'>, None)
    """
    return {
        "nps": Scale.NPS, "nps score": Scale.NPS,
        "ces": Scale.CES_7, "ces score": Scale.CES_7,
        "csat": Scale.CSAT_5, "csat score": Scale.CSAT_5,
        "rapportcijfer": Scale.MARK_10, "cijfer": Scale.MARK_10,
    }.get(name.strip().casefold().replace("_", " "))  # fmt: skip
