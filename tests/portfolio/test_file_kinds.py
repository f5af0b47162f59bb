"""A file of another kind is one mistake, not one a key."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from portfolio.folders import ORDER

from cjmine.errors import UsageError
from cjmine.ideal.file import parse_journey
from cjmine.ideas.file import parse_register
from cjmine.ideas.insights import parse_insights
from cjmine.portfolio.file import parse_portfolio

FILES: dict[str, str] = {
    "a journey file": ORDER,
    "a portfolio": "{lifecycle: [Use], journeys: [{journey: a.yaml}]}",
    "a register of ideas": "{ideas: [{id: M-1, title: Say it}]}",
    "a file of insights": "{insights: [{what: Nobody reads it}]}",
}
READERS: dict[str, Callable[[str, str], object]] = {
    "a journey file": parse_journey,
    "a portfolio": parse_portfolio,
    "a register of ideas": parse_register,
    "a file of insights": parse_insights,
}


@pytest.mark.parametrize("found", FILES)
@pytest.mark.parametrize("wanted", READERS)
def test_each_reader_names_what_it_was_given(wanted: str, found: str) -> None:
    if wanted == found:
        assert READERS[wanted](FILES[found], "x.yaml")
        return
    with pytest.raises(UsageError) as raised:
        READERS[wanted](FILES[found], "x.yaml")
    (problem,) = raised.value.problems
    assert problem.message == f"this is {found}, and {wanted} is needed"
    assert problem.code.value == "J106" and problem.remedy and problem.place.line
