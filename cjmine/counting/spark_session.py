"""The one module that speaks to Spark: a connection for this process, and tasks sent over it.

Only what Spark Connect has too is used: `range`, `mapInArrow` and `collect`.
"""

from __future__ import annotations

import atexit
import logging
import os
import shutil
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar, cast
from urllib.parse import urlsplit

from cjmine.connecting import connecting
from cjmine.counting.package_zip import write_package
from cjmine.counting.spark_failures import failure, missing, unreached
from cjmine.counting.worker import ROW, greet
from cjmine.errors import CjmineError
from cjmine.temporary import temporary_folder, undone_if_ended

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Made = TypeVar("Made")
Row = tuple[int, bytes, bytes]

# Seconds until a master answers, until it has a free worker, until what was begun has ended.
_REACHED, _STARTED, _ENDED = 120, 600, 10
_NO_ANSWER = "no answer within 2 minutes"
_SPREAD = 4096  # numbers that are spread over the cores, to count them


@dataclass(frozen=True, slots=True)
class Cluster:
    """A connection to Spark, and how many tasks it runs at a time."""

    session: SparkSession
    place: str
    cores: int = 1

    def rows(self, counted: Callable[[Iterable[Any]], Iterator[Any]], tasks: int) -> list[Row]:
        """What `counted` gives of the numbers below `tasks`, each in a task of its own."""
        return self._collected(counted, self.session.range(0, tasks, 1, tasks))

    def width(self) -> int:
        """How many tasks run at a time; waits for a worker that can count."""
        self.rows(greet, 1)
        return len(self._collected(greet, self.session.range(_SPREAD)))

    def _collected(self, counted: Callable[..., Any], numbers: Any) -> list[Row]:
        try:
            with _no_warnings():
                rows = numbers.mapInArrow(counted, ROW).collect()
        except Exception as error:
            raise failure(error, self.place) from None
        return [(one[0], bytes(one[1]), bytes(one[2])) for one in rows]


_connected: dict[str, Cluster] = {}  # a driver takes seconds to start, and a process has one
_held = ExitStack()  # sessions, and the package, which workers fetch when they begin
atexit.register(_held.close)


def connect(place: str) -> Cluster:
    """The connection of this process to a place; says where before it is made.

    `place` is spark://HOST:PORT, sc://HOST:PORT or spark: the session of a notebook, else the
    address in SPARK_REMOTE, else what Spark is configured to use, else this machine.

    Raises
    ------
    UsageError
        L124 where pyspark or Java is not installed.
    DataError
        L150 where nothing answers within two minutes, or no worker is free within ten; L152 where
        the workers lack what cjmine needs.
    """
    if place not in _connected:
        with _no_warnings():
            session = _session(place)
        package = write_package(_held.enter_context(temporary_folder()))
        send = partial(session.addArtifacts, str(package), pyfile=True)
        _within(_REACHED, send, place, _NO_ANSWER)  # Spark Connect reaches out only now
        cluster = Cluster(session, place)
        cores = _within(_STARTED, cluster.width, place, "no worker is free within 10 minutes")
        _connected[place] = replace(cluster, cores=cores)
    return _connected[place]


def _session(place: str) -> SparkSession:
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise missing("counting on Spark needs pyspark", "pip install 'cjmine[spark]'") from None
    running = SparkSession.getActiveSession() if place == "spark" else None
    if running is not None:
        connecting("the Spark session of this program (--on spark)")
        return running
    remote = os.environ.get("SPARK_REMOTE", "") if place == "spark" else place
    if remote.startswith("sc://"):
        host = urlsplit(remote).netloc.rpartition("@")[2]  # what follows may be tokens
        connecting(f"Spark at sc://{host.partition(';')[0]} (--on {place})")
        begin = SparkSession.builder.remote(remote).getOrCreate
    else:
        begin = partial(_driven_from_here, place)
    session = _within(_REACHED, begin, place, _NO_ANSWER)
    _hold(partial(_stop, session))
    return session


def _driven_from_here(place: str) -> SparkSession:
    """A session whose driver is a Java process of ours; what that one logs is not shown."""
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkRuntimeError
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    install = "install a Java runtime (17 or later), or set JAVA_HOME"
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise missing("Spark needs Java", install)
    logging.getLogger().addFilter(_is_not_of_the_driver)
    try:
        with _own_environment_hidden(), open(os.devnull, "wb") as nowhere:
            gateway = launch_gateway(popen_kwargs={"stdout": nowhere, "stderr": nowhere})
    except PySparkRuntimeError:
        raise missing("Spark needs Java, and the one that is there does not run", install) from None
    _hold(partial(_end, gateway))
    configured = SparkConf(_jvm=gateway.jvm)
    configured.setIfMissing("spark.app.name", "cjmine")
    if place != "spark":
        configured.setMaster(place)
    master = configured.get("spark.master", "local[*]")
    connecting(f"Spark at {master} (--on {place})")
    if master.startswith("local"):  # its ports are open to this machine only
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        configured.set("spark.driver.host", "127.0.0.1").set("spark.ui.enabled", "false")
        configured.set("spark.driver.bindAddress", "127.0.0.1").setMaster(master)
    return SparkSession(SparkContext(conf=configured, gateway=gateway))


def _is_not_of_the_driver(record: logging.LogRecord) -> bool:
    """False for tracebacks of a driver that was ended, which would come behind our error."""
    return record.module not in ("java_gateway", "clientserver")


@contextmanager
def _no_warnings() -> Iterator[None]:
    """Within the block nothing is said of versions of pandas, which is not used."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        yield


@contextmanager
def _own_environment_hidden() -> Iterator[None]:
    """Within the block the environment has nothing of cjmine's: no key reaches what is started."""
    own = {name: text for name, text in os.environ.items() if name.startswith("CJMINE_")}
    for name in own:
        del os.environ[name]
    try:
        yield
    finally:
        os.environ.update(own)


def _within(seconds: float, make: Callable[[], Made], place: str, cause: str) -> Made:
    """What `make` gives; DataError L150 where it fails to connect, or takes longer than that."""
    made: SimpleQueue[tuple[Made | None, Exception | None]] = SimpleQueue()

    def run() -> None:
        try:
            made.put((make(), None))
        except Exception as error:
            made.put((None, error))

    Thread(target=run, daemon=True).start()
    try:
        value, error = made.get(timeout=seconds)
    except Empty:
        raise unreached(place, cause) from None
    if isinstance(error, CjmineError):
        raise error
    if error is not None:
        raise unreached(place, f"connecting failed: {type(error).__name__}") from None
    return cast(Made, value)


def _hold(end: Callable[[], None]) -> None:
    """Do it when this process ends, early or not."""
    _held.enter_context(undone_if_ended(end))
    _held.callback(end)


def _end(gateway: Any) -> None:
    """End the Java process, which does when its input ends, and takes its files away."""
    with suppress(Exception):
        try:
            gateway.proc.stdin.close()
            gateway.proc.wait(_ENDED)
        finally:
            gateway.proc.kill()


def _stop(session: SparkSession) -> None:
    """Stop the session, and wait for that a few seconds: ended before, Java prints errors."""
    with suppress(Exception):
        _within(_ENDED, session.stop, "", "")
