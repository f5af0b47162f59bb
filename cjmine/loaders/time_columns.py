"""The zone that the names of columns of times state, beside the one that is declared."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from cjmine.errors import Code, DataError, Note, Place, Problem
from cjmine.loaders.roles import column_label
from cjmine.loaders.zone_names import stated_zone
from cjmine.sentences import Sentence
from cjmine.sources import TimeColumn


class ZonedTime(NamedTuple):
    """The columns of a time with the zone that counts, and a note where two zones were named."""

    time: TimeColumn
    notes: tuple[Note, ...] = ()


def zone_by_name(time: TimeColumn, label: str, line: int) -> ZonedTime:
    """The zone of times that carry none: what the name of their column states, else the declared.

    A name such as CET is half a year wrong or right, so it only checks what is declared.

    Raises
    ------
    DataError
        L111 where the name states such a zone and none is declared.
    """
    column, stated = next(
        ((one, found) for one in time.columns if (found := stated_zone(one)) is not None),
        (time.columns[0], None),
    )
    if stated is None:
        return ZonedTime(time)
    if time.zone is None and stated.zone is None:
        raise DataError(
            Problem(
                Code.ZONE_UNDECLARED,
                "the name of the column states an offset, but not whether its clock changes",
                Place(label, line, column_label(column)),
                remedy="say the zone: --tz Europe/Amsterdam, or --tz Etc/GMT-1 for CET all year",
            )
        )
    notes: tuple[Note, ...] = ()
    if time.zone is not None and not stated.fits(time.zone):
        used = stated.zone or time.zone
        notes = (Sentence.COLUMN_ZONE.note(label, column_label(column), used),)
    return ZonedTime(replace(time, zone=stated.zone or time.zone), notes)
