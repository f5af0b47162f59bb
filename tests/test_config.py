"""The configuration: what it declares, and that every mistake is named with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cjmine.config import Config, read_config
from cjmine.declared import Arm, Cost, DatedChange, DeclaredContact, Experiment, Worth
from cjmine.declared_privacy import NO_PRIVACY_DECLARED, DeclaredPrivacy, LegalBasis
from cjmine.errors import Code, Problem, UsageError
from cjmine.sources import Identifier, Kind, Roles, TimeColumn, TouchpointRule
from cjmine.toml_lines import key_lines

WHOLE = """\
timezone = "Europe/Amsterdam"            # zone of times that carry none

[source.web]
files    = ["web/access.log", "web/access.log.1.gz"]
format   = "access-log"
channel  = "web"
extra    = ["cookie"]
customer = { column = "cookie", as = "cookie" }

[source.calls]
files    = "calls_*.csv"
format   = "csv"
channel  = { column = "kanaal" }
customer = { column = "Telefoonnummer", as = "phone", region = "NL" }
time     = { columns = ["Datum", "Begintijd"], format = "%d-%m-%Y %H:%M:%S", zone = "UTC" }
activity = { column = "Gespreksreden" }
keep     = "queue"

[source.mail]
files    = "servicebox.mbox"
own      = ["example.nl"]

[source.process]
files    = "log.csv"
case     = { column = "zaak" }

[customers]
files    = "customers.csv"
customer = { column = "klantnummer" }
links    = [
  { column = "cookie", as = "cookie" },
  { column = "telefoon", as = "phone", region = "NL" },
]

