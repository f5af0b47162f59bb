"""The register names every source, column and retention; the notice every purpose and kind.

On generated configurations: what must be named is known from how they are made, not from cjmine.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from cli.running import KEY, SAMPLE_LOGS, run
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cjmine.config import read_config
from cjmine.declared_privacy import LegalBasis
from cjmine.disclosure.policy import Policy
from cjmine.errors import UsageError
from cjmine.eventlog.parquet import write_log
from cjmine.ingest.open_log import open_log
from cjmine.ingest.source_options import SourceOptions
from cjmine.reporters.formats import WordsOrJson
from cjmine.reporters.language import Lang, language
from cjmine.reporters.privacy import notice, register
from cjmine.reporters.terminal import Screen
from cjmine.results.privacy import PrivacyRegister
from cjmine.verbs.privacy_register import privacy_register

WORDS = ("meter", "advies", "queue", "sum", "klant", "note", "region", "plan", "kleur", "wijk")
CHANNELS = {
    "web": "visits to our website",
    "call": "phone calls",
    "mail": "e-mails",
    "chat": "chats",
    "sms": "text messages",
    "balie": "steps in our systems",
}
IDENTIFIERS = ("customer", "cookie", "phone", "email", "user")
FORMS = (WordsOrJson.TEXT, WordsOrJson.MARKDOWN, WordsOrJson.JSON)
word = st.sampled_from(WORDS)
phrase = st.lists(word, min_size=1, max_size=5).map(" ".join)


@dataclass(frozen=True)
class Table:
    """A generated export: its columns beside who, when and what, and those that are kept."""

    name: str
    channel: str
    kind: str
    further: tuple[str, ...]
    kept: tuple[str, ...]

    @property
    def dropped(self) -> tuple[str, ...]:
        return tuple(one for one in self.further if one not in self.kept)


@st.composite
def tables(draw: st.DrawFn) -> tuple[Table, ...]:
    made = []
    for number in range(draw(st.integers(1, 6))):
        further = tuple(f"{one}-{number}" for one in draw(st.lists(word, max_size=4, unique=True)))
        kept = tuple(one for one in further if draw(st.booleans()))
        channel, kind = draw(st.sampled_from(sorted(CHANNELS))), draw(st.sampled_from(IDENTIFIERS))
        made.append(Table(f"source-{number}", channel, kind, further, kept))
    return tuple(made)


@dataclass(frozen=True)
class Project:
    """A generated project: its exports, its journeys' purposes, and what it declares."""

    tables: tuple[Table, ...]
    purposes: tuple[str, ...]
    people: tuple[str, ...]
    recipients: tuple[str, ...]
    transfers: tuple[str, ...]
    basis: LegalBasis
    interest: str
    retention: int
    exports: int | None

    def write(self, folder: Path) -> None:
        lines = [
            "[privacy]",
            'controller = "Lichtland, Utrecht"',
            'contact = "privacy@example.nl"',
            f'legal-basis = "{self.basis}"',
            f'interest = "{self.interest}"',
            f"people = {json.dumps(self.people)}",
            f"recipients = {json.dumps(self.recipients)}",
            f"transfers = {json.dumps(self.transfers)}",
            f'retention = "{self.retention}d"',
            'journeys = "*.yaml"',
        ]
        lines += [] if self.exports is None else [f'retention-exports = "{self.exports}d"']
        for one in self.tables:
            head = ["who", "when", "what", *one.further]
            who = "jan@example.nl" if one.kind == "email" else "0612345678"
            row = ",".join([who, "2026-03-01T10:00:00Z", "Buy", *("x" for _ in one.further)])
            (folder / f"{one.name}.csv").write_text(",".join(head) + f"\n{row}\n")
            lines += [
                f"[source.{one.name}]",
                f'files = "{one.name}.csv"',
                'format = "csv"',
                f'channel = "{one.channel}"',
                f'customer = {{ column = "who", as = "{one.kind}", region = "NL" }}',
                'time = { column = "when" }',
                'activity = { column = "what" }',
                f"keep = {json.dumps(one.kept)}",
            ]
        for number, purpose in enumerate(self.purposes):
            (folder / f"journey-{number}.yaml").write_text(
                f"journey: journey-{number}\npurpose: {purpose}\ngoal: Buy\n"
                "stages:\n  - stage: S\n    steps: [Search, Buy]\n"
            )
        (folder / "cjmine.toml").write_text("\n".join(lines) + "\n")


