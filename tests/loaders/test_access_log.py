"""Access logs: every line is a record, and what is odd about a line shifts nothing."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from loaders.reading import Outcome, inspected, outcome, source, written
from real_logs import real

from cjmine.errors import Code, DataError
from cjmine.ingest.inputs import find_inputs
from cjmine.ingest.load import load
from cjmine.ingest.source_flags import SourceFlags
from cjmine.loaders.batch import LeftOut
from cjmine.privacy.pseudonyms import Key
from cjmine.sources import Identifier, Kind, Roles, TouchpointRule

KEY = Key(bytes(range(32)))
TIME = "13/May/2024:10:00:00 +0200"
US = 1715587200_000_000
COOKIE = Roles(customer=Identifier("cookie", Kind.COOKIE))
USER = Roles(customer=Identifier("user", Kind.USER))


def line(
    request: str = "GET /faq HTTP/1.1",
    host: str = "192.0.2.1",
    user: str = "-",
    time: str = TIME,
    status: str = "200",
    size: str = "12",
    tail: str = ' "-" "Mozilla/5.0"',
) -> str:
    return f'{host} - {user} [{time}] "{request}" {status} {size}{tail}\n'


def from_log(
    folder: Path,
    content: bytes | str,
    declared: Roles = Roles(),
    rules: tuple[TouchpointRule, ...] = (),
    extra: tuple[str, ...] = (),
) -> Outcome:
    path = written(folder, content, "access.log")
    return outcome(source(path, "access-log", declared, rules, extra))


def test_a_combined_line(tmp_path: Path) -> None:
    """Host, path without its query, time in UTC; the channel is the web."""
    found = from_log(tmp_path, line("GET /faq?mail=jan@example.nl HTTP/1.1"))
    assert found.events == [("192.0.2.1", "/faq", US)]
    assert found.clock.zoned == 1
    inspection = inspected(source(tmp_path / "access.log", "access-log", Roles()))
    assert inspection.roles.channel == "web"
    assert inspection.roles.customer == Identifier("host", Kind.IP)


@pytest.mark.parametrize(
    "tail",
    [
        "",
        ' "-" "Mozilla"',
        ' "-" "Mozilla" 0.123',
        " 0.123",
        ' "-" "Mozilla" "x" "y"',
        ' "-" "Mozilla" 0.1 "x" 0.2',
        "  ",
    ],
)
def test_common_combined_and_more_fields(tmp_path: Path, tail: str) -> None:
    """Fields behind the known ones, quoted or not, change nothing."""
    assert from_log(tmp_path, line(tail=tail) * 2).events == [("192.0.2.1", "/faq", US)] * 2


@pytest.mark.parametrize(
    "changed",
    [
        {"tail": ' "-" "Mozilla \\"quoted\\" agent"'},
        {"tail": ' "https://example.nl/\\"x" "Mozilla"'},
        {"tail": ' "-" "ends in a backslash \\\\"'},
        {"user": "jan jansen"},
        {"user": "jan"},
        {"user": "jan [admin]"},
        {"size": "-"},
        {"time": "13/May/2024:08:00:00 +0000"},
        {"time": "13/May/2024:02:30:00 -0530"},
    ],
)
def test_odd_fields_shift_nothing(tmp_path: Path, changed: dict[str, str]) -> None:
    """Escaped quotes, a user name with a blank, no size, any offset."""
    found = from_log(tmp_path, line() + line(**changed) + line())
    assert found.events == [("192.0.2.1", "/faq", US)] * 3


@pytest.mark.parametrize(
    ("host", "customer"),
    [
        ("2001:db8::1", "2001:db8::1"),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.1"),
        ("client.example.nl", "client.example.nl"),
        ("www.example.nl:443 192.0.2.1", "192.0.2.1"),
        ("www.example.nl:443 2001:db8::1", "2001:db8::1"),
        ("[2001:db8::9]:443 192.0.2.1", "192.0.2.1"),
    ],
)
@pytest.mark.parametrize("user", ["-", "jan jansen"])
def test_hosts(tmp_path: Path, host: str, customer: str, user: str) -> None:
    """IPv4, IPv6, names, and a virtual host in front; with any user."""
    assert from_log(tmp_path, line(host=host, user=user)).customers == [customer]
    named = from_log(tmp_path, line(host=host, user=user), USER)
    assert named.customers == ([] if user == "-" else [user])


SYSLOG = "<133>Dec 23 15:31:15 web05 "


@pytest.mark.parametrize(
    ("front", "customer"),
    [
        ("www.example.nl 192.0.2.1", "192.0.2.1"),
        ("test 2001:db8::1", "2001:db8::1"),
        ("www.example.nl:8443 pc12.isp.example", "pc12.isp.example"),
        ("www.example.nl 192.0.2.1, 10.0.0.1", "192.0.2.1, 10.0.0.1"),
        # relays
        (SYSLOG + "acc 192.0.2.1", "192.0.2.1"),
        (SYSLOG + "nginx: 192.0.2.1", "192.0.2.1"),
        (SYSLOG + "nginx[12]: www.example.nl 192.0.2.1", "192.0.2.1"),
        ("Dec  3 15:31:15 10.0.0.5 nginx: 192.0.2.1", "192.0.2.1"),
        ("Dec  3 15:31:15 web05 nginx: pc12.isp.example", "pc12.isp.example"),
        ("2025-12-23T15:31:15+01:00 web05 httpd[7]: 192.0.2.1", "192.0.2.1"),
        ("<190>1 2025-12-23T15:31:15.003Z web05 nginx 123 ID47 - 192.0.2.1", "192.0.2.1"),
        ('<190>1 2025-12-23T15:31:15Z web05 nginx - - [a b="c"] 192.0.2.1', "192.0.2.1"),
        ("2025-12-23T15:31:15.123Z stdout F 192.0.2.1", "192.0.2.1"),
        ("2025-12-23T15:31:15Z app[web.1]: 192.0.2.1", "192.0.2.1"),
        ("2025-12-23T15:31:15Z 192.0.2.1", "192.0.2.1"),
        ("web_1  | 192.0.2.1", "192.0.2.1"),
        # the list of X-Forwarded-For instead of the host
        ("192.0.2.1, 10.0.0.1", "192.0.2.1, 10.0.0.1"),
        ("192.0.2.1,10.0.0.1", "192.0.2.1,10.0.0.1"),
        ('"192.0.2.1, 10.0.0.1"', '"192.0.2.1, 10.0.0.1"'),
        ("192.0.2.1:33453", "192.0.2.1:33453"),
    ],
)
@pytest.mark.parametrize("user", ["-", "jan jansen"])
def test_the_client_where_more_is_in_front(
    tmp_path: Path, front: str, customer: str, user: str
) -> None:
    """The only address, or the list; never the server, the relay or the time."""
    assert from_log(tmp_path, line(host=front, user=user)).customers == [customer]


@pytest.mark.parametrize(
    ("front", "forwarded"),
    [
        ("192.0.2.1 127.0.0.1", "192.0.2.1"),
        ("192.0.2.1, 10.0.0.1 127.0.0.1", "192.0.2.1, 10.0.0.1"),
        ('"192.0.2.1, 10.0.0.1" 127.0.0.1', '"192.0.2.1, 10.0.0.1"'),
        ("(192.0.2.1) 127.0.0.1", "(192.0.2.1)"),
        ("192.0.2.1:33453 127.0.0.1", "192.0.2.1:33453"),
        ("192.0.2.1 www.example.nl", "192.0.2.1"),
        ("www.example.nl pc12.isp.example", "www.example.nl"),
        ("Dec  3 15:31:15 10.0.0.5 127.0.0.1", "10.0.0.5"),
        ("- 127.0.0.1", None),
    ],
)
def test_where_the_client_is_not_plain_it_is_declared(
    tmp_path: Path, front: str, forwarded: str | None
) -> None:
    """Until then the line is rejected: all visitors would be the proxy."""
    found = from_log(tmp_path, line(host=front) + line())
    assert found.places == [(1, 1, "L115")]
    assert "forwarded" in found.rejects[0].reason
    for name, customer in (("forwarded", forwarded), ("host", front.split()[-1])):
        declared = Roles(customer=Identifier(name))
        named = from_log(tmp_path, line(host=front), declared)
        assert (named.customers, named.rejects) == ([customer] if customer else [], ())
        inspection = inspected(source(tmp_path / "access.log", "access-log", declared))
        assert inspection.roles.customer == Identifier(name, Kind.IP)


@pytest.mark.parametrize(
    "front",
    ["<133>Dec", "www.example.nl:443", "12345", "192.0.2", "a/b", "@client", "192.0.2.1;10.0.0.1"],
)
def test_what_is_neither_an_address_nor_a_host_is_rejected(tmp_path: Path, front: str) -> None:
    found = from_log(tmp_path, line(host=front) + line())
    assert found.places == [(1, 1, "L115")]
    assert found.customers == ["192.0.2.1"]


@pytest.mark.parametrize("front", ["-", "unknown, 10.0.0.1", "-, 10.0.0.1"])
def test_a_client_that_is_not_known_is_nobody(tmp_path: Path, front: str) -> None:
    """The next address in the list is a proxy of many."""
    (tmp_path / "access.log").write_text(line(host=front) * 2 + line())
    found = load(find_inputs([str(tmp_path / "access.log")], SourceFlags()), KEY)
    (account,) = found.log.about.sources
    assert (account.loaded, account.rejected, account.filtered) == (1, 0, 2)


@pytest.mark.parametrize(
    "text",
    [
        'Feb  6 12:14:14 lb haproxy[14]: 192.0.2.1:333 [06/Feb/2025:12:14:14.655] in web/s 200 27 "GET / HTTP/1.1"\n',
        '192.0.2.1, 10.0.0.1 127.0.0.1 - - [05/May/2025:21:25:20 +0000] 24675 "GET /x HTTP/1.0" 200\n',
        "[03/Oct/2022:09:00:01 +0000] jan exec-1 192.0.2.1 GET /x HTTP/1.1 200 350ms 12345 - Mozilla\n",
    ],
)
def test_another_form_is_refused_without_its_data(tmp_path: Path, text: str) -> None:
    """It is no table either, whose header would be a visitor."""
    (tmp_path / "access.log").write_text(text * 3)
    with pytest.raises(DataError) as caught:
        find_inputs([str(tmp_path / "access.log")], SourceFlags())
    assert caught.value.code is Code.LOG_FORMAT
    assert "192.0.2" not in repr(caught.value.problems)


def test_an_ident_that_is_an_address_is_no_ident(tmp_path: Path) -> None:
    """A virtual host, the client and the user, without an ident: the host must not be the client."""
    content = line().replace("192.0.2.1 - -", "www.example.nl 192.0.2.1 -")
    assert from_log(tmp_path, content + line()).places == [(1, 1, "L115")]


@pytest.mark.parametrize(
    ("request_line", "activity"),
    [
        ("GET / HTTP/1.1", "/"),
        ("GET /order/12345/ HTTP/2.0", "/order/{id}"),
        ("POST /form HTTP/1.1", "POST /form"),
        ("HEAD /form?x HTTP/1.1", "HEAD /form"),
        ("GET /a b HTTP/1.1", "/a b"),
        ("GET /faq", "/faq"),
        ('GET /say\\"hi\\" HTTP/1.1', '/say\\"hi\\"'),
        ("\\x16\\x03\\x01", "\\x16\\x03\\x01"),
        ("GET /caf\u00e9 HTTP/1.1", "/caf\u00e9"),
    ],
)
def test_requests(tmp_path: Path, request_line: str, activity: str) -> None:
    """GET is not said, any other method is; ids fold."""
    assert from_log(tmp_path, line(request_line)).activities == [activity]


@pytest.mark.parametrize(
    ("status", "error"),
    [("200", ""), ("304", ""), ("399", ""), ("400", " (error)"), ("503", " (error)")],
)
def test_a_failed_request_is_another_touchpoint(tmp_path: Path, status: str, error: str) -> None:
    """From status 400 on, whatever a rule called it."""
    rule = TouchpointRule("Questions", path="/faq")
    found = from_log(tmp_path, line(status=status) + line("GET /x HTTP/1.1"), rules=(rule,))
    assert found.activities == ["Questions" + error, "/x"]


@pytest.mark.parametrize("request_line", ["-", ""])
def test_a_connection_without_a_request_is_no_touchpoint(tmp_path: Path, request_line: str) -> None:
    """A time-out (408) is filtered and counted under a reason of its own."""
    found = from_log(tmp_path, line(request_line, status="408", size="-") + line())
    assert found.activities == ["/faq"]
    assert found.filtered == {LeftOut.NO_REQUEST: 1}


def test_bots_assets_ignored_and_nobody_are_counted_apart(tmp_path: Path) -> None:
    """Each record is counted once, under the first reason that holds."""
    bot = ' "-" "Googlebot/2.1"'
    rules = (TouchpointRule(None, glob="/health*"), TouchpointRule("Questions", path="/faq"))
    content = (
        line()
        + line(tail=bot)
        + line("GET /a.css HTTP/1.1", tail=bot)
        + line(tail=' "-" "curl/8.1"')
        + line("GET /a.css?v=3 HTTP/1.1")
        + line("GET /robots.txt HTTP/1.1")
        + line("GET /healthz HTTP/1.1") * 3
        + line(host="-") * 4
    )
    found = from_log(tmp_path, content, rules=rules)
    assert found.activities == ["Questions"]
    assert found.filtered == {
        LeftOut.BOT: 3,
        LeftOut.ASSET: 2,
        LeftOut.RULE: 3,
        LeftOut.NOBODY: 4,
    }


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (compatible; Googlebot/2.1)",
        "AdsBot-Google",
        "bingbot",
        "Baiduspider",
        "Slurp",
        "UptimeRobot/2.0",
        "curl/8.1",
        "Wget/1.2",
        "python-requests/2.3",
        "Java/17",
        "Go-http-client/1",
        "facebookexternalhit/1.1",
        "kube-probe/1.2",
        "ELB-HealthChecker/2.0",
        "Feedly crawler",
    ],
)
def test_bots(tmp_path: Path, agent: str) -> None:
    """By the name they give themselves."""
    found = from_log(tmp_path, line(tail=f' "-" "{agent}"'))
    assert found.filtered == {LeftOut.BOT: 1}


@pytest.mark.parametrize(
    "agent", ["Mozilla/5.0 (Windows NT 10.0)", "-", "Abbott Reader", "Mozilla/5.0 (X11) JavaScript"]
)
def test_people(tmp_path: Path, agent: str) -> None:
    """Browsers, no agent at all, and names that only hold the letters of a bot's."""
    assert from_log(tmp_path, line(tail=f' "-" "{agent}"')).loaded == 1


