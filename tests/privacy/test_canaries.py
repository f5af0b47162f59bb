"""Nothing raw leaves: a sweep over every byte that any command says, writes or leaves behind.

Some thousand canaries stand in every column, header and free text of every kind of export, and in
records that cannot be read. Every command runs on them in a process of its own. Then everything
that came out is searched, and all temporary files that existed for a moment.

The sweep proves nothing unless it finds leaks: builds that leak on purpose must all be caught.
"""

from __future__ import annotations

import os
import stat
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest
from cli.running import launched
from privacy.canaries import MARK, Aviary, Scanner, forms, plant, spoil, unpacked
from privacy.export_canaries import plant_exports

PROJECT = Path(__file__).parents[2]
KEY = "00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210"


class Watcher(threading.Thread):
    """Reads every file below some folders again and again: what existed for a moment is seen."""

    def __init__(self, *folders: Path) -> None:
        super().__init__(daemon=True)
        self._folders = folders
        self._done = threading.Event()
        self.seen: dict[tuple[str, int, int], bytes] = {}

    def run(self) -> None:
        while not self._done.wait(0.005):
            self.look()

    def look(self) -> None:
        for folder in self._folders:
            for here, _, names in os.walk(folder):
                for name in names:
                    self._read(os.path.join(here, name))

    def _read(self, path: str) -> None:
        try:
            found = os.lstat(path)
            key = (path, found.st_size, found.st_mtime_ns)
            # A pipe is no file: what goes through it never touches the disk.
            if key not in self.seen and stat.S_ISREG(found.st_mode):
                self.seen[key] = Path(path).read_bytes()
        except OSError:
            pass

    def stop(self) -> None:
        self._done.set()
        self.join()
        self.look()


@dataclass(frozen=True, slots=True)
class Garden:
    """A folder with planted files, a scanner that knows them, and where outputs go."""

    inputs: Path
    scanner: Scanner
    root: Path


@dataclass(frozen=True, slots=True)
class Swept:
    """One run: its exit status, and where canaries were found, by form."""

    status: int
    said: str
    hits: dict[str, set[str]]


def make(root: Path, spoiled: bool) -> Garden:
    aviary = Aviary()
    plant(root / "in", aviary)
    if spoiled:
        spoil(root / "in", aviary)
    assert len(aviary.planted) > 5000 and len(aviary.phones) > 500
    (root / "my.key").write_text(KEY)
    (root / "my.key").chmod(0o600)
    return Garden(root / "in", Scanner(aviary), root)


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Garden:
    return make(tmp_path_factory.mktemp("good"), spoiled=False)


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory: pytest.TempPathFactory) -> Garden:
    return make(tmp_path_factory.mktemp("spoiled"), spoiled=True)


def sweep(
    garden: Garden,
    work: Path,
    *arguments: str,
    script: Path | None = None,
    environ: dict[str, str] | None = None,
) -> Swept:
    """Run a command in an empty folder and search everything that it said, wrote and left."""
    out, temporary, home = work / "out", work / "tmp", work / "home"
    for folder in (out, temporary, home):
        folder.mkdir(exist_ok=True)
    before = {file: file.read_bytes() for file in garden.root.rglob("*") if file.is_file()}
    watcher = Watcher(out, temporary, home)
    watcher.start()
    try:
        ran = launched(
            arguments,
            out,
            {
                "PATH": os.defpath, "HOME": str(home), "TMPDIR": str(temporary),
                "PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "200",
            } | (environ or {}),
            script,
        )  # fmt: skip
    finally:
        watcher.stop()
    hits = {"stdout": garden.scanner.hits(ran.stdout), "stderr": garden.scanner.hits(ran.stderr)}
    for (path, _, _), data in watcher.seen.items():
        hits[path] = hits.get(path, set()) | garden.scanner.hits(data)
    for file in [one for one in work.rglob("*") if one.is_file()]:
        for data in unpacked(file):
            hits[str(file)] = hits.get(str(file), set()) | garden.scanner.hits(data)
    after = {file: file.read_bytes() for file in garden.root.rglob("*") if file.is_file()}
    assert after == before, "a command wrote beside its inputs"
    assert not list(temporary.rglob("*")), "a temporary file stayed"
    return Swept(
        ran.status,
        ran.out + ran.err,
        {where: found for where, found in hits.items() if found},
    )


