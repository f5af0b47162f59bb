"""What can be reached in a graph: the same as by walking from each node."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cjmine.ideal.reach import reached

GRAPHS = st.integers(1, 9).flatmap(
    lambda count: st.lists(
        st.lists(st.integers(0, count - 1), max_size=4), min_size=count, max_size=count
    )
)


def walked(onward: list[list[int]], begin: int) -> set[int]:
    seen, pending = {begin}, [begin]
    while pending:
        for node in onward[pending.pop()]:
            if node not in seen:
                seen.add(node)
                pending.append(node)
    return seen


@given(GRAPHS)
def test_every_node_has_the_bits_of_all_that_it_leads_to(onward: list[list[int]]) -> None:
    """Circles, loops to itself and nodes that nothing leads to."""
    found = reached(onward, [1 << node for node in range(len(onward))])
    expected = [sum(1 << node for node in walked(onward, one)) for one in range(len(onward))]
    assert found == expected


def test_a_long_row_needs_no_deep_stack() -> None:
    """A chain of 50,000 nodes, and the same as one circle."""
    row = [[node + 1] for node in range(50_000)]
    assert reached([*row, []], [0] * 50_000 + [1])[0] == 1
    assert set(reached([*row, [0]], [1] + [0] * 50_000)) == {1}
