"""Ideas whose journeys differ by few customers are not shown beside each other."""

from __future__ import annotations

import pytest
from ideas.logs import ideal, rows_of, week
from strategies import log_from

from cjmine.ideas.file import parse_register
from cjmine.results.ideas import Ideas, Lack
from cjmine.verbs.ideas import ideas
from cjmine.verbs.settings import JudgedSettings

WEEKS = 26
BEGUN = f"title: x, step: Cart, metric: drop-off, status: running, since: {week(20)}"


def measured(*lines: str, app: int = 1, left: int = 0) -> Ideas:
    """40 customers a week on the web, of whom 20 leave, and some in the app."""
    web = rows_of([20] * WEEKS)
    other = [(f"a{who}", *rest) for who, *rest in rows_of([left] * WEEKS, app)]
    log = log_from([*web, *other], [*["web"] * len(web), *["app"] * len(other)])
    text = "ideas:\n" + "".join(f"  - {{{line}, expected: -5 pp}}\n" for line in lines)
    return ideas(log, ideal(), parse_register(text, "x"), JudgedSettings(min_group=10))


EVERY, WEB = f"id: A, {BEGUN}", f"id: B, {BEGUN}, where: {{channel: web}}"


def test_a_part_that_leaves_out_few_is_not_shown_beside_the_whole() -> None:
    """Six customers of the app came in the weeks after: nobody may know that none of them left."""
    whole, part = measured(EVERY, WEB).ideas
    assert (whole.lack, part.lack) == (None, Lack.NEAR)
    assert part.measured is not None and part.measured.after.of is None
    assert part.measured.naive is None
    part, whole = measured(WEB, EVERY).ideas
    assert (part.lack, whole.lack) == (None, Lack.NEAR)


@pytest.mark.parametrize("left, is_near", [(0, False), (1, True), (4, False), (9, True)])
def test_many_who_are_left_out_may_be_known_unless_few_of_them_leave(
    left: int, is_near: bool
) -> None:
    """Of 60 in the app after, 6 leave, none, 24, or all but 6."""
    _, part = measured(EVERY, WEB, app=10, left=left).ideas
    assert (part.lack is Lack.NEAR) is is_near


def test_other_measures_and_other_weeks_are_not_near() -> None:
    other = f"id: C, {BEGUN}, where: {{channel: web}}".replace("Cart", "Search")
    assert [one.lack is Lack.NEAR for one in measured(EVERY, other).ideas] == [False, False]
    same = measured(EVERY, EVERY.replace("id: A", "id: D")).ideas
    assert same[0].measured == same[1].measured
