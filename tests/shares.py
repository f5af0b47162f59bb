"""Shares with the interval that so many customers give, from figures of each of them."""

from __future__ import annotations

from cjmine.analysis.intervals import design_effect, share
from cjmine.analysis.squares import Squares
from cjmine.results.share import Share


def squares(pairs: list[tuple[int, int]]) -> Squares:
    """The sums over customers, each with the journeys that have something, and all journeys."""
    return Squares(
        sum(of * of for _, of in pairs),
        sum(n * of for n, of in pairs),
        sum(n * n for n, _ in pairs),
    )


def effect(pairs: list[tuple[int, int]]) -> float:
    """The design effect of a share."""
    n, of = (sum(column) for column in zip(*pairs, strict=True))
    return design_effect(n, of, len(pairs), squares(pairs))


def by_customer(*pairs: tuple[int, int]) -> Share:
    """The share of customers, each with the journeys that have something, and all journeys."""
    n, of = (sum(column) for column in zip(*pairs, strict=True))
    return share(n, of, effect(list(pairs)))


def alone(n: int, of: int) -> Share:
    """The share of customers with one journey each; undefined of nobody."""
    return by_customer(*[(1, 1)] * n, *[(0, 1)] * (of - n)) if of else share(0, 0)
