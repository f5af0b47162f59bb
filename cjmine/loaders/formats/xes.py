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

from cjmine.columns import array, labels, numbers, strings
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
Codes = np.ndarray[Any, np.dtype[np.int32]]
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
        roles = self._roles
        assert roles.time is not None
        columns = self._columns(block)
        times = _read_times(_values(block, self.wanted, roles.time.columns[0]))
        self._check_offsets(times, block)
        us, skipped, doubled = _to_utc(times, roles.time.zone)
        fault, rejects = self._faults(block, columns, times, us)
        keep = fault == 0
        ignored = np.zeros(len(us), bool)
        if self._touchpoints is not None:
            mapped = self._touchpoints.map(columns[b.ACTIVITY].labels())
            activity = _Column(array(mapped.indices, -1), mapped.dictionary.to_pylist())
            columns[b.ACTIVITY] = activity
            ignored = keep & (activity.codes < 0)
            keep &= ~ignored
        arrays = {name: column.labels(keep) for name, column in columns.items()}
        for name in {b.CASE, b.CUSTOMER} & set(arrays):
            arrays[name] = arrays[name].cast(pa.string())
        arrays[b.TIME] = numbers(us[keep])
        return b.RawBatch(
            events=pa.RecordBatch.from_pydict(arrays),
            read=len(us),
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

    def _columns(self, block: Block) -> dict[str, _Column]:
        """Every column but the time."""
        roles = self._roles
        trace_of = _trace_of(block)

        def column(name: str) -> _Column:
            values = _values(block, self.wanted, name)
            if name == roles.case and name.startswith(_CASE):
                values = [
                    value if value and value.strip() else self._made_up(trace.number)
                    for value, trace in zip(values, block.traces, strict=True)
                ]
            coded = _Column.of(values)
            return replace(coded, codes=coded.codes[trace_of]) if name.startswith(_CASE) else coded

        named = {b.ACTIVITY: roles.activity, b.CASE: roles.case, b.CHANNEL: roles.channel_column}
        named[b.CUSTOMER] = roles.customer.column if roles.customer else None
        named.update((name, name) for name in roles.keep)
        return {role: column(name) for role, name in named.items() if name is not None}

    def _made_up(self, number: int) -> str:
        return f"\x01trace {number} of {self._source.label[-LONGEST_ID // 2 :]}"

    def _faults(
        self, block: Block, columns: dict[str, _Column], times: _Times, us: Whole
    ) -> tuple[Whole, tuple[b.Reject, ...]]:
        """One fault an event, 0 for none: the first that applies. And the rejects to be told."""
        roles = self._roles
        when = roles.time.columns[0] if roles.time else None
        outside = np.array([trace.number == 0 for trace in block.traces], bool)[_trace_of(block)]
        no_year = (us < 0) | (us >= _LATEST)
        missing, broken = Code.VALUE_MISSING, Code.ROW_STRUCTURE
        unnamed = columns[b.ACTIVITY].where(_blank, null=True)
        nowhere = columns[b.CASE].where(_blank, null=True)
        endless = columns[b.CASE].where(_long, null=False)
        kinds: list[tuple[Mask, Code, str, str | None]] = [
            (outside, broken, "the event lies outside any trace", None),
            (unnamed, missing, "the activity is missing", roles.activity),
            (nowhere, missing, "the case is missing", roles.case),
            (endless, broken, "the case is too long", roles.case),
            (times.missing, missing, "the time is missing", when),
            (~times.readable, Code.TIME_UNREADABLE, "the time is no XML date and time", when),
            (no_year, Code.TIME_IMPLAUSIBLE, "the year is outside 1970 to 2100", when),
        ]
        if roles.customer is not None:
            endless = columns[b.CUSTOMER].where(_long, null=False)
            kinds.append((endless, broken, "the customer is too long", roles.customer.column))
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
class _Column:
    """A column by its distinct values; a value that is empty or missing has the code -1."""

    codes: Codes
    names: list[str]

    @classmethod
    def of(cls, values: list[str | None]) -> _Column:
        """Code some values in the order in which they first occur."""
        code_of: dict[str, int] = {}
        codes = (code_of.setdefault(value, len(code_of)) if value else -1 for value in values)
        return cls(np.fromiter(codes, np.int32, len(values)), list(code_of))

    def where(self, test: Callable[[str], bool], null: bool) -> Mask:
        """Where the test holds; it is made once for each distinct value."""
        held = np.array([*map(test, self.names), null], bool)
        found: Mask = held[self.codes]  # the code -1 takes the last
        return found

    def labels(self, keep: Mask | None = None) -> pa.DictionaryArray:
        """The column, or the part to be kept, as Arrow has it."""
        return labels(self.codes if keep is None else self.codes[keep], self.names)


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
    texts = [value for value in values if value and value.strip()]
    written = pc.utf8_trim_whitespace(strings(texts))
    present = np.fromiter((bool(value and value.strip()) for value in values), bool, len(values))
    spread = np.where(present, np.cumsum(present) - 1, -1)  # the last place stands for missing

    def per_event(read: np.ndarray[Any, Any], missing: object) -> np.ndarray[Any, Any]:
        spaced: np.ndarray[Any, Any] = np.append(read, read.dtype.type(missing))[spread]
        return spaced

    dates_only = per_event(array(pc.binary_length(written)) == 10, False)
    for zoned, kind in _KINDS:
        try:
            us = per_event(array(pc.cast(written, kind).cast(pa.int64())), 0)
        except pa.ArrowInvalid:
            continue
        return _Times(us, ~present, present, present & zoned, dates_only)
    coded = _Column.of(written.to_pylist())
    read = [_instant(text) for text in coded.names]
    us = np.array([each[0] if each else 0 for each in read], np.int64)[coded.codes]
    readable = np.array([each is not None for each in read], bool)[coded.codes]
    offset = np.array([each is not None and each[1] for each in read], bool)[coded.codes]
    readable = per_event(readable, False)
    return _Times(
        per_event(us, 0), ~present, readable, per_event(offset, False), dates_only & readable
    )


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


def _blank(value: str) -> bool:
    return not value.strip()


def _long(value: str) -> bool:
    return len(value) > LONGEST_ID
