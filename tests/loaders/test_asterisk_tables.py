"""Asterisk's call records and queue_log as tables with a header, as databases keep them."""

from __future__ import annotations

from pathlib import Path

import pytest
from loaders.reading import Outcome, outcome, source, written

from cjmine.sources import Extras, Roles, TimeColumn

_QUEUE = "time{d}callid{d}queuename{d}agent{d}event{d}"


def read(folder: Path, text: str, zone: str | None = "Europe/Amsterdam") -> Outcome:
    given = Roles(TimeColumn((), zone=zone))
    extras = Extras(region="NL")
    return outcome(source(written(folder, text, "export.csv"), "", given, extras=extras))


@pytest.mark.parametrize("names", ["calldate,clid", "start,clid", "Call Date,Clid"])
def test_call_records_with_a_header(tmp_path: Path, names: str) -> None:
    """Answer and end follow from the durations; further legs are transfers."""
    text = (
        f"{names},src,dst,channel,dstchannel,lastapp,duration,billsec,disposition,uniqueid,linkedid\n"
        "2025-03-03 10:00:00,x,0612345601,600,PJSIP/t,SIP/1,Dial,95,80,ANSWERED,1.1,1.1\n"
        "2025-03-03 10:01:00,x,0612345601,201,SIP/1,SIP/2,Dial,80,70,ANSWERED,1.3,1.1\n"
        "2025-03-03 11:00:00,x,0612345602,600,PJSIP/t,,Dial,30,0,NO ANSWER,1.9,1.9\n"
    )
    found = read(tmp_path, text)
    assert found.activities == [
        "Call started", "Call answered", "Call transferred", "Call started", "Call not answered"
    ]  # fmt: skip
    clocks = ("09:00:00", "09:00:15", "09:01:10", "10:00:00", "10:00:30")
    assert found.moments == [f"2025-03-03T{one}" for one in clocks]
    assert (found.records, found.rejected) == (3, 0)


def test_times_that_the_table_has_are_used(tmp_path: Path) -> None:
    """The durations are only for what is not there."""
    text = (
        "start,answer,end,src,dst,dstchannel,lastapp,duration,billsec,disposition,uniqueid\n"
        "2025-03-03 10:00:00,2025-03-03 10:00:20,2025-03-03 10:02:00,0612345601,600,S,Dial,95,80,"
        "ANSWERED,1.1\n"
    )
    assert read(tmp_path, text).moments == ["2025-03-03T09:00:00", "2025-03-03T09:00:20"]


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        (
            "id," + _QUEUE.format(d=",") + "data,data1,data2,data3,data4,data5\n"
            "1,2025-03-03 10:00:00.123,1.1,600,NONE,ENTERQUEUE,,,0612345601,1,,\n"
            "2,2025-03-03 10:00:30.123,1.1,600,SIP/1,CONNECT,,30,1.2,4,,\n",
            "Europe/Amsterdam",
        ),
        (
            _QUEUE.format(d=";") + "data\n"
            "1740992400;1.1;600;NONE;ENTERQUEUE;|0612345601|1\n"
            "1740992430;1.1;600;SIP/1;CONNECT;30|1.2|4\n",
            None,
        ),
        (
            _QUEUE.format(d=",") + "data1,data2,data3\n"
            "2025-03-03T09:00:00Z,1.1,600,NONE,ENTERQUEUE,,0612345601,1\n"
            "2025-03-03T09:00:30Z,1.1,600,SIP/1,CONNECT,30,1.2,4\n",
            None,
        ),
    ],
    ids=["local", "epoch", "offset"],
)
def test_queue_logs_with_a_header(tmp_path: Path, text: str, zone: str | None) -> None:
    """Times in any form, data in one column or several."""
    found = read(tmp_path, text, zone)
    assert found.customers == ["0612345601"] * 2
    assert found.activities == ["Call waiting: 600", "Call answered: 600"]
    assert [one[:19] for one in found.moments] == ["2025-03-03T09:00:00", "2025-03-03T09:00:30"]
