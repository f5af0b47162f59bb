"""Roles are guessed as a person would: by parts of headers, by values, and by what is left."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from loaders import more_role_headers, role_headers
from loaders.role_headers import Header, table_of

from cjmine.loaders.column_values import Form, values_of
from cjmine.loaders.header_words import parts_of
from cjmine.loaders.role_claims import Column, Role
from cjmine.loaders.role_guesses import Guess, guess_roles

FITS = {"id": {"customer", "case"}, "activity": {"activity"}, "time": {"time"}, "": set()}


@dataclass
class Measured:
    """How many headers were right (proposed without `?`) and wrong, and how many tables."""

    headers: int = 0
    right: int = 0
    wrong: int = 0
    read: int = 0
    misread: int = 0


def measured(headers: tuple[Header, ...], seed: int) -> Measured:
    found, role_of = Measured(), {one.name: one.role for one in headers}
    for number, header in enumerate(headers):
        table = table_of(header, headers, 1000 * seed + number)
        columns = [Column(name, tuple(values)) for name, values in table.items()]
        sure = [one for one in guess_roles(columns, frozenset(Role)) if one.is_sure]
        roles = [one.role.value for one in sure if header.name in one.columns]
        fits = [role for role in roles if role in FITS[header.role]]
        found.headers += 1
        found.right += bool(roles) == bool(header.role) and roles == fits
        found.wrong += roles != fits
        misread = any(
            one.role.value not in FITS[role_of[name]] for one in sure for name in one.columns
        )
        settled = {one.role.value for one in sure}
        found.misread += misread
        found.read += not misread and {"time", "activity"} <= settled and len(settled) > 2
    return found


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("headers", [role_headers.HEADERS, more_role_headers.HEADERS])
def test_two_hundred_headers_in_four_languages(headers: tuple[Header, ...], seed: int) -> None:
    """Each in a table of five columns; at least 90 % right and at most 2 % wrong."""
    found = measured(headers, seed)
    assert found.headers >= 200
    share = {name: 100 * getattr(found, name) / found.headers for name in ("right", "wrong")}
    print(f"{found.headers} headers: {share['right']:.1f} % right, {share['wrong']:.1f} % wrong")
    assert share["right"] >= 90
    assert share["wrong"] <= 2
    # Of 60 tables with a plain identifier, activity, time and two others: 54 read, one wrongly.
    print(f"tables: {found.read} read without a flag, {found.misread} wrongly")
    assert found.read >= 0.9 * found.headers
    assert found.misread <= found.headers / 60


def table(**columns: str | list[str]) -> list[Column]:
    """Columns from their values; a text is what all rows have."""
    return [
        Column(
            name.replace("__", " "), tuple(values.split() if isinstance(values, str) else values)
        )
        for name, values in columns.items()
    ]


def guesses(columns: list[Column]) -> dict[str, tuple[str, bool]]:
    found: tuple[Guess, ...] = guess_roles(columns, frozenset(Role))
    return {one.role.value: ("+".join(one.columns), one.is_sure) for one in found}


DAYS = ["2025-03-03", "2025-03-04", "2025-03-05", "2025-03-06", "2025-03-07", "2025-03-08"]
CLOCKS = ["10:00", "11:30", "09:15", "10:05", "16:20", "10:00"]
NUMBERS = ["100231", "100777", "100231", "100455", "100777", "100231"]
STEPS = ["Start", "Pay", "Start", "Close", "Pay", "Start"]


def test_of_two_times_the_beginning_is_taken_and_a_birthday_never() -> None:
    found = guesses(table(klantnr=NUMBERS, stap=STEPS, eindtijd=DAYS, starttijd=DAYS))
    assert found["time"] == ("starttijd", True)
    assert guesses(table(klantnr=NUMBERS, stap=STEPS, geboortedatum=DAYS))["time"] == (
        "geboortedatum",
        False,
    )
    found = guesses(table(klantnr=NUMBERS, stap=STEPS, verzenddatum=DAYS, ontvangstdatum=DAYS))
    assert not found["time"][1]


def test_a_day_and_a_clock_are_one_time() -> None:
    found = guesses(table(klantnr=NUMBERS, stap=STEPS, datum=DAYS, tijd=CLOCKS))
    assert found["time"] == ("datum+tijd", True)
    found = guesses(table(nr=NUMBERS, stap=STEPS, datum=DAYS, begintijd=CLOCKS, eindtijd=CLOCKS))
    assert found["time"] == ("datum+begintijd", True)


def test_numbers_of_rows_are_nobody() -> None:
    rows = [str(number) for number in range(1, 7)]
    assert guesses(table(id=rows, actie=STEPS, datum=DAYS))["customer"] == ("id", False)
    assert guesses(table(id=NUMBERS, actie=STEPS, datum=DAYS))["customer"] == ("id", True)
    many = [str(7 * number % 1009) for number in range(1, 90)]
    found = guesses(table(id=many, actie=STEPS * 14 + STEPS[:5], datum=DAYS * 14 + DAYS[:5]))
    assert found["customer"] == ("id", False)


@pytest.mark.parametrize(
    "header",
    ["ordernr product", "medewerkernummer", "event_id", "filiaalnr", "postcode", "user agent"],
)
def test_what_has_numbers_and_no_journey_is_no_customer(header: str) -> None:
    columns = [Column(header, tuple(NUMBERS)), *table(actie=STEPS, datum=DAYS)]
    assert not guesses(columns).get("customer", ("", False))[1]


def test_a_person_comes_before_an_order_and_a_session() -> None:
    found = guesses(table(sessie=NUMBERS, ordernr=NUMBERS, gebruiker=NUMBERS, stap=STEPS, ts=DAYS))
    assert found["customer"] == ("gebruiker", True)
    assert "case" not in found
    assert guesses(table(ordernr=NUMBERS, stap=STEPS, ts=DAYS))["case"] == ("ordernr", True)


def test_names_of_people_are_never_labels_because_nothing_else_is_left() -> None:
    """Values that come again do not say that they may be printed."""
    people = ["J. Jansen", "P. Bakker", "J. Jansen", "M. Smit", "P. Bakker", "J. Jansen"]
    for header in ("adviseur", "naam", "behandeld door"):
        columns = [Column(header, tuple(people)), *table(klantnr=NUMBERS, datum=DAYS)]
        assert not guesses(columns).get("activity", ("", False))[1]


def test_two_that_could_be_it_are_a_question() -> None:
    found = guesses(table(klantnr=NUMBERS, datum=DAYS, status=STEPS, type=STEPS))
    assert found["activity"][1] is False
    found = guesses(table(klantnr=NUMBERS, datum=DAYS, status=STEPS, gebeurtenis=STEPS))
    assert found["activity"] == ("gebeurtenis", True)


def test_an_empty_column_and_an_address_of_a_network_name_nobody() -> None:
    columns = [Column("user_id", ()), *table(client_ip="10.0.0.1 10.0.0.2", page="/a /b", ts=DAYS)]
    assert guesses(columns)["customer"] == ("client_ip", False)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("session_id event_timestamp event_type event_id details", "session_id event_type"),
        ("timestamp event_id event_type user_id action details", "user_id event_type"),
        ("case_id activity enable_time start_time end_time resource", "case_id activity"),
        ("LOG_ID EVENT_TYPE USER_ID EMAIL CATEGORY IP_ADDRESS TIMESTAMP", "USER_ID EVENT_TYPE"),
    ],
)
def test_tables_that_programs_write(names: str, expected: str) -> None:
    def values(name: str) -> list[str]:
        low = name.lower()
        if "time" in low:
            return DAYS
        if low.endswith("id"):
            return NUMBERS
        return [f"{low}{step}" for step in STEPS]

    found = guesses([Column(name, tuple(values(name))) for name in names.split()])
    who = found.get("case") or found["customer"]
    assert f"{who[0]} {found['activity'][0]}" == expected
    assert who[1] and found["activity"][1]


@pytest.mark.parametrize(
    ("header", "kinds"),
    [
        ("deelnemernummer", "PERSON MARK"),
        ("KdNr", "PERSON MARK"),
        ("Kündigungsgrund", "? ABOUT"),
        ("n° d'adhérent", "MARK PERSON"),
        ("date_de_création", "MOMENT BEGIN"),
        ("webgebruiker", "? PERSON"),
        ("valid", "ASIDE"),
        ("paid", "?"),
        ("", ""),
    ],
)
def test_headers_are_taken_apart(header: str, kinds: str) -> None:
    assert " ".join(kind.name if kind else "?" for _, kind in parts_of(header)) == kinds


@pytest.mark.parametrize(
    ("values", "form"),
    [
        (DAYS, Form.TIME),
        (["20250303", "20250304"], Form.TIME),
        (CLOCKS, Form.CLOCK),
        (["12.50", "13.10", "99.95"], Form.FRACTION),
        (["a@b.example", "c@d.example"], Form.MAIL),
        (["ja", "nee", "ja", "ja", "nee"], Form.FLAG),
        (["10.0.0.1", "::1"], Form.ADDRESS),
        (NUMBERS, Form.WHOLE),
        (["K-17", "K-18"], Form.CODE),
        (STEPS, Form.LABEL),
        ([f"{step} {place} times" for place, step in enumerate(STEPS * 3)], Form.TEXT),
        ([], Form.EMPTY),
    ],
)
def test_what_values_look_like(values: list[str], form: Form) -> None:
    assert values_of(values).form is form


def test_an_activity_without_a_value_is_no_sure_one() -> None:
    """Beside columns with values it names no event; of a header alone its name is all there is."""
    filled = (Column("klant", ("K1", "K2")), Column("datum", ("2024-05-03", "2024-05-04")))
    for state, is_sure in ((("", ""), False), (("open", "dicht"), True)):
        kept = tuple(one for one in state if one)
        (guess,) = guess_roles((*filled, Column("status", kept)), frozenset({Role.ACTIVITY}))
        assert (guess.columns, guess.is_sure) == (("status",), is_sure)
    blank = tuple(Column(name, ()) for name in ("klant", "datum", "status"))
    (guess,) = guess_roles(blank, frozenset({Role.ACTIVITY}))
    assert (guess.columns, guess.is_sure) == (("status",), True)
