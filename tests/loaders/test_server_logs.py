"""Server logs other than Apache's: IIS, CloudFront, AWS load balancers."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from loaders.exports import read, read_file
from real_logs import real

import cjmine as cj
from cjmine.errors import DataError
from cjmine.privacy.identifiers import normalise
from cjmine.sources import Identifier, Kind, Roles

HEAD = "#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n"
ONE = "#Fields: date time cs-method cs-uri-stem cs-uri-query c-ip cs(User-Agent) sc-status time-taken\r\n"
ROW = "2024-10-05 21:48:33 GET /contact - 198.51.100.9 Mozilla/5.0+(Windows+NT+10.0) 200 15\r\n"


def test_fields_that_change_halfway(tmp_path: Path) -> None:
    """After a restart another #Fields line: a naive reader keeps one block and loses the other."""
    two = (
        "#Date: 2024-10-06 00:00:01\r\n"
        "#Fields: date time c-ip cs-username cs-method cs-uri-stem sc-status cs(User-Agent)\r\n"
        "2024-10-06 00:00:02 198.51.100.10 - POST /order 500 Mozilla/5.0\r\n"
    )
    found = read(tmp_path, HEAD + ONE + ROW + HEAD + ONE + ROW + two)
    assert found.told == [
        "198.51.100.9 | /contact | 2024-10-05T21:48:33",
        "198.51.100.9 | /contact | 2024-10-05T21:48:33",
        "198.51.100.10 | POST /order (error) | 2024-10-06T00:00:02",
    ]
    assert found.found.read == 3, "directives are no records"


def test_lines_that_do_not_fit_their_fields(tmp_path: Path) -> None:
    """A cut line is rejected; one that lacks only its last field is not; FTP rows are no requests."""
    cut = "2024-10-05 21:48:33 GET /con\r\n"
    short = "2024-10-05 21:48:34 GET /a - 198.51.100.9 Mozilla/5.0 200\r\n"
    ftp = "2024-10-05 21:48:35 [21]created /file - 198.51.100.9 - 226 0\r\n"
    bot = "2024-10-05 21:48:36 GET / - 198.51.100.9 Googlebot/2.1 200 1\r\n"
    found = read(tmp_path, HEAD + ONE + cut + short + ftp + bot + ROW[:-30])
    assert found.told == ["198.51.100.9 | /a | 2024-10-05T21:48:34"]
    assert found.rejects == [(4, 4, "L115"), (8, 8, "L115")]
    assert found.filtered == {"NO_REQUEST": 1, "BOT": 1}


def test_the_analytics_cookie_is_a_bridge(tmp_path: Path) -> None:
    """`_ga=GA1.2.X.Y` in a cookie with blanks and quotes gives X.Y, as the analytics export has it."""
    fields = "#Fields: date time cs-method cs-uri-stem c-ip cs(Cookie) sc-status\n"
    row = (
        '2024-10-05 21:48:33 GET /a 198.51.100.9 "x=1; _ga=GA1.2.1166526666.1712385376; y=2" 200\n'
    )
    roles = Roles(customer=Identifier("cookie:_ga", Kind.COOKIE))
    assert read(tmp_path, fields + row, declared=roles).found.customers == ["1166526666.1712385376"]


@pytest.mark.parametrize("kind", [Kind.IP, Kind.CUSTOMER])
def test_the_first_address_that_was_forwarded_for_is_the_customer(
    tmp_path: Path, kind: Kind
) -> None:
    """Behind proxies c-ip is theirs; each adds one, and a port, which would split a visitor."""
    head = HEAD + "#Fields: date time cs-method cs-uri-stem c-ip sc-status X-Forwarded-For\r\n"
    row = "2024-10-05 21:48:33 GET /a 10.0.0.1 200 {}\r\n"
    rows = [
        row.format(each)
        for each in ("203.0.113.7", "203.0.113.7,+10.0.0.2", "203.0.113.7:3345,+10.0.0.2:47", "-")
    ]
    roles = Roles(customer=Identifier("X-Forwarded-For", kind))
    found = read(tmp_path, head + "".join(rows), declared=roles)
    who = found.sniffed.source.roles.customer
    assert who == Identifier("X-Forwarded-For", Kind.IP)
    assert normalise(who, found.found.customers) == ["203.0.113.7"] * 3
    assert found.filtered == {"NOBODY": 1}


def test_a_folder_of_daily_files_is_one_source_in_utc(tmp_path: Path) -> None:
    """Files named after the local day hold UTC: the day in the name is no part of the time."""
    (tmp_path / "u_ex241006.log").write_text(HEAD + ONE + ROW.replace("21:48:33", "23:30:00"))
    after = "2024-10-06 00:00:01 GET /later - 198.51.100.9 Mozilla/5.0 200 15\r\n"
    (tmp_path / "u_ex241007.log").write_text(HEAD + ONE + after + HEAD + ONE + after)
    log = cj.load(tmp_path, tz="Europe/Amsterdam")
    assert [one.read for one in log.about.sources] == [1, 2]
    times = log.table["time"].cast("int64").to_pylist()
    assert [datetime.fromtimestamp(time / 1e6, UTC).isoformat() for time in times] == [
        "2024-10-05T23:30:00+00:00", "2024-10-06T00:00:01+00:00", "2024-10-06T00:00:01+00:00",
    ]  # fmt: skip