@pytest.mark.parametrize(
    ("path", "asset"),
    [
        ("/a.css", True),
        ("/A.PNG", True),
        ("/img/x.jpeg", True),
        ("/f.woff2", True),
        ("/x.map", True),
        ("/assets/page", True),
        ("/static/", True),
        ("/robots.txt", True),
        ("/css", False),
        ("/page.html", False),
        ("/report.pdf", False),
        ("/a.css/page", False),
        ("/png", False),
        ("/my/assets/page", False),
    ],
)
def test_assets(tmp_path: Path, path: str, asset: bool) -> None:
    """By the end of the path or its first part."""
    found = from_log(tmp_path, line(f"GET {path} HTTP/1.1"))
    assert found.loaded == (not asset)


def test_declared_extra_fields(tmp_path: Path) -> None:
    """The customer is in a quoted field behind the agent, also where the line has odd quotes."""
    extra = ("session", "cookie")
    tails = [
        ' "-" "Mozilla" "s1" "c1"',
        ' "-" "Moz\\"illa\\"" "s2" "c2"',
        ' "-" "Mozilla" "s\\"3" "c3"',
        ' "-" "Mozilla" 0.1 "s4" 0.2 "c4"',
        ' "-" "Moz\\"illa" 0.1 "s5" 0.2 "c5" 0.3',
        ' "-" "Mozilla" "s6" "c6" "more"',
    ]
    found = from_log(tmp_path, "".join(line(tail=tail) for tail in tails), COOKIE, (), extra)
    assert found.customers == ["c1", "c2", "c3", "c4", "c5", "c6"]
    first = Roles(customer=Identifier("session", Kind.COOKIE))
    found = from_log(tmp_path, "".join(line(tail=tail) for tail in tails), first, (), extra)
    assert found.customers == ["s1", "s2", 's\\"3', "s4", "s5", "s6"]