[[touchpoint]]
source   = "web"
path     = "/mijn/stap-{n}"
activity = "Moving form"
[[touchpoint]]
glob     = "/assets/*"
ignore   = true
"""


def read(folder: Path, text: str) -> Config:
    path = folder / "cjmine.toml"
    path.write_text(text, encoding="utf-8")
    return read_config(path)


def problems(folder: Path, text: str) -> tuple[Problem, ...]:
    with pytest.raises(UsageError) as caught:
        read(folder, text)
    return caught.value.problems


def test_the_whole_syntax(tmp_path: Path) -> None:
    """Every key that the syntax knows arrives where loaders look for it."""
    config = read(tmp_path, WHOLE)
    assert config.timezone == "Europe/Amsterdam"
    assert config.folder == tmp_path
    web, calls, mail, process = config.sources
    assert (web.name, web.format) == ("web", "access-log")
    assert web.files == ("web/access.log", "web/access.log.1.gz")
    assert web.extras.extra_fields == ("cookie",)
    assert web.roles == Roles(
        TimeColumn((), None, "Europe/Amsterdam"),
        None,
        Identifier("cookie", Kind.COOKIE),
        channel="web",
    )
    assert calls.roles == Roles(
        TimeColumn(("Datum", "Begintijd"), "%d-%m-%Y %H:%M:%S", "UTC"),
        "Gespreksreden",
        Identifier("Telefoonnummer", Kind.PHONE, "NL"),
        channel_column="kanaal",
        keep=("queue",),
    )
    assert calls.files == ("calls_*.csv",)
    assert (mail.format, mail.extras.own_domains) == ("", ("example.nl",))
    assert process.roles.case == "zaak"
    assert config.customers is not None
    assert config.customers.customer == Identifier("klantnummer")
    assert config.customers.links == (
        Identifier("cookie", Kind.COOKIE),
        Identifier("telefoon", Kind.PHONE, "NL"),
    )
    assert config.rules == (
        TouchpointRule("Moving form", "web", path="/mijn/stap-{n}"),
        TouchpointRule(None, glob="/assets/*"),
    )


def test_an_empty_configuration_declares_nothing(tmp_path: Path) -> None:
    """Empty, comments only, or with the mark that some editors put in front."""
    for text in ("", "# nothing\n", "\ufeff"):
        config = read(tmp_path, text)
        assert (config.sources, config.customers, config.rules) == ((), None, ())
    assert config.customer_tables() == ()


SOURCE = '[source.web]\nfiles = "a.log"\n'


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('timezon = "UTC"\n' + SOURCE, 1, 'unknown key "timezon"'),
        ('timezone = "Mars/Phobos"\n', 1, "timezone: unknown time zone"),
        ("timezone = 1\n", 1, "timezone: "),
        (SOURCE + 'formt = "csv"\n', 3, 'unknown key "formt"'),
        (SOURCE + "format = 3\n", 3, "source.web.format: "),
        (SOURCE + "channel = 5\n", 3, "source.web.channel: "),
        (SOURCE + 'channel = { column = "x", as = "y" }\n', 3, 'unknown key "as"'),
        ('[source.web]\nformat = "csv"\n[source.two]\nfiles = "b"\n', 1, "source.web.files: "),
        ("[source.web]\n\nfiles = []\n", 3, "source.web.files: "),
        ("[source.web]\nfiles = [\n  'a',\n  7,\n]\n", 4, "source.web.files.1: "),
        (SOURCE + '\ncustomer = { column = "c", as = "fax" }\n', 4, "source.web.customer.as: "),
        (SOURCE + 'customer = { as = "phone" }\n', 3, "source.web.customer.column: "),
        (SOURCE + 'customer = { column = "c", region = "nl" }\n', 3, "customer.region: "),
        (SOURCE + "customer = 3\n", 3, "source.web.customer: "),
        (SOURCE + 'time = { column = "t", columns = ["d"] }\n', 3, "either column or columns"),
        (SOURCE + "time = {}\n", 3, "name a column"),
        (SOURCE + 'time = { column = "t", zone = "CEST" }\n', 3, "time.zone: unknown time zone"),
        (SOURCE + 'activity = { column = "a", colum = "b" }\n', 3, 'unknown key "colum"'),
        (SOURCE + '[source.web.time]\ncolumn = "t"\nfromat = "x"\n', 5, 'unknown key "fromat"'),
        ('[sources.web]\nfiles = "a"\n', 1, 'unknown key "sources"'),
        ("source = 5\n", 1, "source: "),
        (
            '[customers]\nfiles = "c"\ncustomer = { column = "k" }\nlinks = []\n',
            4,
            "customers.links",
        ),
        ('[customers]\nfiles = "c"\ncustomer = { column = "k" }\n', 1, "customers.links: "),
        (
            '[customers]\nfiles = "c"\ncustomer = { column = "k" }\nlinks = [\n'
            '  { column = "a" },\n  { column = "b", as = "x" },\n]\n',
            6,
            "customers.links.1.as: ",
        ),
        ('[[touchpoint]]\nglob = "a"\nactivity = ""\n', 3, "touchpoint.0.activity: "),
        ('[[touchpoint]]\nglob = "a"\n', 1, "either activity or ignore"),
        ('[[touchpoint]]\nglob = "a"\nactivity = "A"\nignore = true\n', 1, "activity or ignore"),
        ('[[touchpoint]]\nactivity = "A"\n', 1, "exactly one of"),
        ('[[touchpoint]]\nglob = "a"\nignore = true\nstage = "S"\n', 1, "has no stage"),
        ('[[touchpoint]]\nglob = "a"\nactivity = "A"\nstage = ""\n', 4, "touchpoint.0.stage: "),
        (
            '[[touchpoint]]\nglob = "a"\nactivity = "A"\nstage = "S"\n'
            '[[touchpoint]]\nglob = "b"\nactivity = "A"\nstage = "T"\n',
            8,
            '"A" is in stage "S" already',
        ),
        ('[[touchpoint]]\nglob = "a"\npath = "b"\nactivity = "A"\n', 1, "exactly one of"),
        (
            '[[touchpoint]]\nglob = "a"\nactivity = "A"\n\n'
            '[[touchpoint]]\nglob = "b"\nactivty = "B"\nignore = true\n',
            7,
            'unknown key "activty"',
        ),
        (
            SOURCE + '[[touchpoint]]\nglob = "a"\nactivity = "A"\n'
            '[[touchpoint]]\nsource = "wbe"\nglob = "b"\nactivity = "B"\n',
            7,
            'there is no source "wbe"',
        ),
        ('[source."my web"]\nfiles = "a"\nbad = 1\n', 3, 'unknown key "bad"'),
        ('[source._x]\nfiles = "a"\nbad = 1\n', 3, 'unknown key "bad"'),
        ('source.web.files = "a"\nsource.web.bad = 1\n', 2, 'unknown key "bad"'),
        ('note = """\n[source.web]\nbad = 1\n"""\n' + SOURCE + "bad = 1\n", 1, '"note"'),
    ],
)
def test_every_mistake_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, says: str
) -> None:
    """Wrong key, wrong type, wrong value, missing key: C102, once, at the place to mend."""
    found = problems(tmp_path, text)
    assert all(problem.code is Code.CONFIG_VALUE for problem in found)
    first = found[0]
    assert says in first.message
    assert (first.place.file, first.place.line) == (str(tmp_path / "cjmine.toml"), line)
    assert len(found) == 1 or "note" in text


def test_a_misspelt_key_names_the_right_one(tmp_path: Path) -> None:
    """With the nearest key as remedy."""
    assert 'did you mean "format"?' in problems(tmp_path, SOURCE + 'formt = "csv"\n')[0].remedy
    rule = '[[touchpoint]]\nsource = "wbe"\nglob = "b"\nactivity = "B"\n'
    assert 'did you mean "web"?' in problems(tmp_path, SOURCE + rule)[0].remedy


def test_a_key_in_the_wrong_table_names_the_right_one(tmp_path: Path) -> None:
    """It is spelt well, so that its nearest key would be itself."""
    (problem,) = problems(tmp_path, SOURCE + 'retention = "400d"\n')
    assert problem.message == 'unknown key "retention"'
    assert problem.remedy == "it belongs in [privacy]"
    (problem,) = problems(tmp_path, SOURCE + 'label = "x"\n')
    assert "[[touchpoint]]" in problem.remedy


def test_all_problems_come_together_in_their_order(tmp_path: Path) -> None:
    """One run, one list; each at its own line, though keys repeat."""
    text = (
        'timezone = "Nowhere"\n'
        "[source.one]\nformat = 1\n"
        '[source.two]\nfiles = "b"\nformat = 2\nfoo = 3\n'
        '[[touchpoint]]\nsource = "three"\nglob = "x"\nactivity = "X"\n'
        "[[touchpoint]]\nglob = 4\nignore = true\n"
    )
    found = problems(tmp_path, text)
    assert sorted(problem.place.line or 0 for problem in found) == [1, 2, 3, 6, 7, 9, 13]
    assert [problem.place.line for problem in found] == [1, 2, 3, 6, 7, 9, 13]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("timezone = \n", 1),
        (SOURCE + "format = csv\n", 3),
        (SOURCE + "[source.web]\n", 3),
        (SOURCE + 'files = "b"\n', 3),
        (SOURCE + 'customer = { column = "a"\n', 3),
        (SOURCE + "keep = [\n  'a',\n", 5),
        ('a = "never closed\n', 1),
    ],
)
def test_what_is_not_toml_is_named_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    """C101 with the line, also where only the end shows the mistake."""
    (found,) = problems(tmp_path, text)
    assert found.code is Code.CONFIG_SYNTAX
    assert found.place.line is not None
    assert abs(found.place.line - line) <= 1
    assert found.cause


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """C101 for a missing file, a folder, and bytes that are no UTF-8."""
    broken = tmp_path / "broken.toml"
    broken.write_bytes(b'timezone = "\xff"\n')
    for path in (tmp_path / "none.toml", tmp_path, broken):
        with pytest.raises(UsageError) as caught:
            read_config(path)
        assert caught.value.code is Code.CONFIG_SYNTAX
        assert caught.value.problems[0].place.file == str(path)


CUSTOMERS = (
    '[customers]\nfiles = {files}\ncustomer = {{ column = "k" }}\nlinks = [{{ column = "c" }}]\n'
)


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ('"customers.csv"', ["customers.csv"]),
        ('"c*.csv"', ["customers.csv"]),
        ('["x[1].csv", "customers.csv"]', ["customers.csv", "x[1].csv"]),
        ('["customers.csv", "*.csv"]', ["customers.csv", "x1.csv", "x[1].csv"]),
        ('"./customers.csv"', ["customers.csv"]),
        ('"**/deep.csv"', ["deep.csv"]),
    ],
)
def test_customer_tables_by_name_and_glob(tmp_path: Path, files: str, found: list[str]) -> None:
    """A file that looks like a glob means itself; no file counts twice."""
    for name in ("customers.csv", "x1.csv", "x[1].csv", "sub/deep.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("k,c\n")
    (tmp_path / "dir.csv").mkdir()
    tables = read(tmp_path, CUSTOMERS.format(files=files)).customer_tables()
    assert sorted({table.path.name for table in tables}) == found
    assert len(tables) == len(found)


def test_an_absolute_path_is_taken_as_it_is(tmp_path: Path) -> None:
    """Relative paths start at the configuration, absolute ones do not."""
    table = tmp_path / "elsewhere" / "k.csv"
    table.parent.mkdir()
    table.write_text("k,c\n")
    config = read(tmp_path, CUSTOMERS.format(files=f"'{table}'"))
    assert [one.path for one in config.customer_tables()] == [table]
    config = read(tmp_path, CUSTOMERS.format(files=f"'{table.parent}/*.csv'"))
    assert [one.path for one in config.customer_tables()] == [table]


@pytest.mark.parametrize("files", ['"none.csv"', '"*.none"', '""', '"sub"'])
def test_customers_that_name_no_file(tmp_path: Path, files: str) -> None:
    """C103: a customer table that is not there would silently link nobody."""
    (tmp_path / "sub").mkdir()
    with pytest.raises(UsageError) as caught:
        read(tmp_path, CUSTOMERS.format(files=files)).customer_tables()
    assert caught.value.code is Code.CONFIG_NOTHING


DECLARED = """\
[experiment.new-form]
by    = "arm"
arms  = { control = 0.5, new = 0.5 }
until = 2026-05-28

