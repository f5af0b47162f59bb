"""Setting a project up: init, touchpoints, identity report and classify, as a new user meets them."""

from __future__ import annotations

import csv
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from real_logs import real

from cjmine.config import read_config
from cli.running import KEY, SAMPLE_LOGS, run

CONFIGURED = ("*.toml", "*.yaml", "*.json", "*.md")


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    """A folder with the sample exports and nothing that explains them."""
    shutil.copytree(SAMPLE_LOGS, folder := tmp_path / "exports")
    for file in [file for name in CONFIGURED for file in folder.glob(name)]:
        file.unlink()
    return folder


def init(folder: Path, *more: str) -> str:
    ran = run(folder, "init", "--from", "exports", "--tz", "Europe/Amsterdam", "--region", "NL",
              "--no-input", *more)  # fmt: skip
    assert ran.status == 0, ran.err
    return ran.err


def test_what_init_writes_works_unchanged(exports: Path, tmp_path: Path) -> None:
    """Load, discover and check on the written files, with nothing changed by hand."""
    said = init(tmp_path)
    assert "wrote cjmine.toml" in said and "wrote journey-ci.yml" in said
    (tmp_path / "my.key").write_text(KEY)
    (tmp_path / "my.key").chmod(0o600)
    loaded = run(tmp_path, "load", "--key-file", "my.key", "-o", "log.parquet")
    assert loaded.status == 0, loaded.err
    found = json.loads(run(tmp_path, "discover", "log.parquet", "-f", "json").out)
    for one in found["sources"]:
        parts = ("loaded", "rejected", "duplicate", "filtered")
        assert one["read"] == sum(one[part] for part in parts)
    assert found["log"]["events"] == sum(one["events"] for one in found["sources"])
    command = next(
        line.strip().removesuffix(" || status=$?")
        for line in (tmp_path / "journey-ci.yml").read_text().splitlines()
        if line.strip().startswith("cjmine check")
    )
    assert run(tmp_path, *command.split()[1:]).status == 0
    assert (tmp_path / "journey.md").exists()


def test_init_leaves_the_exports_alone_and_keeps_what_people_wrote(
    exports: Path, tmp_path: Path
) -> None:
    """A second run refuses to replace the files, unless it is told to."""
    before = {path: path.read_bytes() for path in exports.rglob("*") if path.is_file()}
    init(tmp_path)
    again = run(tmp_path, "init", "--from", "exports", "--tz", "UTC", "--no-input")
    assert again.status == 5 and "people may have written" in again.err
    init(tmp_path, "--force")
    assert {path: path.read_bytes() for path in exports.rglob("*") if path.is_file()} == before


def test_init_is_deterministic(exports: Path, tmp_path: Path) -> None:
    """The same files, byte for byte, under another hash seed."""
    init(tmp_path)
    names = ("cjmine.toml", "journey.yaml", "journey-ci.yml")
    first = [(tmp_path / name).read_bytes() for name in names]
    ran = run(
        tmp_path, "init", "--from", "exports", "--tz", "Europe/Amsterdam", "--region", "NL",
        "--no-input", "--force", environ={"PYTHONHASHSEED": "7"},
    )  # fmt: skip
    assert ran.status == 0, ran.err
    assert [(tmp_path / name).read_bytes() for name in names] == first


def test_init_asks_for_the_zone_where_it_must(exports: Path, tmp_path: Path) -> None:
    """Local times and nobody to ask: it says what is missing, and writes nothing."""
    ran = run(tmp_path, "init", "--from", "exports", "--no-input")
    assert ran.status == 2 and "--tz" in ran.err
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []


def test_init_finds_the_customer_table_and_the_cookie(exports: Path, tmp_path: Path) -> None:
    """The table of customers links phone, mail and cookie; the log's extra field is that cookie."""
    init(tmp_path)
    config = read_config(tmp_path / "cjmine.toml")
    assert config.customers is not None
    assert [link.kind.value for link in config.customers.links] == ["cookie", "phone", "email"]
    web = next(source for source in config.sources if source.format == "access-log")
    assert web.extras.extra_fields == ("cookie",)
    assert web.roles.customer is not None and web.roles.customer.kind.value == "cookie"


