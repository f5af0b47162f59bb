"""XES process logs, plain or packed with gzip: one event a record, one trace a case.

Columns are the keys of event attributes; those of trace attributes get the prefix `case:`. A
`lifecycle:transition` is an attribute like any other: start and complete stay two events.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cjmine.errors import Code, DataError, Place, Problem, UsageError, did_you_mean
from cjmine.loaders import batch as b
from cjmine.loaders.files import chunks
from cjmine.loaders.roles import masked
from cjmine.loaders.touchpoints import Touchpoints
from cjmine.loaders.xes_stream import Block, Wanted, blocks, keys_in
from cjmine.sources import Roles, Source, TimeColumn

MOST_REJECTS = 1000
LONGEST_ID = 512  # what a trace is called is repeated for each of its events
_CASE = "case:"
_LATEST = 4_133_980_800_000_000  # 2101-01-01 in microseconds
_QUARTER = 900_000_000  # no zone changes its clocks inside a quarter of an hour
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_KINDS = ((True, pa.timestamp("us", "UTC")), (False, pa.timestamp("us")))
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]|$)")
_LOG_FIRST = re.compile(
    r"\ufeff?(?>\s+|<\?.*?\?>|<!--.*?-->)*+<(?:!DOCTYPE\s+)?(?:[\w.-]+:)?log[\s>/\[]", re.DOTALL
)
Mask = np.ndarray[Any, np.dtype[np.bool_]]
Whole = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class XesLoader:
    """Reads XES as a stream, with a parser that opens nothing and expands nothing."""

    name: str = "xes"
    title: str = "XES process log"

    def recognise(self, head: b.Head) -> b.Recognition | None:
        """XML whose first element is `log`, in any namespace or none."""
        if _LOG_FIRST.match(head.text):
            return b.Recognition(1.0, "XML whose first element is log")
        return None

    def inspect(self, source: Source) -> b.Inspection:
        """Settle the roles with the keys of the XES standard, and look for them in the beginning.

        Raises DataError L106 where an attribute that plays a role is not there, UsageError C102
        for a declaration that XES cannot follow, and what `read` raises about these bytes.
        """
        roles = _settled(source)
        wanted = _wanted(roles)
        pieces = list(islice(chunks(source.path, source.label), 2))
        whole = len(pieces) < 2
        if whole:
            for _ in blocks(pieces, source.label, wanted):
                pass  # it must be well-formed to its end
        block, seen = keys_in(pieces[0], source.label, wanted)
        if block.lines:
            _check_present(roles, seen, whole, source.label)
        declared, used = _columns(source.roles), _columns(roles)
        found = tuple(
            b.RoleFound(
                role,
                column,
                "declared" if column in declared else "its key, as the XES standard has it",
                masked(next(filter(None, _values(block, wanted, column)), "")),
            )
            for role, column in _by_role(roles)
        )
        return b.Inspection(self.title, roles, found, tuple(k for k in seen if k not in used))

    def read(self, source: Source) -> Iterator[b.RawBatch]:
        """Stream the file; every event is a record, numbered from 1.

        A trace without a name is a case of its own: it is named after the file and its number,
        with a control character in front, which no XML can hold.

        Raises
        ------
        DataError
            L103 empty, L109 times with and without offset, L113 damaged gzip, L114 unknown
            encoding, L118 malformed, endless or too deep, L119 a document type, L122 no log.
        """
        rows = _Rows(source)
        for block in blocks(chunks(source.path, source.label), source.label, rows.wanted):
            yield rows.batch(block)


LOADER = XesLoader()


class _Rows:
    """Turns blocks into batches; remembers between them whether the file's times have offsets."""

    def __init__(self, source: Source) -> None:
        self._source, self._roles = source, _settled(source)
        self.wanted = _wanted(self._roles)
        self._touchpoints = Touchpoints(source.rules, source.name) if source.rules else None
        self._zoned: bool | None = None
        self._rejects_left = MOST_REJECTS

    def batch(self, block: Block) -> b.RawBatch:
        """The events of a block, and an account of those that cannot be events."""
        roles, count = self._roles, len(block.lines)
        assert roles.time and roles.activity and roles.case
        arrays = self._arrays(block)
        times = _read_times(_values(block, self.wanted, roles.time.columns[0]))
        self._check_offsets(times, block)
        us, skipped, doubled = _to_utc(times, roles.time.zone)
        fault, rejects = self._faults(block, arrays, times, us)
        keep = fault == 0
        if self._touchpoints is not None:
            arrays[b.ACTIVITY] = self._touchpoints.map(arrays[b.ACTIVITY])
        ignored = keep & _matches(arrays[b.ACTIVITY], pc.is_null)
        keep &= ~ignored
        arrays[b.TIME] = pa.array(us)
        events = pa.RecordBatch.from_pydict(arrays).filter(pa.array(keep))
        for name in (b.CASE, b.CUSTOMER):
            if name in arrays:
                place = events.schema.get_field_index(name)
                events = events.set_column(place, name, events.column(place).cast(pa.string()))
        return b.RawBatch(
            events=events,
            read=count,
            rejected=int((fault > 0).sum()),
            rejects=rejects,
            filtered=(b.Filtered(b.LeftOut.RULE, int(ignored.sum())),) if ignored.any() else (),
            clock=b.Clock(
                naive=int((keep & ~times.zoned).sum()),
                zoned=int((keep & times.zoned).sum()),
                skipped_hour=int((keep & skipped).sum()),
                doubled_hour=int((keep & doubled).sum()),
                dates_only=int((keep & times.dates_only).sum()),
            ),
        )

    def _arrays(self, block: Block) -> dict[str, pa.Array]:
        """Every column but the time, dictionary-coded: what a trace says is held once."""
        roles = self._roles
        trace_of = pa.array(_trace_of(block))

        def column(name: str) -> pa.Array:
            values = _values(block, self.wanted, name)
            if name == roles.case and name.startswith(_CASE):
                values = [
                    value if value and value.strip() else self._made_up(trace.number)
                    for value, trace in zip(values, block.traces, strict=True)
                ]
            coded = pa.array(values, pa.string()).dictionary_encode()
            return coded.take(trace_of) if name.startswith(_CASE) else coded

        named = {b.ACTIVITY: roles.activity, b.CASE: roles.case, b.CHANNEL: roles.channel_column}
        named[b.CUSTOMER] = roles.customer.column if roles.customer else None
        named.update((name, name) for name in roles.keep)
        return {role: column(name) for role, name in named.items() if name is not None}

    def _made_up(self, number: int) -> str:
        return f"\x01trace {number} of {self._source.label[-LONGEST_ID // 2 :]}"

    def _faults(
        self, block: Block, arrays: dict[str, pa.Array], times: _Times, us: Whole
    ) -> tuple[Whole, tuple[b.Reject, ...]]:
        """One fault an event, 0 for none; the first that applies. And the rejects to be told."""
        roles = self._roles
        when = roles.time.columns[0] if roles.time else None
        outside = np.array([trace.number == 0 for trace in block.traces], bool)[_trace_of(block)]
        missing, activity, case = Code.VALUE_MISSING, arrays[b.ACTIVITY], arrays[b.CASE]
        kinds: list[tuple[Mask, Code, str, str | None]] = [
            (outside, Code.ROW_STRUCTURE, "the event lies outside any trace", None),
            (_matches(activity, _blank), missing, "the activity is missing", roles.activity),
            (_matches(case, _blank), missing, "the case is missing", roles.case),
            (_matches(case, _long), Code.ROW_STRUCTURE, "the case is too long", roles.case),
            (times.missing, missing, "the time is missing", when),
            (~times.readable, Code.TIME_UNREADABLE, "the time is no XML date and time", when),
            (
                (us < 0) | (us >= _LATEST),
                Code.TIME_IMPLAUSIBLE,
                "the year is outside 1970 to 2100",
                when,
            ),
        ]
        if roles.customer is not None:
            long, column = _matches(arrays[b.CUSTOMER], _long), roles.customer.column
            kinds.append((long, Code.ROW_STRUCTURE, "the customer is too long", column))
        fault = np.zeros(len(us), np.int64)
        for number, (mask, *_) in reversed(list(enumerate(kinds, 1))):
            fault[mask] = number
        rejects = tuple(
            b.Reject(block.first + int(at), *kinds[int(fault[at]) - 1][1:], block.lines[at])
            for at in np.flatnonzero(fault)[: self._rejects_left]
        )
        self._rejects_left -= len(rejects)
        return fault, rejects

    def _check_offsets(self, times: _Times, block: Block) -> None:
        read = np.flatnonzero(times.readable)
        if len(read) and self._zoned is None:
            self._zoned = bool(times.zoned[read[0]])
        other = read[times.zoned[read] != self._zoned]
        if len(other):
            at = int(other[0])
            time = self._roles.time
            column = time.columns[0] if time else None
            raise DataError(
                Problem(
                    Code.ZONES_MIXED,
                    "some times carry an offset and some do not",
                    Place(self._source.label, block.lines[at], column, block.first + at),
                    cause="two systems wrote into one log",
                    remedy="export all times with an offset, or split the file",
                )
            )


