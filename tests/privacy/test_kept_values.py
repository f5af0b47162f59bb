"""Nothing that is kept as it is holds an identifier: by the roles of columns, and by values."""

from __future__ import annotations

import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from cli.running import KEY, run
from privacy.test_civil_numbers import CITIZENS, OTHERS, ibans

import cjmine as cj
from cjmine.errors import Code, PrivacyError
from cjmine.ingest import inputs, load

HEAD = "klant,stap,tijd,kanaal,partner\n"
TIMES = {"activity": "stap", "timestamp": "tijd"}


def table(customers: list[str], partners: list[str], steps: str = "Zoeken") -> str:
    """One event a customer, each beside the number of a partner."""
    return HEAD + "".join(
        f"{who},{steps},2024-05-01T10:00:{place % 60:02}Z,web,{other}\n"
        for place, (who, other) in enumerate(zip(customers, partners, strict=True))
    )


def export(folder: Path, text: str, name: str = "a.csv") -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    return file


NUMBERS = [f"K-{number}" for number in range(10_000, 10_040)]


@pytest.mark.parametrize(
    "flags",
    [
        "--customer klant --activity klant --timestamp tijd",
        "--case klant --activity klant --timestamp tijd",
        "--customer klant --activity stap --timestamp tijd --channel klant",
    ],
)
@pytest.mark.parametrize("verb", ["load -o o.parquet", "discover", "sniff", "touchpoints"])
def test_a_column_is_no_identifier_and_label_at_once(tmp_path: Path, verb: str, flags: str) -> None:
    """Whatever role the column plays beside, and in whichever verb: refused, and nothing kept."""
    if verb == "touchpoints" and "--case" in flags:
        flags = flags.replace("--case", "--customer")
    export(tmp_path, table(NUMBERS, NUMBERS))
    ran = run(tmp_path, *verb.split(), "a.csv", *flags.split(), key=KEY)
    assert (ran.status, ran.codes) == (4, ["P107"]), ran.err
    assert "K-1" not in ran.out + ran.err and not (tmp_path / "o.parquet").exists()


def test_a_kept_column_is_no_identifier(tmp_path: Path) -> None:
    """The same for attributes, of files and of data frames."""
    file = export(tmp_path, table(NUMBERS, NUMBERS))
    frame = pa.table({"who": NUMBERS, "what": ["Buy"] * 40, "when": ["2024-05-01T10:00:00Z"] * 40})
    with pytest.raises(PrivacyError, match="P107"):
        cj.load(file, customer="klant", keep=["klant"], **TIMES)
    with pytest.raises(PrivacyError, match="P107"):
        cj.from_frame(frame, customer="who", activity="who", timestamp="when")


def test_a_time_is_no_identifier(tmp_path: Path) -> None:
    """A number that is read as seconds would be kept to the second."""
    file = export(tmp_path, table([str(1_714_557_600 + one) for one in range(40)], NUMBERS))
    with pytest.raises(PrivacyError, match="P107"):
        cj.load(file, customer="klant", activity="stap", timestamp="klant", time_format="epoch-s")


def test_a_configured_link_is_no_label(tmp_path: Path) -> None:
    """An identifier that only links is one too."""
    export(tmp_path, table(NUMBERS, NUMBERS))
    (tmp_path / "cjmine.toml").write_text(
        '[source.a]\nfiles = "a.csv"\ncustomer = { column = "klant" }\n'
        'links = [{ column = "partner", as = "user" }]\nactivity = { column = "partner" }\n'
        'time = { column = "tijd" }\n'
    )
    ran = run(tmp_path, "discover")
    assert (ran.status, ran.codes) == (4, ["P107"]), ran.err


SPELLINGS = [str, str.lower, lambda value: f" {value} ", lambda value: value.replace("K", "Ｋ")]