projects = st.builds(
    Project,
    tables=tables(),
    purposes=st.lists(phrase, min_size=1, max_size=4).map(tuple),
    people=st.lists(phrase, min_size=1, max_size=2, unique=True).map(tuple),
    recipients=st.lists(phrase, max_size=3, unique=True).map(tuple),
    transfers=st.lists(phrase, max_size=2, unique=True).map(tuple),
    basis=st.sampled_from(LegalBasis),
    interest=phrase,
    retention=st.integers(1, 4000),
    exports=st.none() | st.integers(1, 900),
)


def registered(*arguments: Path) -> PrivacyRegister:
    found = [str(one) for one in arguments]
    options = SourceOptions(config=arguments[0].parent / "cjmine.toml")
    if arguments[0].is_dir():
        options = SourceOptions()
    return privacy_register(found, (), options, Policy())


def flat(text: str) -> str:
    """The words of a screen or of Markdown, in one line and without escapes."""
    return " ".join(re.sub(r"\\([^\w\s])", r"\1", text.replace("**", "")).split())


GENERATED = (Phase.explicit, Phase.generate)  # to make examples smaller takes minutes


@settings(
    max_examples=100, deadline=None, phases=GENERATED, suppress_health_check=list(HealthCheck)
)
@given(project=projects)
def test_register_and_notice_are_complete(project: Project) -> None:
    """Every source, column and retention; every purpose, kind of source and retention."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        project.write(folder)
        found = registered(folder)
    days = [project.retention] + ([] if project.exports is None else [project.exports])
    for lang in Lang:
        screen = Screen(language(lang))
        text, marked, machine = (flat(register.render(found, one, screen)) for one in FORMS)
        for shown in (text, machine, marked):
            for one in project.tables:
                assert one.name in shown
                assert all(column in shown for column in ("who", "when", "what", *one.further))
            for one in days:
                assert str(one) in shown or language(lang).counted("day", one) in shown
            assert all(one in shown for one in (*project.recipients, *project.transfers))
        said = kept_and_dropped(text)
        assert said.keys() == {one.name for one in project.tables}
        for one in project.tables:
            kept, dropped = said[one.name]
            names = ["who", "when", "what", *one.kept]
            assert re.findall(r"(?:^|, )([^ (,]+) \(", kept) == names
            assert dropped == (", ".join(one.dropped) or language(lang).say("register.none"))

        page, in_markdown, in_json = (flat(notice.render(found, f, screen)) for f in FORMS)
        for shown in (page, in_markdown, in_json):
            assert all(one in shown for one in project.purposes)
            assert all(language(lang).counted("day", one) in shown for one in days)
            assert len(shown.split()) <= 300 or shown is in_json
        assert len(page.split()) == json.loads(in_json)["words"]
        if lang is Lang.EN:
            assert all(kind_of(one) in page for one in project.tables)
            assert (project.interest in page) or project.basis != "legitimate-interests"


def kept_and_dropped(text: str) -> dict[str, tuple[str, str]]:
    """What the register says of each source, in either language."""
    found = re.findall(
        r"(source-\d): [^:]*(?:kept|bewaard): (.*?) (?:dropped|weggelaten): (.*?)"
        r"(?= source-\d: | d\. )",
        text,
    )
    return {name: (kept, dropped) for name, kept, dropped in found}


def kind_of(one: Table) -> str:
    """What the notice must call a source; a counter is a website only by its cookies."""
    is_cookie = one.channel == "balie" and one.kind == "cookie"
    return CHANNELS["web" if is_cookie else one.channel]


@settings(max_examples=20, deadline=None, phases=GENERATED, suppress_health_check=list(HealthCheck))
@given(project=projects)
def test_the_last_load_says_what_its_exports_say(project: Project) -> None:
    """A saved log gives the register of the exports, and the key of its tokens."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        project.write(folder)
        exports = registered(folder)
        file = folder / "log.parquet"
        write_log(open_log([str(folder)]).log, file)
        assert registered(file) == exports


REQUIRED = ("controller", "contact", "legal-basis", "people", "recipients", "retention")
DECLARED = {
    "controller": '"Lichtland, Utrecht"',
    "contact": '"privacy@example.nl"',
    "legal-basis": '"contract"',
    "people": '["customers"]',
    "recipients": "[]",
    "retention": '"400d"',
}
EXPORT = "customer,activity,time\nc1,Buy,2024-05-01T10:00:00Z\n"
JOURNEY = "journey: shop\n{}goal: Buy\nstages:\n  - stage: S\n    steps: [Buy]\n"