@dataclass(frozen=True, slots=True)
class _Times:
    """Times as they are written: microseconds since 1970, local where there is no offset."""

    us: Whole
    missing: Mask
    readable: Mask
    zoned: Mask
    dates_only: Mask


def _read_times(values: list[str | None]) -> _Times:
    """All at once where they are written alike; else each distinct one by itself."""
    texts = pc.utf8_trim_whitespace(pa.array(values, pa.string()))
    missing = _flags(pc.fill_null(pc.equal(pc.binary_length(texts), 0), True))
    texts = pc.replace_with_mask(texts, pa.array(missing), pa.scalar(None, pa.string()))
    dates_only = _flags(pc.fill_null(pc.equal(pc.binary_length(texts), 10), False))
    for zoned, kind in _KINDS:
        try:
            us = pc.cast(texts, kind).cast(pa.int64()).fill_null(0).to_numpy()
        except pa.ArrowInvalid:
            continue
        return _Times(us, missing, ~missing, ~missing & zoned, dates_only)
    coded = texts.dictionary_encode()
    distinct = [_instant(text) for text in coded.dictionary.to_pylist()]
    which = coded.indices.fill_null(len(distinct)).to_numpy()
    us = np.array([*((0 if each is None else each[0]) for each in distinct), 0], np.int64)[which]
    readable = np.array([*(each is not None for each in distinct), False])[which]
    zoned_ = np.array([*(each is not None and each[1] for each in distinct), False])[which]
    return _Times(us, missing, readable, zoned_, dates_only & readable)