@pytest.mark.parametrize("spelt", SPELLINGS)
def test_a_kept_value_is_no_identifier_of_the_load(tmp_path: Path, spelt: object) -> None:
    """Another column with the same numbers, however they are spelt, and in another file too."""
    assert callable(spelt)
    partners = [spelt(one) for one in reversed(NUMBERS)]
    one = export(tmp_path, table(NUMBERS, partners))
    with pytest.raises(PrivacyError) as refused:
        cj.load(one, customer="klant", keep=["partner"], **TIMES)
    (problem,) = refused.value.problems
    assert problem.code is Code.IDENTIFIER_KEPT and problem.message.startswith("40 distinct values")
    assert problem.place.column == "partner" and "K-1" not in str(refused.value)
    elsewhere = export(tmp_path, table(["other"] * 40, partners), "b.csv")
    first = export(tmp_path, table(NUMBERS, ["x"] * 40), "c.csv")
    with pytest.raises(PrivacyError, match="P107"):
        cj.load(first, elsewhere, customer="klant", keep=["partner"], **TIMES)


def leaked(log: cj.EventLog, identifiers: list[str]) -> set[str]:
    """The identifiers that a log holds as they are, looked for without the code under test."""
    held = {str(value) for name in log.table.column_names for value in log.table[name].unique()}
    return held & set(identifiers)


def test_both_checks_are_what_keeps_identifiers_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control: without them the same loads pass, and the sweep finds the identifiers."""
    file = export(tmp_path, table(NUMBERS, list(reversed(NUMBERS))))
    monkeypatch.setattr(load, "check_kept", lambda *_: [])
    log = cj.load(file, customer="klant", keep=["partner"], **TIMES)
    assert leaked(log, NUMBERS) == set(NUMBERS)
    monkeypatch.setattr(inputs, "check_roles_apart", lambda _: None)
    log = cj.load(file, customer="klant", activity="klant", timestamp="tijd")
    assert leaked(log, NUMBERS) == set(NUMBERS)


def test_short_ones_are_a_note(tmp_path: Path) -> None:
    """A group called 1 and a customer called 1: said, loaded, and in the note of the saved log."""
    export(tmp_path, table([str(one) for one in range(40)], [str(one % 3) for one in range(40)]))
    flags = [
        "--customer",
        "klant",
        "--activity",
        "stap",
        "--timestamp",
        "tijd",
        "--keep",
        "partner",
    ]
    ran = run(tmp_path, "load", "a.csv", "-o", "o.parquet", *flags, key=KEY)
    assert ran.status == 0 and "note[N250]: 3 distinct values of partner" in ran.err, ran.err
    assert b"N250" in pq.read_schema(tmp_path / "o.parquet").metadata[b"cjmine"]


def test_who_is_nobody_is_no_identifier(tmp_path: Path) -> None:
    """A label may say unknown where the customer column does too."""
    file = export(tmp_path, table([*NUMBERS[:39], "onbekend"], ["Onbekend"] * 40))
    log = cj.load(file, customer="klant", keep=["partner"], **TIMES)
    assert log.table["partner"].unique().to_pylist() == ["Onbekend"]


@pytest.mark.parametrize("kept", ["activity", "channel", "keep"])
@pytest.mark.parametrize(
    ("numbers", "code"),
    [(CITIZENS, "P106"), (ibans(40), "P104"), ([f"{n[:3]}.{n[3:]}" for n in CITIZENS], "P106")],
)
def test_numbers_of_a_state_or_a_bank_are_kept_in_no_column(
    tmp_path: Path, kept: str, numbers: list[str], code: str
) -> None:
    """In whatever role the column is kept; others of the same shape pass."""
    random.Random(3).shuffle(numbers := numbers[:40])
    roles = {"customer": "klant", "activity": "stap", "timestamp": "tijd"}
    roles |= {kept: "partner"} if kept != "keep" else {"keep": "partner"}
    with pytest.raises(PrivacyError, match=code) as refused:
        cj.load(export(tmp_path, table(NUMBERS, numbers)), **roles)  # type: ignore[arg-type]
    assert all(number not in str(refused.value) for number in numbers)
    cj.load(export(tmp_path, table(NUMBERS, OTHERS[:40])), **roles)  # type: ignore[arg-type]
