"""What customer tables stated in a delivery, pseudonymised, for decisions about later ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
from pydantic import TypeAdapter

from cjmine.columns import array, labels
from cjmine.eventlog.described import damaged
from cjmine.eventlog.log import one_chunk
from cjmine.identity.evidence import Evidence
from cjmine.ingest.gather import Gathered
from cjmine.ingest.linking import Stated
from cjmine.privacy.pseudonymise import NOBODY, TokenTable
from cjmine.sources import CustomerTable

_ABOUT = b"cjmine"
_TABLES = TypeAdapter(tuple[CustomerTable, ...])
_RULE, _LEFT, _RIGHT = "rule", "left", "right"
_NAMED = ""  # the rule of rows that only name a customer of a table


def write_tables(found: Gathered, file: Path) -> None:
    """Write what customer tables stated. The caller makes the write atomic."""
    import pyarrow.parquet as pq

    stated = found.stated
    rows = [(one.rule, one.left, one.right) for one in stated.evidence]
    rows.append((_NAMED, stated.customers, np.full(len(stated.customers), NOBODY, np.int32)))
    rules = np.repeat(np.arange(len(rows), dtype=np.int32), [len(left) for _, left, _ in rows])
    columns = {
        _RULE: labels(rules, [rule for rule, _, _ in rows]),
        _LEFT: found.table.made.coded(np.concatenate([left for _, left, _ in rows])),
        _RIGHT: found.table.made.coded(np.concatenate([right for _, _, right in rows])),
    }
    about = {_ABOUT: _TABLES.dump_json(found.inputs.customers)}
    table = pa.table(columns).replace_schema_metadata(about)
    how = {"write_statistics": False, "write_page_checksum": True}
    pq.write_table(table, file, compression="zstd", **how)


def read_tables(
    file: Path, label: str, table: TokenTable
) -> tuple[Stated, tuple[CustomerTable, ...]]:
    """What customer tables stated, in codes of a table, and how the tables were declared.

    Raises DataError L122 where the file cannot be read.
    """
    import pyarrow.parquet as pq

    try:
        read = pq.read_table(file, page_checksum_verification=True)
        declared = _TABLES.validate_json(read.schema.metadata[_ABOUT])
        rules = one_chunk(read, _RULE)
        left, right = (table.adopt_column(one_chunk(read, name)) for name in (_LEFT, _RIGHT))
    except (OSError, pa.ArrowException, KeyError, ValueError):
        raise damaged(label, "the customer tables of the log cannot be read") from None
    names = rules.dictionary.to_pylist()
    rule = array(rules.indices)
    evidence = [
        Evidence(name, left[rule == code], right[rule == code])
        for code, name in enumerate(names)
        if name != _NAMED
    ]
    customers = left[rule == names.index(_NAMED)] if _NAMED in names else left[:0]
    return Stated(tuple(evidence), customers), declared
