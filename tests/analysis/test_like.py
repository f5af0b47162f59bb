"""Like journeys: landmarks by hand, an oracle in plain Python, and the same counts for any parts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import pytest
from analysis.test_check_parts import JOURNEY as SHOP
from analysis.test_check_parts import shop_logs
from hypothesis import given
from hypothesis import strategies as st
from notation import log
from worlds import NEVER, repeaters

from cjmine.analysis.compared_part import AskOutline, Moments, outline, prepared, rules_of
from cjmine.analysis.contacts import contacts_of
from cjmine.analysis.like.after import trials_after_events
from cjmine.analysis.like.counts import (
    ALONE,
    WITH,
    WITHOUT,
    ItemStrata,
    all_trials,
    compared_trials,
    swayed,
    tallied,
)
from cjmine.analysis.like.items import having_items
from cjmine.analysis.like.kinds import (
    CONTACTS_BEFORE,
    GIVEN_UP,
    AskBegins,
    AskLike,
    Digits,
    count_begins,
    pooled,
)
from cjmine.analysis.like.shown import shown_items
from cjmine.analysis.like.stuck import is_stuck
from cjmine.analysis.like.trials import (
    BUCKETS,
    SINCE,
    Family,
    Held,
    Landmarks,
    Surroundings,
    Trials,
    surroundings,
)
from cjmine.analysis.strata import Mix, standardised
from cjmine.conformance.states import State
from cjmine.counting.packed import packed, unpacked
from cjmine.eventlog.log import EventLog
from cjmine.ideal.compiled import CompiledIdeal, compile_ideal
from cjmine.ideal.deviations import DeviationClass
from cjmine.ideal.file import parse_journey

HOUR = 3_600_000_000
LINE = """
journey: order
goal: Pay
exits: [Stop]
deadline: 10d
stages:
  - stage: One
    steps:
      - Search
      - step: Cart
        channel: web
        failed: {column: status, is: bad}
      - step: Mail
        within: {max: 1d, after: Cart}
      - Pay
allow: [News]
"""
IDEAL = compile_ideal(parse_journey(LINE, "journey.yaml"))


def part_of(events: EventLog, ideal: CompiledIdeal):
    return prepared(events, rules_of(ideal))


def question(part, ideal: CompiledIdeal) -> AskLike:
    known = outline(part, AskOutline(None))
    names = AskBegins(known.activities, known.channels)
    begins = count_begins(part, names)
    full_time = known.full_time(ideal.journey.deadline).value
    return AskLike(
        Moments(None, known.first or 0, known.last or 0, full_time),
        *(names, contacts_of(("Call",), ideal.journey)),
        *(pooled(begins.activity), pooled(begins.channel), np.zeros(0, np.int64), ()),
    )


def about_of(text: str) -> Surroundings:
    """Journeys beside the ideal of this file; the last customer's events end the observation."""
    part = part_of(log(text + "\nzed: Search@40d"), IDEAL)
    return surroundings(part, question(part, IDEAL))


@dataclass(frozen=True)
class Side:
    """The customers at one landmark, by number in the order of the text."""

    landmark: tuple[Family, str, int]
    having: tuple[int, ...]
    without: tuple[int, ...]


def sides(about: Surroundings, of_class: DeviationClass, name: str) -> list[Side]:
    """Where journeys first have an item, and with whom they are compared there."""
    trials = all_trials(about)
    item = next(
        number
        for number in range(len(about.items))
        if (one := about.items.read(number)).of_class is of_class and one.name == name
    )
    held = np.flatnonzero(trials.held.item == item)
    first = trials.held.trial[held[trials.held.is_first[held]]]
    any_of = trials.held.trial[held]
    mark = about.landmark_of(trials.stratum)
    places = about.items.places
    found = []
    for one in sorted(set(mark[first].tolist())):
        read = about.marks.read(one)
        is_begin = read.family is Family.AFTER and read.place == about.marks.steps
        label = "(begin)" if is_begin else places[read.place]
        at = np.flatnonzero(mark == one)
        found.append(
            Side(
                (read.family, label, read.number),
                tuple(trials.journey[np.intersect1d(at, first)].tolist()),
                tuple(trials.journey[np.setdiff1d(at, any_of)].tolist()),
            )
        )
    return found


