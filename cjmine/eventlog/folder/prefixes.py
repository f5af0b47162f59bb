"""Where a customer lies in a log folder: a number made from the first letters of the token.

Tokens are spread evenly, so that equal intervals of prefixes hold about equally many customers.
"""

from __future__ import annotations

import zlib

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Prefixes = npt.NDArray[np.int32]
PREFIXES = 1 << 16
_LETTERS, _WIDTH, _TAKEN = b"bcdfghjklmnpqrst", 32, 4
_VALUES = np.full(256, -1, np.int32)
_VALUES[np.frombuffer(_LETTERS, np.uint8)] = np.arange(len(_LETTERS), dtype=np.int32)


def prefixes(names: pa.Array) -> Prefixes:
    """A number from 0 up to `PREFIXES` for every name, from the first four letters of its token.

    A name that is no token (`kind_` and 32 letters) gets a checksum instead.

    >>> prefixes(pa.array(["customer_" + "c" + 31 * "b", "ann"])).tolist()
    [4096, 29299]
    """
    count = len(names)
    if not count:
        return np.zeros(0, np.int32)
    _, offsets, data = names.buffers()
    ends = np.frombuffer(offsets, np.int32, count + 1, names.offset * 4)[1:].astype(np.int64)
    begins = np.frombuffer(offsets, np.int32, count, names.offset * 4).astype(np.int64)
    octets = np.frombuffer(data or b"", np.uint8)
    is_token = ends - begins > _WIDTH
    first = np.where(is_token, ends - _WIDTH, 1)
    values = _VALUES[octets[first[:, None] + np.arange(_TAKEN)]] if len(octets) > _TAKEN else None
    found = np.zeros(count, np.int32)
    if values is not None:
        is_token &= (values >= 0).all(axis=1) & (octets[first - 1] == ord("_"))
        found = (values << np.array([12, 8, 4, 0])).sum(axis=1).astype(np.int32)
    else:
        is_token[:] = False
    for place in np.flatnonzero(~is_token).tolist():
        found[place] = zlib.crc32(octets[begins[place] : ends[place]].tobytes()) & (PREFIXES - 1)
    return found
