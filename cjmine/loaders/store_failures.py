"""What went wrong in an object store, in our own words: its answers may name keys and accounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow as pa

from cjmine.errors import Code, DataError, Place, Problem

_KNOWN = (
    (
        "NO_SUCH_BUCKET|NO_SUCH_KEY|NotFound|Path does not exist|Not Found|ContainerNotFound",
        Code.FILE_MISSING,
        "there is no such bucket or object",
        "check its name, and the region or the host of the store",
    ),
    (
        "ACCESS_DENIED|Forbidden|AuthorizationPermissionMismatch|PERMISSION_DENIED",
        Code.DATABASE_PERMISSION,
        "the store does not let this user read there",
        "have the owner allow to list the bucket and to get its objects",
    ),
    (
        "INVALID_ACCESS_KEY|SIGNATURE|INVALID_CLIENT_TOKEN|UNRECOGNIZED_CLIENT|MISSING_AUTH|TOKEN"
        "|credential|Unauthenticated|UNAUTHENTICATED|AuthenticationFailed|403|401",
        Code.DATABASE_LOGIN,
        "the store takes no credentials, or not these",
        "log in with the tool of the store, or set its variables, such as AWS_PROFILE",
    ),
)


@contextmanager
def refused(label: str) -> Iterator[None]:
    """Word what a store says when it is asked for the first time, or what is no Parquet there.

    Raises DataError L101, L122, L140, L141 or L144.
    """
    try:
        yield
    except pa.ArrowInvalid:
        raise _not_parquet(label) from None
    except (OSError, pa.ArrowException) as error:
        raise DataError(_worded(str(error), label)) from None


@contextmanager
def lost(label: str) -> Iterator[None]:
    """Word what happens while rows come. Raises DataError L122 or L145; nothing is kept then."""
    try:
        yield
    except pa.ArrowInvalid:
        raise _not_parquet(label) from None
    except (OSError, pa.ArrowException):
        raise DataError(
            Problem(
                Code.CONNECTION_LOST,
                "the connection was lost before all rows had come",
                Place(label),
                cause="the store or the network ended it; nothing is written",
                remedy="run the same command again",
            )
        ) from None


def _worded(said: str, label: str) -> Problem:
    """The problem behind what a store says, which is searched and never shown.

    >>> _worded("AWS Error ACCESS_DENIED during ListObjectsV2 for key jan", "s3://b").code.value
    'L144'
    """
    for pattern, code, message, remedy in _KNOWN:
        if re.search(pattern, said):
            return Problem(code, message, Place(label), remedy=remedy)
    return Problem(
        Code.DATABASE_UNREACHABLE,
        "the store cannot be reached",
        Place(label),
        cause="no server answers, or it answers something else",
        remedy="check the network and AWS_ENDPOINT_URL, where a store of your own is meant",
    )


def _not_parquet(label: str) -> DataError:
    return DataError(Problem(Code.LOG_FORMAT, "not a readable Parquet object", Place(label)))
