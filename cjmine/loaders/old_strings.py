"""The texts that cells of an old workbook share: how long each is.

A text is a length, signs of what it holds, and its characters in one or two bytes; where a record
ends in its midst, the next one begins with a new sign of how many bytes a character has.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

_WIDE, _OTHER_SCRIPT, _RICH = 1, 4, 8


def lengths_of_strings(bodies: Sequence[bytes]) -> list[int]:
    r"""The characters of each text in a record and those that go on with it; fewer if damaged.

    >>> lengths_of_strings([bytes(8) + b"\x02\0\0ab\x03\0\0c", b"\x01d\0e\0"])
    [2, 3]
    """
    found: list[int] = []
    left = list(reversed(bodies))
    if not left:
        return found
    body, at = left.pop(), 8
    try:
        while at < len(body) or left:
            if at >= len(body):
                body, at = left.pop(), 0
            length, signs = struct.unpack_from("<HB", body, at)
            at += 3
            behind = 0
            if signs & _RICH:
                behind += 4 * struct.unpack_from("<H", body, at)[0]
                at += 2
            if signs & _OTHER_SCRIPT:
                behind += struct.unpack_from("<I", body, at)[0]
                at += 4
            found.append(length)
            while length:
                here = min(length, (len(body) - at) >> (signs & _WIDE))
                length, at = length - here, at + (here << (signs & _WIDE))
                if length:
                    body, at = left.pop(), 1
                    signs = body[0]
            while behind > len(body) - at and left:
                behind -= len(body) - at
                body, at = left.pop(), 0
            at += behind
    except (struct.error, IndexError):
        return found
    return found
