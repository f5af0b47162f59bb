"""Object-centric logs (OCEL 2.0: JSON, XML, SQLite), flattened on one type of object.

An event of several such objects is loaded once for each, and an event of none is left out; both are
counted. Which object is the case is declared (`object = "order"`), or plain if there is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pyarrow as pa

from cjmine.errors import Code, DataError, Place, Problem, did_you_mean
from cjmine.loaders.batch import LeftOut, RawBatch, with_left_out
from cjmine.loaders.budgets import MOST_BYTES, check_width
from cjmine.loaders.engine import Reader
from cjmine.loaders.head import Head
from cjmine.loaders.loader import Opened, Recognition
from cjmine.loaders.ocel import Form, ObjectLog, form_of, read_objects
from cjmine.loaders.tabular import Table, plan
from cjmine.loaders.tabular_rows import read_table
from cjmine.sources import Roles, Source, TimeColumn

_CASE, _ACTIVITY, _TIME = "object", "event type", "event time"


@dataclass(frozen=True, slots=True)
class OcelLoader:
    """Reads object-centric logs; relations between objects and their attributes are passed over."""

    name: str = "ocel"
    title: str = "object-centric log (OCEL 2.0)"

    def recognise(self, head: Head) -> Recognition | None:
        """The keys, elements or header of one of the three forms."""
        form = form_of(head.first, head.text)
        return None if form is None else Recognition(1.0, f"OCEL as {form.name}")

    def open(self, source: Source, head: Head) -> Opened:
        """The types of objects, and which one is the case.

        Raises DataError L102, L107, L118, L119, L122.
        """
        form = form_of(head.first, head.text)
        if form is None:
            raise DataError(
                Problem(Code.LOG_FORMAT, "not an object-centric log", Place(source.label))
            )
        flat = _flattened(source, form)
        without, records = flat.without, flat.events
        reader = Reader(None, source.label)
        reader.register("flat", flat.rows, lambda: _flattened(source, form).rows)
        spelt = {name: f"c{place}" for place, name in enumerate(flat.columns)}
        table = Table(reader, "flat", flat.columns, spelt.__getitem__, records=records)
        settled = plan(table, replace(source, roles=_roles(source.roles)), flat.description)
        given = frozenset(("case", "customer", "time", "activity"))

        def read(asked: Source) -> Iterator[RawBatch]:
            """Stream the events, one for each object of the type; a record is such a pair."""
            return with_left_out(read_table(table, settled, asked), LeftOut.NO_OBJECT, without)

        return Opened(replace(settled.inspection, given=given), read, reader.rest)


LOADER = OcelLoader()


@dataclass(frozen=True, slots=True)
class _Flat:
    """A flattened log: its columns, its rows, and how many events there are, and without object."""

    description: str
    columns: tuple[str, ...]
    rows: pa.Table = field(repr=False)
    events: int
    without: int


def _flattened(source: Source, form: Form) -> _Flat:
    """One row for each pair of an event and an object of the chosen type."""
    most = source.extras.max_bytes or MOST_BYTES
    log = read_objects(source.path, source.label, form, most)
    check_width(3 + len({name for event in log.events for name in event.attributes}), source.label)
    chosen = _chosen(log, source)
    pairs = [
        (name, event)
        for event in log.events
        for name in dict.fromkeys(event.objects)
        if log.type_of.get(name) == chosen
    ]
    linked = [
        len({name for name in event.objects if log.type_of.get(name) == chosen})
        for event in log.events
    ]
    names = sorted({name for event in log.events for name in event.attributes})
    columns = {
        _CASE: [name for name, _ in pairs],
        _ACTIVITY: [event.activity for _, event in pairs],
        _TIME: [event.time for _, event in pairs],
        **{name: [event.attributes.get(name) for _, event in pairs] for name in names},
    }
    several = sum(number > 1 for number in linked)
    described = (
        f"OCEL as {form.name}, {len(log.events):,} events, {len(log.types)} types of objects,"
        f' case "{chosen}", {several:,} events of several'
    )
    rows = pa.table(
        {f"c{place}": pa.array(each, pa.string()) for place, each in enumerate(columns.values())}
    )
    return _Flat(described, tuple(columns), rows, len(log.events), linked.count(0))


def _roles(declared: Roles) -> Roles:
    zone = declared.time.zone if declared.time else None
    return replace(declared, case=_CASE, activity=_ACTIVITY, time=TimeColumn((_TIME,), zone=zone))


def _chosen(log: ObjectLog, source: Source) -> str:
    types, wanted = log.types, source.extras.object_type
    if wanted is None and len(types) == 1:
        return next(iter(types))
    if wanted is None or wanted not in types:
        counts = ", ".join(f"{name} {count:,}" for name, count in types.items())
        near = "" if wanted is None else did_you_mean(wanted, list(types))
        raise DataError(
            Problem(
                Code.ROLE_UNCLEAR,
                "which object is the case is not declared"
                if wanted is None
                else f'there is no object type "{wanted}"',
                Place(source.label),
                cause=f"the types and their objects are: {counts}",
                remedy=near or 'name one: --object-type TYPE, or object = "…" in cjmine.toml',
            )
        )
    return wanted
