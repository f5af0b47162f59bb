"""Simulation: a harmless step is a hint, a needed one never, whatever kind leaves it out more.

The kernel alone: like journeys by stratum and side, the influences of customers, the word.
"""

from __future__ import annotations

import numpy as np
import pytest

from cjmine.analysis.cohorts import Cells
from cjmine.analysis.hints.found import FoundHint
from cjmine.analysis.hints.found_left_out import compare_like
from cjmine.analysis.like.counts import ItemStrata, SwayedCounts
from cjmine.analysis.strata import Mix, count_strata, strata_influences
from cjmine.disclosure.hints import verdict_of
from cjmine.results.figures import Counted, Sampled
from cjmine.results.hints import Tip
from cjmine.results.verdicts import Verdict

SIDE = 8_000
MARGIN = 0.03
KINDS = 4


def word(seed: int, effect: float, each: int = 1) -> Verdict | None:
    """The word for leaving a step out, where that changes the goal by so much.

    Journeys of four kinds, of which those that reach the goal more also leave it out more; a
    customer has `each` journeys that are alike.
    """
    rng = np.random.default_rng(seed)
    people = 2 * SIDE // each
    kind = np.repeat(rng.integers(0, KINDS, people), each)
    is_without = rng.random(len(kind)) < 0.35 + 0.1 * kind
    likely = 0.3 + 0.12 * kind + effect * is_without
    likely += np.repeat(rng.normal(0, 0.1 if each > 1 else 0.0, people), each)
    reaches = (rng.random(len(kind)) < likely).astype(np.int64)
    strata = count_strata(kind, is_without, reaches > 0, KINDS)
    customer = np.repeat(np.arange(people), each)
    swayed = strata_influences(strata, Mix.SECOND, kind, is_without, reaches, customer)
    many = np.array([int((~is_without).sum()), int(is_without.sum()), 0])
    counts = SwayedCounts((swayed,), Cells(many, many, np.ones(3, np.int64)))
    compared = compare_like(ItemStrata(0, np.arange(KINDS), strata), 0, counts, MARGIN)
    assert compared is not None
    nobody = Sampled(1, 1, 1.0, 1.0, False)
    found = FoundHint(Tip.SKIP, "Cart", Counted(1, 1), nobody, is_compared=True, compared=compared)
    return verdict_of(found, compared, compared.p)


def words(runs: int, effect: float, each: int = 1) -> list[Verdict | None]:
    return [word(seed, effect, each) for seed in range(runs)]


def test_a_harmless_step_is_hinted_and_a_needed_one_never() -> None:
    assert words(20, 0.0).count(Verdict.NO_HARM) >= 19
    assert Verdict.NO_HARM not in words(20, -0.05)


@pytest.mark.prove
@pytest.mark.parametrize("each", [1, 3])
def test_in_many_worlds(each: int) -> None:
    """With several journeys a customer too; at the margin itself it is wrong in few worlds."""
    assert words(200, 0.0, each).count(Verdict.NO_HARM) >= 180
    assert Verdict.NO_HARM not in words(200, -0.05, each)
    assert words(2_000, -MARGIN, each).count(Verdict.NO_HARM) <= 2_000 * 0.035
