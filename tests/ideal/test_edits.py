"""Edits of a journey file: every way to write a part, and what must stay as it is."""

from __future__ import annotations

import re

import numpy as np
import pytest
from conformance.ideals import coded, ideals, traces
from hypothesis import assume, given
from hypothesis import strategies as st
from ideal.writing import written
from strategies import examples

from cjmine.conformance.fitting import fitting
from cjmine.errors import UsageError
from cjmine.ideal.edits import Edit, EditKind, edited
from cjmine.ideal.file import compiled_journey, parse_journey
from cjmine.ideal.nodes import AnyOrder, Optional, Repeat, Sequence, Step, steps_of

OPTIONAL, REPEAT = EditKind.OPTIONAL, EditKind.REPEAT
ANY_ORDER, ALLOW = EditKind.ANY_ORDER, EditKind.ALLOW
HEAD = "journey: order\ngoal: Buy\nstages:\n  - stage: One\n    steps:\n"
BODY = """\
      - Look   # first of all
      # between
      - step: Pay
        channel: [web, app]   # both

        within: {max: 1h}
      - Buy
"""


def after(text: str, *edits: Edit) -> str:
    for one in edits:
        found = edited(text, one)
        assert found is not None
        text = found
    parse_journey(text, "journey.yaml")
    return text


def test_a_name_and_a_mapping_in_lines() -> None:
    """Comments stay, lines of a mapping move to the right, blank ones stay."""
    text = HEAD + BODY
    assert after(text, Edit(OPTIONAL, ("Look",))) == text.replace("- Look", "- optional: Look")
    assert after(text, Edit(REPEAT, ("Look",), 3)) == text.replace(
        "- Look   # first of all\n", "- repeat: Look   # first of all\n        max: 3\n"
    )
    assert after(text, Edit(REPEAT, ("Pay",), 2)) == text.replace(
        BODY[BODY.index("      - step") : BODY.index("      - Buy")],
        "      - repeat:\n"
        "          step: Pay\n"
        "          channel: [web, app]   # both\n"
        "\n"
        "          within: {max: 1h}\n"
        "        max: 2\n",
    )


def test_what_lies_between_two_steps_moves_with_them() -> None:
    found = after(HEAD + BODY, Edit(ANY_ORDER, ("Look", "Pay")))
    assert found.startswith(HEAD + "      - any-order:\n          - Look   # first of all\n")
    assert "\n          # between\n          - step: Pay\n            channel" in found
    assert "\n\n            within: {max: 1h}\n      - Buy\n" in found
    (any_order, _) = parse_journey(found, "j").root.nodes
    assert isinstance(any_order, AnyOrder)


def test_a_file_in_braces() -> None:
    text = (
        "{journey: order, goal: Buy,"
        " stages: [{stage: One, steps: [Look, {step: Pay, channel: web}, Buy]}]}\n"
    )
    found = after(
        text,
        Edit(OPTIONAL, ("Look",)),
        Edit(REPEAT, ("Pay",), 2),
        Edit(REPEAT, ("Pay",), 5),
        Edit(ANY_ORDER, ("Look", "Pay")),
        Edit(ALLOW, ("Home page",)),
        Edit(ALLOW, ("Call: why",)),
    )
    assert found == (
        "{journey: order, goal: Buy, stages: [{stage: One, steps: [{any-order: [{optional: Look},"
        " {repeat: {step: Pay, channel: web}, max: 5}]}, Buy]}],"
        ' allow: [Home page, "Call: why"]}\n'
    )


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        ("", "\nallow: [Help]"),
        ("\nallow: Home", "\nallow: [Home, Help]"),
        ("\nallow: [Home, FAQ]  # fine", "\nallow: [Home, FAQ, Help]  # fine"),
        (
            "\nallow:\n  - Home  # fine\nowner: us",
            "\nallow:\n  - Home  # fine\n  - Help\nowner: us",
        ),
    ],
)
@pytest.mark.parametrize("end", ["", "\n", "\n\n# the end\n"])
def test_what_may_come_anywhere_goes_with_the_rest(written: str, becomes: str, end: str) -> None:
    text = HEAD + BODY.rstrip("\n")
    assert after(text + written + end, Edit(ALLOW, ("Help",))) == text + becomes + end


