"""Portfolios for tests: the files of a folder, and the journeys that they declare."""

from __future__ import annotations

from pathlib import Path

from cjmine.analysis.portfolio.members import Journeys
from cjmine.verbs.portfolio_journeys import read_journeys

ORDER = """
journey: Order
goal: Pay
entry: Search
exits: [Stop]
deadline: 1d
purpose: fewer baskets left
stages: [{stage: One, steps: [Search, Cart, Pay]}]
"""
CLAIM = """
journey: Claim
goal: Paid
entry: Claim
deadline: 2d
owner: claims
stages: [{stage: One, steps: [Claim, Paid]}]
"""
FILES = {"order.yaml": ORDER, "claim.yaml": CLAIM}


def portfolio_in(folder: Path, text: str, files: dict[str, str] = FILES) -> Journeys:
    """The journeys of a portfolio, with its journey files beside it."""
    for name, one in {**files, "portfolio.yaml": text}.items():
        (folder / name).write_text(one, "utf-8")
    return read_journeys(folder / "portfolio.yaml", str(folder / "portfolio.yaml"))