def filled(garden: Garden, arguments: str) -> list[str]:
    return [part.format(IN=garden.inputs, ROOT=garden.root) for part in arguments.split()]


GOOD = [
    ("sniff {IN}/logs", 0),
    ("sniff {IN}/events.jsonl {IN}/process.xes {IN}/events.parquet", 0),
    ("load {IN}/logs --key-file {ROOT}/my.key -o log.parquet", 0),
    ("load {IN}/logs -o log.parquet", 4),
    ("load {IN}/events.jsonl --key-file {ROOT}/my.key -o log.parquet", 0),
    ("load {IN}/process.xes --key-file {ROOT}/my.key -o log.parquet", 0),
    ("load {IN}/process.xes --customer case:klant --key-file {ROOT}/my.key -o log.parquet", 0),
    ("load {IN}/events.parquet --key-file {ROOT}/my.key -o log.parquet", 0),
    ("discover {IN}/logs --goal Submit", 2),
    ("discover {IN}/logs --goal Complaint", 0),
    ("discover {IN}/logs -f markdown --top all", 0),
    ("discover {IN}/logs --by channel -f csv --table sources -o a.json -o b.md -o c.txt", 0),
    ("discover {IN}/logs -f json --top all --min-group 1", 0),
    ("discover {IN}/logs/web/access.log --config {IN}/none.toml", 2),
    ("discover {IN}/logs --by nothing", 2),
    ("discover {IN}/logs --tz Nowhere/Land", 2),
    ("map {IN}/logs --as flow --paths 100% -o a.svg -o b.html -o c.dot -f dot", 0),
    ("map {IN}/logs --as flow --min-group 1", 0),
    ("map {IN}/logs --as variants --no-ideal --min-group 1 --top all -o a.svg -o b.html", 0),
    ("map {IN}/logs --as model --model heuristics --min-group 1", 0),
    ("map {IN}/events.jsonl --activity user.mail", 4),
    ("discover {IN}/logs -f html -o a.html", 0),
    ("report {IN}/logs -o a.html", 0),
    ("report {IN}/logs --lang nl --min-group 1 -o a.html", 0),
    ("report {IN}/events.jsonl --customer user.name -o a.html", 0),
    ("report {IN}/events.jsonl --activity user.mail", 4),
    ("discover {IN}/events.jsonl -f json", 0),
    ("discover {IN}/events.jsonl --customer user.name --min-group 1", 0),
    ("discover {IN}/events.jsonl --timestamp note", 3),
    ("discover {IN}/events.jsonl --activity user.mail", 4),
    ("discover {IN}/events.jsonl --activity phone", 4),
    ("discover {IN}/events.jsonl --customer nobody", 3),
    ("discover {IN}/process.xes -f csv", 0),
    ("discover {IN}/process.xes {IN}/events.jsonl", 3),
    ("discover {IN}/events.parquet --time-format %d", 3),
    ("discover {IN}/events.parquet --timestamp remark", 3),
    ("discover {IN}/logs/calls_2026-03.csv --activity Telefoonnummer --timestamp Datum", 4),
]
BAD = [
    ("sniff {IN}/logs", 0),
    ("load {IN}/logs --key-file {ROOT}/my.key -o log.parquet", 3),
    (
        "load {IN}/logs --key-file {ROOT}/my.key -o log.parquet --max-rejects 100% --rejects r.csv",
        0,
    ),
    ("discover {IN}/logs", 3),
    ("discover {IN}/logs --max-rejects 50 -f json", 0),
    ("discover {IN}/events.jsonl", 3),
    ("discover {IN}/events.jsonl --max-rejects 10", 0),
    ("discover {IN}/process.xes", 3),
    ("discover {IN}/process.xes --max-rejects 10", 0),
]