def test_init_takes_several_files(exports: Path, tmp_path: Path) -> None:
    """As a shell gives them after --from; what is not named is not read."""
    names = ["exports/analytics.csv", "exports/customers.csv", "exports/servicebox.mbox"]
    ran = run(tmp_path, "init", "--no-input", "--tz", "UTC", "--from", *names)
    assert ran.status == 0, ran.err
    assert {one.format for one in read_config(tmp_path / "cjmine.toml").sources} == {"csv", "mail"}


def test_init_says_what_is_no_export(tmp_path: Path) -> None:
    """A folder without any export is an error with a code."""
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "notes.txt").write_text("Hello.\n")
    ran = run(tmp_path, "init", "--from", "exports", "--no-input")
    assert ran.status == 3 and "error[L104]" in ran.err


WEB = "klant,datum,pagina\n"


def test_touchpoints_drive_coverage_to_95_percent(tmp_path: Path) -> None:
    """The proposed rules, pasted as they are, name at least 95 % of the events."""
    rows = [
        f"K-{who},2024-05-{1 + who % 28:02} 10:00:00Z,{page}"
        for who in range(40)
        for page in (
            "/", f"/mijn/facturen/{1000 + who}", "/contact", f"/nieuws/artikel-{who}", "/klacht/x",
        )
    ]  # fmt: skip
    (tmp_path / "web.csv").write_text(WEB + "\n".join(rows) + "\n")
    block = run(tmp_path, "sniff", "web.csv").out
    config = block[block.index("[source.") :]
    (tmp_path / "cjmine.toml").write_text(config)
    first = run(tmp_path, "touchpoints", "-o", "rules.toml")
    assert first.status == 0 and "left over" in first.out
    assert "/nieuws/artikel-1 " not in first.out, "labels of one customer are not shown"
    (tmp_path / "cjmine.toml").write_text(config + "\n" + (tmp_path / "rules.toml").read_text())
    second = run(tmp_path, "touchpoints").out
    share = next(line for line in second.splitlines() if "left over" in line).split()
    assert float(share[-2]) <= 5, second
    assert 'glob = "/nieuws/*"' in (tmp_path / "rules.toml").read_text()


@pytest.mark.real_data
def test_touchpoints_drive_coverage_of_a_real_web_log_to_95_percent(tmp_path: Path) -> None:
    """Ten thousand requests of a site where most pages are met by fewer than ten customers."""
    log = real("weblogs/apache/apache_logs")
    block = run(tmp_path, "sniff", str(log)).out
    config = block[block.index("[source.") :]
    (tmp_path / "cjmine.toml").write_text(config)
    assert run(tmp_path, "touchpoints", "-o", "rules.toml").status == 0
    (tmp_path / "cjmine.toml").write_text(config + "\n" + (tmp_path / "rules.toml").read_text())
    told = run(tmp_path, "touchpoints").out
    share = next(line for line in told.splitlines() if "named by rules" in line).split()
    assert float(share[-2]) >= 95, told


def test_the_identity_report_tells_each_rule(tmp_path: Path) -> None:
    """A phone in a customer table, a hub that everybody called, a computer of two persons."""
    (tmp_path / "customers.csv").write_text(
        "klantnummer,telefoon\n" + "".join(f"K-{n},06123456{n:02}\n" for n in range(20))
        + "".join(f"K-{n},0201234567\n" for n in range(20))
    )  # fmt: skip
    (tmp_path / "calls.csv").write_text(
        "wie,wat,wanneer\n"
        + "".join(f"06123456{n:02},Call,2024-05-03T10:00:{n:02}Z\n" for n in range(20))
        + "0201234567,Call,2024-05-03T11:00:00Z\n"
    )
    (tmp_path / "web.csv").write_text(
        "cookie,login,wat,wanneer\n"
        "c1,K-1,Login,2024-05-03T10:00:00Z\nc1,,Page,2024-05-03T10:05:00Z\n"
        "c1,K-2,Login,2024-05-03T11:00:00Z\nc1,,Page,2024-05-03T11:05:00Z\n"
        "c2,K-3,Login,2024-05-03T11:00:00Z\nc2,,Page,2024-05-03T09:05:00Z\n"
    )
    (tmp_path / "cjmine.toml").write_text(
        'region = "NL"\n'
        '[source.calls]\nfiles = "calls.csv"\nchannel = "call"\n'
        'customer = { column = "wie", as = "phone" }\nactivity = { column = "wat" }\n'
        'time = { column = "wanneer" }\n'
        '[source.web]\nfiles = "web.csv"\nchannel = "web"\n'
        'customer = { column = "cookie", as = "cookie" }\nlinks = [{ column = "login" }]\n'
        'activity = { column = "wat" }\ntime = { column = "wanneer" }\n'
        '[customers]\nfiles = "customers.csv"\ncustomer = { column = "klantnummer" }\n'
        'links = [{ column = "telefoon", as = "phone" }]\n'
    )
    ran = run(tmp_path, "identity", "report", "--min-group", "1")
    assert ran.status == 0, ran.err
    told = {
        line[2:46].strip(): line[46:].split() for line in ran.out.splitlines() if line[:2] == "  "
    }
    assert told["customers.csv: telefoon"][:2] == ["40", "20"]
    assert told["web: cookie with customer"][:2] == ["3", "6"]
    assert told["hubs: of more than 5 customers"] == ["1", "1"]
    assert told["shared devices: by who was seen last"] == ["1", "4"]
    found = json.loads(run(tmp_path, "discover", "-f", "json", "--min-group", "1").out)
    assert found["log"]["customers"] == 21, "twenty customers and the switchboard"
    traces = {tuple(one["activities"]): one["journeys"] for one in found["variants"]}
    assert traces[("Login", "Call", "Page")] == 1, "K-1: the page before the next login"
    assert traces[("Call", "Login", "Page")] == 1, "K-2: the page after it"
    assert traces[("Page", "Call", "Login")] == 1, "K-3: nobody else used the device"


