"""Contacts: types, repeats, answers and price by hand on small logs, and laws on any log."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from analysis.test_check_parts import shop_logs
from hypothesis import given
from hypothesis import strategies as st
from notation import log
from real_logs import real

from cjmine.counting.split import Split
from cjmine.declared import Cost, Declared, DeclaredContact
from cjmine.errors import Code, UsageError
from cjmine.eventlog.build import log_of
from cjmine.eventlog.log import About, Cases, EventLog, Nameless
from cjmine.ideal.compiled import compile_ideal
from cjmine.ideal.file import parse_journey
from cjmine.ingest.open_log import open_log
from cjmine.ingest.source_options import SourceOptions
from cjmine.progress import no_progress
from cjmine.results.codec import to_json
from cjmine.results.contact import Contact, ContactBy, ContactType, Refused
from cjmine.results.verdicts import Verdict
from cjmine.verbs.bounds import bound
from cjmine.verbs.contact import contact
from cjmine.verbs.contact_settings import ContactSettings, costs
from cjmine.verbs.ideals import goal_alone
from cjmine.verbs.settings import GoalSettings
from tests.observing import at

HOUR, DAY = 3_600_000_000, 86_400_000_000
JOURNEY = """
journey: order
goal: Parcel
deadline: 20d
friction: [Error page]
stages:
  - stage: One
    steps:
      - Search
      - step: Pay
        failed: {column: status, is: refused}
      - step: Confirmation
        within: {max: 2d, after: Pay}
      - Parcel
