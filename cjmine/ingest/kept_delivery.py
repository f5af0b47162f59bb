"""A delivery as it was read, before it is decided whose events they are; pseudonymised.

Later deliveries can say more: that a cookie is of a customer, that a record has a newer copy, that
a number stands for nobody. A log folder keeps events of which that can be said beside its runs, so
that they can be decided anew, and the accounts of all sources.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from pydantic import TypeAdapter

from cjmine.columns import array, flags, labels, mask, numbers
from cjmine.eventlog.described import damaged
from cjmine.eventlog.log import one_chunk
from cjmine.ingest.gather import Gathered
from cjmine.ingest.kept_source import KeptSource, kept_source
from cjmine.ingest.pieces import FIRST, Array, Piece
from cjmine.ingest.settled import Settled
from cjmine.ingest.source_read import SourceRead, Vocabulary
from cjmine.loaders.batch import ACTIVITY, CASE, CUSTOMER, DELIVERY, LINK, TIME, VERSION
from cjmine.privacy.pseudonymise import TokenTable
from cjmine.privacy.pseudonyms import Key, veiled

if TYPE_CHECKING:
    import pyarrow.parquet as pq

_ABOUT = "cjmine"
_CHECKED: dict[str, bool] = {"page_checksum_verification": True}
_PLAIN = {TIME: pa.int64(), VERSION: pa.int64(), DELIVERY: pa.uint64(), FIRST: pa.bool_()}
_TEXT = pa.dictionary(pa.int32(), pa.string())
_SOURCES = TypeAdapter(tuple[KeptSource, ...])


def veil(found: Gathered, key: Key) -> None:
    """Replace the hashes of records by ones that need the key of the project."""
    for read in found.reads:
        for piece in read.pieces:
            if piece.has(DELIVERY):
                piece.put(DELIVERY, veiled(piece.column(DELIVERY), key))


def write_delivery(found: Gathered, settled: Sequence[bool], file: Path) -> None:
    """Write what was gathered, a row group for each piece. The caller makes the write atomic.

    Of a source that is settled only the account is written.
    """
    every = [(place, piece) for place, read in enumerate(found.reads) for piece in read.pieces]
    names = list(dict.fromkeys(name for _, piece in every for name in piece.names))
    pieces = [(place, piece) for place, piece in every if not settled[place]]
    schema = pa.schema([pa.field(name, _PLAIN.get(name, _TEXT)) for name in names])
    known = frozenset(found.vocabularies[ACTIVITY].codes)
    sources = tuple(
        kept_source(one.source, read, known, _settled(read, found) if is_settled else None)
        for one, read, is_settled in zip(found.inputs.sources, found.reads, settled, strict=True)
    )
    about = {
        "sources": _SOURCES.dump_python(sources, mode="json"),
        "pieces": [[place, list(piece.names)] for place, piece in pieces],
        "numbers": found.table.made.coded(found.table.placeholder_numbers).to_pylist(),
    }
    with _writer(file, schema) as writer:
        for _, piece in pieces:
            columns = [_stored(name, piece, found) for name in names]
            writer.write_table(pa.table(columns, schema=schema), row_group_size=piece.events or 1)
        _describe(writer, about)


def _settled(read: SourceRead, found: Gathered) -> Settled:
    names = dict.fromkeys(name for piece in read.pieces for name in piece.names)
    labels_ = tuple(name for name in names if name in found.vocabularies)
    return Settled(read.loaded, read.given, read.steps_back, read.far, labels_)


def _writer(file: Path, schema: pa.Schema) -> pq.ParquetWriter:
    import pyarrow.parquet as pq

    # Exports are mostly in order of time, so that times differ little from those before them.
    numbered = [name for name in (TIME, VERSION) if name in schema.names]
    return pq.ParquetWriter(
        file,
        schema,
        compression="zstd",
        use_dictionary=[name for name in schema.names if name not in _PLAIN],
        column_encoding=dict.fromkeys(numbered, "DELTA_BINARY_PACKED"),
        write_statistics=False,
        store_schema=False,
        write_page_checksum=True,
    )


def _describe(writer: pq.ParquetWriter, about: object) -> None:
    text = json.dumps(about, ensure_ascii=False, separators=(",", ":"))
    writer.add_key_value_metadata({_ABOUT: text})


def _stored(name: str, piece: Piece, found: Gathered) -> pa.Array:
    if not piece.has(name):
        return pa.nulls(piece.events, _PLAIN.get(name, _TEXT))
    values = piece.column(name)
    if name == FIRST:
        return flags(values)
    if name in _PLAIN:
        return numbers(values)
    if _is_token(name):
        return found.table.made.coded(values)
    return labels(values, list(found.vocabularies[name].codes))


def _is_token(name: str) -> bool:
    return name in (CUSTOMER, CASE) or name.startswith(LINK)


class KeptDelivery:
    """A delivery that was written: its sources at once, its pieces one after the other.

    Raises DataError L122 where the file cannot be read.
    """

    def __init__(self, file: Path, label: str) -> None:
        import pyarrow.parquet as pq

        self._path, self._label = file, label
        try:
            about = json.loads(pq.read_metadata(file).metadata[_ABOUT.encode()])
            self.sources = _SOURCES.validate_json(json.dumps(about["sources"]))
            self._pieces = [(int(place), tuple(names)) for place, names in about["pieces"]]
            self._numbers = tuple(map(str, about["numbers"]))
        except (OSError, pa.ArrowException, ValueError, KeyError, TypeError):
            raise damaged(label, "a kept delivery of the log cannot be read") from None

    def pieces(
        self, table: TokenTable, vocabularies: dict[str, Vocabulary]
    ) -> Iterator[tuple[int, Piece]]:
        """Every piece with the place of its source, in codes of a table and of vocabularies."""
        import pyarrow.parquet as pq

        table.adopt_numbers(self._numbers)
        try:
            with pq.ParquetFile(self._path) as opened:
                text = [name for name in opened.schema_arrow.names if name not in _PLAIN]
            with pq.ParquetFile(self._path, read_dictionary=text, **_CHECKED) as opened:
                for group, (place, names) in enumerate(self._pieces):
                    read = opened.read_row_group(group, columns=list(names))
                    columns = {name: _values(name, read, table, vocabularies) for name in names}
                    yield place, Piece(columns)
        except (OSError, pa.ArrowException, KeyError):
            raise damaged(self._label, "a kept delivery of the log cannot be read") from None


def copy_since(source: Path, label: str, moment: int, file: Path) -> None:
    """Write a kept delivery again without the events before a moment (microseconds).

    The accounts of its sources stay: what is gone was loaded. Raises DataError L122.
    """
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(source) as opened:
            about = json.loads(opened.metadata.metadata[_ABOUT.encode()])
            text = [name for name in opened.schema_arrow.names if name not in _PLAIN]
        pieces: list[object] = []
        with pq.ParquetFile(source, read_dictionary=text, **_CHECKED) as opened:
            schema = opened.schema_arrow.remove_metadata()
            with _writer(file, schema) as writer:
                for group, piece in enumerate(about["pieces"]):
                    read = opened.read_row_group(group)
                    is_past = array(one_chunk(read, TIME)) < moment
                    rest = read.filter(flags(~is_past))
                    is_record = mask(one_chunk(read, FIRST)) if FIRST in piece[1] else True
                    gone = int(np.count_nonzero(is_past & is_record))
                    about["sources"][piece[0]]["purged"] += gone
                    if rest.num_rows:
                        writer.write_table(rest.cast(schema), row_group_size=rest.num_rows)
                        pieces.append(piece)
                _describe(writer, {**about, "pieces": pieces})
    except (OSError, pa.ArrowException, ValueError, KeyError, TypeError):
        raise damaged(label, "a kept delivery of the log cannot be read") from None


def _values(
    name: str, read: pa.Table, table: TokenTable, vocabularies: dict[str, Vocabulary]
) -> Array:
    column = one_chunk(read, name)
    if name == FIRST:
        return mask(column)
    if name in _PLAIN:
        return array(column)
    if not _is_token(name):
        return vocabularies.setdefault(name, Vocabulary()).number(column.cast(_TEXT))
    return table.adopt_column(column)
