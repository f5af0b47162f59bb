"""A standalone Spark master with two workers on the loopback interface: `make cluster`.

Java is started directly: the scripts of the package from the registry lack a part of their
environment. Everything lies in one temporary folder, and ends with this program.
"""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

WORKERS, CORES, PATIENCE = 2, 1, 120
_DEATH_OF_PARENT = 1  # PR_SET_PDEATHSIG
_DAEMON = ["-Xmx256m", "--add-opens=java.base/java.nio=ALL-UNNAMED"]


@dataclass(frozen=True, slots=True)
class Running:
    """A cluster: its address, its folder, and the processes of its workers."""

    address: str
    folder: Path
    workers: tuple[int, ...]


def why_not() -> str:
    """Why no Spark can be started here; empty where it can, or where it must."""
    if os.environ.get("CJMINE_SPARK_REQUIRED") == "1":
        return ""
    try:
        import pyspark  # noqa: F401
    except ImportError:
        return "pyspark is not installed"
    return "" if shutil.which("java") else "there is no Java"


@contextmanager
def cluster(python: str = sys.executable, pythonpath: str = "") -> Iterator[Running]:
    """A master and two workers that are ready; `python` runs what is counted."""
    folder = Path(tempfile.mkdtemp(prefix="cluster-"))
    environment = _environment(folder, python, pythonpath)
    port, processes = _free_port(), []
    address = f"spark://127.0.0.1:{port}"
    try:
        typed = ["master.Master", "--host", "127.0.0.1", "--port", str(port)]
        processes.append(_daemon(typed, folder / "master.log", environment))
        _wait_for(folder / "master.log", "New state: ALIVE", 1, processes)
        for number in range(WORKERS):
            typed = ["worker.Worker", "--host", "127.0.0.1", "--cores", str(CORES)]
            typed += ["--memory", "1g", "--work-dir", str(folder / "work"), address]
            processes.append(_daemon(typed, folder / f"worker{number}.log", environment))
        _wait_for(folder / "master.log", "Registering worker", WORKERS, processes)
        yield Running(address, folder, tuple(one.pid for one in processes[1:]))
    finally:
        for one in reversed(processes):
            _end(one)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def connect_server(python: str = sys.executable) -> Iterator[str]:
    """The address of a Spark Connect server with two cores."""
    folder = Path(tempfile.mkdtemp(prefix="cluster-"))
    environment = _environment(folder, python, "")
    port, log = _free_port(), folder / "connect.log"
    settings = [f"spark.connect.grpc.binding.port={port}", "spark.ui.enabled=false"]
    settings.append("spark.connect.grpc.binding.address=127.0.0.1")
    server = "org.apache.spark.sql.connect.service.SparkConnectServer"
    command = [f"{environment['SPARK_HOME']}/bin/spark-submit", "--master", "local[2]"]
    command += [typed for one in settings for typed in ("--conf", one)]
    process = _started([*command, "--class", server, "spark-internal"], log, environment)
    try:
        _wait_for(log, "Spark Connect server started", 1, [process])
        yield f"sc://127.0.0.1:{port}"
    finally:
        _end(process)
        shutil.rmtree(folder, ignore_errors=True)


def executors(running: Running) -> list[int]:
    """The Java processes in which tasks of a program run."""
    found = _processes("cmdline", b"CoarseGrainedExecutorBackend")
    return [one for one in found if os.getsid(one) in running.workers]


def counting(running: Running) -> list[int]:
    """The Python processes that count."""
    found = _processes("cmdline", b"pyspark.daemon")
    return [one for one in found if os.getsid(one) in running.workers]


def begun_with(sign: str) -> list[int]:
    """The processes of this machine whose environment has a text."""
    return _processes("environ", sign.encode())


def _processes(file: str, sign: bytes) -> list[int]:
    found = []
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            with suppress(OSError):
                if sign in (place / file).read_bytes():
                    found.append(int(place.name))
    return sorted(found)


def environment_of(process: int) -> bytes:
    """The environment with which a process began."""
    return Path(f"/proc/{process}/environ").read_bytes()


def _environment(folder: Path, python: str, pythonpath: str) -> dict[str, str]:
    import pyspark

    home = Path(pyspark.__file__).parent
    core = next((home / "jars").glob("spark-core_*.jar")).name
    (folder / "conf").mkdir()
    (folder / "tmp").mkdir()
    return {
        **{name: os.environ[name] for name in ("PATH", "JAVA_HOME", "LANG") if name in os.environ},
        "HOME": str(folder),
        "SPARK_HOME": str(home),
        "SPARK_CONF_DIR": str(folder / "conf"),
        "SPARK_LOCAL_DIRS": str(folder / "tmp"),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_SCALA_VERSION": core.removeprefix("spark-core_").partition("-")[0],
        "PYSPARK_PYTHON": python,
        "PYTHONPATH": pythonpath,
        "TMPDIR": str(folder / "tmp"),
    }


def _daemon(typed: list[str], log: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    java = shutil.which("java", path=environment["PATH"]) or "java"
    jars = str(Path(environment["SPARK_HOME"]) / "jars" / "*")
    name, *rest = typed
    command = [java, *_DAEMON, f"-Djava.io.tmpdir={environment['TMPDIR']}", "-cp", jars]
    command += [f"org.apache.spark.deploy.{name}", "--webui-port", "0", *rest]
    return _started(command, log, environment)


def _started(command: list[str], log: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    with log.open("wb") as said:
        return subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
            preexec_fn=_ends_with_parent,
        )


def _ends_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DEATH_OF_PARENT, signal.SIGTERM)


def _wait_for(log: Path, sign: str, times: int, processes: list[subprocess.Popen[bytes]]) -> None:
    end = time.monotonic() + PATIENCE
    while len(re.findall(sign, log.read_text("utf-8"))) < times:
        if time.monotonic() > end or any(one.poll() is not None for one in processes):
            raise RuntimeError(f"the cluster did not start: {log.read_text('utf-8')[-2000:]}")
        time.sleep(0.2)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _end(process: subprocess.Popen[bytes]) -> None:
    """A worker that is asked to end takes its executors with it; who does not end is killed."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(20)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def main() -> None:
    """Run until interrupted."""
    missing = why_not()
    if missing:
        raise SystemExit(
            f"{missing}: pip install 'cjmine[spark]', and a Java runtime of 17 or later"
        )
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt), cluster() as running:
        print(f"a master and {WORKERS} workers: {running.address}; Ctrl-C ends them", flush=True)
        print(f"try: cjmine discover log.parquet --on {running.address}", flush=True)
        signal.pause()


if __name__ == "__main__":
    main()