def _instant(text: str) -> tuple[int, bool] | None:
    """Microseconds since 1970, and whether the text carries an offset; None if it is no time."""
    try:
        moment = datetime.fromisoformat(text) if _ISO.match(text) else None
    except ValueError:
        return None
    if moment is None:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (aware - _EPOCH) // timedelta(microseconds=1), moment.tzinfo is not None


def _to_utc(times: _Times, zone: str | None) -> tuple[Whole, Mask, Mask]:
    """Microseconds in UTC, and which local times the clock skipped or had twice.

    Of a doubled hour it takes the second, and moves a skipped one forward, as DuckDB does.
    """
    none = np.zeros(len(times.us), bool)
    local = times.readable & ~times.zoned
    if zone is None or not local.any():
        return times.us, none, none
    quarters, which = np.unique(np.clip(times.us, 0, _LATEST) // _QUARTER, return_inverse=True)
    there = ZoneInfo(zone)
    walls = [datetime(1970, 1, 1, tzinfo=there) + int(q) * timedelta(minutes=15) for q in quarters]
    before, after = (
        np.array([_offset(wall.replace(fold=fold)) for wall in walls], np.int64) for fold in (0, 1)
    )
    us = np.where(local, times.us - np.minimum(before, after)[which], times.us)
    return us, local & (before < after)[which], local & (before > after)[which]


def _offset(wall: datetime) -> int:
    return (wall.utcoffset() or timedelta()) // timedelta(microseconds=1)


def _settled(source: Source) -> Roles:
    """The declared roles, and the keys of the standard for those that are open."""
    roles = source.roles
    time = roles.time or TimeColumn(())
    columns = time.columns or ("time:timestamp",)
    wrong = []
    if len(columns) > 1 or columns[0].startswith(_CASE) or time.format is not None:
        wrong.append("the time of an XES log is one attribute of its events, in ISO 8601")
    if {b.CUSTOMER, b.CASE, b.ACTIVITY, b.TIME, b.CHANNEL} & set(roles.keep):
        wrong.append("an attribute that is kept has the name of a column of the event log")
    if wrong:
        raise UsageError(*(Problem(Code.CONFIG_VALUE, what, Place(source.label)) for what in wrong))
    return replace(
        roles,
        case=roles.case or "case:concept:name",
        activity=roles.activity or "concept:name",
        time=replace(time, columns=columns),
    )


def _by_role(roles: Roles) -> list[tuple[str, str]]:
    """The columns that play a role, with the name of the role."""
    named = (
        ("case", roles.case),
        ("activity", roles.activity),
        ("time", roles.time.columns[0] if roles.time and roles.time.columns else None),
        ("customer", roles.customer.column if roles.customer else None),
        ("channel", roles.channel_column),
    )
    return [(role, column) for role, column in named if column is not None]


def _columns(roles: Roles) -> dict[str, None]:
    """Every column that is read, once."""
    return dict.fromkeys([*(column for _, column in _by_role(roles)), *roles.keep])


def _wanted(roles: Roles) -> Wanted:
    columns = _columns(roles)
    return Wanted(
        tuple(name for name in columns if not name.startswith(_CASE)),
        tuple(name.removeprefix(_CASE) for name in columns if name.startswith(_CASE)),
    )


def _check_present(roles: Roles, seen: tuple[str, ...], whole: bool, label: str) -> None:
    """Kept attributes may come late in a file; what plays a role is there from the start."""
    needed = [name for _, name in _by_role(roles) if name != "case:concept:name"]
    problems = [
        Problem(
            Code.COLUMN_MISSING,
            f'there is no attribute "{name}"' + ("" if whole else " in the first events"),
            Place(label),
            remedy=did_you_mean(name, seen),
        )
        for name in dict.fromkeys([*needed, *(roles.keep if whole else ())])
        if name not in seen
    ]
    if problems:
        raise DataError(*problems)


def _values(block: Block, wanted: Wanted, name: str) -> list[str | None]:
    """A column: one value an event, or one a trace where the name has the prefix `case:`."""
    if name.startswith(_CASE):
        place = wanted.trace.index(name.removeprefix(_CASE))
        return [trace.values[place] for trace in block.traces]
    return block.values[wanted.event.index(name) :: len(wanted.event)]


def _trace_of(block: Block) -> Whole:
    """The position of its trace, for every event of a block."""
    firsts = [trace.first for trace in block.traces]
    return np.repeat(np.arange(len(firsts)), np.diff([*firsts, len(block.lines)]))


def _matches(coded: pa.DictionaryArray, test: Callable[[pa.Array], pa.Array]) -> Mask:
    """Where the test holds; made once for each distinct value, and for null."""
    distinct = pa.concat_arrays([coded.dictionary, pa.nulls(1, pa.string())])
    found: Mask = _flags(test(distinct))[coded.indices.fill_null(len(distinct) - 1).to_numpy()]
    return found


def _blank(values: pa.Array) -> pa.Array:
    return pc.fill_null(pc.equal(pc.binary_length(pc.utf8_trim_whitespace(values)), 0), True)


def _long(values: pa.Array) -> pa.Array:
    return pc.fill_null(pc.greater(pc.utf8_length(values), LONGEST_ID), False)


def _flags(array: pa.Array) -> Mask:
    flags: Mask = array.to_numpy(zero_copy_only=False)
    return flags