def test_load_and_the_identity_report_count_alike(tmp_path: Path) -> None:
    """K-2 stands in the customer table without a phone: known to both; the stranger to neither."""
    (tmp_path / "customers.csv").write_text("nummer,telefoon\nK-1,0612345601\nK-2,\n")
    (tmp_path / "desk.csv").write_text(
        "wie,wat,wanneer\n"
        + "".join(f"{who},Visit,2024-05-03T10:00:00Z\n" for who in ("K-1", "K-2", "K-9"))
    )
    (tmp_path / "cjmine.toml").write_text(
        'region = "NL"\n[source.desk]\nfiles = "desk.csv"\ncustomer = { column = "wie" }\n'
        'activity = { column = "wat" }\ntime = { column = "wanneer" }\nchannel = "desk"\n'
        '[customers]\nfiles = "customers.csv"\ncustomer = { column = "nummer" }\n'
        'links = [{ column = "telefoon", as = "phone" }]\n'
    )
    loaded = run(tmp_path, "load", "-o", "x.parquet", environ={"CJMINE_KEY": KEY})
    assert "customer of its own: 1 (" in loaded.err
    assert "2  66.7 % of events" in run(tmp_path, "identity", "report", "--min-group", "1").out


SUBJECTS = {
    "invoice": ("question about my invoice {}", "invoice {} is too high", "copy of bill {}"),
    "moving": ("I am moving to town {}", "change of address {}", "new house number {}"),
}


def sample(path: Path, marker: str = "") -> Path:
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["subject", "topic"])
        for topic, forms in SUBJECTS.items():
            for number in range(60):
                writer.writerow([forms[number % 3].format(f"{number}{marker}"), topic])
    return path


def train(folder: Path, *more: str) -> str:
    ran = run(folder, "classify", "train", "sample.csv", "--text", "subject", "--label", "topic",
              "-o", "subjects.classifier", *more)  # fmt: skip
    assert ran.status == 0, ran.err
    return ran.out


def test_a_classifier_says_how_good_it_is_and_holds_no_text(tmp_path: Path) -> None:
    """Precision and recall on texts that were kept back; the file has numbers and labels only."""
    sample(tmp_path / "sample.csv", marker="zq7kxw")
    told = train(tmp_path)
    assert "precision" in told and "invoice" in told and "unsure" in told
    with zipfile.ZipFile(tmp_path / "subjects.classifier") as file:
        inside = b"".join(file.read(name) for name in file.namelist())
    assert b"zq7kxw" not in inside and b"question" not in inside


def test_training_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    """Whatever the order of the rows."""
    path = sample(tmp_path / "sample.csv")
    train(tmp_path)
    first = (tmp_path / "subjects.classifier").read_bytes()
    head, *rows = path.read_text().splitlines()
    path.write_text("\n".join([head, *reversed(rows)]) + "\n")
    train(tmp_path)
    assert (tmp_path / "subjects.classifier").read_bytes() == first


