"""Roles: declared columns hold, plain names are found, anything else is asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli.running import run

from cjmine.errors import Code, DataError
from cjmine.loaders.role_claims import Column
from cjmine.loaders.roles import assign_roles, declared_columns, kind_of, masked
from cjmine.sources import Identifier, Kind, Roles, TimeColumn


def columns(*names: str, sample: str = "x") -> list[Column]:
    return [Column(name, (sample,)) for name in names]


def settle(*names: str, declared: Roles = Roles()) -> Roles:
    return assign_roles(columns(*names), declared, "events.csv")[0]


@pytest.mark.parametrize(
    ("names", "customer", "activity", "time"),
    [
        (("customer", "activity", "time"), "customer", "activity", "time"),
        (("Customer ID", "Event Name", "Timestamp"), "Customer ID", "Event Name", "Timestamp"),
        (("customerId", "eventName", "eventTime"), "customerId", "eventName", "eventTime"),
        (("CUSTOMER_ID", "EVENT", "CREATED_AT"), "CUSTOMER_ID", "EVENT", "CREATED_AT"),
        (
            ("klantnummer", "Gespreksreden", "Datumtijd"),
            "klantnummer",
            "Gespreksreden",
            "Datumtijd",
        ),
        (("other", "user-id", "page", "start.time"), "user-id", "page", "start.time"),
    ],
)
def test_plain_names_are_found(
    names: tuple[str, ...], customer: str, activity: str, time: str
) -> None:
    """English and Dutch, any case, with any kind of gap."""
    roles = settle(*names)
    assert roles.customer and roles.customer.column == customer
    assert roles.activity == activity
    assert roles.time and roles.time.columns == (time,)


@pytest.mark.parametrize(
    "names",
    [
        ("case:concept:name", "concept:name", "time:timestamp", "org:resource"),
        ("Case ID", "Activity", "Resource", "Complete Timestamp"),
        ("_CASE_KEY", "ACTIVITY_EN", "EVENTTIME", "_SORTING"),
    ],
)
def test_process_logs_are_told_by_their_case(names: tuple[str, ...]) -> None:
    """pm4py, Disco and Celonis; then no customer is looked for."""
    roles = settle(*names)
    assert roles.case == names[0]
    assert roles.customer is None
    assert roles.activity == names[1]


def test_declared_columns_hold_and_are_not_taken_again() -> None:
    """A column plays one role, whatever its name says."""
    declared = Roles(activity="time", customer=Identifier("event", Kind.COOKIE))
    roles = settle("event", "time", "timestamp", "customer", declared=declared)
    assert roles.activity == "time"
    assert roles.customer == Identifier("event", Kind.COOKIE)
    assert roles.time and roles.time.columns == ("timestamp",)
    assert roles.case is None


def test_a_declared_customer_ends_the_search_for_a_case() -> None:
    """The columns of a process log with a declared customer are a customer's events."""
    declared = Roles(customer=Identifier("user"))
    roles = settle("case", "user", "activity", "time", declared=declared)
    assert roles.case is None


def test_a_declared_zone_and_format_stay_when_the_column_is_guessed() -> None:
    """Only what is open is settled."""
    declared = Roles(TimeColumn((), "%Y", "Europe/Amsterdam"))
    roles = settle("customer", "event", "time", declared=declared)
    assert roles.time == TimeColumn(("time",), "%Y", "Europe/Amsterdam")


def test_the_channel_is_optional() -> None:
    """A column that is called so, unless a constant is declared."""
    assert settle("customer", "event", "time", "kanaal").channel_column == "kanaal"
    assert settle("customer", "event", "time").channel_column is None
    constant = settle("customer", "event", "time", "kanaal", declared=Roles(channel="call"))
    assert (constant.channel, constant.channel_column) == ("call", None)