def test_declared_extra_fields_can_be_kept(tmp_path: Path) -> None:
    """A dash is no value, also where the line has odd quotes; a field too few is none."""
    extra = ("cookie", "device")
    tails = [
        ' "-" "Mozilla" "c1" "mobile"',
        ' "-" "Moz\\"illa" "c2" "desktop"',
        ' "-" "Mozilla" "c3" "-"',
        ' "-" "Mozilla" "c4"',
    ]
    keeping = replace(COOKIE, keep=("device",))
    found = from_log(tmp_path, "".join(line(tail=tail) for tail in tails), keeping, (), extra)
    assert found.customers == ["c1", "c2", "c3", "c4"]
    assert found.table.column("device").to_pylist() == ["mobile", "desktop", None, None]
    with pytest.raises(DataError, match="L106"):
        from_log(tmp_path, line(), replace(COOKIE, keep=("other",)), (), extra)


def test_lines_without_the_declared_field_are_nobodys(tmp_path: Path) -> None:
    """A missing or empty cookie never falls back to the address."""
    content = line() + line(tail=' "-" "M" "-"') + line(tail=' "-" "M" ""') + line(tail="")
    found = from_log(tmp_path, content, COOKIE, (), ("cookie",))
    assert found.loaded == 0
    assert found.filtered == {LeftOut.NOBODY: 4}


