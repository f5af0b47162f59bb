"""Customers that are none: decided when all is read, by how many events a number holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from cjmine.columns import labels
from cjmine.errors import Note, listed
from cjmine.ingest.reading import SourceRead, Vocabulary
from cjmine.loaders.batch import ACTIVITY, CHANNEL, LeftOut
from cjmine.loaders.sniff import Sniffed
from cjmine.privacy.placeholder_numbers import TIMES_THE_MEDIAN, codes_of_nobody
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
    for group in by_source.values():
        customers = _joined([part for _, read in group for part in read.customer])
        if len(codes := codes_of_nobody(customers, table.placeholder_numbers)):
            for one, read in group:
                out = _take_out(read, codes)
                if one.source.roles.case is None and out.any():
                    _leave_out(read, out, vocabularies)


def _take_out(read: SourceRead, codes: Codes) -> npt.NDArray[np.bool_]:
    """Take the numbers out of the identifiers; gives which events have no customer then."""
    customer = _joined(read.customer)
    out = np.isin(customer, codes)
    if not out.any():
        return out
    read.nobody_numbers += int((out & _first(read)).sum())
    customer[out] = NOBODY
    for column in read.links:
        link = _joined(column)
        link[np.isin(link, codes)] = NOBODY
        customer = np.where(customer == NOBODY, link, customer)
        column[:] = [link]
    read.customer[:] = [customer]
    found: npt.NDArray[np.bool_] = customer == NOBODY
    return found


def _leave_out(
    read: SourceRead, out: npt.NDArray[np.bool_], vocabularies: Mapping[str, Vocabulary]
) -> None:
    read.add_filtered(LeftOut.NOBODY, int((out & _first(read)).sum()))
    columns = {ACTIVITY: read.activity, CHANNEL: read.others.get(CHANNEL)}
    named = {
        name: labels(_joined(codes)[out], list(vocabularies[name].codes))
        for name, codes in columns.items()
        if codes is not None
    }
    read.add_nameless(named[ACTIVITY], named.get(CHANNEL))
    read.keep(~out)


def _first(read: SourceRead) -> npt.NDArray[np.bool_]:
    """Which events are the first of their record."""
    return np.concatenate(read.first) if read.first else np.ones(read.events, bool)


def big_identifiers(customers: Codes) -> list[Note]:
    """A note where single identifiers hold too much, by the customer of each event.

    Too much is more than 5 % of all events and 100 times those of the median customer. The note
    has their shares, never the identifiers.
    """
    counts = np.bincount(customers[customers >= 0])
    if not len(counts):
        return []
    median = float(np.median(counts[counts > 0]))
    big = counts[(counts > BIG_SHARE * len(customers)) & (counts > TIMES_THE_MEDIAN * median)]
    if not len(big):
        return []
    shares = listed(f"{count / len(customers):.0%}" for count in sorted(big.tolist())[::-1])
    if len(big) == 1:
        return [Sentence.ONE_BIG_IDENTIFIER.note(shares)]
    return [Sentence.BIG_IDENTIFIERS.note(len(big), shares)]


def _joined(parts: Sequence[Codes]) -> Codes:
    return np.concatenate([np.zeros(0, np.int32), *parts])
