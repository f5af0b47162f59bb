"""Customers that are none: decided when all is read, by how many events a number holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from cjmine.columns import labels
from cjmine.errors import Note, listed
from cjmine.ingest.pieces import Flags, Piece
from cjmine.ingest.source_read import SourceRead, Vocabulary, held
from cjmine.loaders.batch import ACTIVITY, CHANNEL, CUSTOMER, LINK, LeftOut
from cjmine.loaders.sniff import Sniffed
from cjmine.privacy.placeholder_numbers import TIMES_THE_MEDIAN, Counts, codes_of_nobody
from cjmine.privacy.pseudonymise import NOBODY, TokenTable
from cjmine.sentences import Sentence

Codes = npt.NDArray[np.int32]
BIG_SHARE = 0.05


def without_nobody(
    sources: Sequence[Sniffed],
    reads: Sequence[SourceRead],
    table: TokenTable,
    vocabularies: Mapping[str, Vocabulary],
) -> None:
    """Take out placeholder numbers, source by source, where no configuration decides.

    Their events become those of the next identifier of the record; without one they are left out.
    """
    by_source: dict[tuple[str, str], list[tuple[Sniffed, SourceRead]]] = {}
    for one, read in zip(sources, reads, strict=True):
        if one.source.roles.customer is not None and one.source.extras.nobody is None:
            by_source.setdefault((one.source.name, one.source.format), []).append((one, read))
    numbers = table.placeholder_numbers
    for group in by_source.values() if len(numbers) else ():
        events = sum(read.events for _, read in group)
        codes = codes_of_nobody(held([read for _, read in group], table.count), events, numbers)
        for one, read in group:
            if any(np.isin(part, codes).any() for part in read.column(CUSTOMER)):
                for piece in read.pieces:
                    out = _take_out(read, piece, codes)
                    if one.source.roles.case is None and out.any():
                        _leave_out(read, piece, out, vocabularies)


def _take_out(read: SourceRead, piece: Piece, codes: Codes) -> Flags:
    """Take the numbers out of the identifiers; gives which events have no customer then."""
    customer = piece.column(CUSTOMER)
    out = np.isin(customer, codes)
    read.nobody_numbers += int(np.count_nonzero(out & piece.firsts()))
    customer = np.where(out, np.int32(NOBODY), customer)
    place = 0
    while piece.has(name := f"{LINK}{place}"):
        link = piece.column(name)
        link = np.where(np.isin(link, codes), np.int32(NOBODY), link)
        customer = np.where(customer == NOBODY, link, customer)
        piece.put(name, link)
        place += 1
    piece.put(CUSTOMER, customer)
    found: Flags = customer == NOBODY
    return found


def _leave_out(
    read: SourceRead, piece: Piece, out: Flags, vocabularies: Mapping[str, Vocabulary]
) -> None:
    read.add_filtered(LeftOut.NOBODY, int(np.count_nonzero(out & piece.firsts())))
    named = {
        name: labels(piece.column(name)[out], list(vocabularies[name].codes))
        for name in (ACTIVITY, CHANNEL)
        if piece.has(name)
    }
    read.add_nameless(named[ACTIVITY], named.get(CHANNEL))
    piece.keep(~out)


def big_identifiers(counts: Counts, events: int) -> list[Note]:
    """A note where single identifiers hold too much, by the number of events of each customer.

    Too much is more than 5 % of all events and 100 times those of the median customer. The note
    has their shares, never the identifiers.
    """
    if not counts.any():
        return []
    median = float(np.median(counts[counts > 0]))
    big = counts[(counts > BIG_SHARE * events) & (counts > TIMES_THE_MEDIAN * median)]
    if not len(big):
        return []
    shares = listed(f"{count / events:.0%}" for count in sorted(big.tolist())[::-1])
    if len(big) == 1:
        return [Sentence.ONE_BIG_IDENTIFIER.note(shares)]
    return [Sentence.BIG_IDENTIFIERS.note(len(big), shares)]