"""
IDEAL = compile_ideal(parse_journey(JOURNEY, "journey.yaml"))
DECLARED = Declared(
    contact=DeclaredContact(
        activities=("Call*", "Question"),
        answers=("Answer",),
        costs=(Cost("call", 7.5), Cost("mail", 4.0)),
    )
)
EXACT = ContactSettings(min_group=1, observed_until=at(60 * DAY))
NOTHING = goal_alone(GoalSettings())


def asked(text: str | EventLog, settings: ContactSettings = EXACT) -> Contact:
    events = log(text) if isinstance(text, str) else text
    return contact(events, IDEAL, settings, DECLARED)


def types(found: Contact) -> dict[str, int]:
    return {row.type.value: row.contacts for row in found.types if row.contacts}


@pytest.mark.parametrize(
    ("line", "kind", "place"),
    [
        ("Search@0@web Pay@1m@web@status=refused Call@9m@call Pay@1h@web", "failed", "Pay"),
        ("Search@0@web Error_page@1m@web Call@9m@call Pay@1h@web", "failed", "Error page"),
        ("Search@0@web Pay@1m@web@status=refused Pay@2m@web Call@9m@call", "chase", "Confirmation"),
        ("Search@0@web Pay@1m@web Call@3d@call Confirmation@4d@mail", "late", "Confirmation"),
        ("Search@0@web Pay@1m@web Call@1d@call Confirmation@4d@mail", "chase", "Confirmation"),
        ("Search@0@web Search@1h@web Call@2h@call", "instead", "Search"),
        ("Search@0@web Call@2h@call Pay@3h@web Confirmation@4h@mail", "other", None),
        ("Search@0@web Call@9d@call", "other", None),
        ("Search@0@web Parcel@1d@post Call@2d@call", "after the goal", None),
        ("Call@0@call", "other", None),
    ],
)
def test_the_first_type_that_fits(line: str, kind: str, place: str | None) -> None:
    found = asked(f"ann: {line}")
    assert types(found) == {kind: 1}
    (row,) = (row for row in found.types if row.contacts)
    assert [one.at for one in row.at] == ([] if place is None else [place])


def test_a_contact_before_the_answer_chases_and_one_after_it_is_again() -> None:
    """A call is answered while it lasts, a question by mail with the next answer."""
    found = asked(
        """
        ann: Question@0@mail Question@1d@mail Answer@2d@mail Question@8d@mail
        bob: Call@0@call Call@7d@call
        cas: Call@0@call Call@8d@call
        """
    )
    assert types(found) == {"chase": 1, "again": 2, "other": 4}


def test_again_counts_any_contact_within_the_time_inclusive_with_complete_follow_up() -> None:
    settings = replace(EXACT, again=(DAY, 7 * DAY), observed_until=at(10 * DAY))
    events = log(
        """
        ann: Call@0@call Question@7d@mail
        bob: Call@0@call Question@169h@mail
        cas: Call@4d@call
        """
    )
    found = contact(events, NOTHING, settings, DECLARED)
    rows = {(one.after, one.within_seconds): (one.n, one.of) for one in found.again}
    assert rows == {
        (None, 86_400.0): (0, 5),
        ("Call", 86_400.0): (0, 3),
        ("Question", 86_400.0): (0, 2),
        (None, 604_800.0): (1, 2),
        ("Call", 604_800.0): (1, 2),
    }


def test_a_pair_over_midnight_is_one_pair() -> None:
    """A visit at 23:50 and a call at 0:10: the time slides, days play no part."""
    found = asked("ann: Search@1430m@web Call@1450m@call", replace(EXACT, window=HOUR))
    assert [(row.step, row.contained.n, row.contained.of) for row in found.contained] == [
        ("Search", 0, 1)
    ]
    assert [(row.touchpoint, row.contacts) for row in found.before] == [("Search", 1)]
    again = asked("ann: Call@1430m@call Call@1450m@call", replace(EXACT, again=(HOUR,)))
    assert (again.again[0].n, again.again[0].of) == (1, 2)


def test_nobody_answered_within_the_promise() -> None:
    """Only contacts in the channel of answers wait for one, and only if the promise has passed."""
    found = asked(
        """
        ann: Question@0@mail Answer@2d@mail
        bob: Question@0@mail Answer@49h@mail
        cas: Call@0@call
        dan: Question@59d@mail
        """
    )
    assert found.unanswered is not None
    assert (found.unanswered.n, found.unanswered.of) == (1, 2)
    assert found.unanswered.within_seconds == 172_800.0
    assert contact(log("ann: Call@0@call"), IDEAL, EXACT).unanswered is None


def test_contacts_cost_what_is_declared_and_typed_amounts_win() -> None:
    text = "ann: Search@0@web Parcel@1d Call@2d@call Question@30d@mail\nbob: Call@0@call"
    found = asked(text, replace(EXACT, deadline=40 * DAY))
    assert {row.type: row.cost for row in found.types if row.contacts} == {
        ContactType.AFTER_GOAL: 11.5,
        ContactType.OTHER: 7.5,
    }
    assert (found.cost, found.currency) == (11.5, "EUR")
    typed = asked(text, replace(EXACT, deadline=40 * DAY, costs=costs("call=1", "--cost")))
    assert typed.cost == 5.0
    free = contact(log(text), IDEAL, EXACT)
    assert (free.cost, free.currency) == (None, None)
    with pytest.raises(UsageError):
        costs("call", "--cost")


def test_without_an_ideal_types_that_need_steps_are_empty() -> None:
    found = contact(log("ann: Search@0@web Call@1h@call Call@2h@call"), NOTHING, EXACT)
    assert types(found) == {"again": 1, "other": 1}
    assert (found.with_contact.n, found.with_contact.of) == (1, 1)
    assert Code.NO_STEPS in [note.code for note in found.notes]


def test_a_log_without_contact_says_so() -> None:
    found = contact(log("ann: Search@0@web"), IDEAL, EXACT)
    assert (found.contacts, found.with_contact.n, found.busiest) == (0, 0, None)
    assert Code.NO_CONTACT in [note.code for note in found.notes]


def test_an_empty_log_gives_empty_tables() -> None:
    found = contact(log_of([]), IDEAL, ContactSettings(min_group=1))
    assert (found.contacts, found.before, found.hours) == (0, (), ())


def test_open_journeys_are_in_no_figure() -> None:
    found = asked("ann: Search@59d@web Call@59d@call", EXACT)
    assert (found.contacts, found.with_contact.of, found.identified.n) == (0, 0, 1)


def test_only_contacts_after_a_step() -> None:
    text = "ann: Search@0@web Call@1h@call Pay@2h@web Call@3h@call"
    assert asked(text, replace(EXACT, after="Pay")).contacts == 1
    with pytest.raises(UsageError) as raised:
        asked(text, replace(EXACT, after="Pays"))
    assert "did you mean" in (raised.value.problems[0].remedy or "")


def test_contacts_by_channel_reason_and_hour() -> None:
    text = "ann: Call@0@call Question@1h@mail\nbob: Call@25h@call"
    shown = {
        by: [
            (one.name, one.contacts, one.cost)
            for one in asked(text, replace(EXACT, listed=by)).groups
        ]
        for by in ContactBy
    }
    assert shown[ContactBy.CHANNEL] == [("call", 2, 15.0), ("mail", 1, 4.0)]
    assert shown[ContactBy.REASON] == [("Call", 2, 15.0), ("Question", 1, 4.0)]
    assert shown[ContactBy.HOUR] == [("00:00", 1, 7.5), ("01:00", 2, 11.5)]
    busy = asked(text).hours
    assert [(one.weekday, one.hour, one.contacts) for one in busy] == [
        (4, 0, 1),
        (4, 1, 1),
        (5, 1, 1),
    ]


def test_contacts_of_a_reason_that_rises_for_days_are_a_wave() -> None:
    """Two calls a day for nine weeks, and forty a day on three days of the seventh."""
    lines, number = [], 0
    for day in range(63):
        for one in range(40 if 43 <= day < 46 else 2):
            number += 1
            lines.append(
                f"c{number:04}: Start@{day * 24 + 9}h@web Call@{day * 24 + 10 + one % 5}h@call"
            )
    found = contact(log("\n".join(lines)), NOTHING, ContactSettings(min_group=1), DECLARED)
    assert types(found) == {"wave": 120, "other": 120}


# Who is known.


def strangers(*nameless: Nameless) -> EventLog:
    lines = [f"c{n}: Call@call Ring@call" for n in range(40)]
    events = log("\n".join(lines))
    return replace(events, about=About(Cases.CUSTOMER, nameless=nameless))


def known(*nameless: Nameless) -> Contact:
    ideal = compile_ideal(parse_journey(JOURNEY, "journey.yaml"))
    return contact(strangers(*nameless), ideal, EXACT)


def test_known_customers_stand_beside_all_contacts() -> None:
    found = known(Nameless("Call", "call", 10), Nameless("Search", "web", 99)).identified
    assert (found.n, found.of, found.value, found.refused) == (80, 90, 80 / 90, None)
    assert [(one.name, one.n, one.of) for one in found.by] == [("call", 80, 90)]


def test_totals_are_refused_where_few_are_known() -> None:
    found = known(Nameless(None, "call", 81))
    assert found.identified.refused is Refused.FEW_KNOWN
    assert (found.need_not.n, found.cost) == (None, None)
    assert Code.TOTALS_REFUSED in [note.code for note in found.notes]


def test_totals_are_refused_where_being_known_depends_on_the_reason() -> None:
    """As many strangers over all reasons alike leave the totals; those of one reason do not."""
    alike = known(Nameless("Call", "call", 25), Nameless("Ring", "call", 25))
    assert (alike.identified.refused, alike.need_not.of) == (None, 80)
    assert known(Nameless("Call", "call", 50)).identified.refused is Refused.DEPENDS


# What came before.


def test_like_journeys_are_as_old_and_have_no_contact_yet() -> None:
    """40 callers of whom 30 had Help in the hour, beside 80 like journeys of whom 20 had it."""
    lines = []
    for n in range(40):
        lines.append(f"a{n}: Search@0@web {'Help@20m@web' if n < 30 else ''} Call@30m@call")
    for n in range(80):
        lines.append(f"b{n}: Search@0@web {'Help@20m@web' if n < 20 else ''} Pay@9h@web")
    found = asked("\n".join(lines), replace(EXACT, min_group=10))
    (row, other) = found.before
    assert (row.touchpoint, row.contacts, row.visits, row.sets) == ("Help", 30, 30, 40)
    assert row.ratio is not None
    assert row.ratio.value == pytest.approx(30 * 60 / (10 * 20))
    assert (row.followed.n, row.followed.of, row.verdict) == (30, 50, Verdict.LOSS)
    assert (other.touchpoint, other.ratio, other.verdict) == ("Search", None, Verdict.CANNOT_SAY)


def test_journeys_that_are_over_are_no_like_journeys() -> None:
    """Those without an event later on may have left: they say nothing of who goes on."""
    calls = [f"a{n}: Search@0@web Help@20m@web Call@30m@call" for n in range(40)]
    gone = [f"b{n}: Search@0@web" for n in range(80)]
    rows = {row.touchpoint: row for row in asked("\n".join(calls + gone)).before}
    assert (rows["Help"].sets, rows["Help"].ratio) == (0, None)


# Laws.


@given(shop_logs(), st.integers(1, 4), st.integers(2, 5))
def test_parts_give_the_same_bytes(events: EventLog, min_group: int, parts: int) -> None:
    settings = ContactSettings(min_group=min_group, again=(HOUR, DAY), window=DAY)
    one, several = (_text(events, settings, Split(jobs=1, parts=number)) for number in (1, parts))
    assert one == several


def _text(events: EventLog, settings: ContactSettings, split: Split) -> str:
    from cjmine.errors import CjmineError

    declared = Declared(contact=DeclaredContact(("Help*", "Call*"), ("Mail*",), ()))
    try:
        return to_json(contact(events, SHOP, settings, declared, split=split))
    except CjmineError as error:
        return str(error)


SHOP = compile_ideal(
    parse_journey(
        """