def test_every_missing_declared_column_is_named_at_once() -> None:
    """L106 for each, with the nearest name and the header's line."""
    declared = Roles(TimeColumn(("Datum", "Tijd")), "Reden", Identifier("Telefon"), keep=("extra",))
    with pytest.raises(DataError) as caught:
        assign_roles(columns("Datum", "Telefoon", "Reden"), declared, "calls.csv", 3)
    problems = caught.value.problems
    assert {problem.code for problem in problems} == {Code.COLUMN_MISSING}
    assert {problem.message.split('"')[1] for problem in problems} == {"Tijd", "Telefon", "extra"}
    assert all(problem.place.line == 3 for problem in problems)
    assert any("Telefoon" in problem.remedy for problem in problems)


def test_every_open_role_is_named_at_once() -> None:
    """L107 for each, with the columns and the flag that settles it; no value of the data."""
    with pytest.raises(DataError) as caught:
        assign_roles(columns("a", "b", sample="geheim"), Roles(), "x.csv")
    problems = caught.value.problems
    assert [problem.code for problem in problems] == [Code.ROLE_UNCLEAR] * 3
    assert [problem.remedy.split()[2] for problem in problems] == [
        "--customer",
        "--activity",
        "--timestamp",
    ]
    assert "geheim" not in repr(problems)


def test_the_reasons_name_each_role_once() -> None:
    """What `sniff` lists: role, column, reason, masked sample."""
    _, found = assign_roles(
        columns("customer", "event", "time", sample="Jan-12"), Roles(activity="event"), "x.csv"
    )
    assert {(row.role, row.column, row.because) for row in found} == {
        ("customer", "customer", "its name"),
        ("activity", "event", "declared"),
        ("time", "time", "its name"),
    }
    assert {row.sample for row in found} == {"aaa-99"}


@pytest.mark.parametrize(
    ("name", "samples", "kind"),
    [
        ("e-mail", (), Kind.EMAIL),
        ("EmailAddress", (), Kind.EMAIL),
        ("Telefoonnummer", (), Kind.PHONE),
        ("caller_id", (), Kind.PHONE),
        ("visitorId", (), Kind.COOKIE),
        ("user_pseudo_id", (), Kind.COOKIE),
        ("ip", (), Kind.IP),
        ("host", (), Kind.IP),
        ("user", ("a@example.nl",) * 9 + ("",), Kind.EMAIL),
        ("user", ("a@example.nl", "b", "c"), Kind.CUSTOMER),
        ("klantnummer", ("1", "2"), Kind.CUSTOMER),
    ],
)
def test_the_kind_of_an_identifier(name: str, samples: tuple[str, ...], kind: Kind) -> None:
    """By its name, then by what its values look like."""
    assert kind_of(Column(name, samples)) is kind


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        ("06-12345678", "99-99999999"),
        ("jan@example.nl", "aaa@aaaaaaa.aa"),
        ("Édouard Ñ٣", "aaaaaaa a9"),
        ("", ""),
        ("x" * 100, "a" * 40 + "…"),
    ],
)
def test_a_sample_shows_its_shape_only(value: str, shape: str) -> None:
    """No letter and no digit of any script is left."""
    assert masked(value) == shape


def test_the_columns_that_a_declaration_names() -> None:
    """All of them, for readers that must look for them."""
    declared = Roles(TimeColumn(("a", "b")), "c", Identifier("d"), "e", None, "f", ("g",))
    assert set(declared_columns(declared)) == set("abcdefg")
    assert declared_columns(Roles()) == []


@pytest.mark.parametrize("name", ["client_ip", "IP-adres", "remote address", "bron"])
def test_a_column_of_network_addresses_is_of_that_kind(tmp_path: Path, name: str) -> None:
    """However its name ends, declared without a kind: N218 is about it, and spellings meet."""
    values = ["203.0.113.5:4431", '"203.0.113.5, 10.0.0.1"', "[2001:DB8::7]:51", "2001:db8::0:7"]
    lines = [f"{value},2024-05-01 10:00,/a" for value in values]
    text = "\n".join([f"{name},tijd,pagina", *lines])
    (tmp_path / "a.csv").write_text(text)
    ran = run(tmp_path, "discover", "a.csv", "--customer", name, "--min-group", "1", "-f", "json")
    found = json.loads(ran.out)
    codes = [note["code"] for note in found["notes"]]
    assert (found["log"]["journeys"], codes.count("N218")) == (2, 1)