def test_an_unexpected_touchpoint_is_compared_with_what_others_do_next() -> None:
    """Ann has Help after Search; bob something else, dan nothing; cat has it only after two more.

    Eve pays right away, which is a next event as well.
    """
    about = about_of(
        """
        ann: Search Help Cart Mail Pay
        bob: Search Cart Mail Pay
        cat: Search News News Help
        dan: Search
        eve: Search Pay
        """
    )
    found = sides(about, DeviationClass.UNEXPECTED, "Help")
    assert found == [
        Side((Family.AFTER, "Search", 0), (0,), (1, 2, 4)),
        # One or two events after Search, ann has had it already: only cat is there.
        Side((Family.AFTER, "Search", 1), (2,), ()),
    ]


def test_who_had_it_before_is_on_neither_side() -> None:
    about = about_of("ann: Search Help Cart Help Mail\nbob: Search Cart Help Mail")
    assert sides(about, DeviationClass.UNEXPECTED, "Help") == [
        Side((Family.AFTER, "Search", 0), (0,), (1,)),
        Side((Family.AFTER, "Cart", 0), (1,), ()),
    ]


def test_what_opens_a_journey_has_no_comparables() -> None:
    about = about_of("ann: Help Search Cart Help\nbob: Search Cart Mail")
    assert sides(about, DeviationClass.UNEXPECTED, "Help") == []


def test_what_comes_after_the_goal_or_an_exit_is_not_compared() -> None:
    about = about_of("ann: Search Pay Help\nbob: Search Stop Help Cart\ncat: Search Cart")
    assert sides(about, DeviationClass.UNEXPECTED, "Help") == []


def test_a_repeated_step_shows_at_its_second_event() -> None:
    about = about_of("ann: Search Search Cart\nbob: Search Cart\ncat: Search")
    assert sides(about, DeviationClass.REPEATED, "Search") == [
        Side((Family.AFTER, "Search", 0), (0,), (1,))
    ]


def test_a_skipped_step_is_compared_at_the_first_later_one() -> None:
    """Dan came to Cart and left; eve skipped it on the way to the goal, where all is decided."""
    about = about_of(
        """
        ann: Search Mail Pay
        bob: Search Cart Mail
        cat: Search Cart Mail Pay
        dan: Search Cart
        eve: Search Pay
        """
    )
    mail = about.items.steps.index("Mail")
    assert sides(about, DeviationClass.SKIPPED, "Cart") == [
        Side((Family.LATER, "Cart", mail), (0,), (1, 2))
    ]


def test_lateness_is_compared_when_the_limit_passes() -> None:
    """Bob had paid by then; dan left for good; eve never gets the mail: on neither side."""
    about = about_of(
        """
        ann: Search@0d Cart@1d Mail@3d Pay@4d
        bob: Search@0d Cart@1d Mail@30h Pay@31h
        cat: Search@0d Cart@1d Mail@30h Pay@3d
        dan: Search@0d Cart@1d Stop@28h
        eve: Search@0d Cart@1d
        """
    )
    assert sides(about, DeviationClass.LATE, "Mail") == [
        Side((Family.LIMIT, "Mail", 0), (0,), (2,))
    ]
    trials = all_trials(about)
    late = about.landmark_of(trials.stratum) == about.marks.first(
        Family.LIMIT, about.items.steps.index("Mail")
    )
    assert (trials.moment[late] == 48 * HOUR).all()


