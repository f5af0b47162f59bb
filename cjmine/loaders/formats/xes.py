"""XES process logs, plain or packed with gzip: one event a record, one trace a case.

Columns are the keys of event attributes; those of trace attributes get the prefix `case:`. A
`lifecycle:transition` is an attribute like any other: start and complete stay two events.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
import pyarrow as pa

from cjmine.columns import numbers
from cjmine.errors import Code, Place
from cjmine.loaders import batch as b
from cjmine.loaders.batch_maker import BatchMaker, ClockMarks, Fault, Rows, time_faults
from cjmine.loaders.files import Chunks, chunks
from cjmine.loaders.folding import table_activity
from cjmine.loaders.head import Head
from cjmine.loaders.loader import Inspection, Opened, Recognition, RoleFound
from cjmine.loaders.null_words import is_no_case, is_no_value
from cjmine.loaders.pages import as_channels, as_values, page
from cjmine.loaders.roles import masked
from cjmine.loaders.rounded import REASON, is_rounded
from cjmine.loaders.times import zones_mixed
from cjmine.loaders.touchpoints import touchpoints_of
from cjmine.loaders.unpacking import look_ahead
from cjmine.loaders.xes_roles import (
    CASE_PREFIX,
    by_role,
    check_present,
    columns_of,
    settled,
    wanted_of,
)
from cjmine.loaders.xes_stream import Block, Wanted, blocks, keys_in
from cjmine.loaders.xes_times import Column, Times, Whole, read_times, to_utc
from cjmine.sources import Source

LONGEST_ID = 512  # what a trace is called is repeated for each of its events
_LOG_FIRST = re.compile(
    r"\ufeff?(?>\s+|<\?.*?\?>|<!--.*?-->)*+<(?:!DOCTYPE\s+)?(?:[\w.-]+:)?log[\s>/\[]", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class XesLoader:
    """Reads XES as a stream, with a parser that opens nothing and expands nothing."""

    name: str = "xes"
    title: str = "XES process log"

    def recognise(self, head: Head) -> Recognition | None:
        """XML whose first element is `log`, in any namespace or none."""
        # An object-centric log begins alike, and names its types of objects first.
        if _LOG_FIRST.match(head.text) and "<object-types" not in head.text:
            return Recognition(1.0, "XML whose first element is log")
        return None

    def open(self, source: Source, head: Head) -> Opened:
        """Settle the roles with the keys of the XES standard, and look for them in the beginning.

        Raises DataError L106 where an attribute that plays a role is not there, UsageError C102
        for a declaration that XES cannot follow, and what `read_xes` raises about these bytes.
        """
        roles = settled(source)
        wanted = wanted_of(roles)
        look_ahead(source.path, source.label, head.most_bytes)
        pieces = list(islice(chunks(source.path, source.label, head.most_bytes), 2))
        whole = len(pieces) < 2
        if whole:
            for _ in blocks(pieces, source.label, wanted):
                pass  # it must be well-formed to its end
        block, seen = keys_in(pieces[0], source.label, wanted)
        if block.lines:
            check_present(roles, seen, whole, source.label)
        declared, used = columns_of(source.roles), columns_of(roles)
        found = tuple(
            RoleFound(
                role,
                column,
                "declared" if column in declared else "its key, as the XES standard has it",
                masked(next(filter(None, _values(block, wanted, column)), "")),
            )
            for role, column in by_role(roles)
        )
        dropped = tuple(k for k in seen if k not in used)
        given = frozenset(("customer", "case", "time", "activity"))
        return Opened(Inspection(self.title, roles, found, dropped, given), read_xes)


LOADER = XesLoader()


def read_xes(source: Source) -> Iterator[b.RawBatch]:
    """Stream a log; every event is a record, numbered from 1.

    A trace without a name is a case of its own: it is named after the file and its number, with a
    control character in front, which no XML can hold.

    Raises
    ------
    DataError
        L103 empty, L109 times with and without offset, L113 damaged gzip, L114 unknown encoding,
        L118 malformed, endless or too deep, L119 a document type, L122 no log.
    """
    rows = _Rows(source)
    pieces = Chunks(source)
    for block in blocks(pieces, source.label, rows.wanted):
        yield replace(rows.batch(block), through=pieces.through)


class _Rows:
    """Turns blocks into batches; remembers between them whether the file's times have offsets."""

    def __init__(self, source: Source) -> None:
        self._source, self._roles = source, settled(source)
        self.wanted = wanted_of(self._roles)
        self._touchpoints = touchpoints_of(source, table_activity) if source.rules else None
        self._zoned: bool | None = None
        self._maker = BatchMaker()

    def batch(self, block: Block) -> b.RawBatch:
        """The events of a block, and an account of those that cannot be events."""
        roles = self._roles
        assert roles.time is not None
        columns = self._columns(block)
        times = read_times(_values(block, self.wanted, roles.time.columns[0]))
        self._check_offsets(times, block)
        us, skipped, doubled = to_utc(times, roles.time.zone)
        arrays = {name: column.labels() for name, column in columns.items()}
        if self._touchpoints is not None:
            arrays[b.ACTIVITY] = self._touchpoints.map(arrays[b.ACTIVITY])
        for name in {b.CASE, b.CUSTOMER} & set(arrays):
            arrays[name] = arrays[name].cast(pa.string())
        if b.CHANNEL in arrays:
            arrays[b.CHANNEL] = as_channels(arrays[b.CHANNEL])
        arrays |= {name: as_values(arrays[name]) for name in roles.keep}
        arrays[b.TIME] = numbers(us)
        return self._maker.make(
            Rows(
                pa.RecordBatch.from_pydict(arrays),
                clock=ClockMarks(times.zoned, skipped, doubled, times.dates_only),
                faults=self._faults(block, columns, times, us),
                lines=np.array(block.lines, np.int64),
            )
        )

    def _columns(self, block: Block) -> dict[str, Column]:
        """Every column but the time."""
        roles = self._roles
        trace_of = _trace_of(block)

        def column(name: str) -> Column:
            values = _values(block, self.wanted, name)
            if name == roles.case and name.startswith(CASE_PREFIX):
                values = [
                    value if value and value.strip() else self._made_up(trace.number)
                    for value, trace in zip(values, block.traces, strict=True)
                ]
            coded = Column.of(values)
            return (
                replace(coded, codes=coded.codes[trace_of])
                if name.startswith(CASE_PREFIX)
                else coded
            )

        named = {b.ACTIVITY: roles.activity, b.CASE: roles.case, b.CHANNEL: roles.channel_column}
        named[b.CUSTOMER] = roles.customer.column if roles.customer else None
        named.update((name, name) for name in roles.keep)
        found = {role: column(name) for role, name in named.items() if name is not None}
        activity = found[b.ACTIVITY]
        pages = [page(name) for name in activity.names]
        if not self._source.raw_labels and not self._source.rules:
            pages = [table_activity(name) for name in pages]
        return found | {b.ACTIVITY: replace(activity, names=pages)}

    def _made_up(self, number: int) -> str:
        return f"\x01trace {number} of {self._source.label[-LONGEST_ID // 2 :]}"

    def _faults(
        self, block: Block, columns: dict[str, Column], times: Times, us: Whole
    ) -> list[Fault]:
        """What keeps events from being one; the first that applies counts."""
        roles = self._roles
        when = roles.time.columns[0] if roles.time else None
        outside = np.array([trace.number == 0 for trace in block.traces], bool)[_trace_of(block)]
        missing, broken = Code.VALUE_MISSING, Code.ROW_STRUCTURE
        unnamed, case = columns[b.ACTIVITY].where(is_no_value, null=True), columns[b.CASE]
        found = [
            Fault(outside, broken, "the event lies outside any trace"),
            Fault(unnamed, missing, "the activity is missing", roles.activity),
            Fault(case.where(is_no_case, null=True), missing, "the case is missing", roles.case),
            Fault(case.where(_long, null=False), broken, "the case is too long", roles.case),
            Fault(case.where(is_rounded, null=False), Code.IDENTIFIER_ROUNDED, REASON, roles.case),
            Fault(times.missing, missing, "the time is missing", when),
            *time_faults(us, times.readable, when, "the time is no XML date and time"),
        ]
        if roles.customer is not None:
            endless = columns[b.CUSTOMER].where(_long, null=False)
            found.append(Fault(endless, broken, "the customer is too long", roles.customer.column))
            rounded = columns[b.CUSTOMER].where(is_rounded, null=False)
            found.append(Fault(rounded, Code.IDENTIFIER_ROUNDED, REASON, roles.customer.column))
        return found

    def _check_offsets(self, times: Times, block: Block) -> None:
        read = np.flatnonzero(times.readable)
        if len(read) and self._zoned is None:
            self._zoned = bool(times.zoned[read[0]])
        other = read[times.zoned[read] != self._zoned]
        if len(other):
            at = int(other[0])
            time = self._roles.time
            column = time.columns[0] if time else None
            place = Place(self._source.label, block.lines[at], column, block.first + at)
            raise zones_mixed(place)


def _values(block: Block, wanted: Wanted, name: str) -> list[str | None]:
    """A column: one value an event, or one a trace where the name has the prefix `case:`."""
    if name.startswith(CASE_PREFIX):
        place = wanted.trace.index(name.removeprefix(CASE_PREFIX))
        return [trace.values[place] for trace in block.traces]
    return block.values[wanted.event.index(name) :: len(wanted.event)]


def _trace_of(block: Block) -> Whole:
    """The position of its trace, for every event of a block."""
    firsts = [trace.first for trace in block.traces]
    return np.repeat(np.arange(len(firsts)), np.diff([*firsts, len(block.lines)]))


def _long(value: str) -> bool:
    return len(value) > LONGEST_ID