@pytest.mark.parametrize(("arguments", "status"), GOOD)
def test_nothing_raw_leaves(garden: Garden, tmp_path: Path, arguments: str, status: int) -> None:
    swept = sweep(garden, tmp_path, *filled(garden, arguments))
    assert swept.status == status, swept.said
    assert not swept.hits


@pytest.mark.parametrize(("arguments", "status"), BAD)
def test_nothing_raw_leaves_of_records_that_cannot_be_read(
    spoiled: Garden, tmp_path: Path, arguments: str, status: int
) -> None:
    swept = sweep(spoiled, tmp_path, *filled(spoiled, arguments))
    assert swept.status == status, swept.said
    assert not swept.hits
    if status == 3 or "--rejects" in arguments:
        assert "rejected" in swept.said or "cannot be events" in swept.said


def test_a_saved_log_gives_nothing_away_either(garden: Garden, tmp_path: Path) -> None:
    key = {"CJMINE_KEY": KEY}
    load = sweep(
        garden, tmp_path, "load", f"{garden.inputs}/logs", "-o", "log.parquet", environ=key
    )
    assert load.status == 0 and not load.hits
    for more in (["-f", "text"], ["-f", "json", "--top", "all"], ["--by", "nothing"]):
        found = sweep(garden, tmp_path, "discover", "log.parquet", *more)
        assert not found.hits
    everything = [data for file in tmp_path.rglob("*") if file.is_file() for data in unpacked(file)]
    assert not [data for data in everything if KEY.encode() in data.lower()]


@pytest.mark.parametrize(
    "more",
    [
        "-f text --examples 99 --ranges",
        "-f html --ranges --min-group 1 -o a.html",
        "-f html --release --lang nl -o a.csv -o b.xml -o c.json --save-baseline base.json",
        "-f json --min-group 1",
        "-f csv --table ranges --ranges -o a.md",
        "-f markdown -o a.csv -o b.xml -o c.json --save-baseline base.json",
        "-f github --tz Nowhere/Land",
        "-f junit --observed-until soon",
    ],
)
def test_a_check_gives_nothing_away(garden: Garden, tmp_path: Path, more: str) -> None:
    ideal = PROJECT / "sample_logs" / "journey.yaml"
    for source in ("logs", "events.jsonl", "process.xes"):
        swept = sweep(
            *(garden, tmp_path, "check", f"{garden.inputs}/{source}", "-i", str(ideal)),
            *more.split(),
        )
        assert swept.status in (0, 1, 2, 3, 4), swept.said
        assert not swept.hits


@pytest.mark.parametrize(
    "more",
    [
        "--drift --every day -o a.html -o b.csv -o c.md",
        "--what deviations --every month -f json --min-group 1",
        "--release --lang nl --drift -o a.json -o a.html",
    ],
)
def test_a_trend_gives_nothing_away(garden: Garden, tmp_path: Path, more: str) -> None:
    ideal = PROJECT / "sample_logs" / "journey.yaml"
    for source in ("logs", "events.jsonl", "process.xes"):
        swept = sweep(
            *(garden, tmp_path, "trend", f"{garden.inputs}/{source}", "-i", str(ideal)),
            *more.split(),
        )
        assert swept.status in (0, 2, 3, 4), swept.said
        assert swept.status == 0 or source != "logs"
        assert not swept.hits


