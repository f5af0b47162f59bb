"""Touchpoints: the first rule that matches a whole label names its activity."""

from __future__ import annotations

import fnmatch
import re

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples

from cjmine.errors import Code, UsageError
from cjmine.loaders.folding import web_activity
from cjmine.loaders.touchpoints import Touchpoints
from cjmine.sources import TouchpointRule

HOSTILE = st.text(
    st.sampled_from(list("ab/.*+?()[]{}|^$\\-_ \n\t\0\"'é€😀%&#~`@!=<>,:;AZ09\x01\x7f")), max_size=8
)


def named(rules: list[TouchpointRule], labels: list[str], source: str = "web") -> list[str | None]:
    return Touchpoints(tuple(rules), source).map(pa.array(labels, pa.string())).to_pylist()


def test_the_first_rule_that_matches_wins() -> None:
    """Order decides; what no rule catches stays as it is."""
    rules = [
        TouchpointRule("Start", path="/form/step-1"),
        TouchpointRule("Form", path="/form/step-{n}"),
        TouchpointRule(None, glob="/assets/*"),
        TouchpointRule("Rest of form", glob="/form/*"),
    ]
    labels = ["/form/step-1", "/form/step-2", "/assets/x", "/form/other", "/faq"]
    assert named(rules, labels) == ["Start", "Form", None, "Rest of form", "/faq"]


@pytest.mark.parametrize(
    ("rule", "matches", "others"),
    [
        ({"label": "Call (new)"}, ["Call (new)"], ["Call new", "Call (new) ", "call (new)"]),
        (
            {"path": "/a/{id}/b"},
            ["/a/1/b", "/a/x y/b", "/a/1/b/"],
            ["/a//b", "/a/1/2/b", "/a/1/b/c"],
        ),
        ({"path": "/a/"}, ["/a", "/a/"], ["/a//", "/a/b", "x/a"]),
        ({"path": "/step-{n}.html"}, ["/step-2.html"], ["/step-2xhtml", "/step-.html"]),
        ({"path": "/"}, ["/"], ["/a"]),
        ({"glob": "/a/*"}, ["/a/", "/a/b", "/a/b/c", "/a/\n"], ["/a", "x/a/b"]),
        ({"glob": "in: ?ijlage*"}, ["in: Bijlage 3"], ["in: Bbijlage", "out: Bijlage"]),
        ({"glob": "[a]{b}"}, ["[a]{b}"], ["a{b}", "[a]b"]),
        ({"pattern": "a|b"}, ["a", "b"], ["ab", "xa", "bx"]),
        ({"pattern": "(?i)café \\d+"}, ["CAFÉ 12", "café 1"], ["café", "café 1x"]),
        ({"pattern": "a.c"}, ["abc", "a\nc"], ["ac", "abcd"]),
        ({"pattern": "a"}, ["a"], ["a\n", "\na"]),
        ({"label": ""}, [""], [" ", "\n"]),
    ],
)
def test_each_way_to_match(rule: dict[str, str], matches: list[str], others: list[str]) -> None:
    """A rule matches whole labels, in every way to write it."""
    rules = [TouchpointRule("HIT", **rule)]
    assert named(rules, matches) == ["HIT"] * len(matches)
    assert named(rules, others) == others


@examples(75)
@given(label=HOSTILE, other=HOSTILE)
def test_a_label_rule_matches_itself_and_nothing_else(label: str, other: str) -> None:
    """No sign in a label means anything."""
    expected = ["\1HIT" if one == label else one for one in (label, other)]
    assert named([TouchpointRule("\1HIT", label=label)], [label, other]) == expected


@examples(75)
@given(glob=HOSTILE.map(lambda text: text.replace("[", "")), label=HOSTILE)
def test_globs_agree_with_the_standard_library(glob: str, label: str) -> None:
    """`*` and `?` mean what they mean in file names; brackets mean themselves here."""
    hit = fnmatch.fnmatchcase(label, glob)
    assert named([TouchpointRule("\1HIT", glob=glob)], [label]) == ["\1HIT" if hit else label]


@examples(50)
@given(before=HOSTILE, after=HOSTILE, part=HOSTILE)
def test_path_templates_take_one_part(before: str, after: str, part: str) -> None:
    """{name} stands for one part that is not empty and has no slash."""
    if re.search(r"\{\w+\}", before + "{x}" + after) is None or "{" in before + after:
        return
    rule = TouchpointRule("\1HIT", path="/" + before + "{x}" + after)
    label = "/" + before + part + after.rstrip("/")
    if part and "/" not in part:
        assert named([rule], [label]) == ["\1HIT"]


def test_rules_of_another_source_are_passed_over() -> None:
    """A rule without a source holds for all."""
    rules = [TouchpointRule("Web", source="web", label="a"), TouchpointRule("Any", label="a")]
    assert named(rules, ["a"], "web") == ["Web"]
    assert named(rules, ["a"], "call") == ["Any"]


