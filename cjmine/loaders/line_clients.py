"""The clients and users of a batch of lines, and which lines leave open who the client is."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cjmine.columns import array, flags, mask, numbers, some_strings
from cjmine.loaders.addresses import client_of
from cjmine.loaders.batch_maker import Mask
from cjmine.loaders.line_front import LineFront, line_front
from cjmine.loaders.null_words import is_nobody
from cjmine.sources import Roles

CLIENTS = ("host", "forwarded")
_PLAIN = r"^(?:\d{1,3}\.){3}\d{1,3}$"


def with_clients(rows: pa.RecordBatch, roles: Roles, is_sure: bool) -> pa.RecordBatch:
    """The same lines with the fields that are in front of the time, where there is more than three.

    `front` is the text in front of the time, null where the fields are taken already. The column
    `no_client` marks lines whose client is neither an address nor a host, and `several` those in
    which it is not plain; nothing is where `is_sure` says that the field was declared.
    """
    coded = rows.column("front").dictionary_encode()
    fronts = [line_front(one) if one else None for one in coded.dictionary.to_pylist()]
    places = array(coded.indices, len(fronts))
    from_front = mask(rows.column("front").is_valid())
    assert roles.customer is not None
    for place, one in enumerate((roles.customer, *roles.links)):
        name = f"link{place - 1}" if place else "customer"
        if one.column in (*CLIENTS, "user"):
            taken = _field(fronts, one.column).take(numbers(places.astype(np.int32)))
            column = pc.if_else(flags(from_front), taken, rows.column(name))
            rows = rows.set_column(rows.schema.get_field_index(name), name, column)
    shaped = np.array([front is not None for front in fronts] + [True], bool)[places]
    plain = np.array([front is None or front.is_plain for front in fronts] + [True], bool)[places]
    asked = roles.customer.column in CLIENTS
    rows = rows.set_column(
        rows.schema.get_field_index("shaped"),
        "shaped",
        flags(mask(rows.column("shaped")) & shaped),
    )
    several = ~plain if asked and not is_sure else np.zeros(rows.num_rows, bool)
    nobody = _no_clients(rows.column("customer")) if asked else np.zeros(rows.num_rows, bool)
    return rows.append_column("several", flags(several)).append_column("no_client", flags(nobody))


def _field(fronts: list[LineFront | None], name: str) -> pa.Array:
    """One field of every front, and a null for lines without one."""
    return some_strings([getattr(front, name) if front else None for front in fronts] + [None])


def _no_clients(column: pa.Array) -> Mask:
    """Which texts are neither an address nor a host; decided once for each distinct text."""
    coded = column.dictionary_encode()
    odd = ~mask(pc.match_substring_regex(coded.dictionary, _PLAIN))
    for place in np.flatnonzero(odd).tolist():
        text = coded.dictionary[place].as_py()
        odd[place] = client_of(text) is None and not is_nobody(text.split(",")[0].strip('"( '))
    found: Mask = np.append(odd, False)[array(coded.indices, len(odd))]
    return found
