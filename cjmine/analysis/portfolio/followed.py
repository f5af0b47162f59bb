"""What the goals of a portfolio did over time, said in every row of what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from cjmine.analysis.portfolio.courses import moved
from cjmine.results.portfolio import PooledRow, Portfolio, PortfolioJourney
from cjmine.results.trend import Every

Row = TypeVar("Row", PortfolioJourney, PooledRow)


def followed(found: Portfolio) -> Portfolio:
    """The portfolio with the movement of each row; it is made of what is shown alone."""
    pooled = _said([one.pooled for one in found.templates], found.every)
    return replace(
        found,
        journeys=tuple(_said(found.journeys, found.every)),
        phases=tuple(_said(found.phases, found.every)),
        owners=tuple(_said(found.owners, found.every)),
        levels=tuple(_said(found.levels, found.every)),
        parents=tuple(_said(found.parents, found.every)),
        templates=tuple(
            replace(one, pooled=row) for one, row in zip(found.templates, pooled, strict=True)
        ),
    )


def _said(rows: Sequence[Row], every: Every) -> list[Row]:
    """Rows without figures have no movement."""
    at = [place for place, one in enumerate(rows) if one.journeys is not None]
    said = dict(zip(at, moved([rows[one].trend for one in at], every), strict=True))
    return [
        replace(one, movement=said[place].movement, moved_since=said[place].since)
        if place in said
        else one
        for place, one in enumerate(rows)
    ]
