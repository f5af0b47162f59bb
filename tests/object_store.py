"""An S3-compatible server on this machine, for tests: moto's, in a process of its own.

It is asked on the loopback address only; what tests set in the environment leads nowhere else.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyarrow.fs

SECRET = "canary-secret-7f3a"
# `make test` installs it there: it needs an older library than pandas has here.
_PYTHON = Path(__file__).parents[1] / ".venv" / "store" / "bin" / "python"
HAS_SERVER = _PYTHON.exists()
_SERVE = """
import sys
from moto.server import ThreadedMotoServer

server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
print(server.get_host_and_port()[1], flush=True)
sys.stdin.read()
server.stop()
"""


@dataclass(frozen=True, slots=True)
class ObjectStore:
    """A running server; `files` writes into it, `environ` leads cjmine to it."""

    endpoint: str
    server: subprocess.Popen[bytes]

    @property
    def environ(self) -> dict[str, str]:
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": "canary-user",
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_REGION": "eu-west-1",
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    @property
    def files(self) -> Any:
        return pyarrow.fs.S3FileSystem(
            access_key="canary-user",
            secret_key=SECRET,
            region="eu-west-1",
            endpoint_override=urlsplit(self.endpoint).netloc,
            scheme="http",
            allow_bucket_creation=True,
        )


@contextmanager
def object_store() -> Iterator[ObjectStore]:
    """Start a server, and end it; it ends by itself where the tests are ended."""
    around = {**os.environ, "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x"}
    with subprocess.Popen(
        [_PYTHON, "-c", _SERVE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=around,
    ) as server:
        assert server.stdin is not None and server.stdout is not None
        try:
            line = server.stdout.readline()
            yield ObjectStore(f"http://127.0.0.1:{int(line)}", server)
        finally:
            server.stdin.close()
            for _ in range(50):
                if server.poll() is not None:
                    break
                time.sleep(0.1)
            server.kill()