@pytest.mark.parametrize("goal", ["Final bill mail", "Submit", "nobody@example.org"])
def test_a_draft_gives_nothing_away(garden: Garden, tmp_path: Path, goal: str) -> None:
    for source in ("logs", "events.jsonl", "process.xes"):
        swept = sweep(
            *(garden, tmp_path, "draft", f"{garden.inputs}/{source}", "--goal", goal),
            *("-o", f"{source}.yaml", "--min-group", "1"),
        )
        assert swept.status in (0, 2, 3, 4), swept.said
        assert swept.status == 0 or (source, goal) != ("logs", "Final bill mail")
        assert not swept.hits


def test_a_model_holds_labels_only(garden: Garden, tmp_path: Path) -> None:
    swept = sweep(
        garden, tmp_path, "discover", f"{garden.inputs}/events.jsonl",
        "--model", "inductive", "-o", "model.bpmn",
    )  # fmt: skip
    assert swept.status == 0, swept.said
    assert not swept.hits


@pytest.fixture(scope="module")
def systems(tmp_path_factory: pytest.TempPathFactory) -> Garden:
    """The exports of many systems in one folder, without a configuration."""
    root, aviary = tmp_path_factory.mktemp("systems"), Aviary()
    plant_exports(root / "in", aviary)
    assert len(aviary.planted) > 600
    (root / "my.key").write_text(KEY)
    (root / "my.key").chmod(0o600)
    return Garden(root / "in", Scanner(aviary), root)


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ("sniff {IN}", 0),
        ("load {IN} --tz UTC --region NL --key-file {ROOT}/my.key -o log.parquet", 0),
        ("discover {IN} --tz UTC --region NL -f json --top all --min-group 1", 0),
        ("discover {IN} --tz UTC -f csv --table activities", 0),
        ("touchpoints {IN} --tz UTC --list all", 0),
        ("touchpoints {IN} --tz UTC --min-group 1 -o rules.toml", 0),
        ("identity report {IN} --tz UTC --region NL", 0),
        ("init --from {IN} --tz UTC --region NL --no-input", 0),
        ("init --from {IN} --no-input", 2),
    ],
)
def test_nothing_raw_leaves_from_any_system(
    systems: Garden, tmp_path: Path, arguments: str, status: int
) -> None:
    """Contact centres, analytics, traces, tickets, surveys, web logs and workbooks."""
    swept = sweep(systems, tmp_path, *filled(systems, arguments))
    assert swept.status == status, swept.said
    assert not swept.hits, swept.said


@pytest.mark.parametrize(
    "arguments",
    [
        "touchpoints {IN}/logs --list all",
        "touchpoints {IN}/logs --list all -f json",
        "touchpoints {IN}/logs --list all --release --lang nl",
        "identity report {IN}/logs --key-file {ROOT}/my.key",
        "identity report {IN}/logs --key-file {ROOT}/my.key -f json",
        "identity report {IN}/logs --lang nl",
        "sniff {IN}/logs {IN}/events.jsonl {IN}/process.xes -f json",
        "sniff {IN}/logs {IN}/events.jsonl {IN}/process.xes --lang nl",
        "discover {IN}/logs --release --lang nl -o a.html -o b.json -o c.md",
        "map {IN}/logs --as flow --release -o a.svg -o c.dot",
        "init --from {IN}/logs --tz Europe/Amsterdam --region NL --no-input",
        "init --portfolio {IN}/logs",
        "maturity {IN}",
        "maturity {IN} -f json -o a.md -o b.json --lang nl",
    ],
)
def test_setting_up_gives_nothing_away(garden: Garden, tmp_path: Path, arguments: str) -> None:
    """Labels of few customers, and whatever else stands in the exports, are counted, not shown."""
    swept = sweep(garden, tmp_path, *filled(garden, arguments))
    assert swept.status == 0, swept.said
    assert not swept.hits, swept.said


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ("privacy register {IN}/logs", 0),
        ("privacy register {IN}/logs -f markdown -o a.json -o b.md -o c.txt", 0),
        ("privacy register {IN}/logs --lang nl --release", 0),
        ("privacy notice {IN}/logs --lang nl -o a.json -o b.md", 0),
        ("privacy register {IN}/events.jsonl {IN}/process.xes", 3),
        ("privacy register {IN}/events.jsonl", 2),
        ("privacy register {IN}/events.jsonl --config {IN}/logs/cjmine.toml", 0),
        ("privacy register {IN}/process.xes --config {IN}/logs/cjmine.toml", 0),
        ("privacy purge {IN}/logs", 0),
    ],
)
def test_the_register_gives_nothing_away(
    garden: Garden, tmp_path: Path, arguments: str, status: int
) -> None:
    """It names columns and what was declared; a value is in none of its outputs."""
    typed = filled(garden, arguments)
    if typed[1] != "purge":
        typed += ["-i", str(PROJECT / "sample_logs" / "journey.yaml")]
    swept = sweep(garden, tmp_path, *typed)
    assert swept.status == status, swept.said
    assert not swept.hits, swept.said


