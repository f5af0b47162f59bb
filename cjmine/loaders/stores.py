"""Parquet in object stores (S3, Azure, Google): the objects below a prefix, each read in parts.

The only door to the file systems of Arrow that reach beyond this machine. Credentials come from the
environment and the usual files of each store, and are never part of an address.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

import pyarrow as pa

from cjmine.connecting import connecting
from cjmine.errors import Code, DataError, Place, Problem, UsageError
from cjmine.loaders.arrow_columns import plain_batches, plain_schema
from cjmine.loaders.store_failures import lost, refused
from cjmine.sources import Rows

_PART = 1 << 16  # rows at a time
_ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
_REGIONS = ("AWS_REGION", "AWS_DEFAULT_REGION")
_TABLES = ("_delta_log/", "metadata/")  # what a table keeps beside its files


@dataclass(frozen=True, slots=True)
class StoredObject:
    """A Parquet object: its address, and what it holds."""

    label: str
    rows: Rows


def stored_objects(address: str) -> list[StoredObject]:
    """The Parquet objects at or below an address, in the order of their names.

    Says where it connects before it does. Raises UsageError U101 for an address with credentials
    or signs of a query, DataError L101 where there is no such object, L104 for a table of Delta or
    Iceberg, and what `refused` gives where the store refuses access.
    """
    split = _checked(address)
    bucket, host = _bucket(split), _host(split)
    connecting(f"{split.scheme}, bucket {bucket}, host {host}")
    root = f"{split.scheme}://{split.netloc}/"
    path = "/".join((bucket, split.path.strip("/"))).rstrip("/")
    with refused(address):
        store = _store(split)
        names = _names(store, path)
    inside = [name[len(path) :].lstrip("/") for name in names]
    if any(name.startswith(_TABLES) for name in inside):
        raise _is_table(address)
    names = [name for name in names if _is_parquet(name[len(bucket) :])]
    if not names:
        raise DataError(
            Problem(
                Code.FILE_MISSING,
                "there is no Parquet object at this address",
                Place(address),
                remedy="check bucket and prefix; other formats come through a pipe:"
                " aws s3 cp s3://BUCKET/KEY - | cjmine load -",
            )
        )
    return [_object(store, name, root + name[len(bucket) + 1 :]) for name in names]


def _object(store: Any, name: str, label: str) -> StoredObject:
    import pyarrow.parquet as pq

    with refused(label), store.open_input_file(name) as file:
        opened = pq.ParquetFile(file)
        whole, records = opened.schema_arrow, opened.metadata.num_rows
    schema = plain_schema(whole, label)

    def batches(columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        with lost(label), store.open_input_file(name) as file:
            parts = pq.ParquetFile(file).iter_batches(_PART, columns=list(columns))
            yield from plain_batches(parts, schema, columns, label)

    def digest() -> str:
        found = hashlib.sha256()
        with lost(label), store.open_input_stream(name) as stream:
            while part := stream.read(1 << 20):
                found.update(part)
        return found.hexdigest()

    return StoredObject(label, Rows(schema, batches, records, digest=digest))


def _names(store: Any, path: str) -> list[str]:
    """The objects at or below a path, hidden ones left out."""
    from pyarrow import fs

    (itself,) = store.get_file_info([path])
    if itself.type is fs.FileType.File:
        return [path]
    below = store.get_file_info(fs.FileSelector(path, recursive=True))
    return sorted(one.path for one in below if one.type is fs.FileType.File and one.size)


def _is_parquet(name: str) -> bool:
    hidden = any(part.startswith((".", "_")) for part in name.split("/"))
    return not hidden and name.endswith((".parquet", ".parq", ".pq"))


def _checked(address: str) -> SplitResult:
    """The parts of an address. Raises UsageError U101, and never shows what may be a secret."""
    split = urlsplit(address)
    scheme = split.scheme
    has_user = "@" in split.netloc and not scheme.startswith("abfs")
    if has_user or ":" in split.netloc or split.query or split.fragment or not split.netloc:
        raise UsageError(
            Problem(
                Code.USAGE,
                f"an address of a store is {scheme}://BUCKET/PREFIX, and nothing else",
                Place(f"{scheme}://…"),
                remedy="keys, regions and hosts come from the environment, such as"
                " AWS_PROFILE, AWS_REGION and AWS_ENDPOINT_URL",
            )
        )
    return split


def _bucket(split: SplitResult) -> str:
    return split.netloc.partition("@")[0]


def _host(split: SplitResult) -> str:
    if split.scheme == "s3":
        return urlsplit(_first(_ENDPOINTS) or "").hostname or "amazonaws.com"
    if split.scheme == "gs":
        return "storage.googleapis.com"
    return split.netloc.partition("@")[2] or "blob.core.windows.net"


def _store(split: SplitResult) -> Any:
    """The file system of a store, with the credentials that the environment has."""
    from pyarrow import fs

    if split.scheme == "gs":
        return fs.GcsFileSystem()
    if split.scheme != "s3":
        account = split.netloc.partition("@")[2].partition(".")[0]
        return fs.AzureFileSystem(account or os.environ.get("AZURE_STORAGE_ACCOUNT", ""))
    region, endpoint = _first(_REGIONS), _first(_ENDPOINTS)
    if endpoint is None:
        return fs.S3FileSystem(region=region or fs.resolve_s3_region(_bucket(split)))
    where = urlsplit(endpoint)
    return fs.S3FileSystem(region=region, endpoint_override=where.netloc, scheme=where.scheme)


def _first(names: Sequence[str]) -> str | None:
    return next((found for name in names if (found := os.environ.get(name))), None)


def _is_table(address: str) -> DataError:
    return DataError(
        Problem(
            Code.FORMAT_UNKNOWN,
            "this is a table of Delta or Iceberg, whose folder holds removed rows too",
            Place(address),
            remedy="hand its rows on: cj.from_frame(TABLE) in Python, or a pipe of Arrow"
            " into cjmine load -",
        )
    )
