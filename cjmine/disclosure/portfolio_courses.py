"""The trends of a portfolio: what a goal did is about all periods, whose counts may be withheld."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cjmine.analysis.portfolio.courses import Points, together
from cjmine.disclosure.portfolio_pooled import Group
from cjmine.results.portfolio import PooledRow, PortfolioJourney


def with_courses(
    rows: Sequence[PortfolioJourney], courses: dict[int, Points]
) -> tuple[PortfolioJourney, ...]:
    """The rows that have a trend, with the one of their place that has all counts."""
    return tuple(
        replace(row, trend=courses[at]) if row.trend else row for at, row in enumerate(rows)
    )


def with_shown(
    pooled: Sequence[PooledRow], groups: Sequence[Group], rows: Sequence[PortfolioJourney]
) -> tuple[PooledRow, ...]:
    """The rows of groups with the trends that follow from those of journeys as they are shown."""
    return tuple(
        replace(row, trend=together([rows[at].trend for at in group.declared]))
        for row, group in zip(pooled, groups, strict=True)
    )
