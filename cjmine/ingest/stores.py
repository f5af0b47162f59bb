"""Arguments that are addresses in object stores, as sources: one an object."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cjmine.ingest.source_flags import SourceFlags
from cjmine.loaders.sniff import Sniffed, settled
from cjmine.progress import Phase, Progress, ProgressEvent
from cjmine.sources import ClassifierRule, Source, TouchpointRule


def stored_sources(
    addresses: Sequence[str],
    declared: SourceFlags,
    rules: tuple[TouchpointRule, ...],
    classifiers: tuple[ClassifierRule, ...],
    progress: Progress,
) -> Iterator[Sniffed]:
    """The Parquet objects at or below addresses. Raises what `stored_objects` raises."""
    from cjmine.loaders.arrow_rows import open_rows
    from cjmine.loaders.stores import stored_objects

    for address in addresses:
        name = address.rstrip("/").rpartition("/")[2].removesuffix(".parquet")
        for one in stored_objects(address):
            progress(ProgressEvent(Phase.LOOK, one.label))
            source = Source(
                one.rows,
                one.label,
                "parquet",
                name,
                declared.roles,
                rules,
                declared.extras,
                classifiers,
            )
            yield settled(source, open_rows(one.rows, source, "Parquet"), "its name", assumed=True)
