"""What is sent to a cluster and what comes back, without a cluster; `test_spark.py` has one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import parted_logs
import parts_counted
import pyarrow as pa
import pytest
from parts_counted import Answer, Asked
from strategies import log_from

from cjmine.counting import spark_session
from cjmine.counting.package_zip import write_package
from cjmine.counting.rounds import Rounds
from cjmine.counting.spark_failures import failure
from cjmine.counting.split import PART, Split, place_of
from cjmine.counting.worker import Sent, greet
from cjmine.errors import CjmineError, Code, DataError, UsageError
from cjmine.eventlog.journeys import WHOLE
from cjmine.eventlog.log import EventLog
from cjmine.eventlog.parquet import open_file, write_log

WIDE = 3


@dataclass
class FakeCluster:
    """Three cores that are this process: tasks arrive as numbers in batches, like from Spark."""

    cores: int = WIDE
    sent: list[Sent] = field(default_factory=list)

    def rows(self, counted: Any, tasks: int) -> list[tuple[int, bytes, bytes]]:
        self.sent.append(counted)
        found = []
        for place in reversed(range(tasks)):
            batches = iter([pa.record_batch([pa.array([place], pa.int64())], names=["id"])])
            for batch in counted(batches):
                assert batch.schema.names == ["place", "answer", "refused"]
                found += [tuple(row.values()) for row in batch.to_pylist()]
        return found


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> FakeCluster:
    fake = FakeCluster()
    monkeypatch.setattr(spark_session, "connect", lambda place: fake)
    return fake


def few() -> EventLog:
    return log_from([(f"{n // 4:03d}", f"step {n % 3}", n) for n in range(200)])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write_log(few(), tmp_path / "log.parquet")
    return tmp_path / "log.parquet"


def asked(path: Path, count: Callable[..., Answer], parts: int | None = None) -> list[Answer]:
    log = open_file(path, "log")
    with Rounds(log, parts_counted.prepare, WHOLE, Split(parts=parts, on="spark")) as rounds:
        return rounds.ask(count, Asked("step 1"), Answer)


@pytest.mark.parametrize(("parts", "tasks"), [(None, WIDE), (1, 1), (7, 7)])
def test_a_task_a_part_and_no_fewer_than_cores(
    cluster: FakeCluster, path: Path, parts: int | None, tasks: int
) -> None:
    answers = asked(path, parts_counted.lengths, parts)
    assert len(answers) == tasks
    assert [one for answer in answers for one in answer.lengths] == [4] * 50
    assert len(cluster.sent[0].parts) == tasks


def test_large_logs_are_cut_for_memory_too() -> None:
    assert Split(on="spark").parts_for(1) == 1
    assert Split(on="spark").parts_for(2 * PART + 1) == 3
    assert Split(on="spark", weight=2).parts_for(2 * PART + 1) == 6
    assert not Split(on="spark").is_whole(1) and Split().is_whole(1)


@pytest.mark.parametrize("name", parted_logs.made())
def test_the_same_bytes(cluster: FakeCluster, tmp_path: Path, name: str) -> None:
    parted_logs.save(tmp_path)
    here = dict(parted_logs.hashes(tmp_path, Split(), [1], (name,)))
    there = dict(parted_logs.hashes(tmp_path, Split(on="spark"), [1, 7], (name,)))
    assert {one.verb for one in here} == {"discover", "check", "compare", "priorities"}
    for one, text in there.items():
        assert text == here[parted_logs.Place(one.log, one.verb, 1)], one
    assert cluster.sent


def test_paths_are_absolute(
    cluster: FakeCluster, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    asked(Path(path.name), parts_counted.lengths)
    sent = cluster.sent[0]
    assert [file.path for file in sent.files] == [str(path)]
    assert {part.read().path for part in sent.parts} == {str(path)}


def test_errors_arrive_as_they_were_raised(cluster: FakeCluster, path: Path) -> None:
    with pytest.raises(DataError) as refused:
        asked(path, parts_counted.refuses)
    assert (refused.value.code, refused.value.problems[0].place.file) == (Code.NO_EVENTS, "here")
    with pytest.raises(DataError) as ended:
        asked(path, parts_counted.needs_memory)
    assert ended.value.code is Code.OUT_OF_MEMORY
    assert "memory" in ended.value.problems[0].remedy


def _gone(path: Path) -> None:
    path.unlink()


def _another(path: Path) -> None:
    path.write_bytes(b"PAR1" * 9)


@pytest.mark.parametrize(
    ("changed", "cause"), [(_gone, "nothing is seen"), (_another, "another file lies")]
)
def test_a_worker_that_sees_no_log_or_another_says_so(
    cluster: FakeCluster,
    path: Path,
    changed: Callable[[Path], None],
    cause: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A worker has its own disk: what lies there can differ from what lies here."""
    rows = cluster.rows

    def elsewhere(counted: Any, tasks: int) -> list[tuple[int, bytes, bytes]]:
        changed(path)
        return rows(counted, tasks)

    monkeypatch.setattr(cluster, "rows", elsewhere)
    with pytest.raises(DataError) as refused:
        asked(path, parts_counted.lengths)
    [problem] = refused.value.problems
    assert (problem.code, problem.place.file) == (Code.PATH_UNSEEN, "log")
    assert cause in problem.cause and str(path) in problem.cause
    assert problem.remedy == "the workers must see the log under the same path"


