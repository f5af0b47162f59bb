"""Which columns of exports are read to compare customers, though no saved log has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cjmine.config import Config
from cjmine.eventlog.source_columns import KeptColumn, Role, SourceColumns
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ingest.source_columns import CUSTOMERS
from cjmine.loaders.roles import column_label
from cjmine.portfolio.file import read_portfolio
from cjmine.verbs.ideals import columns_of
from cjmine.verbs.portfolio_journeys import portfolio_beside


def compared_columns(
    config: Config | None, arguments: Sequence[str], ideals: Sequence[CompiledIdeal]
) -> frozenset[str]:
    """The columns that what is declared reads without a flag.

    They are those of `[compare-like]`, of experiments, of the templates in a portfolio.yaml beside
    the logs or the configuration, and those by which a journey file sees a failure.

    Raises UsageError with all problems of the portfolio.
    """
    names = {column for one in ideals for column in columns_of(one)}
    if config is not None:
        names.update(config.declared.like)
        names.update(one.by for one in config.declared.experiments)
    folder = [] if config is None else [str(config.folder)]
    if (file := portfolio_beside([*arguments, *folder])) is not None:
        entries = read_portfolio(file, file.as_posix()).entries
        names.update(one.column for one in entries if one.column is not None)
    return frozenset(column_label(one) for one in names)


def with_compared(one: SourceColumns, compared: frozenset[str]) -> SourceColumns:
    """A source of events whose `compared` columns are not called dropped.

    >>> web = SourceColumns("web", "csv", None, (), ("device", "fund"))
    >>> found = with_compared(web, frozenset(["fund"]))
    >>> [(each.column, str(each.role)) for each in found.kept], found.dropped
    ([('fund', 'compared')], ('device',))
    """
    if one.format == CUSTOMERS:
        return one
    read = [KeptColumn(name, Role.COMPARED) for name in one.dropped if name in compared]
    dropped = tuple(name for name in one.dropped if name not in compared)
    return replace(one, kept=(*one.kept, *read), dropped=dropped)
