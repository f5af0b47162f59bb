"""Google Analytics 4, the BigQuery export of events: JSON lines or Parquet, daily and intraday.

The vendor's field list: BigQuery Export schema. JSON writes 64-bit numbers as text and leaves nulls
out. Events of one batch share a time; three numbers of the batch give their order. Without consent
there is no id, and such events have no customer.
"""

from __future__ import annotations

from cjmine.loaders.batch import LeftOut
from cjmine.loaders.folding import web_activity
from cjmine.loaders.preset_sql import moment, moments, page_address
from cjmine.loaders.presets import Known, Preset, PresetLoader
from cjmine.loaders.records import JsonFields, Records
from cjmine.loaders.time_sql import TimeSql, time_sql
from cjmine.loaders.times import Shape, TimeFormat
from cjmine.sources import Kind, Source

_TEXT = "VARCHAR"
_STRUCTURE = {
    **dict.fromkeys(
        (
            *("event_timestamp", "event_name", "user_id", "user_pseudo_id", "stream_id"),
            *("platform", "batch_page_id", "batch_ordering_id", "batch_event_index"),
            "event_bundle_sequence_id",
        ),
        _TEXT,
    ),
    "event_params": [
        {
            "key": _TEXT,
            "value": {"string_value": _TEXT, "int_value": _TEXT, "double_value": _TEXT},
        }
    ],
}
_AUTOMATIC = ("session_start", "first_visit", "first_open", "user_engagement", "scroll")
_LOCATION = "list_filter(r.event_params, lambda p: p.key = 'page_location')[1].value.string_value"
_LABEL = (
    "CASE WHEN r.event_name IN ('page_view', 'screen_view')"
    f" THEN coalesce({page_address(_LOCATION)}, r.event_name) ELSE r.event_name END"
)


def _time(written: str, _source: Source, _records: Records) -> TimeSql:
    return time_sql(written, TimeFormat(Shape.EPOCH, zoned=True, per_unit=1), None)


LOADER = PresetLoader(
    Preset(
        name="ga4",
        title="Google Analytics 4, BigQuery export",
        fields=JsonFields(_STRUCTURE, ("event_timestamp", "event_name", "event_params")),
        customer=(
            Known("user_pseudo_id", Kind.COOKIE, "r.user_pseudo_id"),
            Known("user_id", Kind.CUSTOMER, "r.user_id", linked=True),
        ),
        activity="the path of a page view that has one, else the name of the event",
        moments=moments(moment(_LABEL, "r.event_timestamp")),
        channel_sql="CASE WHEN upper(r.platform) IN ('ANDROID', 'IOS') THEN 'app' ELSE 'web' END",
        filtered=((LeftOut.AUTOMATIC, f"r.event_name IN ({', '.join(map(repr, _AUTOMATIC))})"),),
        delivery=(
            "concat_ws('|', r.stream_id, r.user_pseudo_id, r.event_timestamp, r.event_name,"
            " r.batch_page_id, r.batch_ordering_id, r.batch_event_index,"
            " r.event_bundle_sequence_id, list_sort(list_transform(r.event_params, lambda p:"
            " concat_ws('=', p.key, p.value.string_value, p.value.int_value,"
            " p.value.double_value)))::VARCHAR)"
        ),
        order=(
            "TRY_CAST(r.event_timestamp AS BIGINT), TRY_CAST(r.batch_page_id AS BIGINT),"
            " TRY_CAST(r.batch_ordering_id AS BIGINT), TRY_CAST(r.batch_event_index AS BIGINT)"
        ),
        time=_time,
        default=web_activity,
        dropped=("query strings", "places and devices", "traffic sources", "other parameters"),
        verified=False,
    )
)
