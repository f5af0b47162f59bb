"""Logs of web servers as JSON or tables: the same touchpoints as the same log as text."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from loaders.exports import read

from cjmine.sources import Identifier, Kind, Roles, TimeColumn

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"


@dataclass(frozen=True, slots=True)
class Request:
    """One request of a log."""

    client: str
    minute: int
    method: str
    path: str
    status: int
    agent: str = BROWSER

    @property
    def time(self) -> str:
        return f"2025-05-01T10:{self.minute:02}:00+00:00"


REQUESTS = (
    Request("203.0.113.5", 0, "GET", "/start?klant=7", 200),
    Request("203.0.113.5", 1, "POST", "/adres", 302),
    Request("203.0.113.6", 2, "GET", "/stijl.css", 200),
    Request("203.0.113.6", 3, "GET", "/logo.PNG?v=2", 304),
    Request("203.0.113.7", 4, "GET", "/start", 200, "Googlebot/2.1 (+http://www.google.com)"),
    Request("203.0.113.8", 5, "GET", "/start", 200, "curl/8.5.0"),
    Request("2001:db8::7", 6, "GET", "/klant/123456/", 500),
    Request("2001:db8::7", 7, "GET", "/robots.txt", 404),
    Request("203.0.113.5", 8, "GET", "/klaar", 200),
)


def as_text(one: Request) -> str:
    when = f"01/May/2025:10:{one.minute:02}:00 +0000"
    request = f"{one.method} {one.path} HTTP/1.1"
    return f'{one.client} - - [{when}] "{request}" {one.status} 512 "-" "{one.agent}"'


def nginx(one: Request) -> dict[str, object]:
    return {
        "time_iso8601": one.time, "remote_addr": one.client,
        "request": f"{one.method} {one.path} HTTP/1.1", "status": str(one.status),
        "body_bytes_sent": "512", "http_user_agent": one.agent,
    }  # fmt: skip


def caddy(one: Request) -> dict[str, object]:
    headers = {"Accept": ["*/*"], "User-Agent": [one.agent]}
    return {
        "level": "info", "ts": one.time, "msg": "handled request", "status": one.status,
        "request": {"client_ip": one.client, "method": one.method, "uri": one.path,
                    "headers": headers},
    }  # fmt: skip


def traefik(one: Request) -> dict[str, object]:
    return {
        "StartUTC": one.time, "ClientAddr": f"{one.client}:4431" if "." in one.client
        else f"[{one.client}]:4431", "RequestMethod": one.method, "RequestPath": one.path,
        "OriginStatus": 200, "DownstreamStatus": one.status, "request_User-Agent": one.agent,
    }  # fmt: skip


def cloudflare(one: Request) -> dict[str, object]:
    return {
        "EdgeStartTimestamp": one.time, "ClientIP": one.client, "ClientRequestMethod": one.method,
        "ClientRequestURI": one.path, "EdgeResponseStatus": one.status,
        "ClientRequestUserAgent": one.agent,
    }  # fmt: skip


def envoy(one: Request) -> dict[str, object]:
    return {
        "start_time": one.time, "x_forwarded_for": f"{one.client},10.0.0.1", "method": one.method,
        "path": one.path, "response_code": one.status, "user_agent": one.agent,
    }  # fmt: skip


FORMS: dict[str, tuple[Callable[[Request], dict[str, object]], str, str, str]] = {
    "nginx": (nginx, "remote_addr", "request", "time_iso8601"),
    "Caddy": (caddy, "request.client_ip", "request.uri", "ts"),
    "Traefik": (traefik, "ClientAddr", "RequestPath", "StartUTC"),
    "Cloudflare": (cloudflare, "ClientIP", "ClientRequestURI", "EdgeStartTimestamp"),
    "Envoy": (envoy, "x_forwarded_for", "path", "start_time"),
}


def declared(client: str, page: str, time: str) -> Roles:
    return Roles(time=TimeColumn((time,)), customer=Identifier(client), activity=page)


def as_table(records: list[dict[str, object]]) -> str:
    sink = io.StringIO()
    writer = csv.DictWriter(sink, list(records[0]))
    writer.writeheader()
    writer.writerows(records)
    return sink.getvalue()


@pytest.mark.parametrize(
    ("name", "form"),
    [
        (name, form)
        for name in FORMS
        for form in ("lines", "array", "table")
        if (name, form) != ("Caddy", "table")  # a table has no objects in it
    ],
)
def test_the_rules_of_access_logs_hold_in_every_form(tmp_path: Path, name: str, form: str) -> None:
    """Bots and assets are left out and counted; what failed is another touchpoint."""
    make, client, page, time = FORMS[name]
    records = [make(one) for one in REQUESTS]
    written = {
        "lines": lambda: "\n".join(map(json.dumps, records)),
        "array": lambda: json.dumps(records),
        "table": lambda: as_table(records),
    }[form]()
    right = read(tmp_path, "\n".join(map(as_text, REQUESTS)), name="access.log")
    found = read(tmp_path, written, name="access.json", declared=declared(client, page, time))
    shown = [line.split(" | ")[1:] for line in found.told]
    assert shown == [line.split(" | ")[1:] for line in right.told]
    assert found.filtered == right.filtered == {"BOT": 2, "ASSET": 3}
    roles = found.sniffed.source.roles
    assert roles.channel == "web"
    assert roles.customer is not None
    assert roles.customer.kind is Kind.IP, "N218 says that an address is no person"


def test_a_request_that_never_came_is_left_out(tmp_path: Path) -> None:
    """An empty request is no broken record in JSON either."""
    records = [nginx(one) for one in REQUESTS] + [nginx(REQUESTS[0]) | {"request": ""}]
    found = read(
        tmp_path,
        "\n".join(map(json.dumps, records)),
        declared=declared("remote_addr", "request", "time_iso8601"),
    )
    assert found.filtered == {"BOT": 2, "ASSET": 3, "NO_REQUEST": 1}
    assert found.rejects == []


def test_a_channel_that_is_declared_stays(tmp_path: Path) -> None:
    """Only a table that says nothing of channels is one of the web."""
    roles = replace(declared("remote_addr", "request", "time_iso8601"), channel="portal")
    text = "\n".join(json.dumps(nginx(one)) for one in REQUESTS)
    assert read(tmp_path, text, declared=roles).sniffed.source.roles.channel == "portal"


def test_tables_of_other_things_keep_their_rows(tmp_path: Path) -> None:
    """An agent of a call centre and the status of an order are none of a request."""
    rows = [("K-1", "2025-05-01 10:00:00", "/a.png", "bot", "open")] * 4
    lines = [",".join(row) for row in rows]
    text = "\n".join(["klant,tijd,activiteit,agent,status", *lines])
    found = read(tmp_path, text)
    assert (found.found.activities, found.filtered) == (["/a.png"] * 4, {})