def test_a_purge_gives_nothing_away(garden: Garden, tmp_path: Path) -> None:
    key = {"CJMINE_KEY": KEY}
    load = ["load", f"{garden.inputs}/logs", "-o", "log.parquet"]
    assert sweep(garden, tmp_path, *load, environ=key).status == 0
    for more in (["--dry-run"], ["-f", "json"], ["--min-group", "1", "-o", "p.md"]):
        typed = ["privacy", "purge", "log.parquet", "--today", "2027-04-20", *more]
        swept = sweep(garden, tmp_path, *typed, "--config", f"{garden.inputs}/logs/cjmine.toml")
        assert swept.status == 0 and not swept.hits, swept.said


def test_a_classifier_gives_nothing_away(garden: Garden, tmp_path: Path) -> None:
    """A sample full of canaries: neither the file nor the report holds one of them."""
    aviary = Aviary()
    rows = [
        f"{text} {aviary.new()},{label}"
        for text, label in (("my invoice", "invoice"), ("I am moving", "moving"))
        for _ in range(60)
    ]
    (tmp_path / "sample.csv").write_text("text,label\n" + "\n".join(rows) + "\n")
    work = tmp_path / "work"
    work.mkdir()
    sample, model = str(tmp_path / "sample.csv"), str(work / "out" / "x.classifier")
    trained = sweep(garden, work, "classify", "train", sample, "-o", model)
    assert trained.status == 0 and not trained.hits, trained.said
    applied = sweep(garden, work, "classify", "apply", model, sample, "-o", "labels.csv")
    assert applied.status == 0 and not applied.hits, applied.said


def broken_files(folder: Path) -> list[Path]:
    """Files that end early, have no header, or are damaged, with canaries where they break."""
    xes = f'<log><trace><string key="concept:name" value="{MARK}1"/><event><{MARK}'
    doctype = f'<!DOCTYPE log [<!ENTITY x "{MARK}">]><log><trace><event>&x;</event></trace></log>'
    contents = {
        "headerless.csv": f"{MARK}1,06-12340000,2026-03-01\n{MARK}2,06-12340001,2026-03-02\n" * 9,
        "ragged.csv": f"{MARK}\n{MARK};{MARK}\n\n{MARK},{MARK},{MARK}\n",
        "quote.csv": f'customer,activity,time\nc1,a,2026-03-01\n"{MARK},a,2026-03-01\n{MARK},b\n',
        "early.xes": xes, "doctype.xes": doctype,
        "deep.jsonl": '{"customer": "c", "event": "e", "time": "2026-03-01"}\n{"' + MARK,
        "words.log": f"{MARK} {MARK}\n" * 20,
        "late.mbox": f"From {MARK}@example.com Tue Mar  3 18:22:32 2026\nFrom: {MARK}@example.com\nTo",
    }  # fmt: skip
    for name, content in contents.items():
        (folder / name).write_text(content)
    (folder / "cut.csv.gz").write_bytes(b"\x1f\x8b\x08\x00" + MARK.encode() * 9)
    (folder / "cut.parquet").write_bytes(b"PAR1" + MARK.encode() * 20 + b"PAR1")
    return sorted(folder.iterdir())


