"""Web analytics: Google Analytics 4 (BigQuery export) and Matomo."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from loaders.exports import read, read_file

from cjmine.errors import DataError

COOKIE = "1166526666.1712385376"


def ga(name: str, index: int, /, **more: Any) -> dict[str, Any]:
    """An event as the export writes it: numbers as text, nulls left out."""
    return {
        "event_date": "20240406",
        "event_timestamp": "1712385390431476",
        "event_name": name,
        "event_params": [
            {
                "key": "page_location",
                "value": {"string_value": "https://www.example.nl/tarieven/12345?utm=x"},
            },
            {"key": "ga_session_id", "value": {"int_value": "1712385375"}},
        ],
        "user_pseudo_id": COOKIE,
        "stream_id": "196",
        "platform": "WEB",
        "batch_page_id": "1",
        "batch_ordering_id": "1",
        "batch_event_index": str(index),
    } | more


def lines(*events: dict[str, Any]) -> str:
    return "".join(json.dumps(one) + "\n" for one in events)


def test_events_of_one_batch_come_in_the_order_of_the_batch(tmp_path: Path) -> None:
    """All share a timestamp; file order would tell the purchase before the page."""
    found = read(tmp_path, lines(ga("purchase", 3), ga("page_view", 1), ga("add_to_cart", 2)))
    assert found.told == [
        f"{COOKIE} | /tarieven/{{id}} | 2024-04-06T06:36:30.431476",
        f"{COOKIE} | add_to_cart | 2024-04-06T06:36:30.431476",
        f"{COOKIE} | purchase | 2024-04-06T06:36:30.431476",
    ]


def test_events_without_consent_are_nobodys(tmp_path: Path) -> None:
    """A null id is not one big customer; automatic events are no touchpoints."""
    nobody = ga("purchase", 1)
    del nobody["user_pseudo_id"]
    automatic = [ga(name, 2) for name in ("session_start", "first_visit", "scroll")]
    found = read(tmp_path, lines(nobody, *automatic, ga("login", 5, user_id="K-1")))
    assert found.filtered == {"NOBODY": 1, "AUTOMATIC": 3}
    assert found.found.table["link 0"].to_pylist() == ["K-1"]


def test_a_parameter_may_stand_in_another_slot(tmp_path: Path) -> None:
    """A page location that is missing or typed otherwise is no page, and least of all the root."""
    odd = ga("page_view", 1, event_params=[{"key": "page_location", "value": {"int_value": "5"}}])
    none = ga("page_view", 2, event_params=[])
    screen = ga("screen_view", 3, platform="IOS")
    found = read(tmp_path, lines(odd, none, screen)).found
    assert found.activities == ["page_view", "page_view", "/tarieven/{id}"]
    assert found.table["channel"].to_pylist() == ["web", "web", "app"]


def test_parquet_gives_the_same_events(tmp_path: Path) -> None:
    """The nested content as Parquet, with numbers as numbers."""
    events = [ga("page_view", 1), ga("purchase", 2)]
    typed = [one | {"event_timestamp": int(one["event_timestamp"])} for one in events]
    pq.write_table(pa.Table.from_pylist(typed), tmp_path / "events.parquet")
    assert read_file(tmp_path / "events.parquet").told == read(tmp_path, lines(*events)).told


def test_a_broken_line_is_rejected_at_its_line(tmp_path: Path) -> None:
    """One line is cut, one has no time: told by place, the others are loaded."""
    late = ga("purchase", 2, event_timestamp="soon")
    found = read(tmp_path, lines(ga("page_view", 1)) + '{"event_name": "x\n' + lines(late))
    assert found.rejects == [(2, 2, "L115"), (3, 3, "L108")]


VISIT: dict[str, Any] = {
    "idSite": "1",
    "idVisit": "5",
    "visitorId": "0123456789abcdef",
    "userId": None,
    "visitIp": "198.51.100.9",
    "lastActionTimestamp": 1714719950,
    "serverTimePretty": "3 mei 2024 09:05:50",
    "actionDetails": [
        {
            "type": "action",
            "url": "https://example.nl/mijn/factuur/12?id=3",
            "timestamp": 1714719900,
        },
        {"type": "search", "siteSearchKeyword": "jan jansen", "timestamp": 1714719901},
        {"type": "event", "eventCategory": "Form", "eventAction": "send", "timestamp": 1714719902},
        {"type": "goal", "goalName": "Order", "timestamp": 1714719903},
        {"type": "content", "timestamp": 1714719904},
        {"type": "ecommerceOrder", "timestamp": "1714719905"},
    ],
}


def test_a_visit_is_told_by_its_actions(tmp_path: Path) -> None:
    """The times of the actions, not the visit's own, which is that of its last action."""
    found = read(tmp_path, json.dumps([VISIT]))
    assert found.told == [
        "0123456789abcdef | /mijn/factuur/{id} | 2024-05-03T07:05:00",
        "0123456789abcdef | Site search | 2024-05-03T07:05:01",
        "0123456789abcdef | Event: Form / send | 2024-05-03T07:05:02",
        "0123456789abcdef | Goal: Order | 2024-05-03T07:05:03",
        "0123456789abcdef | Order | 2024-05-03T07:05:05",
    ]
    assert found.found.read == 1
    assert "jan jansen" not in str(found.found.table.to_pylist())