def test_a_customer_field_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """L106: a misspelt name must not mean the address."""
    with pytest.raises(DataError) as caught:
        from_log(tmp_path, line(), COOKIE, (), ("cookies",))
    assert caught.value.code is Code.COLUMN_MISSING
    assert "host, user, forwarded, cookies" in caught.value.problems[0].cause


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ("garbage", "L115"),
        (line(status="2x0").strip(), "L115"),
        (line(size="many").strip(), "L115"),
        (line(tail=' "-"').strip(), "L115"),
        (line(tail=' "-" "never closed').strip(), "L115"),
        (line(time="13/Mei/2024:10:00:00 +0200").strip(), "L108"),
        (line(time="30/Feb/2024:10:00:00 +0200").strip(), "L108"),
        (line(time="13/May/2024:10:00:00").strip(), "L108"),
        (line(time="13/May/0102:10:00:00 +0200").strip(), "L116"),
        (line(time="13/May/2101:10:00:00 +0200").strip(), "L116"),
        ("a\x01b\x02c", "L115"),
        ("a\0b", "L115"),
        ('"', "L115"),
    ],
)
def test_bad_lines_are_rejected_at_their_number(tmp_path: Path, bad: str, code: str) -> None:
    """The neighbours are read, blank lines count in the numbering, nothing is quoted."""
    for end in ("\n", "\r\n"):
        content = (line() * 2 + "\n  \n" + bad + "\n" + line() * 20 + bad).replace("\n", end)
        found = from_log(tmp_path, content)
        assert found.places == [(5, 5, code), (26, 26, code)]
        assert (found.read, found.loaded) == (24, 22)
        assert "garbage" not in repr(found.rejects)