def test_days_that_only_a_directive_tells(tmp_path: Path) -> None:
    """No date field: the day is that of the last #Date line."""
    text = (
        "#Date: 2013-07-30 00:00:00\n#Fields: time cs-method cs-uri-stem c-ip sc-status\n"
        "00:00:03 GET /a 198.51.100.9 200\n#Date: 2013-07-31 00:00:00\n"
        "00:00:04 GET /b 198.51.100.9 200\n"
    )
    moments = read(tmp_path, text).found.moments
    assert moments == ["2013-07-30T00:00:03", "2013-07-31T00:00:04"]


def test_cloudfront_is_tabs_and_gzip(tmp_path: Path) -> None:
    """Tab-separated, packed, with 000 where the client left."""
    names = (
        "date time c-ip cs-method cs(Host) cs-uri-stem sc-status cs(User-Agent) x-edge-request-id"
    )
    rows = [
        "2024-10-05\t21:48:33\t198.51.100.9\tGET\td.example.com\t/a%20b\t200\tMozilla/5.0%20x\tr1",
        "2024-10-05\t21:48:34\t198.51.100.9\tGET\td.example.com\t/c\t000\tMozilla/5.0%20x",
    ]
    text = f"#Version: 1.0\n#Fields: {names}\n" + "\n".join(rows) + "\n"
    found = read(tmp_path, gzip.compress(text.encode()))
    assert found.sniffed.source.format == "cloudfront"
    assert found.found.activities == ["/a b", "/c"]


EDGE = "#Version: 1.0\n#Fields: date time c-ip cs-method cs(Host) cs-uri-stem sc-status {more}\n"
HIT = "2024-10-05\t{time}\t198.51.100.9\tGET\td.example.com\t/a\t200\t{more}\n"


def test_cloudfront_writes_blanks_as_percents(tmp_path: Path) -> None:
    """The cookie behind a `;%20` is found, and a bot whose name was encoded twice is one."""
    head = EDGE.format(more="cs(Cookie) cs(User-Agent)")
    cookie = "x=1;%20_ga=GA1.2.1166526666.1712385376;%20y=2\t{agent}"
    rows = [
        HIT.format(time="21:48:33", more=cookie.format(agent="Mozilla/5.0%2520(Windows)")),
        HIT.format(time="21:48:34", more=cookie.format(agent="Uptime%2520Robot%252F2.0")),
        HIT.format(time="21:48:35", more="_ga=GA1.2.5.6\tMozilla/5.0"),
    ]
    roles = Roles(customer=Identifier("cookie:_ga", Kind.COOKIE))
    found = read(tmp_path, head + "".join(rows), declared=roles)
    assert found.found.customers == ["1166526666.1712385376", "5.6"]
    assert found.filtered == {"BOT": 1}


def test_cloudfront_lines_that_do_not_fit(tmp_path: Path) -> None:
    """A cut line and a time that is none are rejected at their lines; a short row is read."""
    rows = [
        HIT.format(time="21:48:33", more="-"),
        "2024-10-05\t21:48:33\t198.51.100.9\tGET\n",
        HIT.format(time="99:99:99", more="-"),
        HIT.format(time="21:48:34", more="-").removesuffix("\t-\n") + "\n",
    ]
    found = read(tmp_path, EDGE.format(more="cs(Cookie)") + "".join(rows))
    assert found.found.moments == ["2024-10-05T21:48:33", "2024-10-05T21:48:34"]
    assert found.rejects == [(4, 4, "L115"), (5, 5, "L108")]


ALB = (
    "https 2020-01-11T16:55:20.356586Z app/web/1 198.51.100.9:44325 10.0.0.1:80 0.013 0.164 0.000"
    ' {status} 200 391 107999 "{request}" "{agent}" ECDHE TLSv1.2 arn:aws:x "Root=1-a"'
    ' "www.example.nl" "arn:cert" 2 2020-01-11T16:55:19.624000Z "forward" "-" "-" "x" "200" "-" "-"\n'
)


def test_load_balancer_entries(tmp_path: Path) -> None:
    """The arrival, not the answer; no host, port or query; what failed is told."""
    text = (
        ALB.format(
            status=200, request="GET https://www.example.nl:443/a/12?x=1 HTTP/1.1", agent="M/5"
        )
        + ALB.format(status=502, request="POST https://www.example.nl:443/b HTTP/2.0", agent="M/5")
        + ALB.format(status=200, request="- https://www.example.nl:443- -", agent="-")
        + ALB.format(status=200, request="GET https://www.example.nl:443/ HTTP/1.1", agent="M/5")[
            :90
        ]
    )
    found = read(tmp_path, text)
    assert found.told == [
        "198.51.100.9 | /a/{id} | 2020-01-11T16:55:19.624000",
        "198.51.100.9 | POST /b (error) | 2020-01-11T16:55:19.624000",
    ]
    assert found.rejects == [(4, 4, "L115")]