journey: shop
goal: Pay
stages:
  - stage: One
    steps: [Search, {step: Cart, within: {max: 1h, after: Search}}, Pay]
""",
        "journey.yaml",
    )
)


@given(shop_logs())
def test_types_add_up_to_all_contacts(events: EventLog) -> None:
    declared = Declared(contact=DeclaredContact(("Help*", "Call*"), (), ()))
    found = contact(events, SHOP, ContactSettings(min_group=1), declared)
    assert sum(row.contacts or 0 for row in found.types) == found.contacts
    assert found.with_contact.n is not None
    assert found.with_contact.n <= (found.contacts or 0)
    assert sum(one.contacts for one in found.hours) == found.contacts
    assert np.isclose(sum(one.contacts for one in found.groups), found.contacts)


# A real log.


@pytest.mark.real_data
def test_the_chat_wave_of_a_shop() -> None:
    """Sessions with chat in and outside the weeks of the incident, and what comes before chats."""
    roles = SourceOptions(
        case="session_id", activity="event", timestamp="timestamp", customer="user_id", tz="UTC"
    )
    shop = open_log([str(real("clicks/ecom.csv.gz"))], roles, ["platform"], no_progress).source
    declared = Declared(contact=DeclaredContact(("support_chat",)))
    usual = ContactSettings(goal=("purchase",), deadline=DAY)

    def chats(settings: ContactSettings) -> Contact:
        return contact(shop, goal_alone(settings), settings, declared)

    first, last = (bound(day, "--since") for day in ("2024-05-19", "2024-06-07"))
    inside = chats(replace(usual, since=first, until=last)).with_contact
    assert (inside.n, inside.of) == (100, 598)
    failed = chats(replace(usual, having=("payment_error",), min_group=1)).with_contact
    assert (failed.n, failed.of) == (89, 95)
    found = chats(usual)
    assert (found.with_contact.n, found.with_contact.of, found.contacts) == (240, 3580, 276)
    assert found.before[0].touchpoint == "payment_error"
    assert found.before[0].ratio is not None and found.before[0].ratio.low > 10
    # About as many as the sessions with chat in the weeks of the incident: 100.
    waved = next(one.contacts for one in found.types if one.type is ContactType.WAVE)
    assert waved is not None and 80 <= waved <= 110