def test_failures_and_channels_are_compared_attempt_by_attempt() -> None:
    about = about_of(
        """
        ann: Search Cart@web@status=bad Cart@web@status=ok Mail
        bob: Search Cart@web@status=ok Cart@web@status=bad
        cat: Search Cart@call@status=ok Mail
        dan: Search Cart@web@status=ok Cart@web@status=ok
        """
    )
    assert sides(about, DeviationClass.FAILED, "Cart") == [
        Side((Family.ATTEMPT, "Cart", 0), (0,), (1, 2, 3)),
        Side((Family.ATTEMPT, "Cart", 1), (1,), (3,)),
    ]
    assert sides(about, DeviationClass.WRONG_CHANNEL, "Cart") == [
        Side((Family.CHANNEL, "Cart", 0), (2,), (0, 1, 3))
    ]


def test_the_lost_are_beside_those_that_went_on() -> None:
    about = about_of("ann: Search Cart\nbob: Search Cart Mail\ncat: Search\ndan: Search Cart Stop")
    assert sides(about, DeviationClass.ABANDONED, "Cart") == [
        Side((Family.LOSS, "Cart", 0), (0,), (1,))
    ]


def test_contacts_before_and_rare_begins_make_kinds() -> None:
    about = about_of("ann: Search Call Call Cart Help Mail\nbob: Search Cart Help Mail")
    trials = trials_after_events(about)
    at = about.landmark_of(trials.stratum) == about.marks.first(Family.AFTER, 1)
    assert (trials.stratum[at] % CONTACTS_BEFORE).tolist() == [2, 0]
    assert pooled(np.array([30, 1, 0, 69])).tolist() == [1, 0, 0, 2]
    assert pooled(np.zeros(0, np.int64)).tolist() == []


def test_who_is_stuck_is_compared_with_who_is_stuck() -> None:
    """Ann and bob failed at Cart, cat did not; dan failed, and then it worked."""
    about = about_of(
        """
        ann: Search Cart@web@status=bad Help
        bob: Search Cart@web@status=bad News Mail
        cat: Search Cart@web@status=ok Mail
        dan: Search Cart@web@status=bad Cart@web@status=ok Mail
        """
    )
    assert sides(about, DeviationClass.UNEXPECTED, "Help") == [
        Side((Family.AFTER, "Cart", BUCKETS), (0,), (1, 3))
    ]
    ends = is_stuck(about.facts)[about.facts.comparison.journeys.starts[1:-1] - 1]
    assert ends.tolist() == [True, False, False, False]


def test_landmarks_have_numbers_of_their_own() -> None:
    marks = Landmarks(steps=3, choices=2)
    read = [marks.read(one) for one in range(len(marks))]
    assert len(set(read)) == len(marks)
    for one in read:
        assert read[marks.first(one.family, one.place) + one.number] == one


# Worlds.


def test_repeaters_are_not_compared_with_those_who_left_at_once() -> None:
    """A harm of 8 points looks like a gain, unless both sides are still there after the step."""
    right = wrong = 0
    for seed in range(5):
        world = repeaters(seed, 2000)
        did, stays = world.repeated != NEVER, world.following != NEVER
        second = np.where(did, "Search", "Cart")
        text = [
            f"c{one:04}: Search"
            + (f" {second[one]}" + " Pay" * int(world.has[one])) * int(stays[one])
            for one in range(2000)
        ]
        about = about_of("\n".join(text))
        trials = all_trials(about)
        outcome = (about.facts.state[trials.journey] == State.COMPLETED).astype(np.int64)
        item = about.items.begin(DeviationClass.REPEATED)
        found = standardised(tallied(trials, outcome).strata(item).strata, Mix.SECOND)
        assert found.second_journeys == np.count_nonzero(did)
        right += found.value < 0
        wrong += world.has[did].mean() > world.has[~did].mean()
    assert (right, wrong) == (5, 5)


# Laws.