def test_lines_end_as_they_did() -> None:
    text = (HEAD + BODY).replace("\n", "\r\n")
    for one in (
        Edit(REPEAT, ("Pay",), 2),
        Edit(ANY_ORDER, ("Look", "Pay")),
        Edit(ALLOW, ("Help",)),
        Edit(REPEAT, ("Look",), 2),
    ):
        found = after(text, one)
        assert not re.search(r"(?<!\r)\n|\r(?!\n)", found)


def test_a_step_of_several_branches_is_edited_in_each() -> None:
    text = HEAD + "      - choice: [[Pay, Card], [Pay, Bank]]\n      - Buy\n"
    found = after(text, Edit(OPTIONAL, ("Pay",)))
    assert "[[{optional: Pay}, Card], [{optional: Pay}, Bank]]" in found


def test_a_whole_choice_may_be_left_out() -> None:
    text = HEAD + "      - choice: [Card, [Bank, Code]]\n      - Buy\n"
    found = after(text, Edit(OPTIONAL, ("Card", "Bank", "Code")))
    assert "- optional:\n          choice: [Card, [Bank, Code]]\n" in found


@pytest.mark.parametrize(
    "edit",
    [
        Edit(OPTIONAL, ("Nothing",)),
        Edit(ANY_ORDER, ("Look", "Nothing")),
        Edit(ANY_ORDER, ("A", "B")),
        Edit(REPEAT, ("C",), 3),
    ],
)
def test_what_cannot_be_edited_is_refused(edit: Edit) -> None:
    """Steps of two stages, branches of a choice, a repetition without or with a higher end."""
    text = HEAD + "      - Look\n      - choice: [A, B]\n      - {repeat: C, max: 4}\n      - Buy\n"
    assert edited(text, edit) is None


def kinds_of(root: Sequence) -> st.SearchStrategy[Edit]:
    """Edits of a journey, most of which can be made."""
    names = list(dict.fromkeys(step.name for step in steps_of(root)))
    one = st.sampled_from(names)
    pairs = st.tuples(one, one).filter(lambda pair: pair[0] != pair[1])
    return (
        one.map(lambda name: Edit(OPTIONAL, (name,)))
        | one.map(lambda name: Edit(REPEAT, (name,), 4))
        | pairs.map(lambda pair: Edit(ANY_ORDER, pair))
        | st.sampled_from(["x", "y: z"]).map(lambda name: Edit(ALLOW, (name,)))
    )


@given(st.data(), ideals(depth=2), st.booleans())
@examples(60)
def test_whatever_fitted_fits_the_edited_file(data: st.DataObject, root, flow: bool) -> None:
    """Any journey, in brackets or in lines: the text reads back, and allows what it allowed."""
    text = written(root.nodes, next(steps_of(root)).name, flow)
    try:
        before = compiled_journey(text, "journey.yaml")
        changed = edited(text, data.draw(kinds_of(root)))
        assume(changed is not None)
        found = compiled_journey(changed, "journey.yaml")
    except UsageError:
        assume(False)
    assert found.space.labels == before.space.labels
    words = [data.draw(traces(root)) for _ in range(3)]
    fitted, fits = (fitting(one.space, *coded(one.space, words)) for one in (before, found))
    assert not (fitted & ~fits).any()


def test_an_edit_lets_journeys_do_what_it_says() -> None:
    ideal = Sequence((Step("A"), Step("B"), Step("C")))
    text = written(ideal.nodes, "C", flow=False)
    for edit, words in (
        (Edit(OPTIONAL, ("B",)), ["ABC", "AC"]),
        (Edit(REPEAT, ("B",), 3), ["ABC", "ABBC", "ABBBC"]),
        (Edit(ANY_ORDER, ("A", "B")), ["ABC", "BAC"]),
    ):
        space = compiled_journey(after(text, edit), "j").space
        every = ["ABC", "AC", "ABBC", "ABBBC", "ABBBBC", "BAC", "AB", ""]
        fits = fitting(space, *coded(space, [list(word) for word in every]))
        assert [word for word, one in zip(every, fits, strict=True) if one] == words


def test_optional_and_repeated_are_put_around_each_other() -> None:
    text = written((Step("A"), Step("B")), "B", flow=False)
    found = after(text, Edit(REPEAT, ("A",), 2), Edit(OPTIONAL, ("A",)))
    first = parse_journey(found, "j").root.nodes[0]
    assert isinstance(first, Optional) and isinstance(first.node, Repeat)
    assert np.isclose(first.node.max or 0, 2)
