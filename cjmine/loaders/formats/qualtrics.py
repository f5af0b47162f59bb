"""Qualtrics responses as CSV: three header rows, the third of which names the time zone.

The first row has the ids of the columns, the second the questions (which may hold line breaks), the
third a JSON object a cell. Times carry no offset: their zone is in the third row. Which column
is the score, and on which scale, is declared: `score = "Q1"`, `scale = "nps"`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.batch import LeftOut, RawBatch
from cjmine.loaders.head import Head
from cjmine.loaders.loader import Recognition
from cjmine.loaders.moments import RejectRule
from cjmine.loaders.preset_sql import moment, moments
from cjmine.loaders.preset_times import recognised
from cjmine.loaders.presets import Known, Preset, PresetLoader
from cjmine.loaders.records import CsvFields, Records
from cjmine.loaders.survey import UNUSABLE, scored
from cjmine.loaders.time_sql import TimeSql
from cjmine.loaders.times import known_zone
from cjmine.sources import Kind, Source

_SPELLINGS = {
    "ended": ("EndDate",),
    "recorded": ("RecordedDate",),
    "status": ("Status",),
    "finished": ("Finished",),
    "response": ("ResponseId", "ResponseID"),
    "email": ("RecipientEmail",),
    "reference": ("ExternalReference", "ExternalDataReference"),
}
_CSV = CsvFields(_SPELLINGS, ("response", "ended", "status"))
_ENDED = "coalesce(r.recorded, r.ended)"


@dataclass(frozen=True, slots=True)
class _QualtricsFields:
    """The table below its three header rows, with the zone that the third row names."""

    def recognise(self, head: Head) -> Recognition | None:
        """Whether the third row holds the ids of an import."""
        if _third(head.text) is None or _CSV.recognise(head) is None:
            return None
        return Recognition(1.0, "three header rows, the third with ImportId")

    def open(self, source: Source, head: Head) -> Records:
        """The records of a file. Raises DataError L102 to L107, L113 to L115, L122."""
        third = _third(head.text)
        if third is None:
            raise DataError(
                Problem(
                    Code.LOG_FORMAT,
                    "there is no third header row with ImportId",
                    Place(source.label, 3),
                    cause="the legacy export has two header rows",
                    remedy="export again as CSV in the current form",
                )
            )
        zone = next((found for cell in third if (found := _zone(cell))), None)
        records = _CSV.open(source, head)
        below = (
            f"(SELECT * REPLACE (record - 2 AS record, record <= 2 AS blank) FROM {records.sql})"
        )
        known = None if zone is None else known_zone(zone)

        def finish(batches: Iterator[RawBatch]) -> Iterator[RawBatch]:
            return _moved(records.finish(_moved(batches, 2)), -2)

        return scored(replace(records, sql=below, zone=known, finish=finish), source)


def _moved(batches: Iterator[RawBatch], by: int) -> Iterator[RawBatch]:
    """The same batches, with rejects that count further header rows, or do not."""
    for batch in batches:
        rejects = tuple(replace(one, record=one.record + by) for one in batch.rejects)
        yield replace(batch, rejects=rejects)


def _third(text: str) -> list[str] | None:
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""))
    try:
        first = [row for _, row in zip(range(3), rows, strict=False)]
    except csv.Error:
        return None
    return first[2] if len(first) == 3 and any('"ImportId"' in cell for cell in first[2]) else None


def _zone(cell: str) -> str | None:
    try:
        zone = json.loads(cell).get("timeZone")
    except (ValueError, AttributeError):
        return None
    return "UTC" if zone == "Z" else zone if isinstance(zone, str) else None


def _time(written: str, source: Source, records: Records) -> TimeSql:
    answers = replace(records, sql=f"(SELECT * FROM {records.sql} WHERE NOT blank)")
    return recognised(_ENDED, written, source, answers)


_PREVIEW = (
    "regexp_full_match(lower(trim(coalesce(r.status, ''))),"
    " '1|2|8|9|survey preview|survey test|spam|spam survey preview|.*preview|.*test')"
)
_UNFINISHED = "lower(trim(coalesce(r.finished, ''))) IN ('0', 'false', 'onwaar')"

LOADER = PresetLoader(
    Preset(
        name="qualtrics",
        title="Qualtrics responses",
        fields=_QualtricsFields(),
        customer=(
            Known("ExternalReference", Kind.CUSTOMER, "r.reference"),
            Known("RecipientEmail", Kind.EMAIL, "r.email", linked=True),
        ),
        activity="the score by its name on the declared scale, such as NPS promoter",
        moments=moments(moment("r.label", _ENDED, score="r.score", scale="r.scale")),
        channel="survey",
        filtered=((LeftOut.TEST, _PREVIEW), (LeftOut.UNFINISHED, _UNFINISHED)),
        rejected=(RejectRule("r.label IS NULL", Code.VALUE_MISSING, UNUSABLE, "score"),),
        delivery="r.response",
        time=_time,
        time_fields=("recorded", "ended"),
        local=True,
        has_answers=True,
        dropped=("answers in words", "names", "network addresses", "coordinates"),
        verified=False,
    )
)