def test_broken_files_are_told_and_not_shown(garden: Garden, tmp_path: Path) -> None:
    """One process for all of them: each is sniffed and discovered, and each time it fails."""
    folder = tmp_path / "broken"
    folder.mkdir()
    files = [str(file) for file in broken_files(folder)]
    script = (
        "import os, sys\nfrom cjmine.cli import main\nos._exit = sys.exit\n"
        "for verb in ('sniff', 'discover'):\n"
        "    for file in sys.argv[1:]:\n"
        "        print('##', verb, file, flush=True)\n"
        "        old, sys.argv = sys.argv, ['cjmine', verb, file]\n"
        "        try:\n            main()\n"
        "        except SystemExit as end:\n            print('ended', end.code, flush=True)\n"
        "        sys.argv = old\n"
    )
    (tmp_path / "all.py").write_text(script)
    work = tmp_path / "work"
    work.mkdir()
    swept = sweep(garden, work, *files, script=tmp_path / "all.py")
    assert swept.status == 0
    assert swept.said.count("ended 3") >= len(files), swept.said
    assert "ended 70" not in swept.said, swept.said
    assert not swept.hits, swept.said


# The control: builds that leak on purpose.

LEAKS = {
    "tokens are the raw values": (
        "from cjmine.privacy import pseudonymise\n"
        "pseudonymise.token_column = lambda key, kind, values: pa.array([f'{kind}_{v}' for v in values])",
        "load",
    ),
    "tokens are unkeyed SHA-256": (
        "from cjmine.privacy import pseudonymise\n"
        "pseudonymise.token_column = lambda key, kind, values: pa.array("
        "[hashlib.sha256(v.encode()).hexdigest() for v in values])",
        "load",
    ),
    "tokens are unkeyed MD5": (
        "from cjmine.privacy import pseudonymise\n"
        "pseudonymise.token_column = lambda key, kind, values: pa.array("
        "[kind + hashlib.md5(v.encode()).hexdigest().upper() for v in values])",
        "load",
    ),
    "tokens are base64": (
        "from cjmine.privacy import pseudonymise\n"
        "pseudonymise.token_column = lambda key, kind, values: pa.array("
        "[f'{kind}_' + base64.b64encode(v.encode()).decode() for v in values])",
        "load",
    ),
    "tokens are reversed": (
        "from cjmine.privacy import pseudonymise\n"
        "pseudonymise.token_column = lambda key, kind, values: pa.array([v[::-1] for v in values])",
        "load",
    ),
    "tokens of telephones alone are raw": (
        "from cjmine.privacy import pseudonymise, pseudonyms\n"
        "from cjmine.sources import Kind\n"
        "pseudonymise.token_column = lambda key, kind, values: pa.array(list(values), pa.string())"
        " if kind is Kind.PHONE else pseudonyms.token_column(key, kind, values)",
        "load",
    ),
    "a column of notes is kept": ("pass", "keep"),
    "samples are not masked": (
        "from cjmine.loaders import roles\nroles.masked = lambda value: value",
        "sniff",
    ),
    "raw values go through a temporary file": (
        "from cjmine.privacy.pseudonymise import TokenTable\n"
        "old = TokenTable.pseudonymise\n"
        "def pseudonymise(self, values, identifier):\n"
        "    with tempfile.NamedTemporaryFile('w') as file:\n"
        "        file.write(repr(values.to_pylist())); file.flush(); time.sleep(0.1)\n"
        "    return old(self, values, identifier)\n"
        "TokenTable.pseudonymise = pseudonymise",
        "discover",
    ),
    "an error shows the values": (
        "from cjmine.privacy import gate\n"
        "old = gate.check_labels\n"
        "def check(labels, column):\n"
        "    print([one for one in labels if gate.looks_personal(one)], file=sys.stderr)\n"
        "    old(labels, column)\n"
        "from cjmine.privacy import kept_values\nkept_values.check_labels = check",
        "gate",
    ),
    "labels of few customers are listed": (
        "from cjmine.touchpoints import find as touchpoints\n"
        "touchpoints._may_show = lambda label, min_group: True",
        "touchpoints",
    ),
    "labels of few customers are in the JSON": (
        "from cjmine.touchpoints import find as touchpoints\n"
        "touchpoints._may_show = lambda label, min_group: True",
        "touchpoints as JSON",
    ),
    "the identity report names what it counts": (
        "from cjmine.privacy.pseudonymise import TokenTable\n"
        "old = TokenTable.pseudonymise\n"
        "def pseudonymise(self, values, identifier):\n"
        "    print(values.to_pylist()[:1], file=sys.stderr)\n"
        "    return old(self, values, identifier)\n"
        "TokenTable.pseudonymise = pseudonymise",
        "identity",
    ),
    "the identity report names a customer of the table": (
        "from cjmine.ingest import linking\n"
        "old = linking.read_customers\n"
        "def read(table):\n"
        "    for rows in old(table):\n"
        "        print(rows.column(0)[0])\n"
        "        yield rows\n"
        "linking.read_customers = read",
        "identity",
    ),
    "init writes down whatever label it meets": (
        "from cjmine.touchpoints import find as touchpoints, proposals\n"
        "proposals.ENOUGH, proposals.MOST = 1, 9999\n"
        "touchpoints.propose = lambda found, min_group: proposals.propose(found, 1)",
        "init",
    ),
}
COMMANDS = {
    "touchpoints": "touchpoints {IN}/logs --list all",
    "touchpoints as JSON": "touchpoints {IN}/logs --list all -f json",
    "identity": "identity report {IN}/logs --key-file {ROOT}/my.key",
    "init": "init --from {IN}/logs --tz Europe/Amsterdam --region NL --no-input",
    "load": "load {IN}/logs --key-file {ROOT}/my.key -o log.parquet",
    "keep": "load {IN}/logs --key-file {ROOT}/my.key -o log.parquet --keep Medewerker",
    "sniff": "sniff {IN}/logs/customers.csv {IN}/logs/analytics.csv",
    "discover": "discover {IN}/events.jsonl",
    "gate": "discover {IN}/events.jsonl --activity user.mail",
}