[[change]]
on      = 2026-04-15
what    = "New meter form"
touches = "Meter readings"

[[change]]
on   = 2026-03-01
what = "Newsletter"

[value]
goal     = 40
currency = "SEK"

[contact]
activities = ["Call: *", "Complaint"]
answers    = "Mail answer"
cost       = { call = 7.50, mail = 4 }
promise    = "36h"

[compare-like]
columns = "customer_type"
"""


def test_experiments_changes_and_contacts(tmp_path: Path) -> None:
    """Changes are in the order of their days, arms in that of the file."""
    found = read(tmp_path, DECLARED).declared
    arms = (Arm("control", 0.5), Arm("new", 0.5))
    assert found.experiments == (Experiment("new-form", "arm", arms, date(2026, 5, 28)),)
    assert found.changes == (
        DatedChange(date(2026, 3, 1), "Newsletter"),
        DatedChange(date(2026, 4, 15), "New meter form", "Meter readings"),
    )
    assert found.contact == DeclaredContact(
        ("Call: *", "Complaint"),
        ("Mail answer",),
        (Cost("call", 7.5), Cost("mail", 4)),
        36 * 3_600_000_000,
    )
    assert found.worth == Worth(40, "SEK")
    assert found.like == ("customer_type",)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("[experiment.a]\nby = 'arm'\narms = { x = 1.0 }\n", 1, "two arms"),
        ("[experiment.a]\nby = 'arm'\narms = { x = 0.5, y = 0.4 }\n", 1, "add up to 1"),
        ("[experiment.a]\nby = 'arm'\narms = { x = 1, y = 0 }\n", 3, "greater than 0"),
        ("[[change]]\non = 'tomorrow'\nwhat = 'x'\n", 2, "valid date"),
        ("[[change]]\nwhat = 'x'\n", 1, "required"),
        ("[contact]\nactivity = ['x']\n", 2, "unknown key"),
        ("[contact]\nactivities = []\n", 2, "at least 1"),
        ("[contact]\ncost = { call = 0 }\n", 2, "greater than 0"),
        ("[contact]\npromise = 'soon'\n", 2, "duration"),
        ("[value]\ngoal = -1\n", 2, "greater than 0"),
        ("[value]\ncurrency = 'euro'\n", 2, "pattern"),
    ],
)
def test_what_is_declared_wrong(tmp_path: Path, text: str, line: int, message: str) -> None:
    """Each mistake is named with its line."""
    with pytest.raises(UsageError) as raised:
        read(tmp_path, text)
    problems = raised.value.problems
    assert any(one.place.line == line and message in one.message for one in problems)


def test_lines_of_keys() -> None:
    """Comments, strings of every kind, nested tables and arrays: each key at its line."""
    text = (
        "# a = 1\n"
        'a = "x # not a comment ] }" # a comment\n'
        'b = """\nc = 1\n"""\n'
        "d = { e = [1, { f = 'g = 2' }], h.i = 3 }\n"
        "[t.u]\n"
        "v = [\n  1,\n  # two\n  2,\n]\n"
        "[[w]]\nx = 1\n"
        "[[w]]\nx = 2\n[w.y]\nz = 1979-05-27T07:32:00Z\n"
        "[ \"q.r\" . s ]\n'k k' = -1.5e3\n"
    )
    lines = key_lines(text)
    assert {
        path: lines[path]
        for path in (
            ("a",),
            ("b",),
            ("d",),
            ("d", "e", 1, "f"),
            ("d", "h", "i"),
            ("t", "u"),
            ("t", "u", "v", 1),
            ("w", 0, "x"),
            ("w", 1),
            ("w", 1, "x"),
            ("w", 1, "y", "z"),
            ("q.r", "s", "k k"),
        )
    } == {
        ("a",): 2,
        ("b",): 3,
        ("d",): 6,
        ("d", "e", 1, "f"): 6,
        ("d", "h", "i"): 6,
        ("t", "u"): 7,
        ("t", "u", "v", 1): 11,
        ("w", 0, "x"): 14,
        ("w", 1): 15,
        ("w", 1, "x"): 16,
        ("w", 1, "y", "z"): 18,
        ("q.r", "s", "k k"): 20,
    }
    assert ("c",) not in lines and ("g",) not in lines


def test_what_only_people_know_of_privacy(tmp_path: Path) -> None:
    """Blanks at the ends go; no recipients are other than recipients that nobody declared."""
    file = tmp_path / "cjmine.toml"
    file.write_text(
        '[privacy]\ncontroller = " Lichtland BV "\ncontact = "privacy@example.nl"\n'
        'officer = "fg@example.nl"\nlegal-basis = "legitimate-interests"\n'
        'interest = "a service that works"\npeople = "customers"\nrecipients = []\n'
        'transfers = ["a host in Norway"]\nretention = "52w"\nretention-exports = "30d"\n'
        'journeys = "*.yaml"\n'
    )
    assert read_config(file).privacy == DeclaredPrivacy(
        "Lichtland BV",
        "privacy@example.nl",
        "fg@example.nl",
        LegalBasis.LEGITIMATE_INTERESTS,
        "a service that works",
        ("customers",),
        (),
        ("a host in Norway",),
        364,
        30,
        ("*.yaml",),
    )
    file.write_text("[privacy]\nrelease = true\n")
    found = read_config(file)
    assert found.release and found.privacy == NO_PRIVACY_DECLARED
    assert found.privacy.recipients is None


@pytest.mark.parametrize(
    "line",
    [
        'retention = "36h"',
        "retention = 400",
        'retention = ""',
        'legal-basis = "because"',
        'controller = "  "',
        "people = []",
        'recipients = ["a", " "]',
        'purpose = "x"',
    ],
)
def test_what_privacy_cannot_be(tmp_path: Path, line: str) -> None:
    file = tmp_path / "cjmine.toml"
    file.write_text(f"[privacy]\n{line}\n")
    with pytest.raises(UsageError) as error:
        read_config(file)
    assert [(one.code, one.place.line) for one in error.value.problems] == [(Code.CONFIG_VALUE, 2)]
