"""Matomo visits (`Live.getLastVisitsDetails`) as JSON: one record a visit, with its actions.

The field list is that of the program's own Live and Actions plug-ins. `timestamp` is UTC; every
time in words is in the zone of the site. Ask for JSON and set `filter_limit`: the interface gives
10 visits unless asked for more, and cuts a visit after 500 actions.
"""

from __future__ import annotations

from cjmine.loaders.folding import web_activity
from cjmine.loaders.preset_sql import moment, page_address
from cjmine.loaders.presets import Known, Preset, PresetLoader, epoch_seconds
from cjmine.loaders.records import JsonFields
from cjmine.sources import Kind

_TEXT = "VARCHAR"
_ACTION = dict.fromkeys(
    ("type", "url", "timestamp", "eventCategory", "eventAction", "goalName"), _TEXT
)
_STRUCTURE = {
    **dict.fromkeys(("idSite", "idVisit", "visitorId", "userId", "lastActionTimestamp"), _TEXT),
    "truncatedActionsCount": _TEXT,
    "actionDetails": [_ACTION],
}
_PATH = page_address("a.url")
_LABEL = f"""CASE a.type
    WHEN 'action' THEN coalesce({_PATH}, 'Page without address')
    WHEN 'event' THEN concat('Event: ', concat_ws(' / ', a.eventCategory, a.eventAction))
    WHEN 'goal' THEN concat('Goal', coalesce(': ' || a.goalName, ''))
    WHEN 'ecommerceOrder' THEN 'Order'
    WHEN 'ecommerceAbandonedCart' THEN 'Abandoned cart'
    WHEN 'search' THEN 'Site search'
    WHEN 'download' THEN concat('Download', coalesce(': ' || {_PATH}, ''))
    WHEN 'outlink' THEN 'Outlink' END"""


LOADER = PresetLoader(
    Preset(
        name="matomo",
        title="Matomo visits",
        fields=JsonFields(_STRUCTURE, ("idVisit", "visitorId", "actionDetails")),
        customer=(
            Known("visitorId", Kind.COOKIE, "r.visitorId"),
            Known("userId", Kind.CUSTOMER, "r.userId", linked=True),
        ),
        activity="the path of a page, else the kind of action",
        moments=(
            "coalesce(list_transform(r.actionDetails, lambda a: "
            + moment(_LABEL, "a.timestamp")
            + "), [])"
        ),
        channel="web",
        delivery="concat_ws('|', r.idSite, r.idVisit)",
        version="TRY_CAST(r.lastActionTimestamp AS BIGINT)",
        time=epoch_seconds,
        default=web_activity,
        doubts=(
            ("count(*) = 10", "exactly 10 visits: that is all the interface gives unless"
             " filter_limit is set"),
            ("count(*) FILTER (TRY_CAST(r.truncatedActionsCount AS BIGINT) > 0) > 0",
             "visits of more than 500 actions are cut off"),
        ),
        dropped=("network addresses", "query strings", "search terms", "titles", "places"),
        verified=False,
    )
)  # fmt: skip