@pytest.mark.parametrize(("visits", "doubted"), [(9, 0), (10, 1), (11, 0)])
def test_exactly_ten_visits_look_cut_off(tmp_path: Path, visits: int, doubted: int) -> None:
    """The interface gives ten unless told otherwise, and does not say so."""
    text = json.dumps([VISIT | {"idVisit": str(number)} for number in range(visits)])
    assert len(read(tmp_path, text).sniffed.inspection.doubts) == doubted


def test_a_visit_that_was_cut_says_so(tmp_path: Path) -> None:
    """truncatedActionsCount is the only sign of actions that were left out."""
    text = json.dumps([VISIT | {"truncatedActionsCount": 37}])
    assert "cut off" in read(tmp_path, text).sniffed.inspection.doubts[0]


def test_half_an_export_is_an_error_with_a_code(tmp_path: Path) -> None:
    """A download that broke off is not silently shorter."""
    with pytest.raises(DataError) as caught:
        read(tmp_path, json.dumps([VISIT, VISIT])[:-40])
    assert caught.value.problems[0].code.value == "L115"


def test_visits_of_nobody_and_broken_visits_are_told(tmp_path: Path) -> None:
    """Who may see no ids gets none; an action without a readable time spoils its visit alone."""
    soon = [{"type": "action", "url": "https://example.nl/a", "timestamp": "soon"}]
    visits = [
        VISIT | {"userId": "K-1"},
        VISIT | {"idVisit": "6", "visitorId": None},
        VISIT | {"idVisit": "7", "actionDetails": soon},
        VISIT | {"idVisit": "8", "actionDetails": []},
    ]
    found = read(tmp_path, json.dumps(visits))
    assert found.rejects == [(3, None, "L108")]
    assert found.filtered == {"NOBODY": 1, "NO_TOUCHPOINT": 1}
    assert found.found.table["link 0"].to_pylist() == ["K-1"] * 5


def test_the_table_of_visits_is_not_taken_for_events(tmp_path: Path) -> None:
    """The CSV (UTF-16) has visits without their actions: no journey, and it is refused."""
    text = (
        "idSite,idVisit,visitorId,visitCount,serverDate,serverTimestamp,referrerType,actions\n"
        "1,5,0123456789abcdef,1,2024-05-03,1714719950,direct,3\n"
    )
    with pytest.raises(DataError) as caught:
        read(tmp_path, text.encode("utf-16"))
    assert {problem.code.value for problem in caught.value.problems} == {"L107"}
