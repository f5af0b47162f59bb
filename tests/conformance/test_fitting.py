"""Traces that fit are those that an alignment costs nothing."""

from __future__ import annotations

import numpy as np
from conformance.ideals import coded, ideals_and_logs
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples

from cjmine.conformance.alignments import align
from cjmine.conformance.fitting import ANYWHERE, fitting
from cjmine.ideal.space import compile_space


@given(ideals_and_logs, st.integers(0, 5))
@examples(60)
def test_a_trace_fits_where_its_alignment_costs_nothing(found, every: int) -> None:
    """Also with touchpoints between its events that may come anywhere."""
    root, given_ = found
    space = compile_space(root)
    labels, starts = coded(space, given_)
    fits = fitting(space, labels, starts)
    assert fits.tolist() == (align(space, labels, starts).cost == 0).tolist()
    places = np.arange(0, len(labels) + 1, every + 1)
    more = np.insert(labels, places, ANYWHERE)
    moved = starts + np.searchsorted(places, starts, "left")
    assert fitting(space, more.astype(np.int32), moved).tolist() == fits.tolist()
