"""PNML as tools write it: silent transitions, pages, markings, arcs that inhibit."""

from __future__ import annotations

from pathlib import Path

import pytest
from ideal.drawn import traces

from cjmine.errors import Code, UsageError
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ideal.model_in import read_model


def place(key: str, tokens: int = 0) -> str:
    marking = f"<initialMarking><text>{tokens}</text></initialMarking>" if tokens else ""
    return f'<place id="{key}">{marking}</place>'


def transition(key: str, name: str | None = None, inside: str = "") -> str:
    said = "" if name is None else f"<name><text>{name}</text></name>"
    return f'<transition id="{key}">{said}{inside}</transition>'


def arcs(written: str, inside: str = "") -> str:
    """`p > t > q`: an arc for each arrow."""
    found = []
    for chain in written.split(","):
        parts = [one.strip() for one in chain.split(">")]
        for one, other in zip(parts, parts[1:], strict=False):
            found.append(f'<arc id="{one}-{other}" source="{one}" target="{other}">{inside}</arc>')
    return "".join(found)


def final(**tokens: int) -> str:
    places = "".join(
        f'<place idref="{key}"><text>{count}</text></place>' for key, count in tokens.items()
    )
    return f"<finalmarkings><marking>{places}</marking></finalmarkings>"


def net(inside: str, key: str = "n") -> str:
    return f'<net id="{key}" type="http://www.pnml.org/version-2009/grammar/pnmlcoremodel">{inside}</net>'


def read(folder: Path, *nets: str, pool: str | None = None) -> CompiledIdeal:
    file = folder / "model.pnml"
    file.write_text(f"<pnml>{''.join(nets)}</pnml>", encoding="utf-8")
    return read_model(file, "model.pnml", pool)


def skipping(middle: str) -> str:
    """A, then B or what is in the middle, then C."""
    return net(
        place("p", 1)
        + place("q")
        + place("r")
        + place("z")
        + transition("a", "A")
        + transition("b", "B")
        + middle
        + transition("c", "C")
        + arcs("p > a > q > b > r > c > z, q > t > r")
        + final(z=1)
    )


SILENT = [
    None,
    "",
    "  ",
    "tau",
    "τ",
    "TAU_3",
    "tau from tree 5",
    "tau split",
    "invisible",
    "silent-2",
]


@pytest.mark.parametrize("name", SILENT)
def test_a_silent_transition(tmp_path: Path, name: str | None) -> None:
    found = read(tmp_path, skipping(transition("t", name)))
    assert traces(found.space) == {"A B C", "A C"}
    noted = [note for note in found.notes if note.code is Code.MODEL_READ]
    assert len(noted) == bool(name and name.strip())


def test_what_prom_calls_invisible_is_silent(tmp_path: Path) -> None:
    tool = '<toolspecific tool="ProM" version="6.4" activity="$invisible$"/>'
    found = read(tmp_path, skipping(transition("t", "skip B", tool)))
    assert traces(found.space) == {"A B C", "A C"}


@pytest.mark.parametrize("name", ["Taurus", "tau", "Silent night", "invisible mending"])
def test_a_step_that_only_begins_so_is_one(tmp_path: Path, name: str) -> None:
    steps = {one.name for one in read(tmp_path, skipping(transition("t", name))).journey.steps}
    assert (name in steps) == (name != "tau")


def test_a_name_with_a_line_break(tmp_path: Path) -> None:
    found = read(tmp_path, skipping(transition("t", "Pass on\n  the reading")))
    assert "A Pass on the reading C" in traces(found.space)


ROW = transition("a", "A") + transition("b", "B") + arcs("p > a > q > b > r")
PLACES = place("q") + place("r")


def test_a_net_without_final_marking_ends_in_its_last_places(tmp_path: Path) -> None:
    found = read(tmp_path, net(place("p", 1) + PLACES + ROW))
    assert traces(found.space) == {"A B"}
    assert "it ends in its last place" in found.notes[-1].text


def test_a_choice_of_last_places(tmp_path: Path) -> None:
    both = transition("a", "A") + transition("b", "B") + arcs("p > a > q, p > b > r")
    assert traces(read(tmp_path, net(place("p", 1) + PLACES + both)).space) == {"A", "B"}


def test_a_net_without_initial_marking_begins_in_its_first_place(tmp_path: Path) -> None:
    found = read(tmp_path, net(place("p") + PLACES + ROW + final(r=1, p=0)))
    assert traces(found.space) == {"A B"}
    assert "it begins in its first place" in found.notes[-1].text


def test_several_final_markings(tmp_path: Path) -> None:
    ends = final(q=1) + final(r=1)
    assert traces(read(tmp_path, net(place("p", 1) + PLACES + ROW + ends)).space) == {"A", "A B"}


def test_pages_and_references(tmp_path: Path) -> None:
    text = net(
        f'<page id="g">{place("p", 1)}{transition("a", "A")}{arcs("p > a")}'
        f'<page id="h">{place("q")}{transition("b", "B")}'
        '<referenceTransition id="same" ref="a"/></page></page>'
        + place("r")
        + arcs("same > q > b > r")
    )
    assert traces(read(tmp_path, text).space) == {"A B"}


def test_arcs_that_weigh_inhibit_and_reset(tmp_path: Path) -> None:
    two = "<inscription><text>2</text></inscription>"
    inhibitor = "<arctype><text>inhibitor</text></arctype>"
    weighing = net(
        place("p", 2) + PLACES + transition("a", "A") + arcs("p > a", two) + arcs("a > r")
    )
    assert traces(read(tmp_path, weighing).space) == {"A"}
    waiting = net(
        place("p", 1)
        + place("x", 1)
        + PLACES
        + transition("a", "A")
        + transition("b", "B")
        + arcs("p > a > q, x > b > r")
        + arcs("x > a", inhibitor)
    )
    assert traces(read(tmp_path, waiting).space) == {"B A"}


def test_several_nets_are_asked_about(tmp_path: Path) -> None:
    nets = [net(place("p", 1) + PLACES + ROW, key) for key in ("one", "two")]
    with pytest.raises(UsageError) as asked:
        read(tmp_path, *nets)
    assert asked.value.problems[0].message == 'the model has 2 nets: 1 "one", 2 "two"'
    assert traces(read(tmp_path, *nets, pool="two").space) == {"A B"}


@pytest.mark.parametrize(
    ("inside", "element"),
    [
        (place("p", 1) + arcs("p > gone"), 'arc "p-gone"'),
        (place("p", 1) + place("q") + arcs("p > q"), 'arc "p-q"'),
        (place("p", 99), 'place "p"'),
        (place("p", 1) + final(gone=1), 'place "gone"'),
        (place("p") + transition("a", "A") + arcs("p > a > p"), "something leads to every place"),
        (place("p", 1) + transition("a", "A") + arcs("p > a > p, a > p"), 'place "p"'),
        (place("p", 1) + PLACES + ROW + final(q=1, r=1), 'place "r"'),
    ],
)
def test_a_refusal_names_the_element(tmp_path: Path, inside: str, element: str) -> None:
    with pytest.raises(UsageError) as refused:
        read(tmp_path, net(inside))
    problem = refused.value.problems[0]
    assert element in problem.cause
    assert problem.remedy