def test_null_labels_stay_null_and_batches_share_names() -> None:
    """One set of rules serves all batches of a file, plain or dictionary-coded."""
    touchpoints = Touchpoints((TouchpointRule("A", label="a"),), "web")
    first = touchpoints.map(pa.array(["a", None, "b"]))
    second = touchpoints.map(pa.array(["c", "b", None, "a"]).dictionary_encode())
    assert first.to_pylist() == ["A", None, "b"]
    assert second.to_pylist() == ["c", "b", None, "A"]
    assert touchpoints.map(pa.array([], pa.string())).to_pylist() == []
    assert touchpoints.map(pa.array([None, None], pa.string())).to_pylist() == [None, None]


def test_a_slice_of_a_column_is_mapped_as_it_stands() -> None:
    """Arrow columns may begin in the middle of their memory."""
    labels = pa.array(["x", "a", None, "b"])
    touchpoints = Touchpoints((TouchpointRule("A", label="a"),), "web")
    assert touchpoints.map(labels[1:]).to_pylist() == ["A", None, "b"]
    assert touchpoints.map(labels.dictionary_encode()[1:3]).to_pylist() == ["A", None]


def test_two_labels_of_one_activity_are_one_activity() -> None:
    """The dictionary holds each activity once."""
    rules = (TouchpointRule("Form", glob="/form/*"), TouchpointRule("Form", label="form"))
    mapped = Touchpoints(rules, "web").map(pa.array(["/form/1", "form", "/form/2", "Form"]))
    assert mapped.dictionary.to_pylist() == ["Form"]


def test_the_default_names_what_no_rule_catches() -> None:
    """Rules see the raw label, the default does the rest; None leaves the row out."""
    touchpoints = Touchpoints(
        (TouchpointRule("Seven", label="/order/7"),), "web", lambda label: web_activity(label)
    )
    assert touchpoints.map(pa.array(["/order/7", "/order/8"])).to_pylist() == [
        "Seven",
        "/order/{id}",
    ]
    assert Touchpoints((), "mail", lambda _: None).map(pa.array(["x"])).to_pylist() == [None]


@pytest.mark.parametrize("pattern", ["(", "a(?=b)", r"(a)\1", "[z-a]", "a**", "(?P<n"])
def test_an_invalid_pattern_is_refused_at_once(pattern: str) -> None:
    """C102 before any row is read; RE2 has no look-around and no back-references."""
    with pytest.raises(UsageError) as caught:
        Touchpoints((TouchpointRule("Form", pattern=pattern),), "web")
    assert caught.value.code is Code.CONFIG_VALUE
    assert "Form" in caught.value.problems[0].message


def test_no_pattern_takes_for_ever() -> None:
    """A pattern that ruins other engines is linear here."""
    rule = TouchpointRule("HIT", pattern="(a+)+b")
    assert named([rule], ["a" * 5000]) == ["a" * 5000]


@pytest.mark.parametrize(
    ("path", "activity"),
    [
        ("/", "/"),
        ("/faq/", "/faq"),
        ("/order/12345", "/order/{id}"),
        ("/order/12345/items/67", "/order/{id}/items/{id}"),
        ("/u/0b1c2d3e-0f10-4a2b-8c3d-123456789abc/x", "/u/{id}/x"),
        ("/c/deadbeef00", "/c/{id}"),
        ("/reset/QWxhZGRpbjpvcGVuIHNlc2FtZQ1", "/reset/{id}"),
        ("/user/jan@example.nl", "/user/{id}"),
        ("/user/jan%40example.nl/edit", "/user/{id}/edit"),
        ("/blog/2024-in-review", "/blog/2024-in-review"),
        ("/decade", "/decade"),
        ("/feedface", "/feedface"),
        ("POST /order/7", "POST /order/{id}"),
        # long words with a digit are words
        ("/stap-1-persoonsgegevens", "/stap-1-persoonsgegevens"),
        ("/presentations/logstash-monitorama-2013", "/presentations/logstash-monitorama-2013"),
        ("/Uitkering2025AanvragenVoorOuders", "/Uitkering2025AanvragenVoorOuders"),
        ("/iso27001-certificering-aanvragen", "/iso27001-certificering-aanvragen"),
        (
            "/formulier_2b_overlijdensrisicoverzekering",
            "/formulier_2b_overlijdensrisicoverzekering",
        ),
        ("/nieuws/20250304-opening", "/nieuws/20250304-opening"),
        # what looks random folds, with and without digits, and alone where words are beside it
        ("/sessie/lit3py55t21z5v55vlm25s55/stap", "/sessie/{id}/stap"),
        ("/reset/xkcdqwrtzpvb", "/reset/{id}"),
        ("/v/dQw4w9WgXcQ", "/v/{id}"),
        ("/t/eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0", "/t/{id}"),
        ("/winkel/PHPSESSID=4f2c0d9a8b7e6f5d4c3b2a1908f7e6d5/kassa", "/winkel/{id}/kassa"),
        ("/winkel/sid=7/kassa", "/winkel/{id}/kassa"),
        ("/folder-4f2c0d9a8b.pdf", "/folder-{id}.pdf"),
        ("/klant-1234567/gegevens", "/klant-{id}/gegevens"),
        ("/#/stap/2", "/#/stap/{id}"),
        ("/123", "/{id}"),
        ("-", "-"),
    ],
)
def test_web_paths_lose_what_identifies_somebody(path: str, activity: str) -> None:
    """Numbers, UUIDs, hashes, addresses and tokens fold; words stay."""
    assert web_activity(path) == activity
    assert web_activity(activity) == activity
