"""Which mails of one file are copies of another: by id, sender and time."""

from __future__ import annotations

from hashlib import blake2b

_SAME = 3_600_000_000  # microseconds between copies of one mail without a date of its own


class Copies:
    """The mails of a file so far. Forms on web sites give many mails one id.

    >>> copies = Copies()
    >>> copies.seen("form|jan", 0), copies.seen("form|jan", 60), copies.seen("form|jan", 10**10)
    (None, True, False)
    """

    def __init__(self) -> None:
        self._first: dict[bytes, int] = {}
        self._later: set[tuple[bytes, int]] = set()

    def seen(self, key: str, us: int) -> bool | None:
        """Whether a mail is a copy of an earlier one; None where the key is new.

        False says that a mail of the key was there at another hour.
        """
        # Fixed-size digests keep the memory small; the text of an id often names its sender.
        digest = blake2b(key.encode(), digest_size=16).digest()
        first = self._first.get(digest)
        if first is None:
            self._first[digest] = us
            return None
        hour = us // _SAME
        if abs(us - first) < _SAME or (digest, hour) in self._later:
            return True
        self._later.add((digest, hour))
        return False