def test_labels_are_applied_and_texts_are_not_repeated(tmp_path: Path) -> None:
    """Row, label, confidence: the text stands nowhere, and nonsense is unsure."""
    sample(tmp_path / "sample.csv")
    train(tmp_path)
    (tmp_path / "new.csv").write_text("subject\ncopy of my invoice\nchange of address\n%%%\n")
    ran = run(tmp_path, "classify", "apply", "subjects.classifier", "new.csv", "--text", "subject",
              "--below", "0.7")  # fmt: skip
    rows = list(csv.DictReader(ran.out.splitlines()))
    assert [row["label"] for row in rows] == ["invoice", "moving", ""]
    assert "copy" not in ran.out


def test_a_classifier_names_mail_in_a_load(tmp_path: Path) -> None:
    """Subjects that no rule catches are named by the classifier; the others stay as they were."""
    sample(tmp_path / "sample.csv")
    train(tmp_path)
    subjects = ["invoice 4711 is too high", "zzz qqq", "I am moving to town 9"]
    mails = "".join(
        f"From a@example.com Fri May  3 10:0{place}:00 2024\nFrom: a{place}@example.com\n"
        f"Date: Fri, 3 May 2024 10:0{place}:00 +0000\nSubject: {subject}\n\nbody\n\n"
        for place, subject in enumerate(subjects)
    )
    (tmp_path / "desk.mbox").write_text(mails)
    (tmp_path / "cjmine.toml").write_text(
        '[source.desk]\nfiles = "desk.mbox"\nformat = "mail"\nown = ["example.nl"]\n'
        '[[classify]]\nmodel = "subjects.classifier"\nsource = "desk"\nprefix = "in: "\nbelow = 0.7\n'
    )
    found = json.loads(run(tmp_path, "discover", "-f", "json", "--min-group", "1").out)
    named = {one["activity"]: one["events"] for one in found["activities"]}
    assert named == {"invoice": 1, "moving": 1, "Mail received": 1}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"hello", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_classifier_has_a_code(tmp_path: Path, content: bytes) -> None:
    """Damaged, empty, something else: said in words."""
    (tmp_path / "bad").write_bytes(content)
    (tmp_path / "new.csv").write_text("text\nhello\nworld\n")
    ran = run(tmp_path, "classify", "apply", "bad", "new.csv")
    assert ran.status == 3 and "error[L125]" in ran.err


def test_a_sample_that_is_too_small_is_refused(tmp_path: Path) -> None:
    """Four texts of a label are no sample; nothing of the file is said, if columns are swapped."""
    (tmp_path / "sample.csv").write_text(
        "subject,topic\n" + "secret text,a\n" * 9 + "other secret,b\n" * 4
    )
    for text, label in (("subject", "topic"), ("topic", "subject")):
        ran = run(tmp_path, "classify", "train", "sample.csv", "--text", text, "--label", label,
                  "-o", "x")  # fmt: skip
        assert ran.status == 3 and "error[L126]" in ran.err and "secret" not in ran.err


def test_labels_that_look_like_persons_are_refused(tmp_path: Path) -> None:
    """A column of addresses is no column of labels: they would be printed and kept."""
    rows = [f"{word} number {n},{word}@example.nl\n" for word in ("jan", "piet") for n in range(20)]
    (tmp_path / "sample.csv").write_text("text,label\n" + "".join(rows))
    ran = run(tmp_path, "classify", "train", "sample.csv", "-o", "x")
    assert ran.status == 4 and "error[P104]" in ran.err
    assert "jan" not in ran.err + ran.out and not (tmp_path / "x").exists()


CLICKS = "customer_id,timestamp,event\n" + "".join(
    f"K-{n % 20},2025-04-03T10:00:{n % 60:02}Z,{('home', 'basket', 'ordered')[n % 3]}\n"
    for n in range(90)
)


def test_a_failed_init_leaves_nothing_behind(tmp_path: Path) -> None:
    """A record without a time stops it, with the option that goes on, and no file is half done."""
    (tmp_path / "clicks.csv").write_text(CLICKS + "K-1,,home\n")
    failed = run(tmp_path, "init", "--from", "clicks.csv", "--no-input")
    assert failed.status == 3 and "--max-rejects 1" in failed.err
    assert [path.name for path in tmp_path.iterdir()] == ["clicks.csv"]
    (tmp_path / "cjmine.toml").write_text("# mine\n")
    assert run(tmp_path, "init", "--from", "clicks.csv", "--no-input", "--force").status == 3
    assert (tmp_path / "cjmine.toml").read_text() == "# mine\n"