def test_a_log_in_memory_is_not_sent(cluster: FakeCluster) -> None:
    with pytest.raises(UsageError) as refused:
        Rounds(few(), parts_counted.prepare, WHOLE, Split(on="spark"))
    assert "cjmine load" in refused.value.problems[0].remedy
    assert cluster.sent == []


def test_nothing_that_is_sent_holds_key_or_events(
    cluster: FakeCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names of functions, numbers, the path: no key, no token, no name from the log."""
    key = "5eed" * 16
    monkeypatch.setenv("CJMINE_KEY", key)
    path = tmp_path / "log.parquet"
    write_log(log_from([(f"token {n // 4:03d}", "Reads a leaf", n) for n in range(200)]), path)
    asked(path, parts_counted.lengths)
    [sent] = cluster.sent
    everything = repr(sent).encode() + b"".join(_members(write_package(tmp_path)))
    assert b"parts_counted:lengths" in everything and str(path).encode() in everything
    for secret in (key.encode(), bytes.fromhex(key), b"Reads a leaf", b"token 0"):
        assert secret not in everything


def _members(package: Path) -> list[bytes]:
    with ZipFile(package) as opened:
        assert all(name.endswith(".py") for name in opened.namelist())
        return [opened.read(name) for name in opened.namelist()]


def test_a_greeting_is_one_row(path: Path) -> None:
    def batches() -> Iterator[pa.RecordBatch]:
        for _ in range(3):
            yield pa.record_batch([pa.array([1, 2], pa.int64())], names=["id"])

    [row] = [row for batch in greet(batches()) for row in batch.to_pylist()]
    assert row == {"place": 0, "answer": b"", "refused": b""}


def test_the_package_is_the_same_bytes_and_runs_from_its_zip(tmp_path: Path) -> None:
    """A worker imports from it what counts, and nothing else of size."""
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    package = write_package(one)
    assert package.read_bytes() == write_package(two).read_bytes()
    assert package.stat().st_size < 3_000_000
    program = (
        "import json, sys\n"
        f"sys.path.insert(0, {str(package)!r})\n"
        "import cjmine.counting.worker, cjmine.analysis.discover, cjmine.analysis.compared_part\n"
        "import cjmine.eventlog.folder.folder_log, cjmine.eventlog.parquet\n"
        "print(cjmine.__file__, json.dumps(sorted(sys.modules)))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    file, loaded = ran.stdout.split(" ", 1)
    assert file.startswith(str(package))
    packages = {name.partition(".")[0] for name in json.loads(loaded)}
    heavy = {"pandas", "pm4py", "duckdb", "scipy", "matplotlib", "typer", "pydantic", "pyspark"}
    assert packages & heavy == set()
    assert {"numpy", "pyarrow"} <= packages


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ModuleNotFoundError: No module named 'pyarrow'", Code.WORKER_UNFIT),
        ("[PYTHON_VERSION_MISMATCH] Python in worker has different version", Code.WORKER_UNFIT),
        ('Cannot run program "python3": error=2', Code.WORKER_UNFIT),
        ("bigger than spark.driver.maxResultSize (1024.0 MiB)", Code.OUT_OF_MEMORY),
        ("ExecutorLostFailure (executor 3 exited)", Code.OUT_OF_MEMORY),
        ("java.lang.OutOfMemoryError: Java heap space", Code.OUT_OF_MEMORY),
        ("Python worker exited unexpectedly (crashed)", Code.OUT_OF_MEMORY),
        ("Job 3 cancelled as part of cancellation of all jobs", Code.CLUSTER_FAILED),
    ],
)
def test_what_spark_says_has_a_code_and_is_not_quoted(text: str, code: Code) -> None:
    found = failure(RuntimeError(f"{text}: anna@example.com"), "spark://host:7077")
    assert isinstance(found, CjmineError)
    [problem] = found.problems
    assert problem.code is code and problem.remedy
    assert "anna" not in f"{problem.message}{problem.cause}{problem.remedy}"


def test_an_error_in_our_own_code_stays_what_it_is() -> None:
    error = RuntimeError("Traceback (most recent call last): KeyError")
    assert failure(error, "spark") is error


@pytest.mark.parametrize(
    "typed", ["spark", "spark://h:7077", "spark://a:7077,b:7077", "sc://h", "sc://10.0.0.7:15002/"]
)
def test_places(typed: str) -> None:
    assert place_of(typed, "--on") == typed


@pytest.mark.parametrize(
    ("typed", "remedy"),
    [
        ("yarn", "spark://HOST:PORT"),
        ("spark://", "spark://HOST:PORT"),
        ("sc://h:443/;token=abc", "SPARK_REMOTE"),
        ("sc://user:secret@h", "SPARK_REMOTE"),
    ],
)
def test_no_other_places_and_no_secrets(typed: str, remedy: str) -> None:
    with pytest.raises(UsageError) as refused:
        place_of(typed, "--on")
    [problem] = refused.value.problems
    assert remedy in problem.remedy and typed not in str(refused.value)


def test_without_pyspark_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(UsageError) as refused:
        spark_session.connect("spark://127.0.0.1:1")
    [problem] = refused.value.problems
    assert problem.code is Code.EXTRA_MISSING
    assert problem.remedy == "pip install 'cjmine[spark]'"


def test_the_environment_of_a_driver_has_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CJMINE_KEY", "5eed" * 16)
    with spark_session._own_environment_hidden():
        assert not [name for name in os.environ if name.startswith("CJMINE_")]
    assert os.environ["CJMINE_KEY"] == "5eed" * 16


def test_a_java_that_does_not_run_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    errors = pytest.importorskip("pyspark.errors")
    gateway = pytest.importorskip("pyspark.java_gateway")

    def exits(**_: object) -> None:
        raise errors.PySparkRuntimeError("JAVA_GATEWAY_EXITED")

    monkeypatch.setattr(gateway, "launch_gateway", exits)
    monkeypatch.setenv("JAVA_HOME", "/no/such/java")
    with pytest.raises(UsageError) as refused:
        spark_session._driven_from_here("spark")
    [problem] = refused.value.problems
    assert problem.code is Code.EXTRA_MISSING and "does not run" in problem.message


def test_a_server_that_is_reached_only_by_the_first_request(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A session of Spark Connect is made before anything is sent, and sending tries for long."""
    from threading import Event

    class Silent:
        def addArtifacts(self, *_: object, pyfile: bool) -> None:
            never.wait()

    never = Event()
    monkeypatch.setattr(spark_session, "_session", lambda _: Silent())
    monkeypatch.setattr(spark_session, "_REACHED", 0.05)
    with pytest.raises(DataError) as refused:
        spark_session.connect("sc://h:1")
    never.set()
    assert refused.value.problems[0].code is Code.CLUSTER_UNREACHED


def test_what_takes_too_long_is_given_up() -> None:
    from threading import Event

    never = Event()
    with pytest.raises(DataError) as refused:
        spark_session._within(0.05, never.wait, "spark://h:1", "no answer within 2 minutes")
    never.set()
    [problem] = refused.value.problems
    assert (problem.code, problem.cause) == (Code.CLUSTER_UNREACHED, "no answer within 2 minutes")
