"""Where Spark fails, as errors of ours: its own text can quote data, so none of it is shown."""

from __future__ import annotations

import re

from cjmine.errors import CjmineError, Code, DataError, Place, Problem, UsageError

_ENDED = (
    "OutOfMemoryError",
    "ExecutorLostFailure",
    "exited unexpectedly (crashed)",
    "worker exited unexpectedly",
)
_UNFIT = (
    "PYTHON_VERSION_MISMATCH",
    "PACKAGE_NOT_INSTALLED",
    "UNSUPPORTED_PACKAGE_VERSION",
    "Cannot run program",
)
_NO_MODULE = re.compile(r"No module named '([A-Za-z_][\w.]*)'")


def failure(error: Exception, place: str) -> Exception:
    """The error to raise where a question failed; an error in our own code stays what it is."""
    text = str(error)
    missing = _NO_MODULE.search(text)
    if missing or any(sign in text for sign in _UNFIT):
        return _unfit(f"no Python package {missing[1]}" if missing else "", place)
    if "maxResultSize" in text:
        return ended("the answers are larger than spark.driver.maxResultSize")
    if any(sign in text for sign in _ENDED):
        return ended("a worker that counted a part of the log was ended several times")
    if "Traceback (most recent call last)" in text:
        return error
    return DataError(
        Problem(
            Code.CLUSTER_FAILED,
            "Spark gave the task up",
            Place(place),
            cause=_condition(error),
            remedy="the log of the cluster says more; run it again once that is mended",
        )
    )


def ended(cause: str) -> CjmineError:
    """The error L127 of a cluster."""
    return DataError(
        Problem(
            Code.OUT_OF_MEMORY,
            "there is not enough memory on the cluster for this log",
            cause=cause,
            remedy="give Spark more memory (spark.executor.memoryOverhead for workers,"
            " spark.driver.memory and spark.driver.maxResultSize here), or cut smaller: --parts N",
        )
    )


def unreached(place: str, cause: str) -> CjmineError:
    """The error L150: nothing answers at a place."""
    return DataError(
        Problem(
            Code.CLUSTER_UNREACHED,
            "Spark does not answer",
            Place(place),
            cause=cause,
            remedy="look whether the master runs, has workers that are free, and is of the version"
            " of Spark that is installed here",
        )
    )


def missing(what: str, remedy: str) -> CjmineError:
    """The error L124: pyspark or Java is not installed."""
    return UsageError(Problem(Code.EXTRA_MISSING, what, Place("--on"), remedy=remedy))


def _unfit(cause: str, place: str) -> CjmineError:
    return DataError(
        Problem(
            Code.WORKER_UNFIT,
            "the workers of the cluster cannot run cjmine",
            Place(place),
            cause=cause or "no Python of this version with its packages",
            remedy="workers need the Python version of this machine with numpy, pandas and"
            " pyarrow; PYSPARK_PYTHON names the program",
        )
    )


def _condition(error: Exception) -> str:
    """The stable name that Spark gives an error, else its class."""
    named = getattr(error, "getCondition", None)
    condition = named() if callable(named) else None
    return condition if isinstance(condition, str) else type(error).__name__
