"""The clients and users of a batch of lines, and which lines leave open who the client is."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cjmine.columns import array, flags, mask, numbers, some_strings
from cjmine.loaders.addresses import PLAIN_ADDRESS, client_of
from cjmine.loaders.batch_maker import Mask
from cjmine.loaders.line_front import USUAL_FRONT, LineFront, line_front
from cjmine.loaders.null_words import is_nobody
from cjmine.sources import Roles

CLIENTS = ("host", "forwarded")


def with_clients(rows: pa.RecordBatch, roles: Roles, is_sure: bool) -> pa.RecordBatch:
    """The same lines with the fields that are in front of the time, where there is more than three.

    `front` is the text in front of the time, null where the fields are taken already. The column
    `no_client` marks lines whose client is neither an address nor a host, and `several` those in
    which it is not plain; nothing is where `is_sure` says that the field was declared.
    """
    assert roles.customer is not None
    asked = roles.customer.column in CLIENTS
    several = np.zeros(rows.num_rows, bool)
    if rows.column("front").null_count < rows.num_rows:
        rows, plain = _from_fronts(rows, roles)
        several |= ~plain & asked & (not is_sure)
    nobody = _no_clients(rows.column("customer")) if asked else np.zeros(rows.num_rows, bool)
    return rows.append_column("several", flags(several)).append_column("no_client", flags(nobody))


def _from_fronts(rows: pa.RecordBatch, roles: Roles) -> tuple[pa.RecordBatch, Mask]:
    """The lines with what their fronts hold, and in which the host is plainly the client."""
    front = rows.column("front")
    usual = pc.extract_regex(front, USUAL_FRONT)
    is_usual = mask(usual.is_valid())
    odd = mask(front.is_valid()) & ~is_usual
    coded = front.filter(flags(odd)).dictionary_encode()
    fronts = [line_front(one) for one in coded.dictionary.to_pylist()]
    places = np.full(rows.num_rows, -1, np.int32)
    places[odd] = array(coded.indices)
    assert roles.customer is not None
    for place, one in enumerate((roles.customer, *roles.links)):
        name = f"link{place - 1}" if place else "customer"
        if one.column in (*CLIENTS, "user"):
            taken = _field(fronts, one.column).take(numbers(places, places < 0))
            column = pc.if_else(flags(odd), taken, rows.column(name))
            column = pc.if_else(flags(is_usual), pc.struct_field(usual, one.column), column)
            rows = rows.set_column(rows.schema.get_field_index(name), name, column)
    known = np.array([one is not None for one in fronts] + [True], bool)[places]
    shaped = flags(mask(rows.column("shaped")) & known)
    rows = rows.set_column(rows.schema.get_field_index("shaped"), "shaped", shaped)
    return rows, np.array([one is None or one.is_plain for one in fronts] + [True], bool)[places]


def _field(fronts: list[LineFront | None], name: str) -> pa.Array:
    """One field of every front."""
    return some_strings([getattr(front, name) if front else None for front in fronts])


def _no_clients(column: pa.Array) -> Mask:
    """Which texts are neither an address nor a host; decided once for each distinct text."""
    found: Mask = mask(column.is_valid()) & ~mask(pc.match_substring_regex(column, PLAIN_ADDRESS))
    coded = column.filter(flags(found)).dictionary_encode()
    texts = coded.dictionary.to_pylist()
    none = [
        client_of(text) is None and not is_nobody(text.split(",")[0].strip('"( ')) for text in texts
    ]
    found[found] = np.array(none, bool)[array(coded.indices)]
    return found
