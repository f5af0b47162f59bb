"""`sniff` never ends empty: every column, what it could be, and a proposal that runs."""

from __future__ import annotations

import json
import shlex
import tomllib
from pathlib import Path

import pytest

from cjmine.errors import Code, PrivacyError
from cjmine.ingest.inputs import find_inputs
from cjmine.ingest.source_flags import SourceFlags
from cjmine.ingest.source_options import SourceOptions
from cjmine.reporters.language import english
from cjmine.reporters.recognition import render
from cjmine.reporters.terminal import Screen
from cjmine.results.codec import to_json
from cjmine.results.recognition import RecognisedFile
from cjmine.setup.sniff import Description, describe

UNCLEAR = """\
foo;vak;datum;bedrag;status;type
A-17;x;01/02/2026 10:00;3,50;open;web
A-18;y;03/02/2026 10:00;4,50;dicht;mail
A-17;x;01/05/2026 10:00;3,50;open;web
A-19;y;01/02/2026 10:00;2,75;dicht;web
A-17;x;01/02/2026 10:00;3,50;open;mail
"""


def described(folder: Path, text: str, *flags: str) -> Description:
    (folder / "export.csv").write_text(text, "utf-8")
    return describe(["export.csv"], options(*flags))


def options(*flags: str) -> SourceFlags:
    named = dict(zip(flags[::2], flags[1::2], strict=True))
    return SourceOptions(**named).flags()


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def only(found: Description) -> RecognisedFile:
    (file,) = found.recognition.files
    assert isinstance(file, RecognisedFile)
    return file


def test_a_table_that_is_not_plain_has_a_proposal(tmp_path: Path) -> None:
    found = described(tmp_path, UNCLEAR)
    assert found.problems == ()
    file = only(found)
    roles = {row.role: (row.column, row.sure) for row in file.roles}
    assert roles == {
        "time": ("datum", False),
        "customer": ("foo", True),
        "activity": ("status", False),
    }
    assert [(one.column, one.could_be) for one in file.columns] == [
        ("foo", ("customer",)),
        ("vak", ("activity",)),
        ("datum", ("time",)),
        ("bedrag", ()),
        ("status", ("activity",)),
        ("type", ("activity",)),
    ]
    assert all("17" not in one.sample and "open" not in one.sample for one in file.columns)
    text = render(found.recognition, Screen(english()))
    assert "activity ?" in text and "time ?" in text
    assert "type" in text and "activity ?" in text.split("not read")[1]


def test_what_is_proposed_runs(tmp_path: Path) -> None:
    """The block as it stands in cjmine.toml, and the command with its flags."""
    file = only(described(tmp_path, UNCLEAR))
    block = tomllib.loads("\n".join(file.configuration))
    assert block["source"]["export"]["activity"] == {"column": "status"}
    assert [line for line in file.configuration if line.endswith("# ?")] == [
        'time     = { column = "datum", format = "%d/%m/%Y %H:%M" }  # ?',
        'activity = { column = "status" }  # ?',
    ]
    (tmp_path / "cjmine.toml").write_text("\n".join(file.configuration), "utf-8")
    (source,) = find_inputs(["export.csv"], options()).sources
    assert source.source.roles.activity == "status"
    words = shlex.split(file.command)
    assert words[:3] == ["cjmine", "discover", "export.csv"]
    flags = dict(zip(words[3::2], words[4::2], strict=True))
    assert flags == {
        "--customer": "foo",
        "--activity": "status",
        "--timestamp": "datum",
        "--time-format": "%d/%m/%Y %H:%M",
    }


def test_one_row_a_customer_is_no_event_log_and_its_columns_are_listed(tmp_path: Path) -> None:
    found = described(tmp_path, "klantnr;leeftijd\n100231;33\n100232;44\n100233;55\n")
    file = only(found)
    assert [(one.column, one.could_be) for one in file.columns] == [
        ("klantnr", ("customer",)),
        ("leeftijd", ()),
    ]
    assert file.configuration == () and file.command == ""
    codes = [problem.code for problem in found.problems]
    assert codes == [Code.ROLE_UNCLEAR, Code.ROLE_UNCLEAR]
    assert "no column holds times" in found.problems[1].cause


def test_flags_are_kept_and_only_the_rest_is_proposed(tmp_path: Path) -> None:
    file = only(described(tmp_path, UNCLEAR, "activity", "type", "customer", "foo"))
    roles = {row.role.split()[0]: (row.column, row.because, row.sure) for row in file.roles}
    assert roles["activity"] == ("type", "declared", True)
    assert roles["customer"] == ("foo", "declared", True)
    assert roles["time"][2] is False


def test_a_column_cannot_be_two_things_in_a_proposal_either(tmp_path: Path) -> None:
    with pytest.raises(PrivacyError) as refused:
        described(tmp_path, UNCLEAR, "activity", "foo", "customer", "foo")
    assert refused.value.code is Code.IDENTIFIER_KEPT


def test_a_folder_lists_every_file(tmp_path: Path) -> None:
    exports = tmp_path / "exports"
    exports.mkdir()
    (exports / "a.csv").write_text(UNCLEAR, "utf-8")
    (exports / "b.csv").write_text("klantnr;leeftijd\n100231;33\n100232;44\n", "utf-8")
    found = describe(["exports"], options())
    assert found.problems == ()
    assert len(found.recognition.files) == 2
    assert all(isinstance(one, RecognisedFile) for one in found.recognition.files)
    written = json.loads(to_json(found.recognition))
    assert written["files"][0]["roles"][2]["sure"] is False


def test_a_table_without_a_header_shows_no_name_of_its_first_line(tmp_path: Path) -> None:
    found = described(tmp_path, "Jan de Vries;klacht;gisteren\nMies Bakker;vraag;vandaag\n")
    assert found.problems
    text = render(found.recognition, Screen(english())) + to_json(found.recognition)
    text += " ".join(f"{one.message} {one.cause} {one.remedy}" for one in found.problems)
    assert not any(word in text for word in ("Jan", "Vries", "klacht", "Mies"))
    assert [one.column for one in only(found).columns] == ["aaa aa aaaaa", "aaaaaa", "aaaaaaaa"]