def oracle(about: Surroundings) -> dict[tuple[int, int, int], tuple[list[int], list[int]]]:
    """Trials after events in plain Python: had before, and shows next, by journey and landmark."""
    comparison = about.facts.comparison
    journeys, steps = comparison.journeys, about.items.steps
    shown = shown_items(about.facts, about.items)
    shows = defaultdict(list)
    for item, event in zip(shown.item.tolist(), shown.event.tolist(), strict=True):
        shows[event].append(item)
    found: dict[tuple[int, int, int], tuple[list[int], list[int]]] = {}
    for journey in np.flatnonzero(about.facts.is_counted).tolist():
        places = range(journeys.starts[journey], journeys.starts[journey + 1])
        is_after = comparison.states.is_after
        way = [one for one in places if not journeys.is_survey[one] and not is_after[one]]
        had = list(shows[way[0]]) if way and way[0] < about.end[journey] else []
        furthest = since = 0
        for number, (place, following) in enumerate(zip(way, way[1:], strict=False)):
            if place >= about.end[journey]:
                break
            name = journeys.activities[journeys.activity[place]]
            reached = max(furthest, steps.index(name) + 1 if name in steps else 0)
            since = 0 if reached > furthest or not number else since + 1
            furthest = reached
            bucket = sum(since >= bound for bound in SINCE)
            _, next_ones = found.setdefault((journey, furthest, bucket), (list(had), []))
            if following < about.end[journey]:
                next_ones += shows[following]
                had += shows[following]
    return found


@given(shop_logs())
def test_trials_after_events_are_those_of_an_oracle(events: EventLog) -> None:
    ideal = compile_ideal(parse_journey(SHOP, "journey.yaml"))
    part = part_of(events, ideal)
    about = surroundings(part, question(part, ideal))
    trials = trials_after_events(about)
    held = defaultdict(list)
    for trial, item, is_first in zip(
        *(one.tolist() for one in (trials.held.trial, trials.held.item, trials.held.is_first)),
        strict=True,
    ):
        held[trial, is_first].append(item)
    known = oracle(about)
    assert len(trials) == len(known)
    for number in range(len(trials)):
        mark = about.marks.read(int(about.landmark_of(trials.stratum[number])))
        furthest = 0 if mark.place == about.marks.steps else mark.place + 1
        key = (int(trials.journey[number]), furthest, mark.number % BUCKETS)
        had, shows_next = known[key]
        assert sorted(held[number, True]) == sorted(shows_next)
        assert sorted(held[number, False]) == sorted(had)


@given(shop_logs(), st.integers(1, 24))
def test_parts_give_the_same_counts(events: EventLog, parts: int) -> None:
    ideal = compile_ideal(parse_journey(SHOP, "journey.yaml"))
    whole = part_of(events, ideal)
    asked = question(whole, ideal)

    def trials_of(part):
        about = surroundings(part, asked)
        trials = all_trials(about)
        outcome = (about.facts.state[trials.journey] == State.COMPLETED).astype(np.int64)
        return about, trials, outcome

    about, trials, outcome = trials_of(whole)
    counts = tallied(trials, outcome)
    some = [trials_of(part_of(one.read(), ideal)) for one in events.parts(parts)]
    together = tallied(*some[0][1:])
    for one in some[1:]:
        together += tallied(*one[1:])
    kind = type(together)
    assert packed(together) == packed(counts) == packed(unpacked(packed(counts), kind))
    items = tuple(
        counts.strata(one) for one in sorted(set(having_items(about.facts, about.items)[0]))
    )
    known = swayed(trials, outcome, about.facts.customer, items)
    again = [swayed(one[1], one[2], one[0].facts.customer, items) for one in some]
    found = again[0]
    for one in again[1:]:
        found += one
    assert packed(found) == packed(known)
    for place, one in enumerate(items):
        supported = one.strata.supported
        assert (one.strata.of >= 0).all()
        sides = [int(known.sides.count[3 * place + side]) for side in (WITHOUT, WITH, ALONE)]
        assert sides[WITHOUT] == one.strata.of[supported].sum()
        assert sides[WITH] == one.strata.second_of[supported].sum()


