"""Run `python -m cjmine` in forked children of one process that has its imports done.

Starting Python and importing Arrow, DuckDB and pandas takes longer than most commands in tests.
The server imports modules and runs nothing, so each child begins as a new process does after its
imports. A new process is still needed for what is decided at its start: hash seed, time zone,
locale, encoding of the streams, what is imported when, and how signals are inherited.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import pkgutil
import runpy
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

MOST_BYTES = 1 << 17  # of a request: arguments and environment
# What the commands import on demand, beside modules of cjmine.
ON_DEMAND = (
    "numpy", "pyarrow.compute", "pyarrow.csv", "pyarrow.parquet", "duckdb", "pandas", "yaml",
    "scipy.optimize", "scipy.sparse", "scipy.special", "scipy.stats", "pydantic", "phonenumbers",
    "python_calamine", "rich.console", "typer.rich_utils", "pygraphviz", "graphviz", "resvg_py",
)  # fmt: skip
# NumPy and Arrow's allocator would start threads on import; a fork loses them.
NO_THREADS = {"OPENBLAS_NUM_THREADS": "1", "JE_ARROW_MALLOC_CONF": "background_thread:false"}


class ForkServer:
    """One server process; `run` gives the exit status, negative when a signal ended the child."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._door, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(theirs.fileno())],
            env={**environ, **NO_THREADS},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            start_new_session=True,  # one group with its child, which a timeout ends
        )
        theirs.close()

    def run(
        self,
        script: Path | None,
        typed: Sequence[str],
        folder: Path,
        environ: Mapping[str, str],
        streams: tuple[int, int, int],
        seconds: float,
    ) -> int:
        """Run `cjmine`, or a script that calls it, on three open files: stdin, stdout, stderr."""
        request = json.dumps(
            [str(script) if script else "", list(typed), str(folder), dict(environ)]
        ).encode()
        assert len(request) <= MOST_BYTES
        self._door.settimeout(seconds)
        socket.send_fds(self._door, [request], streams)
        try:
            answer = self._door.recv(64)
        except TimeoutError:
            self.close()
            fork_server.cache_clear()  # later tests get another
            raise
        assert answer, "the fork server has ended"
        return int(answer)

    def close(self) -> None:
        """End the server and what it runs; once is enough."""
        self._door.close()
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


@cache
def fork_server() -> ForkServer:
    """The server of this process, started when it is first needed."""
    home = tempfile.TemporaryDirectory(prefix="cjmine-tests-")
    atexit.register(home.cleanup)
    server = ForkServer(
        {
            "HOME": home.name,
            "TMPDIR": home.name,
            "PATH": os.environ.get("PATH", os.defpath),
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
    )
    atexit.register(server.close)
    return server


def warm_up() -> None:
    """Import what commands import, and start no thread.

    pm4py imports polars where it is installed, which starts threads; users do not have it.
    """
    import cjmine

    for module in pkgutil.walk_packages(cjmine.__path__, "cjmine."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in ON_DEMAND:
        with suppress(ModuleNotFoundError):  # some are optional
            importlib.import_module(name)
    from cjmine.ideal.pm4py_import import load_pm4py

    sys.modules["polars"] = None  # type: ignore[assignment]
    load_pm4py()
    del sys.modules["polars"]
    assert len(os.listdir("/proc/self/task")) == 1, "an import has started a thread"


def next_program(door: socket.socket) -> str | None:
    """Answer requests; in each child, the script that is asked for, "" being the command."""
    while True:
        request, streams, _, _ = socket.recv_fds(door, MOST_BYTES, 3)
        if not request:
            return None
        if (child := os.fork()) == 0:
            script, *rest = json.loads(request)
            become(*rest, streams)
            return str(script)
        for stream in streams:
            os.close(stream)
        _, ended = os.waitpid(child, 0)
        door.send(str(os.waitstatus_to_exitcode(ended)).encode())


def become(typed: list[str], folder: str, environ: dict[str, str], streams: Sequence[int]) -> None:
    """Take the place of a new process: its streams, folder, environment and arguments."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environ)
    tempfile.tempdir = None  # looked up once a process
    sys.argv = ["-m", *typed]
    sys.path[0] = folder


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as door:
        warm_up()
        gc.freeze()
        program = next_program(door)
    if program:
        runpy.run_path(program, run_name="__main__")
    elif program is not None:
        runpy.run_module("cjmine", run_name="__main__", alter_sys=True)
