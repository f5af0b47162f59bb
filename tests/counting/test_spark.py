"""The same bytes on real Spark: on this machine, a standalone cluster, and over Spark Connect."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import cluster
import parted_logs
import pytest
from cli.running import KEY, SAMPLE_LOGS, run
from parted_logs import Place

from cjmine.counting.split import Split

TESTS = Path(parted_logs.__file__).parent
ALL = (1, 2, 7, 60)
missing = cluster.why_not()
pytestmark = pytest.mark.skipif(bool(missing), reason=missing)


def on_spark(
    folder: Path, place: str, parts: tuple[int, ...], only: str = "", **environ: str
) -> subprocess.CompletedProcess[str]:
    """What `parted_logs` prints: in a process of its own, since a process has one driver."""
    typed = [str(folder), place, ",".join(map(str, parts)), only]
    return subprocess.run(
        [sys.executable, str(TESTS / "parted_logs.py"), *typed],
        capture_output=True,
        text=True,
        env=around(environ),
        check=False,
    )


def around(environ: Mapping[str, str]) -> dict[str, str]:
    own = {
        "PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent)]),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_SUBMIT_ARGS": "--master local[2] pyspark-shell",
        "CJMINE_KEY": KEY,
    }
    return {**os.environ, **own, **environ}


def printed(ran: subprocess.CompletedProcess[str]) -> dict[Place, str]:
    assert ran.returncode == 0, ran.stderr
    rows = [line.split() for line in ran.stdout.splitlines()]
    return {Place(log, verb, int(parts)): text for log, verb, parts, text in rows}


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five saved logs; the one with linked identities is a folder, made from exports."""
    folder = tmp_path_factory.mktemp("five")
    parted_logs.save(folder)
    ran = run(folder, "load", SAMPLE_LOGS, "-o", "linked/", key=KEY)
    assert ran.status == 0, ran.err
    return folder


def test_this_machine(five: Path, tmp_path: Path) -> None:
    """Equal bytes, one line on stderr; no process and no temporary file is left."""
    typed = ["check", "linked", "-i", str(SAMPLE_LOGS / "journey.yaml"), "--format", "json"]
    here = run(five, *typed)
    assert here.status == 1, here.err
    there = subprocess.run(
        [sys.executable, "-m", "cjmine", *typed, "--on", "spark", "--quiet"],
        capture_output=True,
        cwd=five,
        env=around({"TMPDIR": str(tmp_path)}),
        check=False,
    )
    said = b"connecting to Spark at local[2] (--on spark)\n"
    assert (there.returncode, there.stdout) == (1, here.stdout)
    assert there.stderr == said, there.stderr
    assert_nothing_left(tmp_path)


def assert_nothing_left(temporary: Path) -> None:
    """No file, and no process that was begun with this folder for its files."""
    assert sorted(temporary.iterdir()) == []
    assert cluster.begun_with(f"TMPDIR={temporary}\0") == []


def test_no_java(five: Path) -> None:
    """It is said before anything is started."""
    ran = run(
        five,
        *("discover", "ties.parquet", "--on", "spark"),
        environ={"PATH": str(five), "JAVA_HOME": ""},
    )
    assert (ran.status, ran.out) == (2, "")
    assert "error[L124]: Spark needs Java" in ran.err


@pytest.fixture(scope="module")
def running() -> Iterator[cluster.Running]:
    with cluster.cluster() as found:
        yield found


@pytest.fixture(scope="module")
def whole(five: Path) -> dict[Place, str]:
    """The answers of one part in this process."""
    return dict(parted_logs.hashes(five, Split(), [1]))


def assert_like(whole: dict[Place, str], found: dict[Place, str], times: int) -> None:
    assert len(whole) == 20
    assert len(found) == times * len(whole)
    for one, text in found.items():
        assert text == whole[Place(one.log, one.verb, 1)], one


@pytest.mark.prove
@pytest.mark.parametrize("jobs", [1, 2])
def test_every_split_in_this_process_and_in_others(
    five: Path, whole: dict[Place, str], jobs: int
) -> None:
    assert_like(whole, dict(parted_logs.hashes(five, Split(jobs), ALL)), 4)


@pytest.mark.prove
def test_every_split_on_this_machine(five: Path, whole: dict[Place, str]) -> None:
    assert_like(whole, printed(on_spark(five, "spark", ALL)), 4)


@pytest.mark.prove
def test_every_split_on_a_cluster(
    five: Path, whole: dict[Place, str], running: cluster.Running
) -> None:
    ran = on_spark(five, running.address, ALL)
    assert_like(whole, printed(ran), 4)
    assert ran.stderr == f"connecting to Spark at {running.address} (--on {running.address})\n"


@pytest.mark.prove
def test_spark_connect(five: Path, whole: dict[Place, str]) -> None:
    with cluster.connect_server() as address:
        assert_like(whole, printed(on_spark(five, address, (2,))), 1)


@pytest.mark.prove
def test_a_worker_that_is_killed_is_replaced(five: Path, whole: dict[Place, str]) -> None:
    """While it works, what counts, what runs it, and a whole worker are killed."""
    with cluster.cluster() as running, begun(five, running.address, "7,60") as process:
        assert process.stdout is not None
        first = process.stdout.readline()  # workers are there
        for victims in (cluster.executors, cluster.counting, lambda one: one.workers):
            assert process.poll() is None
            os.kill(victims(running)[0], signal.SIGKILL)
            time.sleep(8)
        rest, said = process.communicate()
    ran = subprocess.CompletedProcess([], process.returncode, first + rest, said)
    assert_like(whole, printed(ran), 2)


@contextmanager
def begun(*typed: str | Path, **environ: str) -> Iterator[subprocess.Popen[str]]:
    """`parted_logs` at work."""
    process = subprocess.Popen(
        [sys.executable, str(TESTS / "parted_logs.py"), *map(str, typed)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=around(environ),
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.mark.prove
def test_a_master_that_is_not_there(five: Path, tmp_path: Path) -> None:
    """It is given up, and the driver has ended with the command."""
    address = "spark://127.0.0.1:9"
    typed = ["-m", "cjmine", "discover", str(five / "ties.parquet"), "--on", address]
    ran = subprocess.run(
        [sys.executable, *typed],
        capture_output=True,
        text=True,
        env=around({"TMPDIR": str(tmp_path)}),
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (3, "")
    assert ran.stderr.startswith(f"connecting to Spark at {address} (--on {address})\n")
    assert f"error[L150]: Spark does not answer\n  --> {address}\n" in ran.stderr
    assert "Traceback" not in ran.stderr and "Exception" not in ran.stderr
    assert_nothing_left(tmp_path)


@pytest.mark.prove
def test_no_key_reaches_the_cluster(five: Path, running: cluster.Running) -> None:
    """Neither what runs there nor what lies there holds the key of the asking program."""
    key = "0ddba11" * 9 + "0"
    with begun(five, running.address, "2", "several", CJMINE_KEY=key) as process:
        assert process.stdout is not None
        process.stdout.readline()
        there = [*cluster.executors(running), *cluster.counting(running)]
        seen = [cluster.environment_of(one) for one in there]
        written = [path.read_bytes() for path in running.folder.rglob("*") if path.is_file()]
        process.communicate()
    assert process.returncode == 0
    assert len(seen) >= 2 and len(written) >= 3
    for text in (*seen, *written):
        assert key.encode() not in text and bytes.fromhex(key) not in text