def shop(folder: Path, *left_out: str, purpose: str = "purpose: fewer calls\n") -> Path:
    lines = [f"{key} = {value}" for key, value in DECLARED.items() if key not in left_out]
    (folder / "cjmine.toml").write_text(
        "\n".join(["[privacy]", *lines, '[source.shop]\nfiles = "shop.csv"\nformat = "csv"\n'])
    )
    (folder / "shop.csv").write_text(EXPORT)
    (folder / "journey.yaml").write_text(JOURNEY.format(purpose))
    return folder


@pytest.mark.parametrize("verb", ["register", "notice"])
@pytest.mark.parametrize("key", REQUIRED)
def test_what_is_missing_is_an_error_and_nothing_is_written(
    tmp_path: Path, key: str, verb: str
) -> None:
    ran = run(shop(tmp_path, key), "privacy", verb, "-o", "out.md")
    assert (ran.status, ran.codes, ran.out) == (2, ["P108"], "")
    assert key in ran.err and not (tmp_path / "out.md").exists()


def test_all_that_is_missing_is_named_at_once(tmp_path: Path) -> None:
    """Without any declaration, and the purpose of the journey too."""
    ran = run(shop(tmp_path, *REQUIRED, purpose=""), "privacy", "register")
    assert (ran.status, ran.codes, ran.out) == (2, ["P108"] * 7, "")
    assert all(key in ran.err for key in (*REQUIRED, "purpose"))


def test_legitimate_interests_are_named(tmp_path: Path) -> None:
    text = shop(tmp_path).joinpath("cjmine.toml").read_text()
    (tmp_path / "cjmine.toml").write_text(text.replace("contract", "legitimate-interests"))
    ran = run(tmp_path, "privacy", "register")
    assert (ran.status, ran.codes) == (2, ["P108"]) and "interest =" in ran.err


def test_without_a_journey_there_is_no_purpose(tmp_path: Path) -> None:
    (shop(tmp_path) / "journey.yaml").unlink()
    ran = run(tmp_path, "privacy", "register")
    assert (ran.status, ran.codes) == (2, ["P108"]) and "-i FILE" in ran.err


def test_all_journeys_of_a_portfolio_have_their_purpose(tmp_path: Path) -> None:
    """A register that names one of several journeys that are measured is not complete."""
    shop(tmp_path)
    for name in ("buy", "sell", "old"):
        text = JOURNEY.replace("journey: shop", f"journey: {name}").format(f"purpose: to {name}\n")
        (tmp_path / f"{name}.yaml").write_text(text)
    (tmp_path / "portfolio.yaml").write_text(
        "lifecycle: [Use]\njourneys:\n  - {journey: buy.yaml}\n  - {journey: journey.yaml}\n"
        "  - {journey: old.yaml, status: retired}\n  - {journey: an idea}\n"
        "  - {template: sell.yaml, for: {fund: [A, B]}}\n"
    )
    purposes = [one.purpose for one in registered(tmp_path).purposes]
    assert purposes == ["fewer calls", "to buy", "to sell"]
    (tmp_path / "journey.yaml").unlink()
    (tmp_path / "portfolio.yaml").write_text("{lifecycle: [Use], journeys: [{journey: sell.yaml}]}")
    assert [one.purpose for one in registered(tmp_path).purposes] == ["to sell"]


def test_a_declared_journey_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    text = shop(tmp_path).joinpath("cjmine.toml").read_text()
    (tmp_path / "cjmine.toml").write_text(
        text.replace("[source", 'journeys = ["a.yaml", "journey.yaml"]\n[source')
    )
    ran = run(tmp_path, "privacy", "register")
    assert (ran.status, ran.codes) == (2, ["C103"]) and "a.yaml" in ran.err


def test_a_notice_is_never_longer_than_300_words(tmp_path: Path) -> None:
    """It is refused, and what is longest is named; the register has no such end."""
    shop(tmp_path)
    text = (tmp_path / "cjmine.toml").read_text()
    many = [f"a host of number {number}" for number in range(40)]
    (tmp_path / "cjmine.toml").write_text(
        text.replace("recipients = []", f"recipients = {json.dumps(many)}")
    )
    ran = run(tmp_path, "privacy", "notice")
    assert (ran.status, ran.codes, ran.out) == (2, ["P110"], "")
    assert "recipients: 200 words" in ran.err
    assert run(tmp_path, "privacy", "register").status == 0


