"""Rules that are proposed for raw labels: what they rest on, and how they are called."""

from __future__ import annotations

import numpy as np
import pytest

from cjmine.touchpoints.folders import folders_of
from cjmine.touchpoints.label_counts import LabelCount, Named, SourceLabels
from cjmine.touchpoints.proposals import Proposal, propose


def met(label: str, *customers: int, raw: tuple[str, ...] = ()) -> LabelCount:
    """A label that each of these customers met once."""
    who = np.array(customers, np.int64)
    return LabelCount(label, len(who), Named.LEFT_OVER, None, raw or (label,), who)


def proposed(*labels: LabelCount) -> tuple[Proposal, ...]:
    return propose(SourceLabels("web", labels, "path"), min_group=10)


def one_each(folder: str, count: int, first: int = 0) -> list[LabelCount]:
    """Pages of a folder, each met by one customer only."""
    return [met(f"{folder}/page-{who}", who) for who in range(first, first + count)]


def test_a_folder_of_enough_customers_is_proposed() -> None:
    """Ten customers, each on a page of their own: no page is named, their folder is."""
    (only,) = proposed(*one_each("/blog", 10))
    assert (only.rule.glob, only.rule.activity) == ("/blog/*", "Blog: other")
    assert (only.events, only.named) == (10, 10)


def test_a_folder_of_too_few_customers_counts_in_the_one_above() -> None:
    """Nine in /blog/a and one in /blog/b: neither is named, and /blog is."""
    assert folders_of([*one_each("/blog/a", 9), *one_each("/blog/b", 1, 9)], 10) == ("/blog",)


def test_customers_are_counted_once() -> None:
    """One customer on fifty pages is one customer."""
    assert folders_of([met(f"/blog/{page}", 7) for page in range(50)], 10) == ()


def test_what_is_left_of_a_folder_counts_without_what_lies_deeper() -> None:
    """Nine customers beside a named subfolder are too few: that would tell about them."""
    deep = one_each("/blog/tags", 20)
    assert folders_of([*deep, *one_each("/blog", 9)], 10) == ("/blog/tags",)
    assert folders_of([*deep, *one_each("/blog", 30)], 10) == ("/blog/tags", "/blog")


def test_the_largest_folder_comes_first_and_the_root_last() -> None:
    """A rule behind another gets what that one left."""
    labels = [*one_each("/a", 11), *one_each("/b", 12), *one_each("", 40)]
    assert folders_of(labels, 10) == ("/b", "/a", "")
    assert proposed(*one_each("", 10))[0].rule.activity == "Other pages"


def test_parts_that_differ_for_everybody_end_a_folder() -> None:
    """/order/{id}/ is not one folder; a personal one is none at all."""
    assert folders_of([met(f"/order/{{id}}/x{who}", who) for who in range(10)], 10) == ("/order",)
    mine = one_each("/team/jan@example.nl", 10)
    assert folders_of(mine, 10) == ("/team",)


def test_other_methods_have_folders_of_their_own() -> None:
    """Sending is not looking."""
    (only,) = proposed(*one_each("POST /shop", 10))
    assert (only.rule.glob, only.rule.activity) == ("POST /shop/*", "Shop: other (sent)")


def test_a_path_with_and_without_a_slash_is_one_touchpoint() -> None:
    """Both spellings of a page that many meet are caught by one rule of its own."""
    (only,) = proposed(met("/projects", *range(12), raw=("/projects", "/projects/")))
    assert (only.rule.path, only.events) == ("/projects", 12)


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("/blog/tags/jquery%20mobile", "Blog tags jquery mobile"),
        ("/caf%C3%A9", "Caf\u00e9"),
        ("/bad%FF", "Bad%FF"),
        ("/line%0Aend", "Line%0Aend"),
    ],
)
def test_percent_coded_labels_are_decoded_for_the_name(label: str, name: str) -> None:
    """Only where that gives letters that can be read; the rule itself keeps the raw label."""
    (only,) = proposed(met(label, *range(10)))
    assert (only.rule.label, only.rule.activity) == (label, name)


def test_customers_of_a_topic_are_counted_together() -> None:
    """Ten customers complain, each on a page of their own; nine would be too few."""
    pages = [met(f"/{who}x/klacht", who) for who in range(10)]
    assert [one.rule.activity for one in proposed(*pages)] == ["Complaint"]
    assert proposed(*pages[:9]) == ()