@given(shop_logs())
def test_each_journey_has_an_item_once_and_never_more_journeys_than_check(events: EventLog) -> None:
    ideal = compile_ideal(parse_journey(SHOP, "journey.yaml"))
    part = part_of(events, ideal)
    about = surroundings(part, question(part, ideal))
    trials, (item, journey) = all_trials(about), having_items(about.facts, about.items)
    pairs = set(zip(item.tolist(), journey.tolist(), strict=True))
    held = trials.held
    first = [
        (one, int(trials.journey[trial]))
        for one, trial, is_first in zip(
            held.item.tolist(), held.trial.tolist(), held.is_first.tolist(), strict=True
        )
        if is_first
    ]
    assert len(first) == len(set(first))
    assert set(first) <= pairs


def test_without_counted_journeys_there_are_no_trials() -> None:
    part = part_of(log("ann: Search"), IDEAL)
    about = surroundings(part, question(part, IDEAL))
    trials = all_trials(about)
    assert len(trials) == 0
    counts = tallied(trials, np.zeros(0, np.int64))
    assert len(counts.strata(0).stratum) == 0
    assert swayed(trials, np.zeros(0, np.int64), about.facts.customer, ()).swayed == ()


# How much is held equal.


def kinds_as_text(item: ItemStrata, digits: Digits) -> list[tuple[int, int]]:
    """The first touchpoint and the month of each stratum."""
    rest = item.stratum // CONTACTS_BEFORE // digits.channels
    entry, month = rest % digits.entries, rest // digits.entries // digits.columns % digits.months
    return list(zip(entry.tolist(), month.tolist(), strict=True))


@pytest.mark.parametrize(
    ("alike", "elsewhere", "level"),
    [
        ((0, 0), (), 0),  # the same entry and month
        ((1, 0), (), 1),  # another entry
        ((1, 1), (), 2),  # another entry and month
        ((0, 0), (1, 0), 0),
    ],
)
def test_less_is_held_equal_only_where_too_few_have_comparables(
    alike: tuple[int, int], elsewhere: tuple[int, int] | tuple[()], level: int
) -> None:
    """First the entry is given up, then the month; items with comparables keep everything."""
    digits = Digits(months=2, columns=1, entries=2, channels=1)

    def stratum(kind: tuple[int, int]) -> int:
        entry, month = kind
        return (month * digits.entries + entry) * digits.channels * CONTACTS_BEFORE

    kinds = [(0, 0)] * 10 + [alike] * 10 + [elsewhere] * 10 * bool(elsewhere)
    many = len(kinds)
    held = Held(np.arange(10), np.zeros(10, np.int64), np.ones(10, bool))
    trials = Trials(
        np.arange(many), np.zeros(many, np.int64), np.array([stratum(one) for one in kinds]),
        held, digits,
    )  # fmt: skip
    outcome = np.arange(many) % 2
    found = tallied(trials, outcome).strata(0)
    assert (found.level, found.given_up) == (level, GIVEN_UP[level])
    assert int(found.strata.second_of.sum()) == 10
    assert int(found.strata.of.sum()) == (10 if not elsewhere or level == 0 else 20)
    assert kinds_as_text(found, digits) == [(0, 0)]
    (compared,) = compared_trials(trials, (found,))
    assert sorted(trials.journey[compared.trial].tolist()) == list(range(20))


def test_where_nothing_helps_everything_is_held_equal() -> None:
    """A declared column is never given up, nor are contacts before."""
    digits = Digits(months=1, columns=2, entries=1, channels=1)
    strata = np.array([0, 1, CONTACTS_BEFORE])
    held = Held(np.zeros(1, np.int64), np.zeros(1, np.int64), np.ones(1, bool))
    trials = Trials(np.arange(3), np.zeros(3, np.int64), strata, held, digits)
    found = tallied(trials, np.ones(3, np.int64)).strata(0)
    assert (found.level, found.given_up) == (0, ())
    assert not found.strata.supported.any()