def test_balancers_without_a_target_a_type_or_an_arrival(tmp_path: Path) -> None:
    """-1 for what took no time, columns that came later, and classic entries with none of them."""
    entry = ALB.format(status=503, request="GET https://x.nl:443/a HTTP/1.1", agent="M/5")
    failed = entry.replace("10.0.0.1:80 0.013 0.164 0.000", "- -1 -1 -1")
    later = entry.rstrip("\n") + ' "TID_1" "more"\n'
    classic = (
        "2020-01-11T16:55:20.356586Z lb 198.51.100.9:44325 10.0.0.1:80 0.013 0.164 0.000 200 200"
        ' 391 107 "GET http://x.nl:80/b HTTP/1.1" "M/5" - -\n'
    )
    assert read(tmp_path, failed + later + classic).told == [
        "198.51.100.9 | /a (error) | 2020-01-11T16:55:19.624000",
        "198.51.100.9 | /a (error) | 2020-01-11T16:55:19.624000",
        "198.51.100.9 | /b | 2020-01-11T16:55:20.356586",
    ]


IIS = [
    *("iis/ex031118.log", "iis/ex960101.log", "iis/u_ex100815.log", "iis/u_ex160110.log"),
    *("formats/iis10.log", "formats/iis10_cookies.log", "formats/iis10_edge_cases.log"),
    *("formats/iis6.log", "formats/iis7_owa.log", "formats/iis7_sqli.log"),
    "formats/iis_without_date.log",
]


def by_hand(lines: list[str]) -> list[str]:
    """`address time` of every page view of a person in a W3C log, in plain Python."""
    told, fields, day = [], [], ""
    for line in lines:
        if line.startswith("#"):
            fields = line.split()[1:] if line.startswith("#Fields:") else fields
            day = line.split()[1] if line.startswith("#Date:") else day
            continue
        parts = re.findall(r'(?:[^" ]|"[^"]*")+', line)
        row = dict(zip(fields, parts, strict=False))
        agent, path = row.get("cs(User-Agent)", "-").lower(), row["cs-uri-stem"]
        is_bot = any(
            word in agent for word in ("bot", "slurp", "spider", "curl/", "_probe", "monitor")
        )
        is_asset = path.lower().endswith(
            (".css", ".js", ".jpg", ".gif", ".png", ".ico", "robots.txt")
        )
        if not is_bot and not is_asset and not row.get("cs-method", "GET").startswith("["):
            told.append(f"{row['c-ip']} {row.get('date', day)}T{row.get('time', '00:00:00')}")
    return told


@pytest.mark.real_data
@pytest.mark.parametrize("name", IIS)
def test_real_iis_logs(name: str) -> None:
    """Every line that is no directive is a record, none is broken, and those of people are told."""
    path = real(f"weblogs/{name}")
    lines = [line for line in path.read_text().splitlines() if line.strip()]
    found = read_file(path)
    read = sum(not line.startswith("#") for line in lines)
    assert (found.sniffed.source.format, found.found.read) == ("iis", read)
    assert found.rejects == []
    rows = zip(found.found.customers, found.found.moments, strict=True)
    same = [f"{who} {when}" for who, when in rows] == by_hand(lines)
    assert same, "an address or a time differs"  # no address in a message of a test


@pytest.mark.real_data
def test_real_load_balancer_log() -> None:
    """Application, classic and network entries in one file: none broken, each told at its arrival."""
    path = real("weblogs/formats/aws_elb_access.log")
    lines = path.read_text().splitlines()
    found = read_file(path)
    assert (found.found.read, found.rejects) == (len(lines), [])
    empty = [line.startswith("tls ") or '"- - - "' in line for line in lines]
    bot = ['"curl/' in line for line in lines]
    asset = [".png" in line for line in lines]
    assert found.filtered == {"NO_REQUEST": sum(empty), "BOT": sum(bot), "ASSET": sum(asset)}
    left_out = [any(each) for each in zip(empty, bot, asset, strict=True)]
    pages = [line for line, out in zip(lines, left_out, strict=True) if not out]
    arrivals = [re.findall(r"\d{4}-\d\d-\d\dT[\d:.]+(?=Z)", line)[-1] for line in pages]
    told = [moment.ljust(26, "0") for moment in found.found.moments]
    assert told == [moment.ljust(26, "0") for moment in arrivals]


@pytest.mark.real_data
@pytest.mark.parametrize("name", ["iis/pf040903.log", "iis/ex010320.log"])
def test_real_logs_of_other_kinds_are_refused_with_a_code(name: str) -> None:
    """A firewall log and the old comma format of IIS are no web logs that are read."""
    with pytest.raises(DataError) as caught:
        read_file(real(f"weblogs/{name}"))
    assert caught.value.problems[0].code.value in ("L104", "L105", "L122")
