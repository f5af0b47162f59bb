"""Earlier deliveries and a new one together, as if all had been read at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cjmine.ingest.gather import Gathered
from cjmine.ingest.kept_delivery import KeptDelivery
from cjmine.ingest.kept_tables import read_tables
from cjmine.ingest.pieces import Spill
from cjmine.ingest.reading import SourceRead, Vocabulary
from cjmine.loaders.sniff import Sniffed


def with_earlier(
    found: Gathered, deliveries: Sequence[Path], tables: Path | None, label: str, spill: Spill
) -> Gathered:
    """A new delivery behind earlier ones, in their order, in codes of one table.

    `tables` is what customer tables stated last; it holds where the new delivery brings none.
    Raises DataError L122 where a kept file cannot be read.
    """
    sources: list[Sniffed] = []
    reads: list[SourceRead] = []
    order: dict[str, Vocabulary] = {}
    for file in deliveries:
        kept = KeptDelivery(file, label)
        accounts = [one.account() for one in kept.sources]
        for place, piece in kept.pieces(found.table, found.vocabularies):
            accounts[place].pieces.append(piece)
            known = [name for name in piece.names if name in found.vocabularies]
            order.update({name: found.vocabularies[name] for name in known})
            spill.take(piece)
        sources += [one.sniffed() for one in kept.sources]
        reads += accounts
    stated, inputs = found.stated, found.inputs
    if tables is not None and not inputs.customers:
        stated, customers = read_tables(tables, label, found.table)
        inputs = replace(inputs, customers=customers)
    moved = tuple((copy, same + len(sources)) for copy, same in inputs.copies)
    return replace(
        found,
        inputs=replace(inputs, sources=(*sources, *inputs.sources), copies=moved),
        vocabularies={**order, **found.vocabularies},
        reads=(*reads, *found.reads),
        stated=stated,
    )