@pytest.mark.parametrize("leak", LEAKS)
def test_a_build_that_leaks_is_caught(garden: Garden, tmp_path: Path, leak: str) -> None:
    patch, command = LEAKS[leak]
    build = tmp_path / "leaking.py"
    build.write_text(
        "import base64, hashlib, sys, tempfile, time\nimport pyarrow as pa\n"
        f"{patch}\nfrom cjmine.cli import main\nmain()\n"
    )
    work = tmp_path / "work"
    work.mkdir()
    swept = sweep(garden, work, *filled(garden, COMMANDS[command]), script=build)
    assert swept.hits, f"not caught: {leak}\n{swept.said}"


def test_the_scanner_finds_every_form_of_every_value() -> None:
    """Each form, in the middle of other bytes; and nothing where nothing stands."""
    aviary = Aviary()
    canary, phone = aviary.new(), aviary.phone("0612340042")
    scanner = Scanner(aviary)
    for value in (canary, phone, f"+31{phone[1:]}", f"06 {phone[2:6]} {phone[6:]}"):
        for form, data in forms(value).items():
            hashed = form in ("md5", "sha1", "sha256")
            if value in (canary, phone) or not hashed:
                assert scanner.hits(b"some text, " + data + b" and more"), (value, form)
    for harmless in (
        b"",
        b"customer_nndnljjthrcsgfbmdqftgffpflntmldb",
        b"06-12350042",
        b"612340041",
    ):
        assert not scanner.hits(harmless)
