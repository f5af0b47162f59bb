"""Help for the tests of the command line: run `python -m cjmine` as a shell would.

Every run gets an environment of its own, so nothing of the machine's user decides anything.
A plain run is forked from a process that has its imports done; whatever is decided when a process
starts gets a new one.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cli.fork_server import fork_server

PROJECT = Path(__file__).parents[2]
SAMPLE_LOGS = PROJECT / "sample_logs"
KEY = "00112233445566778899aabbccddeeff" * 2
PATIENCE = 120
COMMAND = ("-m", "cjmine")
# Read when a command runs; all others may be read when a process starts or imports.
READ_LATE = {"CJMINE_KEY", "COLUMNS", "HOME", "TMPDIR", "PATH", "PGSERVICEFILE", "PGPASSFILE"}
SAME_FOR_ALL = {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE"}

# What a superuser may do beyond others: pass over the permissions of files.
_DROP_CAPABILITIES = """
import ctypes, os, sys
for capability in (1, 2):
    ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""
_LIMIT_FILES = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
os.execv(sys.argv[2], sys.argv[2:])
"""
_HEED_CTRL_C = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """How a run ended, and what it said."""

    status: int
    stdout: bytes
    stderr: bytes

    @property
    def out(self) -> str:
        return self.stdout.decode()

    @property
    def err(self) -> str:
        return self.stderr.decode()

    @property
    def codes(self) -> list[str]:
        """The codes of the errors, in the order in which they were shown."""
        return re.findall(r"^error\[(\w+)\]: ", self.err, re.MULTILINE)


def environment(folder: Path, key: str | None = None, **more: str) -> dict[str, str]:
    """A clean environment; home and temporary files lie in folders beside the data."""
    home, temporary = folder.parent / f"{folder.name}-home", folder.parent / f"{folder.name}-tmp"
    home.mkdir(exist_ok=True)
    temporary.mkdir(exist_ok=True)
    clean = {
        "HOME": str(home),
        "TMPDIR": str(temporary),
        "PATH": os.environ.get("PATH", os.defpath),
        "COLUMNS": "80",
        "PYTHONPATH": str(PROJECT),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return clean | ({"CJMINE_KEY": key} if key else {}) | more


def left_behind(folder: Path) -> list[str]:
    """Temporary files that runs in this folder forgot."""
    temporary = folder.parent / f"{folder.name}-tmp"
    forgotten = [*temporary.rglob("*"), *folder.rglob(".cjmine-*")]
    return sorted(str(path) for path in forgotten)


def run(
    folder: Path,
    *arguments: str | Path,
    key: str | None = None,
    before: Sequence[str] = (),
    environ: Mapping[str, str] | None = None,
    python: Sequence[str] = COMMAND,
    **redirected: object,
) -> Ran:
    """Run `cjmine` in a folder and wait for its end. `before` stands in front of the command."""
    typed = [*map(str, arguments)]
    around = environment(folder, key, **(environ or {}))
    both = redirected == {"stderr": subprocess.STDOUT}
    if not before and python == COMMAND and (both or not redirected):
        return launched(typed, folder, around, both_streams=both)
    return started([*before, sys.executable, *python, *typed], folder, around, **redirected)


def launched(
    typed: Sequence[str],
    folder: Path,
    environ: Mapping[str, str],
    script: Path | None = None,
    both_streams: bool = False,
) -> Ran:
    """Run the command, or a script that calls it, where its environment lets it be forked.

    With both streams in one, what goes to stderr stands in stdout.
    """
    if sys.platform == "linux" and set(environ) <= READ_LATE | SAME_FOR_ALL:
        return forked(typed, folder, environ, script, both_streams)
    program = COMMAND if script is None else (str(script),)
    merged = {"stderr": subprocess.STDOUT} if both_streams else {}
    return started([sys.executable, *program, *typed], folder, environ, **merged)


def started(
    written: Sequence[str], folder: Path, environ: Mapping[str, str], **redirected: object
) -> Ran:
    """Run any program in a new process."""
    streams: dict[str, object] = {
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.PIPE,
        "stderr": subprocess.PIPE,
    }
    done = subprocess.run(
        written,
        cwd=folder,
        env=environ,
        timeout=PATIENCE,
        check=False,
        **(streams | redirected),  # type: ignore[call-overload]
    )
    return Ran(done.returncode, done.stdout or b"", done.stderr or b"")


def forked(
    typed: Sequence[str],
    folder: Path,
    environ: Mapping[str, str],
    script: Path | None,
    both_streams: bool,
) -> Ran:
    """Run it in a child of the fork server; what it says is kept in memory."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    out, err = (os.memfd_create(name) for name in ("stdout", "stderr"))
    streams = (nothing, out, out if both_streams else err)
    try:
        status = fork_server().run(script, typed, folder, environ, streams, PATIENCE)
        return Ran(status, *(os.pread(one, os.fstat(one).st_size, 0) for one in (out, err)))
    finally:
        for one in (nothing, out, err):
            os.close(one)


def without_privileges() -> list[str]:
    """What to put before a command so that permissions of files hold for a superuser too."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [sys.executable, "-c", _DROP_CAPABILITIES] if is_root else []


def permissions_hold(folder: Path) -> bool:
    """Whether a file without permissions really cannot be read here."""
    closed = folder / "closed-to-all"
    closed.write_text("x")
    closed.chmod(0)
    probe = [*without_privileges(), sys.executable, "-c", f"open({str(closed)!r})"]
    refused = subprocess.run(probe, capture_output=True, check=False).returncode != 0
    closed.unlink()
    return refused


def heeding_ctrl_c() -> list[str]:
    """What to put before a command so that Ctrl-C reaches it even where these tests ignore it."""
    return [sys.executable, "-c", _HEED_CTRL_C]


def with_file_limit(most_bytes: int) -> list[str]:
    """What to put before a command so that no file grows larger: a disk that is full."""
    return [sys.executable, "-c", _LIMIT_FILES, str(most_bytes)]


def events(customers: int = 12, first: int = 0) -> str:
    """A good export: so many invented customers, each of whom searches and then buys."""
    return "customer,activity,time\n" + "".join(
        f"c{one},Search,2024-05-01T10:{one % 60:02}:00Z\nc{one},Buy,2024-05-01T11:{one % 60:02}:00Z\n"
        for one in range(first, first + customers)
    )
