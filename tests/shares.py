"""Shares with the interval that so many customers give, from figures of each of them."""

from __future__ import annotations

from cjmine.analysis.intervals import alike_effect, design_effect, share, steadied
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


def steady_effect(pairs: list[tuple[int, int]]) -> float:
    """The design effect of a share, with two customers more whose journeys all end alike."""
    rarer = min(sum(n > 0 for n, _ in pairs), sum(n < of for n, of in pairs))
    alike = alike_effect(sum(of for _, of in pairs), len(pairs), squares(pairs))
    return steadied(effect(pairs), alike, rarer)


def by_customer(*pairs: tuple[int, int]) -> Share:
    """The share of customers, each with the journeys that have something, and all journeys."""
    n, of = (sum(column) for column in zip(*pairs, strict=True))
    return share(n, of, steady_effect(list(pairs)))


def alone(n: int, of: int) -> Share:
    """The share of customers with one journey each; undefined of nobody."""
    return by_customer(*[(1, 1)] * n, *[(0, 1)] * (of - n)) if of else share(0, 0)