def test_a_line_cut_anywhere_harms_no_other(tmp_path: Path) -> None:
    """Rotation cuts the last line; it is rejected unless what is left is a whole Common line."""
    whole = line()
    common = len(whole.split(' "-"')[0])
    for cut in range(1, len(whole) - 1, 3):
        found = from_log(tmp_path, whole + whole[:cut])
        assert found.customers[0] == "192.0.2.1"
        left = whole[:cut].rstrip()
        is_common = re.search(r'" 200 \d+$', left) is not None and cut <= common + 1
        assert found.loaded == 1 + is_common, left


def test_packed_logs_and_other_encodings(tmp_path: Path) -> None:
    """Rotated logs are packed; agents may hold any byte."""
    content = line("GET /caf\u00e9 HTTP/1.1", tail=' "-" "\u20ac"') * 2
    for stored in (
        gzip.compress(content.encode()),
        content.encode("cp1252"),
        "\ufeff" + content,
        content.encode("utf-16-le"),
    ):
        assert from_log(tmp_path, stored).activities == ["/caf\u00e9"] * 2


def test_order_is_the_order_of_the_file(tmp_path: Path) -> None:
    """Lines are written when a request ends and stamped when it began; nothing is sorted here."""
    late, early = "13/May/2024:10:00:05 +0200", TIME
    found = from_log(tmp_path, line(time=late) + line(time=early))
    assert found.times == [US + 5_000_000, US]


