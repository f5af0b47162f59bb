"""Random ideal journeys, nested as the language allows, and words to hold against them."""

from __future__ import annotations

from hypothesis import strategies as st

from cjmine.ideal.nodes import AnyOrder, Choice, Node, Optional, Repeat, Sequence, Step

LABELS = tuple("ABCDEFGH")
UNKNOWN = "x"


def parts(names: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Node]:
    """Parts of every kind inside each other; a name may stand in several places."""
    steps = (st.sampled_from(LABELS) if names is None else names).map(Step)

    def around(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        several = st.lists(inner, min_size=2, max_size=3).map(tuple)
        return (
            st.lists(inner, min_size=1, max_size=3).map(lambda found: Sequence(tuple(found)))
            | several.map(Choice)
            | st.lists(inner, min_size=2, max_size=2).map(lambda found: AnyOrder(tuple(found)))
            | inner.map(Optional)
            | repeats(inner)
        )

    return st.recursive(steps, around, max_leaves=7)


@st.composite
def repeats(draw: st.DrawFn, inner: st.SearchStrategy[Node]) -> Repeat:
    """A repetition with or without an upper bound."""
    least = draw(st.integers(0, 2))
    most = draw(st.none() | st.integers(max(least, 1), 3))
    return Repeat(draw(inner), least, most)


words = st.lists(st.sampled_from((*LABELS, UNKNOWN)), max_size=9)