def test_a_saved_log_names_its_key_and_its_columns(tmp_path: Path) -> None:
    """Without the exports, and all else is as the exports say."""
    shop(tmp_path)
    assert run(tmp_path, "load", ".", "-o", "log.parquet", key=KEY).status == 0
    exports = json.loads(run(tmp_path, "privacy", "register", "--json").out)
    (tmp_path / "shop.csv").unlink()
    saved = run(tmp_path, "privacy", "register", "log.parquet", "-o", "r.json")
    assert saved.status == 0, saved.err
    found = json.loads((tmp_path / "r.json").read_text())
    assert len(found["keys"]) == 1 and found["keys"][0] in saved.out
    assert {**found, "keys": []} == exports


COMPARED = """
[compare-like]
columns = ["kind"]
[experiment.button]
by = "arm"
arms = { old = 0.5, new = 0.5 }
"""
PORTFOLIO = """lifecycle: [Use]
journeys:
  - template: journey.yaml
    name: shop
    phase: Use
    for: {fund: [A, B]}
"""


def test_what_is_only_compared_is_not_called_dropped(tmp_path: Path) -> None:
    """Columns that the project compares by are read of exports, and are in no saved log."""
    shop(tmp_path)
    with (tmp_path / "cjmine.toml").open("a") as file:
        file.write(COMPARED)
    (tmp_path / "shop.csv").write_text(
        EXPORT.replace("time", "time,kind,arm,fund,note", 1).replace("00Z", "00Z,x,old,A,n")
    )
    (tmp_path / "portfolio.yaml").write_text(PORTFOLIO)
    found = registered(tmp_path).sources[0]
    roles = {one.column: one.role.value for one in found.kept}
    assert [roles.get(one) for one in ("kind", "arm", "fund")] == ["compared"] * 3
    assert found.dropped == ("note",)
    assert "use 3 other facts" in flat(run(tmp_path, "privacy", "notice").out)
    assert run(tmp_path, "load", ".", "-o", "log.parquet", key=KEY).status == 0
    saved = registered(tmp_path / "log.parquet").sources[0]
    assert saved.dropped == ("kind", "arm", "fund", "note")


def test_released_results_are_said_to_be_rounded(tmp_path: Path) -> None:
    plain = run(shop(tmp_path), "privacy", "register")
    released = run(tmp_path, "privacy", "register", "--release")
    assert "rounded" in released.out and "rounded" not in plain.out


def test_hostile_texts_are_shown_and_not_obeyed(tmp_path: Path) -> None:
    """Those of the configuration and the names of columns, on every way out."""
    shop(tmp_path)
    text = (tmp_path / "cjmine.toml").read_text()
    text = text.replace("Lichtland, Utrecht", "<script>\\u001b[31m| ![x](y) @team")
    (tmp_path / "cjmine.toml").write_text(text)
    (tmp_path / "shop.csv").write_text(EXPORT.replace("time", "time,=1+1<b>**", 1))
    for verb in ("register", "notice"):
        plain = run(tmp_path, "privacy", verb)
        assert plain.status == 0, plain.err
        assert "\x1b" not in plain.out and "\\x1b[31m" in plain.out
        marked = run(tmp_path, "privacy", verb, "-f", "markdown").out
        assert "<script>" not in marked and "![x]" not in marked and "@team" not in marked
        assert "<b>" not in marked and "privacy@example.nl" in marked


def test_the_sample_logs_have_a_register_and_a_notice(tmp_path: Path) -> None:
    """Their declared values are there, in both languages, and JSON holds the same."""
    declared = read_config(SAMPLE_LOGS / "cjmine.toml").privacy
    for verb in ("register", "notice"):
        for lang in ("en", "nl"):
            ran = run(tmp_path, "privacy", verb, SAMPLE_LOGS, "--lang", lang)
            assert ran.status == 0, ran.err
            shown = flat(ran.out)
            assert declared.controller and declared.controller in shown
            assert f"{declared.retention} da" in shown
    found = json.loads(run(tmp_path, "privacy", "register", SAMPLE_LOGS, "--json").out)
    assert found["schema"] == "cjmine/privacy-register/1"
    assert found["retention"][0] == {"of": "logs", "days": declared.retention}


def test_register_in_process_raises_all_problems() -> None:
    with TemporaryDirectory() as name:
        folder = shop(Path(name), "contact", "people")
        with pytest.raises(UsageError) as error:
            registered(folder)
        assert [one.code.value for one in error.value.problems] == ["P108", "P108"]