def test_rules_see_the_path_without_its_query(tmp_path: Path) -> None:
    """And the method where it is not GET."""
    rules = (
        TouchpointRule("Form sent", label="POST /form"),
        TouchpointRule("Form", path="/form/{step}"),
    )
    content = line("POST /form?x=1 HTTP/1.1") + line("GET /form/2?mail=x HTTP/1.1")
    assert from_log(tmp_path, content, rules=rules).activities == ["Form sent", "Form"]


@pytest.mark.real_data
def test_ten_thousand_real_lines(tmp_path: Path) -> None:
    """Line 8899 alone is broken; the counts agree with a few lines of plain Python."""
    path = real("weblogs/apache/apache_logs")
    counts: Counter[str] = Counter()
    hosts = []
    bot_words = (
        "bot/",
        "crawl",
        "spider",
        "slurp",
        "uptime",
        "monitor",
        "health",
        "pingdom",
        "statuscake",
        "checker",
        "feedburner",
        "feedfetcher",
        "mediapartners",
        "facebookexternalhit",
        "preview",
        "archiver",
        "scan",
    )
    bot_starts = ("curl", "wget", "python", "java", "go-http", "libwww", "apache-httpclient")
    endings = [
        "css",
        "js",
        "mjs",
        "map",
        "png",
        "jpg",
        "jpeg",
        "gif",
        "svg",
        "webp",
        "avif",
        "ico",
        "woff",
        "woff2",
        "ttf",
        "eot",
        "otf",
        "mp4",
        "webm",
        "mp3",
    ]
    for number, text in enumerate(path.read_text().splitlines(), 1):
        parts = text.split('"')
        if number == 8899:
            continue
        agent, request = parts[5].lower(), parts[1].split(" ")[1].split("?")[0].lower()
        if (
            any(word in agent for word in bot_words)
            or agent.startswith(bot_starts)
            or any(word.endswith("bot") for word in re.split(r"\W+", agent))
        ):
            counts["bot"] += 1
        elif request.rsplit(".", 1)[-1] in endings or request == "/robots.txt":
            counts["asset"] += 1
        else:
            hosts.append(text.split(" ")[0])
    found = outcome(source(path, "access-log", Roles()))
    assert found.read == 10_000
    assert found.places == [(8899, 8899, "L115")]
    assert found.filtered == {LeftOut.BOT: counts["bot"], LeftOut.ASSET: counts["asset"]}
    assert found.customers == hosts
    assert counts["bot"] > 1000 and counts["asset"] > 1000 and len(hosts) > 1000