def test_slack_for_bad_records_stands_in_what_init_says_and_writes(tmp_path: Path) -> None:
    """The next command and the CI job go on without the same records, unchanged."""
    (tmp_path / "clicks.csv").write_text(CLICKS + "K-1,,home\n")
    ran = run(tmp_path, "init", "--from", "clicks.csv", "--no-input", "--max-rejects", "1")
    assert ran.status == 0, ran.err
    load = ran.err.splitlines()[-1].split("; cjmine ")[1]
    assert "--max-rejects 1" in load
    (tmp_path / "my.key").write_text(KEY)
    (tmp_path / "my.key").chmod(0o600)
    loaded = run(tmp_path, *load.split())
    assert loaded.status == 0, loaded.err
    job = (tmp_path / "journey-ci.yml").read_text()
    command = next(line for line in job.splitlines() if line.strip().startswith("cjmine check"))
    assert run(tmp_path, *command.split()[1:-2]).status == 0


def test_a_process_log_among_exports_is_set_apart(tmp_path: Path) -> None:
    """Cases of its own do not go together with customers: it is named, and the rest works."""
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "clicks.csv").write_text(CLICKS)
    (tmp_path / "exports" / "process.csv").write_text(
        "case id,activity,start\n" + "".join(f"c{n},a,2025-04-03T10:00:00Z\n" for n in range(20))
    )
    ran = run(tmp_path, "init", "--from", "exports", "--no-input")
    assert ran.status == 0, ran.err
    assert "exports/process.csv: not read (a process log with cases of its own" in ran.err
    assert [one.name for one in read_config(tmp_path / "cjmine.toml").sources] == ["clicks"]


def test_init_says_which_files_have_times_without_a_zone(tmp_path: Path) -> None:
    """The one with local times is named, the other is not."""
    (tmp_path / "clicks.csv").write_text(CLICKS)
    (tmp_path / "local.csv").write_text(CLICKS.replace("Z,", ","))
    ran = run(tmp_path, "init", "--no-input", "--from", "clicks.csv", "local.csv")
    assert ran.status == 2 and "carry no zone in local.csv\n" in ran.err


def test_touchpoints_count_the_events_that_a_load_gives(tmp_path: Path) -> None:
    """Pages of nobody are left out, and a page with and without a slash is one label and rule."""
    rows = "".join(
        f"{f'K-{n % 20}' if n % 5 else 'NA'},2025-04-03T10:00:{n % 60:02}Z,"
        f"/pages/{('a%20b', 'c', 'c/')[n % 3]}\n"
        for n in range(90)
    )
    (tmp_path / "clicks.csv").write_text("customer_id,timestamp,event\n" + rows)
    ran = run(tmp_path, "init", "--from", "clicks.csv", "--no-input")
    assert ran.status == 0, ran.err
    listed = run(tmp_path, "touchpoints").out
    assert "clicks: 72 events, 2 labels" in listed
    (tmp_path / "my.key").write_text(KEY)
    (tmp_path / "my.key").chmod(0o600)
    loaded = run(tmp_path, "load", "--key-file", "my.key", "-o", "log.parquet").err
    assert "log.parquet: 72 events" in loaded
    assert "unknown or the like where an identifier should be: 18 (clicks 18)" in loaded


def test_many_mails_are_one_row_of_the_account(tmp_path: Path) -> None:
    """Forty files of one message each: one row and the total, which add up all the same."""
    (tmp_path / "mails").mkdir()
    for n in range(40):
        (tmp_path / "mails" / f"{n}.eml").write_text(
            f"From: k{n}@example.com\nTo: desk@example.nl\nSubject: x\n"
            "Date: Thu, 3 Apr 2025 10:00:00 +0200\nMessage-ID: <" + f"{n}@example.com>\n\nx\n"
        )
    (tmp_path / "clicks.csv").write_text(CLICKS)
    (tmp_path / "my.key").write_text(KEY)
    (tmp_path / "my.key").chmod(0o600)
    ran = run(tmp_path, "load", "mails", "clicks.csv", "--key-file", "my.key", "-o", "l.parquet")
    assert ran.status == 0, ran.err
    table = [line.split() for line in ran.err.splitlines() if line.endswith("          0")]
    assert table == [
        ["mails:", "40", "files", "40", "40", "0", "0", "0"],
        ["clicks.csv", "90", "90", "0", "0", "0"],
        ["total", "130", "130", "0", "0", "0"],
    ]
